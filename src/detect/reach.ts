/** From which files a place in code is reached, by the calls that lead to it: whose code it is when several apps share it. */
import type { Program } from "../link/program.js";
import type { Caller, CallGraph } from "./call-graph.js";
import type { Place } from "./types.js";

/**
 * The files of all functions on the ways to a place: those that call the function around it, those that call them, and
 * so on; a module's own statements run where it is imported. The file of the place itself is not among them unless it
 * is called from there.
 */
export function reachedFrom(graph: CallGraph, place: Place): ReadonlySet<string> {
  const { program } = graph.evaluator;
  const files = new Set<string>();
  const seen = new Set<string>();
  const work: { file: string; fn: number }[] = [{ file: place.file, fn: functionAround(program, place) }];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    const key = `${at.file}#${String(at.fn)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const next of waysInto(graph, at)) {
      files.add(next.file);
      work.push({ file: next.file, fn: next.fn });
    }
  }
  return files;
}

export function waysInto(
  graph: CallGraph,
  { file, fn }: { file: string; fn: number },
): readonly Pick<Caller, "file" | "fn">[] {
  const { program } = graph.evaluator;
  if (fn < 0) return importersOf(program, file).map((importer) => ({ file: importer, fn: -1 }));
  const callers = graph.callers(file, fn);
  if (callers.length > 0) return callers;
  // A callback, or a method of something made around it: it runs once what holds it runs.
  const parent = program.form(file).functions[fn]?.parent ?? -1;
  return parent < 0 ? [] : [{ file, fn: parent }];
}

function importersOf(program: Program, file: string): string[] {
  return program.files().filter((other) => {
    const { imports, exports } = program.form(other);
    const sources = [
      ...imports.map(({ source }) => source),
      ...exports.flatMap((one) => ("source" in one ? [one.source] : [])),
    ];
    return sources.some((source) => program.resolve(other, source) === file);
  });
}

/** The innermost function whose text holds a place; -1 for the module. */
export function functionAround(program: Program, { file, range }: Place): number {
  let found = -1;
  let size = Infinity;
  for (const [fn, form] of program.form(file).functions.entries()) {
    const [start, end] = form.range;
    if (start <= range[0] && range[1] <= end && end - start < size) {
      found = fn;
      size = end - start;
    }
  }
  return found;
}
