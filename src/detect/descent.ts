/** From a caller down to a place: the frames of the place's function when a chain of calls runs. */
import type { Evaluator } from "../evaluate/evaluator.js";
import { makeFrame, type Frame } from "../evaluate/frames.js";
import { nameOf } from "../evaluate/members.js";
import { iterated } from "../evaluate/variables.js";
import type { Caller, CallGraph } from "./call-graph.js";
import { callWith } from "./known-callers.js";
import type { Muted } from "./muted.js";

/** Methods of lists that hand each item to their callback. */
const EACH = /^(?:forEach|map|each|flatMap|filter|some|every|find)$/;

/**
 * The frames of the place's function when the chain of calls runs from `start`. The first calls may hand on only what is
 * not muted: whether that is enough tells where something was settled.
 */
export function descend(
  graph: CallGraph,
  start: Frame,
  chain: Caller[],
  place: { file: string; fn: number },
  silent: { calls: number; muted: Muted } | null = null,
): Frame[] {
  let frames = nested(graph, start, chain[0]?.fn ?? place.fn);
  chain.forEach((caller, position) => {
    const next = chain[position + 1];
    const target = next === undefined ? place : { file: next.file, fn: next.fn };
    frames = frames
      .slice(0, 8)
      .flatMap((frame) =>
        entered(
          graph,
          caller,
          frame,
          target,
          silent !== null && position < silent.calls ? silent.muted : null,
        ),
      );
  });
  return frames;
}

/** The frames of a function when a call runs: of that function, or of one inside the function that is called. */
export function entered(
  graph: CallGraph,
  caller: Caller,
  frame: Frame,
  target: { file: string; fn: number },
  muted: Muted | null,
): Frame[] {
  const { functions } = graph.evaluator.program.form(target.file);
  for (let at = target.fn; at >= 0; at = functions[at]?.parent ?? -1) {
    const frames = graph.enter(caller, frame, target.file, at, muted);
    if (frames.length > 0) return frames.flatMap((outer) => nested(graph, outer, target.fn));
  }
  return [];
}

/** The frames of a function inside the one that `outer` is an activation of. */
function nested(graph: CallGraph, outer: Frame, fn: number): Frame[] {
  const { evaluator } = graph;
  const { functions } = evaluator.program.form(outer.file);
  const path: number[] = [];
  for (let at = fn; at !== outer.fn; at = functions[at]?.parent ?? -1) {
    if (at < 0) return [];
    path.unshift(at);
  }
  let frames = [outer];
  for (const inner of path) {
    frames = frames.slice(0, 8).flatMap((parent) => {
      const each = callbackFrames(evaluator, inner, parent);
      return each.length > 0
        ? each
        : [makeFrame({ ...evaluator.rootFrame(outer.file, inner), parent, depth: parent.depth })];
    });
  }
  return frames;
}

/** The frame around a function that nobody is known to call by itself; null for one that stands alone. */
export function lifted(evaluator: Evaluator, root: { file: string; fn: number }, start: Frame): Frame | null {
  if (root.fn < 0 || start.args !== null) return null;
  const fn = evaluator.program.form(root.file).functions[root.fn];
  if (fn === undefined || fn.cls >= 0) return null;
  if (fn.parent >= 0) return evaluator.rootFrame(root.file, fn.parent);
  return callWith(evaluator, root) === null ? null : evaluator.moduleFrame(root.file);
}

/** `lists.map((list) => …)`: the callback runs once for each item. */
function callbackFrames(evaluator: Evaluator, fn: number, parent: Frame): Frame[] {
  const call = callWith(evaluator, { file: parent.file, fn });
  if (call?.callee.kind !== "member" || call.args[0]?.kind !== "function") return [];
  const { object } = call.callee;
  if (!EACH.test(nameOf(call.callee))) return [];
  const reading = { file: parent.file, range: call.range, node: call, frame: parent };
  return evaluator.within(() =>
    iterated(evaluator, evaluator.evaluate(object, parent), false, reading)
      .slice(0, 40)
      .map((item) => {
        const root = evaluator.rootFrame(parent.file, fn);
        return makeFrame({ ...root, parent, args: [item.values], depth: parent.depth });
      }),
  );
}
