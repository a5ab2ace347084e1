/** A request as the handler of a route of the app's own gets it: what the call that sends it says, and no more. */
import type { RouteStyle } from "../link/routes.js";
import { emptyObject, layer, listOf } from "./literals.js";
import { getProperty } from "./members.js";
import { knownText, knownTexts, plainText, stringOf } from "./text.js";
import { answering } from "./answering.js";
import type { Builtin, Builtins } from "./builtin.js";
import { urlOf } from "./urls.js";
import {
  always,
  isGiven,
  unknown,
  type Chunk,
  type Layer,
  type ObjectValue,
  type Origin,
  type Thunk,
  type Value,
} from "./values.js";

export interface SentRequest {
  /** From the root on, with the query. */
  path: Chunk[];
  method: Value[];
  /** What is sent, taken out of JSON. */
  body: Thunk;
  /** What stands for the route's parameters: a text, or the texts of a rest. */
  params: readonly { name: string; texts: Chunk[][]; isRest: boolean }[];
}

/** What a handler is called with. */
export function handlerArguments(style: RouteStyle, sent: SentRequest, at: Origin): Thunk[] {
  const answer = always([unknown("the answer to a request", at)]);
  switch (style) {
    case "web":
      return [always([webRequest(sent, at)]), always([object(at, { params: params(sent, at, true) })])];
    case "context":
      return [
        always([
          object(at, {
            request: [webRequest(sent, at)],
            fetch: [{ kind: "external", module: "", result: null, path: ["fetch"] }],
            params: params(sent, at, false),
            url: [urlOf(absolute(sent.path), at)],
            req: [honoRequest(sent, at)],
          }),
        ]),
      ];
    case "node":
      return [always([nodeRequest(sent, at)]), answer];
    case "lambda":
      return [always([lambdaEvent(sent, at)]), answer];
    case "event":
      return [always([h3Event(sent, at)])];
    case "callable": {
      // Of Firebase: the data itself, or in a request.
      const request = object(at, { data: sent.body });
      return [always([{ ...request, layers: [layer(null, sent.body), ...request.layers] }]), answer];
    }
  }
}

function webRequest(sent: SentRequest, at: Origin): ObjectValue {
  const url = absolute(sent.path);
  return object(at, {
    url: [stringOf(url)],
    nextUrl: [urlOf(url, at)],
    method: sent.method,
    headers: [unknown("headers of a request", at)],
    json: [answering("json", sent.body)],
    text: [answering("text", always([jsonText(sent, at)]))],
    clone: [answering("clone", () => [webRequest(sent, at)])],
  });
}

function nodeRequest(sent: SentRequest, at: Origin): ObjectValue {
  return object(at, {
    url: [stringOf(sent.path)],
    originalUrl: [stringOf(sent.path)],
    path: [stringOf(sent.path)],
    method: sent.method,
    headers: [unknown("headers of a request", at)],
    params: params(sent, at, false),
    query: [{ ...emptyObject(at), layers: [...queryLayers(sent, at), ...paramLayers(sent, at, true)] }],
    body: sent.body,
  });
}

/** https://hono.dev/docs/api/request */
function honoRequest(sent: SentRequest, at: Origin): ObjectValue {
  const { layers } = nodeRequest(sent, at);
  return { ...emptyObject(at), layers: [...layers, layer("json", always([answering("json", sent.body)]))] };
}

function lambdaEvent(sent: SentRequest, at: Origin): ObjectValue {
  return object(at, {
    path: [stringOf(sent.path)],
    httpMethod: sent.method,
    body: [jsonText(sent, at)],
    queryStringParameters: [{ ...emptyObject(at), layers: queryLayers(sent, at) }],
    headers: [unknown("headers of a request", at)],
  });
}

/** https://h3.dev/guide/basics/event; its functions read what is kept under their names. */
function h3Event(sent: SentRequest, at: Origin): ObjectValue {
  const { layers } = nodeRequest(sent, at);
  const context = object(at, { params: params(sent, at, false) });
  return { ...emptyObject(at), layers: [...layers, layer("context", always([context]))] };
}

function jsonText(sent: SentRequest, at: Origin): Value {
  return unknown("JSON text", at, { holds: sent.body });
}

function params(sent: SentRequest, at: Origin, asList: boolean): Value[] {
  return [{ ...emptyObject(at), layers: paramLayers(sent, at, asList) }];
}

function queryLayers({ path }: SentRequest, at: Origin): Layer[] {
  return urlOf(absolute(path), at).params.entries.map(({ key, value }) => {
    const [name = null] = key.map(knownText);
    return { ...layer(name ?? "", value), computed: name === null };
  });
}

function paramLayers({ params: all }: SentRequest, at: Origin, asList: boolean): Layer[] {
  return all.flatMap(({ name, texts, isRest }) => {
    const joined = stringOf(
      texts.flatMap((text, position) => (position === 0 ? text : [plainText("/"), ...text])),
    );
    const list = listOf(
      texts.map((text) => always([stringOf(text)])),
      at.file,
    );
    const value = isRest && asList ? list : joined;
    // A rest without a name is Express' `req.params[0]`, Remix' `params["*"]` and Nitro's `params._`.
    const names = name === "" ? ["0", "*", "_"] : [name];
    return names.map((one) => layer(one, always([value])));
  });
}

/** What h3's functions read of an event. https://h3.dev/utils/request */
const READ_OF_EVENT: Readonly<Record<string, readonly string[]>> = {
  readBody: ["body"],
  readValidatedBody: ["body"],
  getQuery: ["query"],
  getValidatedQuery: ["query"],
  getMethod: ["method"],
  getRequestPath: ["path"],
  getRouterParams: ["params"],
  getRouterParam: ["params"],
};

export const H3: Builtins = Object.fromEntries(
  Object.entries(READ_OF_EVENT).map(([name, keys]): [string, Builtin] => [
    name,
    (evaluator, [event, key], at) => {
      const named = name === "getRouterParam" ? knownTexts(key?.() ?? []).texts.slice(0, 1) : [];
      // Of an event that callers hand over no more is known than that they do.
      const values = [...keys, ...named].reduce<Value[]>(
        (found, one) => found.flatMap((value) => getProperty(evaluator, value, one, at)),
        (event?.() ?? []).filter((value) => value.kind === "object" || isGiven(value)),
      );
      return values.length > 0 ? values : null;
    },
  ]),
);

function absolute(path: Chunk[]): Chunk[] {
  return [plainText("https://app.invalid"), ...path];
}

function object(at: Origin, fields: Record<string, Value[] | Thunk>): ObjectValue {
  const layers = Object.entries(fields).map(([key, value]) =>
    layer(key, typeof value === "function" ? value : always(value)),
  );
  const others = layer(null, always([unknown("a part of a request", at)]));
  return { ...emptyObject(at), layers: [others, ...layers] };
}
