/** Functions and classes of the platform. */
import { type Builtins, first, list, same } from "./builtin.js";
import { holding } from "./containers.js";
import { callBack, callFunction } from "./functions.js";
import { emptyObject, itemsOf, listOf, listOfSet, spreadItems } from "./literals.js";
import { moduleValues } from "./modules.js";
import { assign, fromEntries, merge, ofEntries } from "./object-builtins.js";
import { listedArguments } from "./partial.js";
import { textChoice } from "./strings.js";
import { asText, decode, encode, parseJson } from "./text-builtins.js";
import { knownText, stringOf } from "./text.js";
import { paramsFrom, urlFrom } from "./urls.js";
import { type Value, functionsIn, unknown } from "./values.js";

export const GLOBALS: Builtins = {
  String: asText,
  encodeURIComponent: encode("component"),
  encodeURI: encode("uri"),
  escape: encode("component"),
  decodeURIComponent: decode,
  decodeURI: decode,
  unescape: decode,
  "Object.keys": ofEntries("keys"),
  "Object.values": ofEntries("values"),
  "Object.entries": ofEntries("entries"),
  "Object.assign": assign,
  "Object.freeze": same,
  "Object.seal": same,
  "Object.fromEntries": fromEntries,
  "Object.create": merge,
  structuredClone: same,
  "Promise.resolve": same,
  "Promise.all": same,
  "Promise.allSettled": same,
  "Array.isArray": () => null,
  "Array.of": (_evaluator, args, at) => [listOf([...args], at.file)],
  "Array.from": (evaluator, args, at, node) => {
    // A copy of a list is written where the list is.
    const values = first(args).map((value): Value =>
      value.kind === "unknown"
        ? value
        : value.kind === "list"
          ? listOfSet(value)
          : list(itemsOf(evaluator, value, at), at),
    );
    const callbacks = args[1]?.();
    if (callbacks === undefined) return values;
    return values.map((value) =>
      value.kind === "list"
        ? list(
            value.items.map((item) => ({
              ...item,
              values: () =>
                callbacks.flatMap((callback) =>
                  callBack(evaluator, callback, [item.values()], { node, frame: at.frame }),
                ),
            })),
            at,
          )
        : value,
    );
  },
  "String.raw": asText,
  Number: () => null,
  Boolean: () => null,
  "URL.createObjectURL": () => null,
  "Reflect.apply": (evaluator, args, at, node) => {
    const answers = functionsIn(first(args)).flatMap((target) =>
      callFunction(evaluator, target, listedArguments(args[2]), { node, frame: at.frame }),
    );
    return answers.length > 0 ? answers : null;
  },
  require: (evaluator, args, at) =>
    first(args).flatMap((value) => {
      const name = knownText(value);
      return name === null
        ? [unknown("a module whose name is not known", at)]
        : moduleValues(evaluator, at.file, name, at);
    }),
  "JSON.stringify": (_evaluator, [held], at) => [
    unknown("JSON text", at, held === undefined ? {} : { holds: held }),
  ],
  "JSON.parse": parseJson,
};

export const CONSTRUCTORS: Builtins = {
  URL: (evaluator, args, at) => {
    const base = args[1]?.() ?? null;
    const texts = first(args);
    const merged: Value =
      texts.length === 1 && texts[0] !== undefined ? texts[0] : stringOf(textChoice(evaluator, texts, at));
    return [urlFrom(evaluator, merged, base, at)];
  },
  URLSearchParams: (evaluator, args, at) =>
    args.length === 0
      ? [paramsFrom(evaluator, undefined, at)]
      : first(args).map((value) => paramsFrom(evaluator, value, at)),
  // Of a form: its fields are in the document.
  FormData: (evaluator, args, at) => {
    const made = paramsFrom(evaluator, undefined, at);
    return [args.length === 0 ? made : { ...made, rest: [unknown("a field of a form", at)] }];
  },
  Headers: (evaluator, args, at) =>
    args.length === 0
      ? [paramsFrom(evaluator, undefined, at)]
      : first(args).map((value) => paramsFrom(evaluator, value, at)),
  Set: (evaluator, args, at) => {
    const values = first(args);
    const lists = values.filter((value) => value.kind === "list");
    if (lists.length > 0 && lists.length === values.length)
      return lists.map((value): Value => ({ ...value, set: true }));
    return [list(values.length === 0 ? [] : spreadItems(evaluator, values, at), at, true)];
  },
  Map: (evaluator, args, at, node) => {
    const [made] = fromEntries(evaluator, args, at, node) ?? [];
    const map = made?.kind === "object" ? { ...made, map: true } : emptyObject(at, true);
    return [holding(map, node.typeArgs[1], at.file)];
  },
  WeakMap: (_evaluator, _args, at, node) => [holding(emptyObject(at, true), node.typeArgs[1], at.file)],
  Array: (_evaluator, args, at) => (args.length === 0 ? [list([], at)] : null),
  // Whatever a trap does around it, a proxy stands for its target; what it answers to a read is not known.
  Proxy: (_evaluator, args, at) => [
    ...first(args).filter((value) => value.kind !== "string" && value.kind !== "list"),
    unknown("read through a proxy", at),
  ],
  String: asText,
};
