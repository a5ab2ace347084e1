/** A frame is one activation of a function as the evaluator sees it: its arguments, `this`, and the frame around it. */
import type { CallExpression } from "../lower/form.js";
import type { History, Thunk, Value } from "./values.js";

export interface CallSite {
  file: string;
  node: CallExpression;
  frame: Frame;
}

export interface Frame {
  id: number;
  file: string;
  /** -1 for the module. */
  fn: number;
  /** The frame of the enclosing function. */
  parent: Frame | null;
  /** Null when nobody is known to call: parameters are then unknown and marked. */
  args: Thunk[] | null;
  self: Value | null;
  /** What was done before to what it is called on; an arrow's, too, whose `this` is another. */
  history?: History;
  /** Where it is called from; null for roots and callbacks of built-ins. */
  site: CallSite | null;
  depth: number;
  /** Variables that stand for one iteration's value, in this frame only. */
  overrides: ReadonlyMap<number, Value[]> | null;
  /** The frame without what `withState` fixed: where other variables' earlier writes are evaluated. Null: itself. */
  base: Frame | null;
}

let nextId = 1;

export function makeFrame(parts: Omit<Frame, "id" | "overrides" | "base">): Frame {
  return { ...parts, id: nextId++, overrides: null, base: null };
}

/** The same activation with some variables fixed, as in one round of a loop. */
export function withOverrides(frame: Frame, overrides: ReadonlyMap<number, Value[]>): Frame {
  const merged = new Map([...(frame.overrides ?? []), ...overrides]);
  const base = frame.base === null ? null : withOverrides(frame.base, overrides);
  return { ...frame, id: nextId++, overrides: merged, base };
}

/** The same activation at the moment when a variable holds `state`: true of what is read there, not of what was before. */
export function withState(frame: Frame, binding: number, state: Value[]): Frame {
  const seen = withOverrides(frame, new Map([[binding, state]]));
  return { ...seen, base: frame.base ?? frame };
}

/** How often `fn` is already active in this chain of calls. */
export function activations(frame: Frame, file: string, fn: number): number {
  let count = 0;
  for (let at: Frame | null = frame; at !== null; at = at.site?.frame ?? null) {
    if (at.file === file && at.fn === fn) count += 1;
  }
  return count;
}
