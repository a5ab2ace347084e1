/** Joining what two branches left behind: what one only added to becomes optional, the rest are alternatives. */
import { stringOf } from "./text.js";
import { implies, inBranch, perhaps } from "./items.js";
import {
  conjoin,
  type Chunk,
  type ListItem,
  type ListValue,
  type ObjectValue,
  type ParamsValue,
  type StringValue,
  type Value,
} from "./values.js";

/** The alternatives after two branches, the longer of two that share a beginning made one value with an optional end. */
export function mergeStates(
  a: readonly Value[],
  b: readonly Value[],
  added: (item: ListItem) => ListItem = perhaps,
): Value[] {
  if (a === b) return [...a];
  const out = [...a];
  for (const value of b) {
    if (out.includes(value)) continue;
    const position = out.findIndex((other) => grown(other, value, added) !== null);
    const other = out[position];
    const merged = other === undefined ? null : grown(other, value, added);
    if (merged === null) {
      if (!out.some((one) => same(one, value))) out.push(value);
    } else {
      out[position] = merged;
    }
  }
  return out;
}

/** What a round of a loop leaves, for an item that may be absent, or is there in one branch only. */
export function afterRound(
  state: readonly Value[],
  { optional, branch }: ListItem,
  round: (state: Value[]) => Value[] | null,
): Value[] | null {
  if (branch === undefined) {
    const next = round([...state]);
    return optional ? mergeStates(state, next ?? []) : next;
  }
  const { when, surely } = branch;
  const isMet = (value: Value): boolean => conjoin(value.when ?? [], when) !== null;
  const met = state.filter(isMet);
  const next = met.length === 0 ? met : (round(met) ?? met);
  const isSure = surely && met.every((value) => implies(value.when ?? [], when));
  const after = isSure
    ? next
    : mergeStates(met, next, (item) => inBranch(item, when, surely) ?? perhaps(item));
  return [...state.filter((value) => !isMet(value)), ...after];
}

/** One value that stands for both, when one began as the other and was added to; null otherwise. */
function grown(a: Value, b: Value, added: (item: ListItem) => ListItem): Value | null {
  const both = grownOf(a, b, added);
  if (both === null || both.when === undefined) return both;
  // It stands for both branches: only what is true in either of them is true of it.
  const when = both.when.filter((one) => [a, b].every((value) => implies(value.when ?? [], [one])));
  const joined = { ...both };
  if (when.length === 0) delete joined.when;
  else joined.when = when;
  return joined;
}

function grownOf(a: Value, b: Value, added: (item: ListItem) => ListItem): Value | null {
  if (a.kind === "list" && b.kind === "list") return grownList(a, b, added) ?? grownList(b, a, added);
  if (a.kind === "string" && b.kind === "string") return grownString(a, b) ?? grownString(b, a);
  if (a.kind === "object" && b.kind === "object" && a.history?.ran.length === b.history?.ran.length)
    return grownObject(a, b) ?? grownObject(b, a);
  if (a.kind === "params" && b.kind === "params") return grownParams(a, b) ?? grownParams(b, a);
  if (
    a.kind === "url" &&
    b.kind === "url" &&
    a.base.length === b.base.length &&
    a.base.every((chunk, i) => chunk === b.base[i])
  ) {
    const params = grownParams(a.params, b.params) ?? grownParams(b.params, a.params);
    return params === null ? null : { ...a, params };
  }
  return null;
}

function grownList(short: ListValue, long: ListValue, added: (item: ListItem) => ListItem): ListValue | null {
  if (short.items.length > long.items.length) return null;
  if (!short.items.every((item, i) => item.values === long.items[i]?.values)) return null;
  // An empty list that is filled in one branch is still one list; two literals that share nothing are not.
  if (short.items.length === 0 && short.node !== long.node) return null;
  return {
    ...long,
    items: long.items.map((item, i) => (i < short.items.length ? (short.items[i] ?? item) : added(item))),
  };
}

function grownString(short: StringValue, long: StringValue): StringValue | null {
  if (short.chunks.length === 0 || short.chunks.length > long.chunks.length) return null;
  if (!short.chunks.every((chunk, i) => sameOrigin(chunk, long.chunks[i]))) return null;
  const rest = long.chunks.slice(short.chunks.length);
  if (rest.length === 0) return short;
  return stringOf([
    ...short.chunks,
    {
      kind: "choice",
      alternatives: [
        { chunks: [], when: [] },
        { chunks: rest, when: long.when ?? [] },
      ],
    },
  ]);
}

function sameOrigin(a: Chunk, b: Chunk | undefined): boolean {
  if (b === undefined) return false;
  if (a === b) return true;
  if (a.kind === "text" && b.kind === "text")
    return a.text === b.text && a.file === b.file && a.at === b.at && a.at !== null;
  return a.kind === "unknown" && b.kind === "unknown" && a.value === b.value;
}

function grownObject(short: ObjectValue, long: ObjectValue): ObjectValue | null {
  if (short.layers.length > long.layers.length) return null;
  if (short.node === null || short.node !== long.node || short.frame !== long.frame) return null;
  const shared = short.layers.every((layer, i) => layer.get === long.layers[i]?.get);
  if (!shared) return null;
  return {
    ...long,
    layers: long.layers.map((layer, i) => (i < short.layers.length ? layer : { ...layer, optional: true })),
  };
}

function grownParams(short: ParamsValue, long: ParamsValue): ParamsValue | null {
  if (short.entries.length > long.entries.length) return null;
  if (!short.entries.every((entry, i) => entry.value === long.entries[i]?.value)) return null;
  if (short.origin.range[0] !== long.origin.range[0] || short.origin.file !== long.origin.file) return null;
  return {
    ...long,
    entries: long.entries.map((entry, i) =>
      i < short.entries.length ? entry : { ...entry, optional: true },
    ),
    rest: [...long.rest],
  };
}

function same(a: Value, b: Value): boolean {
  if (a.kind === "primitive" && b.kind === "primitive") return a.value === b.value && a.when === b.when;
  if (a.kind === "unknown" && b.kind === "unknown")
    return a.file === b.file && a.range[0] === b.range[0] && a.range[1] === b.range[1];
  return false;
}
