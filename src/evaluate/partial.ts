/** Functions that are given some of their arguments before they are called: `bind`, lodash's and ramda's `partial`, `curry`. */
import type { Builtin } from "./builtin.js";
import { HOLE, type ExternalValue, type FunctionValue, type Thunk, type Value } from "./values.js";

/** A function with arguments put in front. */
export function given<T extends FunctionValue | ExternalValue>(target: T, args: readonly Thunk[]): T {
  if (args.length === 0) return target;
  const rest = args.map((argument) => (isPlaceholder(argument) ? HOLE : argument));
  const bound = (target.bound ?? []).map((one) => (one === HOLE ? (rest.shift() ?? HOLE) : one));
  return { ...target, bound: [...bound, ...rest] };
}

/** `_`, `R.__`: the package itself, or its mark, stands for what the call is to give. */
function isPlaceholder(argument: Thunk): boolean {
  return argument().some(
    (value) =>
      value.kind === "external" &&
      value.result === null &&
      /^(?:lodash|ramda)/.test(value.module) &&
      /^(?:|_|__|placeholder)$/.test(value.path.join(".")),
  );
}

/** Whether a curried function, called with `count` arguments, returns one that takes the rest. */
export function awaitsMore({ arity, bound }: FunctionValue, count: number): boolean {
  return arity !== undefined && bound.filter((one) => one !== HOLE).length + count < arity;
}

function each(
  values: readonly Value[],
  make: (target: FunctionValue | ExternalValue) => Value,
): Value[] | null {
  const made = values.flatMap((value) =>
    value.kind === "function" || (value.kind === "external" && value.result === null) ? [make(value)] : [],
  );
  return made.length > 0 ? made : null;
}

export const partial: Builtin = (_evaluator, [target, ...args]) =>
  each(target?.() ?? [], (value) => given(value, args));

export const partialRight: Builtin = (_evaluator, [target, ...args]) =>
  each(target?.() ?? [], (value) => ({ ...value, behind: [...args, ...(value.behind ?? [])] }));

const curry: Builtin = (evaluator, [target]) =>
  each(target?.() ?? [], (value) => {
    if (value.kind !== "function") return value;
    const params = evaluator.program.form(value.file).functions[value.fn]?.params ?? [];
    // Those with a default do not count, as in a function's `length`.
    const required = params.findIndex((one) => one.default !== null);
    return { ...value, arity: required < 0 ? params.length : required };
  });

/** The arguments as one list: `R.partial(send, ["GET"])`. */
export function ofList(builtin: Builtin): Builtin {
  return (evaluator, [target, list], at, node) =>
    target === undefined ? null : builtin(evaluator, [target, ...listedArguments(list)], at, node);
}

/** What a list of arguments holds: `fetch.apply(null, [url, options])`. */
export function listedArguments(list: Thunk | undefined): Thunk[] {
  return (list?.() ?? []).flatMap((value) =>
    value.kind === "list" ? value.items.map((item) => item.values) : [],
  );
}

/** `Reflect.apply(send, null, ["GET", "/lists"])`: a call of its first argument. */
export function isReflectApply(callee: Value | null): boolean {
  return callee?.kind === "external" && callee.module === "" && callee.path.join(".") === "Reflect.apply";
}

/** By name, in lodash and what is like it. */
export const PARTIAL: Readonly<Record<string, Builtin>> = { partial, partialRight, curry };
