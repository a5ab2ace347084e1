/** What a call of an HTTP client says: URL, method, headers; whatever client it is. */
import { methodCallOn } from "../link/parent-of.js";
import type { CallExpression, Expression } from "../lower/form.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { allArguments, callArguments } from "../evaluate/functions.js";
import { objectEntries } from "../evaluate/literals.js";
import { isReflectApply, listedArguments } from "../evaluate/partial.js";
import { nameOf, type Reading } from "../evaluate/members.js";
import { joinText, textChoice } from "../evaluate/strings.js";
import { sourceValues } from "../evaluate/vue.js";
import { expand, knownTexts, outline, plainText, stringOf } from "../evaluate/text.js";
import { valuesUnder } from "../evaluate/restrict.js";
import { builtRequest } from "./built-requests.js";
import {
  BASE_KEYS,
  basesOf,
  bearerHeaders,
  chainedHeaders,
  entry,
  instanceHeaders,
} from "./client-options.js";
import {
  under,
  unknown,
  type Chunk,
  type Condition,
  type ObjectValue,
  type Thunk,
  type Value,
} from "../evaluate/values.js";

export interface HttpShape {
  url: Chunk[];
  /** The method in some branches. */
  method: (when: readonly Condition[]) => ShapeMethod;
  /** Where the method comes from, for its place. */
  methodSource: Value | null;
  /** All that may hold headers. */
  headers: Value[];
  /** Names of credentials handed to a framework's helper (`klaviyoOAuth2Api`): one, or one of these. */
  credentials: string[];
  /** What options name as the integration to call through: Nango's `providerConfigKey`. */
  integrations: string[];
}

/** As many alternatives of one URL are told apart. */
const MOST_URLS = 48;
export interface ShapeMethod {
  /** Upper case; null where it is not known. */
  known: string[] | null;
  /** The value that hides it, where it is not known. */
  hidden: Value | null;
}

const VERB = /^(?:get|post|put|patch|delete|head|options|del|destroy)$/i;
/** A credential type, as n8n names them. */
const CREDENTIAL = /^[a-z0-9]+(?:OAuth2?)?Api$|^[^/]*OAuth2[^/]*$/i;
const URL_KEYS = ["url", "uri", "endpoint", "path", "pathname", "href", "resource", "route"];
const INTEGRATION_KEYS = ["providerconfigkey", "provider_config_key", "integrationid", "integration_id"];

/** A verb that stands in a name: `getRequest`, `kPost`, `http_delete`. */
export function verbIn(name: string): string | null {
  if (VERB.test(name)) return normalVerb(name);
  const match =
    /(?:^|_)(get|post|put|patch|delete)(?=_|[A-Z]|$)|(?:[a-z])(Get|Post|Put|Patch|Delete)(?=[A-Z_]|$)|^(?:http|api|do|send)(get|post|put|patch|delete)$/i.exec(
      name,
    );
  const verb = match?.[1] ?? match?.[2] ?? match?.[3];
  return verb === undefined ? null : normalVerb(verb);
}

function normalVerb(verb: string): string {
  const upper = verb.toUpperCase();
  return upper === "DEL" || upper === "DESTROY" ? "DELETE" : upper;
}

/** `HttpMethod.POST` of a library's enum is the method that it names. */
function verbOfEnum(value: Value): Value {
  const name = value.kind === "external" && value.result === null ? value.path.at(-1) : undefined;
  return name !== undefined && VERB.test(name) && name === name.toUpperCase()
    ? stringOf([plainText(name)])
    : value;
}

/** `bent("https://…", "POST", "json")`: the client was told its method. */
function verbsMadeWith(callee: Value): Value[] {
  if (callee.kind !== "result" || callee.callee.module !== "bent") return [];
  return callee.args
    .flatMap((argument) => argument())
    .filter((value) => knownTexts([value]).texts.some((text) => VERB.test(text)));
}

/** The verb of `const load = axios.get`, whatever it is called here; else the written name. */
function nameOfCalled(target: Expression, callees: readonly Value[]): string {
  if (target.kind === "name")
    for (const callee of callees) {
      const last = callee.kind === "external" ? callee.path.at(-1) : undefined;
      if (last !== undefined && VERB.test(last)) return last;
    }
  return nameOf(target);
}

/**
 * Reads a call as a client's; null where nothing in it can be a URL.
 * @param request What it sends, where that is not all of its arguments: one request of several.
 */
export function httpShape(
  evaluator: Evaluator,
  node: CallExpression,
  frame: Frame,
  request: Thunk | null = null,
): HttpShape | null {
  const at: Reading = { file: frame.file, range: node.range, node, frame };
  const isReflect =
    node.args[0] !== undefined &&
    calleesOf(evaluator, node, frame).some(({ callee }) => isReflectApply(callee));
  const isCall =
    node.callee.kind === "member" && nameOf(node.callee) === "call" && node.callee.object.kind === "member";
  const isApply = !isReflect && node.callee.kind === "member" && nameOf(node.callee) === "apply";
  const target: Expression = isReflect
    ? (node.args[0] ?? node.callee)
    : (isCall || isApply) && node.callee.kind === "member"
      ? node.callee.object
      : node.callee;
  let args: Thunk[] = request === null ? callArguments(evaluator, node, frame) : [request];
  if (isCall) args = args.slice(1);
  if (isApply) args = listedArguments(args[1]);
  if (isReflect) args = listedArguments(args[2]);
  const callees =
    isCall || isApply || isReflect
      ? evaluator.evaluate(target, frame)
      : calleesOf(evaluator, node, frame).flatMap(({ callee, receiver }) => callee ?? receiver ?? []);
  const name = nameOfCalled(target, callees);
  const partial = callees.find((callee) => callee.kind === "external" && callee.bound !== undefined);
  if (partial?.kind === "external") args = allArguments(partial, args);

  const built = builtRequest(evaluator, callees, args, at);
  if (built !== null) {
    const known: ShapeMethod = { known: [built.verb], hidden: null };
    const { url, headers } = built;
    return { url, headers, method: () => known, methodSource: null, credentials: [], integrations: [] };
  }

  let url: Value[] | null = null;
  let verbs: Value[] = callees.flatMap(verbsMadeWith);
  const isWrapper = callees.some(takesUrlBehind);
  const options: ObjectValue[] = [];
  let hiddenOptions: Value | null = null;
  let credentials: string[] = [];
  for (const [position, argument] of args.entries()) {
    // Composables take what Vue can watch: `useFetch(() => url)`, `useFetch(computed(…))`.
    const isSource = position === 0 && /^use\w*Fetch$/.test(name);
    const values = isSource ? argument().flatMap((one) => sourceValues(evaluator, one, at)) : argument();
    const objects = values.filter((value): value is ObjectValue => value.kind === "object" && !value.map);
    const named = values.map(verbOfEnum);
    const { texts, complete } = knownTexts(named);
    if (complete && texts.length > 0 && texts.every((one) => VERB.test(one))) {
      if (url === null || verbs.length === 0) verbs = named;
      continue;
    }
    if (complete && texts.length > 0 && texts.every((one) => CREDENTIAL.test(one))) {
      credentials = texts;
      continue;
    }
    if (objects.length > 0) {
      options.push(...objects);
      continue;
    }
    const texty = values.filter((value) => value.kind === "string" || value.kind === "url");
    const isBehind =
      isWrapper && url?.every(({ kind }) => kind === "unknown") === true && isAbsolute(evaluator, texty, at);
    if ((url === null || isBehind) && texty.length > 0) {
      url = values;
      continue;
    }
    const hidden = values.find((value) => value.kind === "unknown");
    if (hidden !== undefined) {
      if (url === null && options.length === 0) url = values;
      else hiddenOptions ??= hidden;
    }
  }
  if (
    url !== null &&
    options.length === 0 &&
    url.every((value) => value.kind === "unknown") &&
    args.length === 1
  )
    hiddenOptions = url[0] ?? null;
  const read = (key: string): Value[] => options.flatMap((object) => entry(evaluator, object, key, at));
  // What an unknown spread may bring is asked for where it matters: the URL and the method, never the host.
  const written = (key: string): Value[] =>
    options.flatMap((object) => (has(evaluator, object, key) ? entry(evaluator, object, key, at) : []));
  if (
    url === null ||
    (url.every((value) => value.kind === "unknown") &&
      options.some((object) => URL_KEYS.some((key) => has(evaluator, object, key))))
  ) {
    url = urlFromOptions(evaluator, options, { read, written }, at) ?? url;
  }
  if (url === null) return null;
  // `useFetch(url, { $fetch: api })`: the client that sends it.
  const clients = [...callees, ...written("$fetch")];
  const base = [...BASE_KEYS.slice(0, 5).flatMap(written), ...basesOf(evaluator, clients, at)];
  const chunks = compose(evaluator, url, base, at, node);
  if (verbs.length === 0) verbs = chainedVerbs(evaluator, name, node, frame);
  const integrations = INTEGRATION_KEYS.flatMap((key) => knownTexts(written(key)).texts);
  const methodKeys = ["method", "type", "httpmethod", "verb", "requestmethod"];
  const methodValues =
    methodKeys.map(written).find((values) => values.length > 0) ??
    verbsOfKey(evaluator, target, frame) ??
    verbsOfProxy(evaluator, name, written("fetchoptions"), at);
  const spread =
    methodValues === undefined ? read("method").find((value) => value.kind === "unknown") : undefined;
  const method = (when: readonly Condition[]): ShapeMethod => {
    const written =
      methodValues === undefined ? undefined : whereGiven(valuesUnder(methodValues, when), frame);
    const { known, hidden } = methodsOf(name, valuesUnder(verbs, when), written, hiddenOptions);
    return { known, hidden: hidden ?? spread ?? null };
  };
  return {
    url: chunks,
    method,
    methodSource: methodValues?.find((value) => value.kind === "string") ?? null,
    headers: [
      ...read("headers"),
      ...read("header"),
      ...bearerHeaders(evaluator, read("auth")),
      ...instanceHeaders(evaluator, clients, at),
      ...chainedHeaders(evaluator, node, frame),
    ],
    credentials: credentials.concat(integrations.filter((name) => /oauth/i.test(name))),
    integrations,
  };
}

/** `proxyRequest(event, "https://…")`, `protectedResourceRequest(token, "GET", new URL(…))`: the URL stands behind others. */
const URL_BEHIND: readonly [RegExp, RegExp][] = [
  // Nuxt and Nitro import h3's functions by themselves.
  [/^(?:h3|nitro(?:pack)?(?:\/.*)?|#imports|)$/, /^(?:proxyRequest|sendProxy)$/],
  [/^oauth4webapi$/, /(?:^|\.)protectedResourceRequest$/],
  [/^openid-client$/, /(?:^|\.)fetchProtectedResource$/],
];

function takesUrlBehind(callee: Value): boolean {
  if (callee.kind !== "external" || callee.result !== null) return false;
  const name = callee.path.join(".");
  return URL_BEHIND.some(([module, named]) => module.test(callee.module) && named.test(name));
}

function isAbsolute(evaluator: Evaluator, values: Value[], at: Reading): boolean {
  return values.length > 0 && /^https?:/i.test(outline(textChoice(evaluator, values, at)));
}

/** `useShopFetch(url).post(body)`: VueUse says the method afterwards. https://vueuse.org/core/useFetch/ */
function chainedVerbs(evaluator: Evaluator, name: string, node: CallExpression, frame: Frame): Value[] {
  if (!/^use\w*Fetch$/.test(name)) return [];
  const call = methodCallOn(evaluator.program.index(frame.file), node);
  const verb = call === null ? "" : nameOf(call.callee);
  return VERB.test(verb) ? [stringOf([plainText(verb)])] : [];
}

/**
 * h3's `proxyRequest` hands on the method of the request that came in, which the name of a route's file may tell, and
 * `sendProxy` says one in its options. https://h3.unjs.io/utils/proxy
 */
function verbsOfProxy(
  evaluator: Evaluator,
  name: string,
  options: readonly Value[],
  at: Reading,
): Value[] | undefined {
  if (!/^(?:proxyRequest|sendProxy)$/.test(name)) return undefined;
  const written = options.flatMap((one) =>
    one.kind === "object" ? entry(evaluator, one, "method", at) : [],
  );
  if (written.length > 0) return written;
  if (name === "sendProxy") return undefined;
  const verb = /\.(get|post|put|patch|delete)\.[cm]?[jt]s$/.exec(at.file)?.[1];
  return verb === undefined
    ? [unknown("the method of the request that is handed on", at)]
    : [stringOf([plainText(verb)])];
}

/** `axios[method](url)`. */
function verbsOfKey(evaluator: Evaluator, target: Expression, frame: Frame): Value[] | undefined {
  if (target.kind !== "member" || target.property.kind === "string") return undefined;
  const values = evaluator.evaluate(target.property, frame);
  return knownTexts(values).texts.every((one) => VERB.test(one)) ? values : undefined;
}

/**
 * `method: body ? "POST" : "GET"`, called with a body of which no more is known: callers hand over what there is, and leave
 * out what there is not.
 */
function whereGiven(values: Value[], frame: Frame): Value[] {
  if (frame.args === null || values.length < 2) return values;
  const isGiven = ({ branch, way }: Condition, wanted: number): boolean => {
    if (typeof branch !== "string" || way !== wanted) return false;
    const [, inside] = /@\d+(?:\.([\w.]+))?$/.exec(branch) ?? [null];
    // A part of an object that is not known may be missing.
    return inside === undefined || (inside !== null && isWrittenIn(frame, inside));
  };
  const given = values.flatMap(({ when = [] }) => when.filter((one) => isGiven(one, 1)));
  return values.filter(
    ({ when = [] }) =>
      !when.some((one) => isGiven(one, 0) && given.some((other) => other.branch === one.branch)),
  );
}

/** `send("/events", { body })`: the key is there in the call that led here. */
function isWrittenIn({ site }: Frame, key: string): boolean {
  return (site?.node.args ?? []).some(
    (one) =>
      one.kind === "map" &&
      one.entries.some((entry) => entry.key?.kind === "string" && entry.key.value === key),
  );
}

function methodsOf(
  name: string,
  verbs: readonly Value[],
  written: Value[] | undefined,
  hiddenOptions: Value | null,
): ShapeMethod {
  if (written !== undefined && written.length > 0) {
    const values = written.map(verbOfEnum);
    const { texts, complete } = knownTexts(values.filter((value) => value.kind !== "primitive"));
    const hidden =
      values.find(({ kind }) => kind === "unknown" || kind === "result" || kind === "external") ?? null;
    const upper = [...new Set(texts.map((text) => text.toUpperCase()))];
    if (complete && upper.length > 0) return { known: upper, hidden: null };
    // `method = "GET"` as a default, and a caller we do not know.
    if (upper.length > 0 && hidden?.kind === "unknown" && hidden.parameter === null)
      return { known: upper, hidden: null };
    if (hidden !== null) return { known: upper.length > 0 ? upper : null, hidden };
    return { known: ["GET"], hidden: null };
  }
  if (verbs.length > 0) return { known: [...new Set(knownTexts(verbs).texts.map(normalVerb))], hidden: null };
  const verb = VERB.test(name) && verbs.length === 0 ? verbIn(name) : null;
  if (verb !== null) return { known: [verb], hidden: null };
  if (hiddenOptions !== null) return { known: null, hidden: hiddenOptions };
  return { known: [verbIn(name) ?? "GET"], hidden: null };
}

function has(evaluator: Evaluator, object: ObjectValue, key: string): boolean {
  return objectEntries(evaluator, object).some((one) => one.key.toLowerCase() === key);
}

function urlFromOptions(
  evaluator: Evaluator,
  options: readonly ObjectValue[],
  { read, written }: { read: (key: string) => Value[]; written: (key: string) => Value[] },
  at: Reading,
): Value[] | null {
  const host = [...written("hostname"), ...written("host")];
  const path =
    URL_KEYS.map(written).find((values) => values.length > 0) ??
    (read("url").length > 0 ? read("url") : undefined);
  if (host.length > 0) {
    const { texts } = knownTexts(host);
    const scheme = texts.some((text) => /^https?:/i.test(text)) ? [] : [plainText("https://")];
    const [first] = options;
    return joinText(
      evaluator,
      [[stringOf(scheme)], host, path ?? []].filter((part) => part.length > 0),
      {
        kind: "computed",
        ...at,
        node: first?.node ?? at.node,
      },
    );
  }
  return path ?? null;
}

/** The URL as it is sent: relative ones behind the client's base. */
export function compose(
  evaluator: Evaluator,
  url: Value[],
  bases: Value[],
  at: Reading,
  node: CallExpression,
): Chunk[] {
  const texts = textChoice(evaluator, url, at);
  if (bases.length === 0) return texts;
  const { expansions } = expand(texts, MOST_URLS);
  const whole = expansions.filter(({ chunks }) => /^https?:/i.test(outline(chunks)));
  if (whole.length === 0) return behindBase(evaluator, texts, bases, at, node);
  if (whole.length === expansions.length) return texts;
  // `next ?? "/lists"`: each alternative for itself.
  const values = expansions.flatMap((expansion) => {
    const chunks = whole.includes(expansion)
      ? expansion.chunks
      : behindBase(evaluator, expansion.chunks, bases, at, node);
    return under(stringOf(chunks), expansion.when) ?? [];
  });
  return textChoice(evaluator, values, at);
}

function behindBase(
  evaluator: Evaluator,
  texts: Chunk[],
  bases: Value[],
  at: Reading,
  node: CallExpression,
): Chunk[] {
  const [head] = texts;
  const base = textChoice(evaluator, bases, at);
  const baseShape = outline(base);
  const glue =
    baseShape.endsWith("/") || (head?.kind === "text" && head.text.startsWith("/")) ? [] : [plainText("/")];
  const [joined] = joinText(
    evaluator,
    [[stringOf(trimSlash(base, head))], [stringOf(glue)], [stringOf(texts)]],
    { kind: "computed", ...at, node },
  );
  return joined?.kind === "string"
    ? joined.chunks
    : [{ kind: "unknown", value: unknown("a URL that is not known", at) }];
}

function trimSlash(base: Chunk[], head: Chunk | undefined): Chunk[] {
  const last = base.at(-1);
  if (
    head?.kind !== "text" ||
    !head.text.startsWith("/") ||
    last?.kind !== "text" ||
    !last.text.endsWith("/")
  )
    return base;
  return [
    ...base.slice(0, -1),
    { ...last, text: last.text.slice(0, -1), at: typeof last.at === "number" ? last.at : null },
  ];
}
