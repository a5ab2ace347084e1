/** What `forEach`, `map` and their like call a function with, one call after the other. */
import type { CallExpression } from "../lower/form.js";
import type { Evaluator } from "./evaluator.js";
import { perhaps, plainItem } from "./items.js";
import { flatten, keyText, restItem, spreadItems } from "./literals.js";
import type { Reading } from "./members.js";
import { itemValues } from "./text.js";
import { always, primitive, unknown, type ListItem, type Thunk, type Value } from "./values.js";

const EACH = /^(?:forEach|map|each)$/;

/** Whether a call is of a method of lists that calls what it is given with each item in turn. */
export function isEach({ callee }: CallExpression): boolean {
  return callee.kind === "member" && callee.property.kind === "string" && EACH.test(callee.property.value);
}

/** As many calls are followed; what the others are given is not known. */
const MOST_CALLS = 40;

export interface EachCall {
  args: Thunk[];
  /** The item for which it is called. */
  item: ListItem;
}

/** @param values What the method is called on. */
export function eachCall(evaluator: Evaluator, values: readonly Value[], at: Reading): EachCall[] {
  const calls = callsOf(evaluator, values, at);
  if (calls.length <= MOST_CALLS) return calls;
  const item = restItem([unknown("too much to follow", at, { exhausted: true })]);
  return [...calls.slice(0, MOST_CALLS), { args: [item.values], item }];
}

function callsOf(evaluator: Evaluator, values: readonly Value[], at: Reading): EachCall[] {
  const [only, ...others] = values;
  if (others.length === 0 && only?.kind === "object" && only.map) {
    const { entries, open } = flatten(evaluator, only, 0);
    const more = open.length === 0 ? [] : [restItem(open)];
    return [
      ...entries.map((entry): EachCall => ({
        args: [entry.get, always([keyText(entry)])],
        item: { ...plainItem(entry.get), optional: entry.optional },
      })),
      ...more.map((item): EachCall => ({ args: [item.values], item })),
    ];
  }
  if (others.length === 0 && only?.kind === "params")
    return [
      ...only.entries.map(({ key, value, optional }): EachCall => ({
        args: [value, always(key)],
        item: { ...plainItem(value), optional },
      })),
      ...only.rest.map((rest): EachCall => ({ args: [always([rest])], item: restItem([rest]) })),
    ];
  const items = spreadItems(evaluator, values, at);
  const isSet = values.some((value) => value.kind === "list" && value.set);
  let isCounted = others.length === 0 && !isSet;
  return items.map((item, index): EachCall => {
    isCounted &&= !item.optional && !item.rest;
    const value: Thunk = () => itemValues(item);
    const second = isCounted ? primitive(index) : unknown("given at run time", at);
    return { args: [value, isSet ? value : always([second]), always([...values])], item };
  });
}

/** The call of something that calls a function at no time that is known, and with nothing that is. */
export function someCall(count: number, at: Pick<Reading, "file" | "range">): EachCall {
  const args = Array.from({ length: count }, () => always([unknown("given at run time", at)]));
  return { args, item: perhaps(plainItem(always([]))) };
}
