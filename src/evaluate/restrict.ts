/** Values where some branches are known to be taken: alternatives that contradict them fall away, also further inside. */
import { implies } from "./items.js";
import {
  conjoin,
  lazy,
  type Chunk,
  type Condition,
  type ListItem,
  type ParamsValue,
  type Thunk,
  type Value,
} from "./values.js";

/** Arguments as a callee sees them that is only called where `when` holds: `entry.urlOf({ scope: entry.scope })`. */
export function argumentsUnder(args: Thunk[], when: readonly Condition[] | undefined): Thunk[] {
  return when === undefined || when.length === 0 ? args : args.map((argument) => thunkUnder(argument, when));
}

/** Those of some values that hold where `when` does. */
export function valuesUnder(values: readonly Value[], when: readonly Condition[]): Value[] {
  return when.length === 0 ? [...values] : values.flatMap((value) => valueUnder(value, when) ?? []);
}

function thunkUnder(get: Thunk, when: readonly Condition[]): Thunk {
  return lazy(() => valuesUnder(get(), when));
}

function valueUnder(value: Value, when: readonly Condition[]): Value | null {
  if (conjoin(value.when ?? [], when) === null) return null;
  switch (value.kind) {
    case "string":
      return { ...value, chunks: chunksUnder(value.chunks, when) };
    case "object":
      return {
        ...value,
        layers: value.layers.map((layer) => ({ ...layer, get: thunkUnder(layer.get, when) })),
      };
    case "list":
      return {
        ...value,
        items: itemsUnder(value.items, when),
      };
    case "params":
      return paramsUnder(value, when);
    case "url":
      return { ...value, base: chunksUnder(value.base, when), params: paramsUnder(value.params, when) };
    default:
      return value;
  }
}

/** The items of a list that may stand where `when` holds. */
export function itemsUnder(items: readonly ListItem[], when: readonly Condition[] = []): ListItem[] {
  return when.length === 0 ? [...items] : items.flatMap((item) => itemUnder(item, when) ?? []);
}

function itemUnder(item: ListItem, when: readonly Condition[]): ListItem | null {
  const { branch } = item;
  if (conjoin(branch?.when ?? [], when) === null) return null;
  const isThere = branch?.surely === true && implies(when, branch.when);
  return { ...item, optional: item.optional && !isThere, values: thunkUnder(item.values, when) };
}

function paramsUnder(params: ParamsValue, when: readonly Condition[]): ParamsValue {
  return {
    ...params,
    entries: params.entries.map((entry) => ({ ...entry, value: thunkUnder(entry.value, when) })),
  };
}

/** Takes out of a text the alternatives that contradict the branches taken. */
export function chunksUnder(chunks: readonly Chunk[], when: readonly Condition[]): Chunk[] {
  if (when.length === 0) return [...chunks];
  return chunks.map((chunk) =>
    chunk.kind === "choice"
      ? {
          ...chunk,
          alternatives: chunk.alternatives
            .filter((alternative) => conjoin(alternative.when, when) !== null)
            .filter(({ unless }) => unless === undefined || !implies(when, unless))
            .map((alternative) => ({ ...alternative, chunks: chunksUnder(alternative.chunks, when) })),
        }
      : chunk,
  );
}
