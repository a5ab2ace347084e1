/** Functions of the platform and of well-known packages whose answer follows from their arguments. */
import type { CallExpression } from "../lower/form.js";
import { callBack, callFunction } from "./functions.js";
import { given, listedArguments, ofList, partial, PARTIAL, partialRight } from "./partial.js";
import type { Evaluator } from "./evaluator.js";
import {
  emptyObject,
  flatten,
  chainedItems,
  itemsOf,
  listOfSet,
  layer,
  listOf,
  objectEntries,
  keyText,
  pairItem,
  spreadItems,
  writtenKeys,
} from "./literals.js";
import type { Reading } from "./members.js";
import { moduleValues } from "./modules.js";
import { joinText, textChoice } from "./strings.js";
import { fromFile } from "./read-files.js";
import { terraformCall } from "./terraform.js";
import { knownText, plainText, stringOf } from "./text.js";
import { formatUrl, getUri, resolveUrl, stringifyUrl, withQuery, type Builtin } from "./url-builders.js";
import { holding } from "./containers.js";
import { inject, useContext } from "./handed-down.js";
import { jsonInText } from "./json-text.js";
import { fromConfigFiles } from "./config-files.js";
import { assignParts } from "./url-parts.js";
import { VUE } from "./vue.js";
import { encodeChunks, decodeChunks, paramsFrom, paramsToChunks, urlFrom } from "./urls.js";
import {
  always,
  derived,
  functionsIn,
  under,
  unknown,
  UNDEFINED,
  type ExternalValue,
  type ListItem,
  type ListValue,
  type Thunk,
  type Value,
} from "./values.js";

const first = (args: readonly Thunk[]): Value[] => args[0]?.() ?? [];

const list = (items: ListItem[], at: Reading, set = false): ListValue => ({
  kind: "list",
  items,
  node: null,
  file: at.file,
  set,
});

const asText: Builtin = (evaluator, args, at) => [stringOf(textChoice(evaluator, first(args), at))];

const ofEntries =
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

const merge: Builtin = (_evaluator, args, at) => [
  { ...emptyObject(at), layers: args.map((argument) => layer(null, argument)) },
];

/** A URL stays one: `Object.assign(new URL(base), { search: … })`. */
const assign: Builtin = (evaluator, args, at, node) => {
  const [target, ...sources] = args;
  const targets = target?.() ?? [];
  const urls = targets.filter((value) => value.kind === "url");
  return urls.length === 0 || urls.length < targets.length
    ? merge(evaluator, args, at, node)
    : urls.flatMap((url) => assignParts(evaluator, url, sources, at));
};

const fromEntries: Builtin = (evaluator, args, at) => {
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

const encode =
  (style: "component" | "uri"): Builtin =>
  (evaluator, args, at) => [stringOf(encodeChunks(textChoice(evaluator, first(args), at), style))];

const decode: Builtin = (evaluator, args, at) => [
  stringOf(decodeChunks(textChoice(evaluator, first(args), at))),
];

const same: Builtin = (_evaluator, args) => first(args);

/** `const [scopes, setScopes] = useState(initial)`: what it begins with, or what it is set to. */
const useState: Builtin = (evaluator, args, at, node) => {
  const initial = first(args).flatMap((value) =>
    value.kind === "function" ? callBack(evaluator, value, [], { node, frame: at.frame }) : [value],
  );
  const set = unknown("state that may be set", at);
  const told = initial.flatMap((value): Value[] => {
    if (value.kind === "list" && value.items.length > 0)
      return [
        {
          ...value,
          items: [...value.items, { values: always([set]), optional: true, rest: true, origin: null }],
        },
      ];
    return value.kind === "string" && knownText(value) !== "" ? [value, set] : [];
  });
  const state = told.length > 0 ? told : [set];
  const setter: Value = { kind: "external", module: "react", result: null, path: ["setState"] };
  const pair = [state, [setter]].map((values) => ({
    values: always(values),
    optional: false,
    rest: false,
    origin: null,
  }));
  return [list(pair, at)];
};

/** `qs.stringify(object)` and its like. */
const stringify: Builtin = (evaluator, args, at) =>
  first(args).map((value) => {
    const params = paramsFrom(evaluator, value, at);
    const options = args[1]?.() ?? [];
    const raw = options.some(
      (option) => option.kind === "object" && option.layers.some((one) => one.key === "encode"),
    );
    return stringOf(paramsToChunks(evaluator, { ...params, raw }));
  });

/** `joinURL(base, path)`, `path.join`, `urlJoin`. */
const joinPath: Builtin = (evaluator, args, at, node) => {
  const parts: Value[][] = [];
  args.forEach((argument, position) => {
    const values = argument();
    if (position > 0) parts.push([stringOf([plainText("/")])]);
    parts.push(
      values.map((value) => {
        const text = knownText(value);
        if (value.kind !== "string" || text === null) return value;
        const [chunk] = value.chunks;
        if (chunk?.kind !== "text" || value.chunks.length > 1) return value;
        const start = position > 0 ? (/^\/+/.exec(text)?.[0].length ?? 0) : 0;
        const end =
          position < args.length - 1 ? text.length - (/\/+$/.exec(text)?.[0].length ?? 0) : text.length;
        return stringOf([
          {
            ...chunk,
            text: text.slice(start, end),
            at: typeof chunk.at === "number" ? chunk.at + start : null,
          },
        ]);
      }),
    );
  });
  return joinText(evaluator, parts, { kind: "computed", ...at, node });
};

/** `util.format("/lists/%s", id)`, `sprintf`: with plain placeholders. */
const format: Builtin = (evaluator, args, at, node) => {
  const [values, ...others] = args;
  const pattern = (values?.() ?? []).map(knownText);
  const [text] = pattern;
  if (text == null || pattern.length > 1 || /%(?![sdifj%])/.test(text)) return null;
  const pieces = text.split(/%[sdifj]/);
  const parts = pieces.flatMap((piece, position): Value[][] => {
    const written = [stringOf([plainText(piece.replaceAll("%%", "%"))])];
    return position === 0 ? [written] : [others[position - 1]?.() ?? [UNDEFINED], written];
  });
  return joinText(evaluator, parts, { kind: "computed", ...at, node });
};

/** `new URI(text)` of URI.js and its like: a URL whose query grows by calls. */
const uri: Builtin = (evaluator, args, at) => first(args).map((value) => urlFrom(evaluator, value, null, at));

const GLOBALS: Readonly<Record<string, Builtin>> = {
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
  "JSON.stringify": (_evaluator, _args, at) => [unknown("JSON text", at)],
  "JSON.parse": (evaluator, args, at) => {
    const texts = first(args);
    const parsed = texts.map((value) => jsonInText(evaluator, value));
    if (parsed.every((values) => values === null)) return null;
    return texts.flatMap((value, position) => {
      const answer = parsed[position] ?? [derived(value, "JSON text that is not known", at)];
      return value.when === undefined ? answer : answer.flatMap((one) => under(one, value.when ?? []) ?? []);
    });
  },
};

const CONSTRUCTORS: Readonly<Record<string, Builtin>> = {
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
  FormData: (evaluator, _args, at) => [paramsFrom(evaluator, undefined, at)],
  Headers: (evaluator, args, at) =>
    args.length === 0
      ? [paramsFrom(evaluator, undefined, at)]
      : first(args).map((value) => paramsFrom(evaluator, value, at)),
  Set: (evaluator, args, at) => {
    const values = first(args);
    const [only, ...more] = values;
    if (only?.kind === "list" && more.length === 0) return [{ ...only, set: true }];
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

/** By module, then by the function's name; "" is the module itself called. */
const PACKAGES: readonly [RegExp, Readonly<Record<string, Builtin>>][] = [
  [
    /^(?:qs|(?:node:)?querystring|query-string|picoquery|fast-querystring)$/,
    { stringify, encode: stringify, stringifyUrl },
  ],
  [
    /^ufo$/,
    {
      withQuery,
      stringifyQuery: stringify,
      joinURL: joinPath,
      withBase: (e, a, at, n) => joinPath(e, [a[1] ?? always([]), a[0] ?? always([])], at, n),
    },
  ],
  [/^(?:urijs|URIjs|jsuri|uri-js|domurl)$/, { "": uri, default: uri }],
  [/^(?:node:)?util$/, { format }],
  [/^(?:sprintf-js|printj|format-util|util-format)$/, { "": format, sprintf: format, default: format }],
  [/^(?:node:)?path(?:\/posix)?$/, { join: joinPath, resolve: joinPath }],
  [/^(?:url-join|urljoin)$/, { "": joinPath, urlJoin: joinPath, default: joinPath }],
  [
    /^(?:node:)?url$/,
    {
      URL: CONSTRUCTORS.URL ?? same,
      URLSearchParams: CONSTRUCTORS.URLSearchParams ?? same,
      format: formatUrl,
      resolve: resolveUrl,
      parse: uri,
    },
  ],
  [/^axios$/, { getUri: getUri(null) }],
  [
    /^(?:react-router(?:-dom)?|@remix-run\/react|@react-router\/.*)$/,
    { createSearchParams: CONSTRUCTORS.URLSearchParams ?? same },
  ],
  [
    /^(?:lodash|lodash-es|lodash\/.*|radash|remeda|es-toolkit|just-.*)$/,
    {
      ...PARTIAL,
      merge,
      assign: merge,
      defaults: (e, a, at, n) => merge(e, [...a].reverse(), at, n),
      memoize: same,
      once: same,
      throttle: same,
      debounce: same,
      concat: (evaluator, args, at) => [list(chainedItems(evaluator, args, at), at)],
      union: (evaluator, args, at) => [listOfSet(list(chainedItems(evaluator, args, at), at, true))],
      uniq: (_evaluator, args) =>
        first(args).map((value) => (value.kind === "list" ? listOfSet({ ...value, set: true }) : value)),
      compact: same,
      cloneDeep: same,
      clone: same,
    },
  ],
  [/^ramda(?:\/.*)?$/, { ...PARTIAL, partial: ofList(partial), partialRight: ofList(partialRight) }],
  [
    /^(?:react|@?vue.*)$/,
    {
      cache: same,
      useMemo: (evaluator, args, at, node) =>
        first(args).flatMap((callback) => callBack(evaluator, callback, [], { node, frame: at.frame })),
      useCallback: same,
      useState,
      useRef: (_evaluator, args, at) => [
        { ...emptyObject(at), layers: [layer("current", args[0] ?? always([UNDEFINED]))] },
      ],
    },
  ],
  [/^(?:p?react|react-dom|preact\/.*|solid-js)$/, { useContext, use: useContext }],
  [/^(?:@?vue.*|@vue\/.*|#imports)$/, { ...VUE, inject }],
  [/^svelte$/, { getContext: inject }],
  [/^next\/cache(?:\.js)?$/, { unstable_cache: same, cache: same }],
  [
    /^(?:p-memoize|mem|memoize|memoizee|memoize-one|micro-memoize|fast-memoize|moize|onetime|once)$/,
    { "": same, default: same },
  ],
];

/** Functions that frameworks bring into scope without an import. */
const AUTO_IMPORTED: Readonly<Record<string, Builtin>> = { ...VUE, inject, withQuery, joinURL: joinPath };

/** Known functions; null for those of which we only know that they were called. */
export function builtinCall(
  evaluator: Evaluator,
  node: CallExpression,
  callee: ExternalValue,
  args: Thunk[],
  at: Reading,
): Value[] | null {
  if (callee.path.at(-1) === "bind")
    return [given({ ...callee, path: callee.path.slice(0, -1) }, args.slice(1))];
  const configured = fromConfigFiles(evaluator, callee, args, at);
  if (configured !== null) return configured;
  const data = fromFile(evaluator, callee, args, at);
  if (data !== null) return data;
  if (callee.result !== null) {
    if (callee.module === "axios" && callee.path.join(".") === "getUri")
      return getUri(optionOf(evaluator, callee.result.args, "baseURL"))(evaluator, args, at, node);
    return evaluator.environment.call(evaluator, callee, node, args, at);
  }
  const name = callee.path.join(".");
  if (callee.module === "") {
    if (evaluator.program.form(at.file).language === "hcl") return terraformCall(evaluator, name, args, at);
    const bare = name.replace(/^(?:globalThis|window|self|global)\./, "");
    const table = node.style === "new" ? CONSTRUCTORS : GLOBALS;
    const builtin = Object.hasOwn(table, bare)
      ? table[bare]
      : Object.hasOwn(AUTO_IMPORTED, bare) && node.style === "call"
        ? AUTO_IMPORTED[bare]
        : undefined;
    const answer = builtin?.(evaluator, args, at, node) ?? null;
    return answer ?? evaluator.environment.call(evaluator, callee, node, args, at);
  }
  for (const [pattern, functions] of PACKAGES) {
    if (!pattern.test(callee.module)) continue;
    const key = callee.path.at(-1) ?? nameOfFile(callee.module, functions);
    const builtin = Object.hasOwn(functions, key) ? functions[key] : undefined;
    if (builtin !== undefined) return builtin(evaluator, args, at, node);
  }
  return evaluator.environment.call(evaluator, callee, node, args, at);
}

/** `lodash/partial` is the function of that name; "" for a package that is one function. */
function nameOfFile(module: string, functions: Readonly<Record<string, Builtin>>): string {
  return Object.hasOwn(functions, "") ? "" : (/\/(\w+)(?:\.js)?$/.exec(module)?.[1] ?? "");
}

/** An option that something was made with. */
function optionOf(evaluator: Evaluator, args: readonly Thunk[], key: string): Thunk | null {
  for (const value of args.flatMap((argument) => argument())) {
    const entry =
      value.kind === "object" ? objectEntries(evaluator, value).find((one) => one.key === key) : undefined;
    if (entry !== undefined) return entry.get;
  }
  return null;
}
