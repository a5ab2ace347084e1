/** List and object literals, lazily. */
import type { ListExpression, MapExpression } from "../lower/form.js";
import { asEntry } from "./conditions.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { withoutRepeats } from "./sets.js";
import { knownText, knownTexts, plainText, stringOf } from "./text.js";
import { itemsOfType } from "./containers.js";
import { inBranch, perhaps, plainItem } from "./items.js";
import {
  always,
  isUnknown,
  lazy,
  under,
  unknown,
  type Condition,
  type ItemOrigin,
  type Layer,
  type ListItem,
  type ListValue,
  type ObjectValue,
  type Origin,
  type Thunk,
  type StringValue,
  type Value,
} from "./values.js";

export function evaluateList(evaluator: Evaluator, node: ListExpression, frame: Frame): ListValue[] {
  const items: ListItem[] = [];
  const [only, ...more] = node.items;
  if (only?.kind === "spread" && more.length === 0) {
    // A copy is written where its original is, and there are as many as there are originals.
    const values = evaluator.evaluate(only.argument, frame);
    const lists = values.filter((value): value is ListValue => value.kind === "list");
    if (lists.length > 0 && lists.length === values.length) return lists.map(listOfSet);
  }
  for (const item of node.items) {
    const origin: ItemOrigin = { file: frame.file, list: node, item };
    if (item.kind === "spread") {
      items.push(
        ...spreadItems(evaluator, evaluator.evaluate(item.argument, frame), {
          file: frame.file,
          range: item.range,
        }),
      );
    } else {
      items.push({ values: evaluator.lazily(item, frame), optional: false, rest: false, origin });
    }
  }
  return [{ kind: "list", items, node, file: frame.file, set: false }];
}

/**
 * The items of whatever is spread or iterated. Of several possible lists each one's items stand where it is the one,
 * save those that stand in all of them.
 */
export function spreadItems(evaluator: Evaluator, values: readonly Value[], origin: Origin): ListItem[] {
  const out: ListItem[] = [];
  const lists = values.map((value) => itemsOf(evaluator, value, origin));
  const [alone, ...others] = lists;
  if (alone !== undefined && others.length === 0) return [...alone];
  values.forEach((value, position) => {
    const before = [...out];
    for (const item of lists[position] ?? []) {
      if (before.some((other) => other.values === item.values)) continue;
      const having = values.filter((_, at) => lists[at]?.some((other) => other.values === item.values));
      // What stands in some of them has no branch of its own.
      const placed =
        having.length === values.length
          ? item
          : having.length === 1
            ? inBranch(item, value.when ?? [], value.when !== undefined)
            : perhaps(item);
      if (placed !== null) out.push(placed);
    }
  });
  return out;
}

/** The items of lists that are put behind each other; what is no list is an item itself. */
export function chainedItems(evaluator: Evaluator, args: readonly Thunk[], origin: Origin): ListItem[] {
  return args.flatMap((argument): ListItem[] => {
    const values = argument();
    return values.every((value) => value.kind === "list" || value.kind === "unknown")
      ? spreadItems(evaluator, values, origin)
      : [plainItem(argument)];
  });
}

/** A list as it is; of a set the list that it spreads to. */
export function listOfSet(value: ListValue): ListValue {
  return value.set ? { ...value, items: withoutRepeats(value.items), set: false } : value;
}

/** The items one value yields when it is iterated. */
export function itemsOf(evaluator: Evaluator, value: Value, origin: Origin): ListItem[] {
  switch (value.kind) {
    case "list":
      return listOfSet(value).items;
    case "primitive":
      return [];
    case "object":
      if (value.map) return objectEntries(evaluator, value).map((entry) => pairItem(value.file, entry));
      return [restItem([unknown("no list", origin)])];
    case "params":
      return [
        ...value.entries.map((entry): ListItem => ({
          values: always([listOf([always(entry.key), entry.value], origin.file)]),
          optional: entry.optional,
          rest: false,
          origin: null,
        })),
        ...value.rest.map((rest) => restItem([rest])),
      ];
    case "string": {
      const { texts, complete } = knownTexts([value]);
      if (complete && texts.length === 1 && texts[0] === "") return [];
      return [restItem([unknown("used character by character", origin)])];
    }
    case "unknown":
      return [restItem(itemsOfType(evaluator, value) ?? [value])];
    default:
      return [restItem([unknown("a list whose items are not known", origin)])];
  }
}

export function restItem(values: Value[]): ListItem {
  return { values: always(values), optional: true, rest: true, origin: null };
}

export function listOf(items: (() => Value[])[], file: string): ListValue {
  return {
    kind: "list",
    items: items.map(plainItem),
    node: null,
    file,
    set: false,
  };
}

export function evaluateMap(evaluator: Evaluator, node: MapExpression, frame: Frame): ObjectValue {
  const object: ObjectValue = { kind: "object", layers: [], node, file: frame.file, frame, map: false };
  for (const entry of node.entries) {
    if (entry.kind === "set") continue;
    if (entry.key === null) {
      object.layers.push(layer(null, evaluator.lazily(entry.value, frame)));
      continue;
    }
    const accessor = entry.kind === "get";
    const get = evaluator.lazily(entry.value, frame);
    const keys = writtenKeys(evaluator.evaluate(entry.key, frame));
    if (keys === null) object.layers.push({ ...layer("", get), computed: true, accessor });
    else
      for (const { key, written } of keys)
        object.layers.push({ ...layer(key, get), accessor, optional: keys.length > 1, written });
  }
  return object;
}

/** The texts a key can be, with their places; null where they are not all known. */
export function writtenKeys(values: readonly Value[]): { key: string; written: StringValue | null }[] | null {
  const [only, ...more] = values;
  const key = only?.kind === "string" && more.length === 0 ? knownText(only) : null;
  if (key !== null && only?.kind === "string") return [{ key, written: only }];
  if (only?.kind === "primitive" && more.length === 0) return [{ key: String(only.value), written: null }];
  const { texts, complete } = knownTexts(values);
  return complete && texts.length > 0 ? texts.map((text) => ({ key: text, written: null })) : null;
}

/** An object that no literal of the code is. */
export function emptyObject({ file }: Pick<Origin, "file">, map = false): ObjectValue {
  return { kind: "object", layers: [], node: null, file, frame: null, map };
}

export function layer(key: string | null, get: () => Value[]): Layer {
  return { key, get, computed: false, optional: false, accessor: false };
}

/** An object that differs from another in one key. */
export function withKey(
  object: ObjectValue,
  key: string | null,
  values: Value[],
  optional = false,
): ObjectValue {
  return {
    ...object,
    layers: [
      ...object.layers,
      { key: key ?? "", get: always(values), computed: key === null, optional, accessor: false },
    ],
  };
}

export interface ObjectEntry {
  key: string;
  get: () => Value[];
  optional: boolean;
  accessor: boolean;
  written?: Layer["written"];
}

/** The entries of an object, spreads flattened, later ones winning; `open` when there may be others. */
export function objectEntries(evaluator: Evaluator, object: ObjectValue): ObjectEntry[] {
  return flatten(evaluator, object, 0).entries;
}

export function flatten(
  evaluator: Evaluator,
  object: ObjectValue,
  depth: number,
): { entries: ObjectEntry[]; open: Value[] } {
  const entries = new Map<string, ObjectEntry>();
  const open: Value[] = [];
  const put = (entry: ObjectEntry): void => {
    const before = entries.get(entry.key);
    if (entry.optional && before !== undefined) {
      const { get } = entry;
      entries.set(entry.key, { ...before, get: lazy(() => [...before.get(), ...get()]) });
    } else {
      entries.set(entry.key, entry);
    }
  };
  for (const one of object.layers) {
    if (one.computed) {
      open.push(...one.get());
      continue;
    }
    if (one.key !== null) {
      put({
        key: one.key,
        get: one.get,
        optional: one.optional,
        accessor: one.accessor,
        written: one.written ?? null,
      });
      continue;
    }
    const spread = one.get();
    for (const value of spread) {
      if (value.kind === "object" && depth < 12) {
        const inner = flatten(evaluator, value, depth + 1);
        for (const entry of inner.entries)
          put({
            ...entry,
            get: getUnder(entry.get, asEntry(value)),
            optional: entry.optional || spread.length > 1,
          });
        open.push(...inner.open);
      } else if (isUnknown(value) || value.kind === "external" || value.kind === "result") {
        open.push(value);
      }
    }
  }
  return { entries: [...entries.values()], open };
}

function getUnder(get: () => Value[], when: readonly Condition[]): () => Value[] {
  return when.length === 0 ? get : lazy(() => get().flatMap((value) => under(value, when) ?? []));
}

export function pairItem(file: string, entry: ObjectEntry): ListItem {
  return {
    values: always([listOf([always([keyText(entry)]), entry.get], file)]),
    optional: entry.optional,
    rest: false,
    origin: null,
  };
}

/** A key as a value: it knows where it is written. */
export function keyText(entry: Pick<ObjectEntry, "key" | "written">): Value {
  return entry.written ?? stringOf([plainText(entry.key)]);
}
