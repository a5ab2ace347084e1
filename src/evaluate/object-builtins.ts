/** `Object.…`, and what packages add to it: objects made of others, and lists of their parts. */
import { type Builtin, first, list } from "./builtin.js";
import {
  emptyObject,
  flatten,
  itemsOf,
  keyText,
  layer,
  objectEntries,
  pairItem,
  writtenKeys,
} from "./literals.js";
import { assignParts } from "./url-parts.js";
import { type ListItem, type Value, always, unknown } from "./values.js";

export const ofEntries =
  (pick: "keys" | "values" | "entries"): Builtin =>
  (evaluator, args, at) =>
    first(args).map((value): Value => {
      if (value.kind === "list" && pick !== "entries") return value;
      if (value.kind === "params") return list(itemsOf(evaluator, value, at), at);
      if (value.kind !== "object")
        return value.kind === "unknown" ? value : unknown("no object that is known", at);
      const entries = objectEntries(evaluator, value);
      const { open } = flatten(evaluator, value, 0);
      const rest: ListItem[] = open.map((one) => ({
        values: always([one]),
        optional: true,
        rest: true,
        origin: null,
      }));
      // A list of an object's parts is written where the object is.
      const made = (items: ListItem[]): Value => ({
        kind: "list",
        items,
        node: value.node,
        file: value.file,
        set: false,
      });
      if (pick === "entries") return made([...entries.map((entry) => pairItem(at.file, entry)), ...rest]);
      return made([
        ...entries.map((entry): ListItem => ({
          values: pick === "keys" ? always([keyText(entry)]) : entry.get,
          optional: entry.optional,
          rest: false,
          origin: null,
        })),
        ...rest,
      ]);
    });

export const merge: Builtin = (_evaluator, args, at) => [
  { ...emptyObject(at), layers: args.map((argument) => layer(null, argument)) },
];

/** A URL stays one: `Object.assign(new URL(base), { search: … })`. */
export const assign: Builtin = (evaluator, args, at, node) => {
  const [target, ...sources] = args;
  const targets = target?.() ?? [];
  const urls = targets.filter((value) => value.kind === "url");
  return urls.length === 0 || urls.length < targets.length
    ? merge(evaluator, args, at, node)
    : urls.flatMap((url) => assignParts(evaluator, url, sources, at));
};

export const fromEntries: Builtin = (evaluator, args, at) => {
  const object = emptyObject(at);
  for (const value of first(args)) {
    for (const item of itemsOf(evaluator, value, at)) {
      for (const pair of item.values()) {
        const [key, inner] = itemsOf(evaluator, pair, at);
        const [name] = writtenKeys(key?.values() ?? []) ?? [];
        if (name !== undefined && inner !== undefined) {
          const { written } = name;
          object.layers.push({ ...layer(name.key, inner.values), optional: item.optional, written });
        } else {
          object.layers.push({
            ...layer("", always([unknown("a pair that is not known", at)])),
            computed: true,
          });
        }
      }
    }
  }
  return [object];
};
