/** Terraform's functions that put lists together: https://developer.hashicorp.com/terraform/language/functions */
import type { Evaluator } from "./evaluator.js";
import { listMethod } from "./lists.js";
import type { Reading } from "./members.js";
import type { Thunk, Value } from "./values.js";

/** Those that give what they are given, or a part of it in another order. */
const SAME = /^(?:to(?:list|set|string)|sort|distinct|compact|flatten|trimspace|(?:non)?sensitive|one)$/;

/** What a function of Terraform gives; null for those that are not known. */
export function terraformCall(
  evaluator: Evaluator,
  name: string,
  args: readonly Thunk[],
  at: Reading,
): Value[] | null {
  const [first, ...rest] = args;
  if (first === undefined) return null;
  if (SAME.test(name)) return first();
  const [second] = rest;
  const on = (list: Thunk, given: readonly Thunk[]): Value[] =>
    list().flatMap((value) =>
      value.kind === "list"
        ? (listMethod(evaluator, value, name, [...given], { ...at, origin: at }) ?? [])
        : [value],
    );
  if (name === "concat") return on(first, rest);
  return name === "join" && second !== undefined ? on(second, [first]) : null;
}
