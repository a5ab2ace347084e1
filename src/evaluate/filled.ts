/** Tables that begin empty and are filled when something is asked for: `cache.set(shop, api)`, `apis[shop] = api`. */
import type { Expression } from "../lower/form.js";
import type { Effect } from "../link/file-index.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { lazy, type Layer, type ObjectValue, type Thunk, type Value } from "./values.js";

/** What a table may hold besides, under keys that are not known. */
export function filled(values: readonly Value[], contents: readonly Thunk[]): Value[] {
  const layers = contents.map((get): Layer => ({
    key: "",
    get,
    computed: true,
    optional: true,
    accessor: false,
  }));
  return values.map((value) => (isEmptyTable(value) ? { ...value, layers } : value));
}

export function isEmptyTable(value: Value): value is ObjectValue {
  return value.kind === "object" && value.layers.length === 0;
}

/** The activation of a function that is under way where a table is read; it puts what the reader then finds. */
export function activationOf(frame: Frame, file: string, fn: number): Frame | null {
  for (let at: Frame | null = frame; at !== null; at = at.parent)
    if (at.fn === fn && at.file === file) return at;
  return null;
}

/** What an effect puts into a variable's table under a key that is computed; null where it does something else. */
export function putBy(evaluator: Evaluator, effect: Effect, frame: Frame): Thunk | null {
  if (effect.kind === "method") {
    const [key, value] = effect.node.args;
    return effect.method === "set" && effect.keys.length === 0 ? put(evaluator, key, value, frame) : null;
  }
  if (effect.kind !== "member-write" || effect.keys.length !== 1) return null;
  return put(evaluator, effect.keys[0], effect.node.value, frame);
}

export function put(
  evaluator: Evaluator,
  key: Expression | undefined,
  value: Expression | undefined,
  frame: Frame,
): Thunk | null {
  if (key === undefined || value === undefined || key.kind === "string" || key.kind === "literal")
    return null;
  return lazy(() => evaluator.evaluate(value, frame));
}
