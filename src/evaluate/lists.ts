/** The methods of lists and sets. */
import type { Evaluator } from "./evaluator.js";
import { truthOf } from "./evaluator.js";
import { callBack, type CallPlace } from "./functions.js";
import { chainedItems, listOf, spreadItems } from "./literals.js";
import { mergeStates } from "./merge.js";
import { joinItems } from "./strings.js";
import { itemValues, own, plainText, stringOf } from "./text.js";
import { inBranch, perhaps } from "./items.js";
import {
  always,
  lazy,
  primitive,
  oneOf,
  unknown,
  UNDEFINED,
  type ListItem,
  type ListValue,
  type Origin,
  type Owner,
  type Thunk,
  type Value,
} from "./values.js";

/** A method of a list; null where it is none that we know. */
export function listMethod(
  evaluator: Evaluator,
  list: ListValue,
  method: string,
  args: readonly Thunk[],
  place: CallPlace & { origin: Origin },
): Value[] | null {
  const { origin } = place;
  const changed = (items: ListItem[]): Value[] => [{ ...list, items }];
  const callbacks = args[0]?.() ?? [];
  const apply = (values: Value[], index: number): Value[] =>
    callbacks.flatMap((callback) =>
      isBuiltin(callback, "Boolean")
        ? values
        : isBuiltin(callback, "String")
          ? values
          : callBack(evaluator, callback, [values, [primitive(index)], [list]], place),
    );
  switch (method) {
    case "join":
    case "toString":
      return [joined(evaluator, list, args[0]?.() ?? [stringOf([plainText(",")])], place)];
    case "concat":
      return changed([...list.items, ...chainedItems(evaluator, args, origin)]);
    case "filter":
      return [
        {
          ...list,
          items: list.items.flatMap((item, index) => filtered(evaluator, item, callbacks, index, place)),
        },
      ];
    case "map":
      return changed(
        list.items.map((item, index) => ({ ...item, values: lazy(() => apply(itemValues(item), index)) })),
      );
    case "flatMap":
      return changed(
        list.items.flatMap((item, index) =>
          spreadItems(
            evaluator,
            apply(itemValues(item), index).map((value) => asList(value, origin)),
            origin,
          ).flatMap((inner) => heldBy(item, inner) ?? []),
        ),
      );
    case "flat":
      return changed(
        list.items.flatMap((item) => {
          const values = item.values();
          if (!values.some((value) => value.kind === "list")) return [item];
          return spreadItems(evaluator, values, origin).flatMap((inner) => heldBy(item, inner) ?? []);
        }),
      );
    case "slice":
    case "splice":
      return slice(list, args, changed);
    case "sort":
    case "toSorted":
    case "values":
    case "toSpliced":
    case "fill":
    case "valueOf":
      return [list];
    case "reverse":
    case "toReversed":
      return changed([...list.items].reverse());
    case "keys":
      return [
        listOf(
          list.items.map((_, index) => always([primitive(index)])),
          origin.file,
        ),
      ];
    case "entries":
      return [
        listOf(
          list.items.map((item, index) =>
            always([listOf([always([primitive(index)]), item.values], origin.file)]),
          ),
          origin.file,
        ),
      ];
    case "at": {
      const [index] = args[0]?.() ?? [];
      const number = index?.kind === "primitive" && typeof index.value === "number" ? index.value : null;
      if (number === null || list.items.some((item) => item.optional || item.rest))
        return oneOf(
          list.items.map((item) => item.values()),
          { ...origin, frame: place.frame },
        );
      return list.items.at(number)?.values() ?? [UNDEFINED];
    }
    case "find":
    case "findLast": {
      const kept = list.items.flatMap((item, index) => filtered(evaluator, item, callbacks, index, place));
      const [first] = kept;
      if (first !== undefined && !first.optional && method === "find") return first.values();
      return [
        ...oneOf(
          kept.map((item) => item.values()),
          { ...place.origin, frame: place.frame },
        ),
        ...(kept.some((item) => !item.optional) ? [] : [UNDEFINED]),
      ];
    }
    case "pop":
    case "shift":
      return list.items.length === 0
        ? [UNDEFINED]
        : ((method === "pop" ? list.items.at(-1) : list.items[0])?.values() ?? [UNDEFINED]);
    case "reduce":
      return reduce(evaluator, list, args, place);
    case "forEach":
      return [UNDEFINED];
    case "includes":
    case "has":
    case "some":
    case "every":
    case "indexOf":
    case "push":
    case "unshift":
    case "add":
    case "delete":
      return [unknown("computed at run time", origin)];
    default:
      return null;
  }
}

/** An item of the list that another list's item is. */
function heldBy(outer: ListItem, inner: ListItem): ListItem | null {
  if (!outer.optional) return inner;
  return outer.branch === undefined
    ? perhaps(inner)
    : inBranch(inner, outer.branch.when, outer.branch.surely);
}

export function isBuiltin(value: Value, name: string): boolean {
  return (
    value.kind === "external" && value.module === "" && value.path.length === 1 && value.path[0] === name
  );
}

export function asList(value: Value, origin: Origin): Value {
  return value.kind === "list" || value.kind === "unknown" ? value : listOf([always([value])], origin.file);
}

function joined(
  evaluator: Evaluator,
  list: ListValue,
  separator: readonly Value[],
  place: CallPlace & { origin: Origin },
): Value {
  const chunks = joinItems(evaluator, list.items, separator, place.origin);
  const owner: Owner =
    list.node === null
      ? { kind: "computed", ...place.origin, node: place.node }
      : { kind: "list", file: list.file, range: list.node.range, node: list.node };
  return stringOf(own(chunks, owner));
}

function slice(list: ListValue, args: readonly Thunk[], changed: (items: ListItem[]) => Value[]): Value[] {
  const numbers = args.map((argument) => {
    const [value] = argument();
    return value?.kind === "primitive" && typeof value.value === "number" ? value.value : null;
  });
  if (numbers.length === 0) return [list];
  const [from, to] = numbers;
  const open = list.items.some((item) => item.optional || item.rest);
  if (open || from === null || from === undefined || to === null) {
    return changed(list.items.map(perhaps));
  }
  return changed(list.items.slice(from, to));
}

/** What a filter keeps of one item: known predicates decide, others make it optional. */
function filtered(
  evaluator: Evaluator,
  item: ListItem,
  callbacks: readonly Value[],
  index: number,
  place: CallPlace,
): ListItem[] {
  const values = item.values();
  if (callbacks.some((callback) => isBuiltin(callback, "Boolean"))) {
    const kept = values.filter((value) => truthOf(value) !== false);
    if (kept.length === 0) return [];
    return [kept.length === values.length ? item : perhaps({ ...item, values: always(kept) })];
  }
  const answers = new Set(
    callbacks.flatMap((callback) =>
      callBack(evaluator, callback, [values, [primitive(index)]], place).map((value) => truthOf(value)),
    ),
  );
  const [only] = answers;
  if (answers.size === 1 && only === true) return [item];
  if (answers.size === 1 && only === false) return [];
  const kept = values.filter((value) => truthOf(value) !== false);
  return kept.length === 0
    ? []
    : [perhaps(kept.length === values.length ? item : { ...item, values: always(kept) })];
}

/** `acc.includes(s) ? acc : [...acc, s]`: one list, whose end may be absent. */
function oneGrown(states: readonly Value[]): Value[] {
  const grown = states.filter((value) => value.kind !== "list" || value.items.length > 0);
  return grown.length === 0 ? [...states] : grown.reduce<Value[]>((all, one) => mergeStates(all, [one]), []);
}

function reduce(
  evaluator: Evaluator,
  list: ListValue,
  args: readonly Thunk[],
  place: CallPlace & { origin: Origin },
): Value[] {
  const callbacks = args[0]?.() ?? [];
  const items = [...list.items];
  const first = args[1] === undefined ? items.shift() : undefined;
  let state = args[1]?.() ?? (first === undefined ? [UNDEFINED] : itemValues(first));
  for (const [index, item] of items.slice(0, 60).entries()) {
    const next = callbacks.flatMap((callback) =>
      callBack(evaluator, callback, [state, itemValues(item), [primitive(index)]], place),
    );
    state = item.optional ? mergeStates(state, next) : oneGrown(next);
  }
  return state;
}
