/** What a client of HTTP was made with, and what is set on it or on one of its requests: its base, its headers. */
import { methodCallOn } from "../link/parent-of.js";
import type { CallExpression, Expression } from "../lower/form.js";
import { ancestors } from "../evaluate/ancestors.js";
import { instanceMember } from "../evaluate/class-fields.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { callArguments, callFunction } from "../evaluate/functions.js";
import { layer, objectEntries } from "../evaluate/literals.js";
import { getProperty, nameOf, type Reading } from "../evaluate/members.js";
import { nestHttpOptions } from "../evaluate/nest-http.js";
import { knownTexts, plainText, stringOf } from "../evaluate/text.js";
import type { InstanceValue, ObjectValue, ResultValue, Value } from "../evaluate/values.js";
import { assignedTo } from "./client-hooks.js";
import { SENDER_MODULES } from "./senders.js";

export const BASE_KEYS = [
  "baseurl",
  "baseurloverride",
  "base_url",
  "prefixurl",
  "prefix",
  "base",
  "baseuri",
  "apiurl",
  "rooturl",
  "origin",
  "host",
];

/** The values of an option, in lower case, whatever its case; what a spread hides comes as unknown. */
export function entry(evaluator: Evaluator, object: ObjectValue, key: string, at: Reading): Value[] {
  const found = objectEntries(evaluator, object).find((one) => one.key.toLowerCase() === key);
  const values = getProperty(evaluator, object, found?.key ?? key, at);
  return values.filter(
    (value) => !(value.kind === "primitive" && (value.value === undefined || value.value === null)),
  );
}

/** What the client itself was given as base: `axios.create({ baseURL })`, `new Client("https://…")`, a subclass's field. */
export function basesOf(evaluator: Evaluator, callees: readonly Value[], at: Reading): Value[] {
  const out: Value[] = [];
  for (const callee of callees) {
    if (callee.kind === "external" && callee.self !== undefined) {
      for (const name of ["baseURL", "baseUrl", "prefixUrl", "base_url", "apiUrl", "url", "host"]) {
        out.push(
          ...instanceMember(evaluator, callee.self, name, at).filter(
            (value) => value.kind === "string" || value.kind === "url",
          ),
        );
      }
      // `class Api extends Axios { constructor() { super({ baseURL }) } }`.
      for (const options of inheritedOptions(evaluator, callee.self))
        out.push(...BASE_KEYS.flatMap((key) => entry(evaluator, options, key, at)).filter(isUrlLike));
    }
    const result = callee.kind === "result" ? callee : callee.kind === "external" ? callee.result : null;
    if (result === null) continue;
    out.push(...resultBases(evaluator, result, at, 0));
    for (const { keys, values } of assignedTo(evaluator, result))
      if (keys.at(-1) === "baseURL") out.push(...values);
  }
  return out;
}

/** The options that a class hands to the client it extends. */
function inheritedOptions(evaluator: Evaluator, instance: InstanceValue): ObjectValue[] {
  return (ancestors(evaluator, instance).args ?? []).flatMap((argument) =>
    argument().filter((value): value is ObjectValue => value.kind === "object"),
  );
}

function isUrlLike({ kind }: Value): boolean {
  return kind === "string" || kind === "url" || kind === "unknown";
}

/** What makes a client of a URL alone: `bent(url)`, `createHttpClient(url)`. */
const TAKES_URL =
  /^(?:Client|Pool|Agent|RestClient|HttpClient|RetryAgent|restify|bent|mande|create|(?:create|make|build|new|init)\w*(?:Client|Fetch(?:er)?|Http|Api|Axios|Request(?:er)?))$/;

/** The base that a client was made with. */
export function resultBases(evaluator: Evaluator, result: ResultValue, at: Reading, depth: number): Value[] {
  if (depth > 5) return [];
  const out: Value[] = [];
  if (
    /^(?:nock|msw|supertest|axios-mock-adapter|@pact.*|fetch-mock.*|pretender|mockttp)$/.test(
      result.callee.module,
    )
  )
    return [];
  const takesUrl =
    TAKES_URL.test(result.callee.path.at(-1) ?? result.callee.module) || result.style === "new";
  for (const value of optionsOf(evaluator, result, at)) {
    if (value.kind === "object") {
      for (const key of BASE_KEYS) out.push(...entry(evaluator, value, key, at).filter(isUrlLike));
    } else if (takesUrl && (value.kind === "string" || value.kind === "url")) {
      out.push(value);
    } else if (value.kind === "result") {
      out.push(...resultBases(evaluator, value, at, depth + 1));
    }
  }
  if (out.length === 0 && result.callee.result !== null)
    return resultBases(evaluator, result.callee.result, at, depth + 1);
  return out;
}

/** The headers that a client was made with, or that are set on it. */
export function instanceHeaders(evaluator: Evaluator, callees: readonly Value[], at: Reading): Value[] {
  return callees.flatMap((callee) => {
    const out: Value[] = [];
    if (callee.kind === "external" && callee.self !== undefined) {
      for (const options of inheritedOptions(evaluator, callee.self))
        out.push(...entry(evaluator, options, "headers", at));
    }
    const result = callee.kind === "result" ? callee : callee.kind === "external" ? callee.result : null;
    return result === null ? out : out.concat(resultHeaders(evaluator, result, at, 0));
  });
}

/** The headers that a client was made with: by itself, by what it was made of, by the client it wraps. */
function resultHeaders(evaluator: Evaluator, result: ResultValue, at: Reading, depth: number): Value[] {
  if (depth > 5) return [];
  const out: Value[] = [];
  for (const { keys, values } of assignedTo(evaluator, result)) {
    const name = keys.at(-1);
    if (name === undefined || !keys.includes("headers")) continue;
    if (name === "headers") out.push(...values);
    else out.push(headerObject(name, values));
  }
  for (const value of optionsOf(evaluator, result, at)) {
    if (value.kind === "result") out.push(...resultHeaders(evaluator, value, at, depth + 1));
    if (value.kind !== "object") continue;
    if (result.callee.module === "bent") out.push(value);
    out.push(...entry(evaluator, value, "headers", at));
    out.push(...bearerHeaders(evaluator, entry(evaluator, value, "auth", at)));
  }
  const { result: maker } = result.callee;
  return maker === null ? out : out.concat(resultHeaders(evaluator, maker, at, depth + 1));
}

/** What a client was made with. Functions may make options: `api.extend((parent) => ({ … }))` of ky, `up(fetch, () => ({ … }))`. */
function optionsOf(evaluator: Evaluator, result: ResultValue, at: Reading): Value[] {
  const ofModule = nestHttpOptions(evaluator, result);
  if (ofModule.length > 0) return ofModule;
  return result.args.flatMap((argument) =>
    argument().flatMap((value) =>
      value.kind === "function" && SENDER_MODULES.test(result.callee.module)
        ? callFunction(evaluator, value, [], at)
        : [value],
    ),
  );
}

/** `auth: { type: "Bearer", token }` of better-fetch, `auth: { bearer: token }` of request. */
export function bearerHeaders(evaluator: Evaluator, auth: readonly Value[]): Value[] {
  const isBearer = auth.some(
    (value) =>
      value.kind === "object" &&
      objectEntries(evaluator, value).some(
        ({ key, get }) =>
          key === "bearer" ||
          (key === "type" && knownTexts(get()).texts.some((text) => /^bearer$/i.test(text))),
      ),
  );
  return isBearer ? [headerObject("Authorization", [stringOf([plainText("Bearer ")])])] : [];
}

export function headerObject(name: string, values: Value[]): Value {
  return {
    kind: "object",
    layers: [layer(name, () => values)],
    node: null,
    file: "",
    frame: null,
    map: false,
  };
}

/** `request.get(url).set("Authorization", …)`, `.header(…)`: what is called on the request afterwards. */
export function chainedHeaders(evaluator: Evaluator, node: CallExpression, frame: Frame): Value[] {
  const index = evaluator.program.index(frame.file);
  const out: Value[] = [];
  let current: Expression = node;
  for (let steps = 0; steps < 12; steps++) {
    const outer = methodCallOn(index, current);
    if (outer === null) return out;
    const name = nameOf(outer.callee);
    const args = callArguments(evaluator, outer, frame);
    if (/^(?:set|header|headers|setHeader)$/.test(name)) {
      const first = args[0]?.() ?? [];
      const [text] = knownTexts(first).texts;
      if (text !== undefined && args[1] !== undefined) out.push(headerObject(text, args[1]()));
      else out.push(...first);
    }
    if (name === "auth")
      out.push(
        ...bearerHeaders(
          evaluator,
          args.flatMap((argument) => argument()),
        ),
      );
    current = outer;
  }
  return out;
}
