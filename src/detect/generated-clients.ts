/**
 * Clients that a generator wrote from Klaviyo's description have a function for each operation there is. Those that
 * the app's own code never names send nothing.
 */
import type { FoundCall } from "./types.js";
import type { CallGraph } from "./call-graph.js";
import { functionAround, waysInto } from "./reach.js";

/** Whether nothing but generated code leads to a call. */
export function isUnusedOfGenerated(graph: CallGraph, call: FoundCall): boolean {
  const { program } = graph.evaluator;
  if (program.form(call.file).generated !== true) return false;
  const used = program.names("used");
  const seen = new Set<string>();
  const work = [{ file: call.file, fn: functionAround(program, call) }];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    const key = `${at.file}#${String(at.fn)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const form = program.form(at.file);
    if (form.generated !== true || at.fn < 0 || used.has(form.functions[at.fn]?.name ?? "")) return false;
    work.push(...waysInto(graph, at));
  }
  return true;
}
