/** Functions of well-known packages. */
import { type Builtin, type Builtins, first, list, same } from "./builtin.js";
import { callBack } from "./functions.js";
import { inject, useContext } from "./handed-down.js";
import { chainedItems, emptyObject, layer, listOfSet } from "./literals.js";
import { merge } from "./object-builtins.js";
import { PARTIAL, ofList, partial, partialRight } from "./partial.js";
import { CONSTRUCTORS } from "./platform.js";
import { format, joinPath } from "./text-builtins.js";
import { knownText, stringOf } from "./text.js";
import { formatUrl, getUri, resolveUrl, stringifyUrl, withQuery } from "./url-builders.js";
import { paramsFrom, paramsToChunks, urlFrom } from "./urls.js";
import { UNDEFINED, type Value, always, unknown } from "./values.js";
import { H3 } from "./sent-requests.js";
import { VUE } from "./vue.js";

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

/** `new URI(text)` of URI.js and its like: a URL whose query grows by calls. */
const uri: Builtin = (evaluator, args, at) => first(args).map((value) => urlFrom(evaluator, value, null, at));

/** By module, then by the function's name; "" is the module itself called. */
export const PACKAGES: readonly [RegExp, Builtins][] = [
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
  [/^(?:h3|nitro(?:pack)?(?:\/.*)?|#imports)$/, H3],
  [/^svelte$/, { getContext: inject }],
  // What compilers put around `require`.
  [/^tslib$/, { __importDefault: same, __importStar: same }],
  [/^@babel\/runtime\/helpers\/interopRequire(?:Default|Wildcard)$/, { "": same, default: same }],
  [/^next\/cache(?:\.js)?$/, { unstable_cache: same, cache: same }],
  [
    /^(?:p-memoize|mem|memoize|memoizee|memoize-one|micro-memoize|fast-memoize|moize|onetime|once)$/,
    { "": same, default: same },
  ],
];

/** Functions that frameworks bring into scope without an import. */
export const AUTO_IMPORTED: Builtins = { ...VUE, ...H3, inject, withQuery, joinURL: joinPath };
