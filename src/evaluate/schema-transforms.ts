/** What the steps of a schema make of a value: `z.string().transform((text) => text.split(" ")).default("a b")`. */
import type { Evaluator } from "./evaluator.js";
import { callBack } from "./functions.js";
import type { Reading } from "./members.js";
import { UNDEFINED, type Value } from "./values.js";

/** https://zod.dev/api#transforms, yup's and valibot's of the same names; joi's `custom`, envalid's `makeValidator`. */
const TRANSFORMS = /^(?:transform|overwrite|custom|makeValidator|makeExactValidator)$/;

/** Calls that take a schema and give it back with something added: `optional(pipe(string(), …), "a b")` of valibot. */
const WRAPS = /^(?:optional|nullable|nullish|nullishDefault|exactOptional|pipe|fallback)$/;

const MOST_STEPS = 8;

/** The values after all transforms of a schema's entry; none where it has none. */
export function transformed(
  evaluator: Evaluator,
  entry: Value,
  values: readonly Value[],
  at: Reading,
): Value[] {
  const steps = stepsOf(entry, 0);
  if (steps.length === 0) return [];
  const absent = values.every((value) => value.kind === "unknown") ? [UNDEFINED] : [];
  return [...values, ...absent].flatMap((value) =>
    // A default that is a list is what comes out, not what goes in.
    value.kind === "list" ? [value] : through(evaluator, steps, value, at),
  );
}

function through(
  evaluator: Evaluator,
  steps: readonly (readonly Value[])[],
  value: Value,
  at: Reading,
): Value[] {
  return steps.reduce<Value[]>(
    (before, callbacks) =>
      callbacks.flatMap((callback) =>
        callback.kind === "function"
          ? before.flatMap((one) =>
              callBack(evaluator, callback, [[one]], { node: at.node, frame: at.frame }),
            )
          : [],
      ),
    [value],
  );
}

/** The callbacks of a schema, in the order in which a value goes through them. */
function stepsOf(entry: Value, depth: number): (readonly Value[])[] {
  if (entry.kind !== "result" || depth > MOST_STEPS) return [];
  const { callee, args } = entry;
  const inside = (from: number): (readonly Value[])[] =>
    args.slice(from).flatMap((argument) => argument().flatMap((value) => stepsOf(value, depth + 1)));
  const before = callee.result === null ? [] : stepsOf(callee.result, depth + 1);
  const method = callee.path.at(-1) ?? "";
  const callbacks = args[0]?.().filter(({ kind }) => kind === "function") ?? [];
  if (TRANSFORMS.test(method)) return callbacks.length === 0 ? before : [...before, callbacks];
  if (method === "preprocess") return callbacks.length === 0 ? [] : [callbacks, ...inside(1)];
  return WRAPS.test(method) ? [...before, ...inside(0)] : before;
}
