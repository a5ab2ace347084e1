/**
 * Clients that a generator wrote from Klaviyo's description have a function for each operation there is. Those that
 * the app's own code never names send nothing.
 */
import type { FoundCall } from "./types.js";
import type { CallGraph } from "./call-graph.js";
import { functionPlace } from "./found-call.js";
import { functionAround, waysInto } from "./reach.js";

/** A file with fewer functions that call the API is an app's own, made from a template. */
const FEWEST_OPERATIONS = 8;
/** Functions that a framework or a platform calls by their name. */
const ENTRY =
  /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ALL|default|handler|main|loader|action|actions|load|middleware|proxy|fetch|queue|scheduled|run|onRequest\w*|get(?:ServerSide|Static)\w+|client(?:Loader|Action))$/;

/** Sets apart the calls to which nothing but generated clients leads. */
export function splitUnusedOfGenerated(
  graph: CallGraph,
  calls: readonly FoundCall[],
): { calls: FoundCall[]; idle: FoundCall[] } {
  const { program } = graph.evaluator;
  const operations = new Map<string, Set<number>>();
  for (const call of calls) {
    if (program.form(call.file).generated !== true) continue;
    const inFile = operations.get(call.file) ?? new Set();
    operations.set(call.file, inFile.add(functionAround(program, call)));
  }
  const isClient = (file: string): boolean => (operations.get(file)?.size ?? 0) >= FEWEST_OPERATIONS;
  const split = { calls: [] as FoundCall[], idle: [] as FoundCall[] };
  for (const call of calls) {
    if (!isClient(call.file) || !isUnused(graph, call)) split.calls.push(call);
    else
      split.idle.push({
        ...call,
        idle: functionPlace(program, { file: call.file, fn: functionAround(program, call) }),
      });
  }
  return split;
}

function isUnused(graph: CallGraph, call: FoundCall): boolean {
  const { program } = graph.evaluator;
  const used = program.names("used");
  const seen = new Set<string>();
  const work = [{ file: call.file, fn: functionAround(program, call) }];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    const key = `${at.file}#${String(at.fn)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { generated, functions } = program.form(at.file);
    const fn = functions[at.fn];
    if (generated !== true || fn === undefined) return false;
    if (fn.name === "" ? fn.parent < 0 : ENTRY.test(fn.name) || used.has(fn.name)) return false;
    work.push(...waysInto(graph, at));
  }
  return true;
}
