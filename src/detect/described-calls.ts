/**
 * Requests that are described to a framework instead of sent: n8n's `routing`, the endpoints of RTK Query, the
 * operations of Zapier's apps.
 */
import type { FoundCall, Place, Unresolved } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import type { CallExpression, MapExpression } from "../lower/form.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { makeFrame, type Frame } from "../evaluate/frames.js";
import { callArguments, returned } from "../evaluate/functions.js";
import { nameOf, type Reading } from "../evaluate/members.js";
import { knownText, knownTexts, outline, plainText, stringOf } from "../evaluate/text.js";
import {
  unknown,
  type Chunk,
  type FunctionValue,
  type ObjectValue,
  type ResultValue,
  type Value,
} from "../evaluate/values.js";
import type { FileIndex } from "../link/file-index.js";
import { apiPaths } from "./api-path.js";
import type { CallGraph } from "./call-graph.js";
import { entry, instanceHeaders, resultBases } from "./client-options.js";
import { credentialOf } from "./credentials.js";
import { sameCall, settle } from "./found-call.js";
import { compose } from "./http-shape.js";
import { keyPath } from "./key-path.js";

/** One request as it is described. */
interface Described {
  place: Place;
  url: Chunk[];
  methods: string[];
  headers: Value[];
  /** Names of credentials that the framework adds. */
  credentials: string[];
}

export function findDescribedCalls(graph: CallGraph, catalog: Catalog): FoundCall[] {
  const { program } = graph.evaluator;
  const found: FoundCall[] = [];
  for (const file of program.files()) {
    const form = program.form(file);
    if (form.data !== null) continue;
    for (const call of graph.about(form, "described calls", () => callsIn(graph, catalog, file))) {
      if (!found.some((other) => sameCall(other, call))) found.push(call);
    }
  }
  return found;
}

function callsIn(graph: CallGraph, catalog: Catalog, file: string): FoundCall[] {
  const { evaluator } = graph;
  const index = evaluator.program.index(file);
  return [...mapLooks(graph, file, index), ...apiLooks(evaluator, file, index)].flatMap((look) =>
    evaluator.within(() => look().flatMap((one) => callsOf(evaluator, one, catalog))),
  );
}

/** A place that may describe requests, looked at with a budget of its own. */
type Look = () => Described[];

function callsOf(evaluator: Evaluator, described: Described, catalog: Catalog): FoundCall[] {
  const { place, url, methods, headers, credentials } = described;
  const { auth } = credentialOf(evaluator, headers, outline(url), credentials, place);
  return apiPaths(url)
    .paths.filter((path) => path.unknownHost === null && path.segments.length > 1)
    .flatMap((path) =>
      methods.map((method) => {
        const hidden: Unresolved[] = path.hidden.map(({ file, range, reason }) => ({ file, range, reason }));
        const candidates = path.area === "api" ? catalog.matchPattern(method, path.segments) : [];
        const base = { ...place, method, path: path.text, via: "http" as const, auth };
        return settle(
          { ...base, methodPlace: null, pathPlace: path.place, flow: [] },
          candidates,
          candidates.length === 1 ? [] : hidden,
          path.area === "api" ? null : path.area,
        );
      }),
    );
}

/** Keys under which Zapier's apps describe a request. */
const ZAPIER_KEY = /^(?:perform(?:List|Get|Subscribe|Unsubscribe|Resume)?|test)$/;

function mapLooks(graph: CallGraph, file: string, index: FileIndex): Look[] {
  const { evaluator } = graph;
  return index.maps.flatMap(({ node, fn }): Look[] => {
    if (!hasKey(node, "url")) return [];
    const path = keyPath(index, node);
    const isRouting = path.at(-1) === "request" && path.at(-2) === "routing";
    if (!isRouting && !ZAPIER_KEY.test(path.at(-1) ?? "")) return [];
    return [
      () => {
        const frame = evaluator.rootFrame(file, fn);
        const [object] = evaluator.evaluate(node, frame);
        if (object?.kind !== "object") return [];
        const at: Reading = { file, range: node.range, node, frame };
        return isRouting ? ofRouting(graph, object, at) : [ofObject(evaluator, object, [], [], [], at)];
      },
    ];
  });
}

/** https://docs.n8n.io/integrations/creating-nodes/build/declarative-style-node/ */
function ofRouting(graph: CallGraph, request: ObjectValue, at: Reading): Described[] {
  const { evaluator } = graph;
  const folder = at.file.slice(0, at.file.lastIndexOf("/") + 1);
  const defaults = graph.remember(`nodes ${folder}`, [], () => nodeDescriptions(evaluator, folder));
  const own = entry(evaluator, request, "baseurl", at);
  const bases = own.length > 0 ? own : defaults.flatMap((one) => one.bases);
  if (bases.length === 0) return [];
  const headers = defaults.flatMap((one) => one.headers);
  const credentials = [...new Set(defaults.flatMap((one) => one.credentials))];
  return [ofObject(evaluator, request, bases, headers, credentials, at)];
}

/** What a node says for all its requests. */
interface NodeDefaults {
  bases: Value[];
  headers: Value[];
  credentials: string[];
}

/** What the nodes of a folder say. */
function nodeDescriptions(evaluator: Evaluator, folder: string): NodeDefaults[] {
  const { program } = evaluator;
  const near = program.files().filter((one) => one.startsWith(folder) && program.form(one).data === null);
  return near.flatMap((file) =>
    program.index(file).maps.flatMap(({ node, fn }): NodeDefaults[] => {
      if (!hasKey(node, "requestDefaults")) return [];
      const frame = evaluator.rootFrame(file, fn);
      const [description] = evaluator.evaluate(node, frame);
      if (description?.kind !== "object") return [];
      const at: Reading = { file, range: node.range, node, frame };
      const below = (values: readonly Value[], key: string): Value[] =>
        values.flatMap((value) => (value.kind === "object" ? entry(evaluator, value, key, at) : []));
      const defaults = entry(evaluator, description, "requestdefaults", at);
      const credentials = entry(evaluator, description, "credentials", at).flatMap((value) =>
        value.kind === "list" ? value.items.flatMap((item) => item.values()) : [],
      );
      return [
        {
          bases: below(defaults, "baseurl"),
          headers: below(defaults, "headers"),
          credentials: knownTexts(below(credentials, "name")).texts,
        },
      ];
    }),
  );
}

function hasKey(node: MapExpression, key: string): boolean {
  return node.entries.some((one) => one.key?.kind === "string" && one.key.value === key);
}

function ofObject(
  evaluator: Evaluator,
  request: ObjectValue,
  bases: Value[],
  headers: Value[],
  credentials: string[],
  at: Reading,
): Described {
  const url = entry(evaluator, request, "url", at).map((value) => withoutExpressions(value, at));
  const { texts } = knownTexts(entry(evaluator, request, "method", at));
  return {
    place: { file: at.file, range: at.range },
    url: compose(evaluator, url, bases, at, at.node as CallExpression),
    methods: texts.length > 0 ? [...new Set(texts.map((text) => text.toUpperCase()))] : ["GET"],
    headers: [...entry(evaluator, request, "headers", at), ...headers],
    credentials,
  };
}

/** `=/profiles/{{$parameter.id}}`, `/profiles/{{bundle.inputData.id}}`: what is in braces is filled in at run time. */
function withoutExpressions(value: Value, at: Reading): Value {
  const text = knownText(value);
  if (value.kind !== "string" || text === null || !/\{\{/.test(text)) return value;
  const pieces = text.replace(/^=/, "").split(/\{\{[^{}]*\}\}/);
  return stringOf(
    pieces.flatMap((piece, position): Chunk[] => [
      ...(position === 0 ? [] : [{ kind: "unknown" as const, value: unknown("filled in at run time", at) }]),
      ...(piece === "" ? [] : [plainText(piece)]),
    ]),
  );
}

/** https://redux-toolkit.js.org/rtk-query/api/createApi */
function apiLooks(evaluator: Evaluator, file: string, index: FileIndex): Look[] {
  return index.calls.flatMap(({ node, fn }): Look[] => {
    const name = nameOf(node.callee);
    if (name !== "createApi" && name !== "injectEndpoints") return [];
    const frame = evaluator.rootFrame(file, fn);
    const base = evaluator.within(() =>
      name === "createApi" ? baseOf(evaluator, node, frame) : injectedBase(evaluator, node, frame),
    );
    if (base === null) return [];
    return endpointsIn(index, node).map(
      (endpoint): Look =>
        () =>
          ofEndpoint(evaluator, file, endpoint, base),
    );
  });
}

/** The calls `build.query({ query })` and `build.mutation({ query })` within the options of an API. */
function endpointsIn(index: FileIndex, api: CallExpression): { node: CallExpression; fn: number }[] {
  const [start, end] = api.range;
  return index.calls.filter(
    ({ node }) =>
      node.range[0] > start &&
      node.range[1] < end &&
      node.callee.kind === "member" &&
      /^(?:query|mutation|infiniteQuery)$/.test(nameOf(node.callee)) &&
      node.args[0]?.kind === "map",
  );
}

function ofEndpoint(
  evaluator: Evaluator,
  file: string,
  { node, fn }: { node: CallExpression; fn: number },
  base: ResultValue,
): Described[] {
  const frame = evaluator.rootFrame(file, fn);
  const at: Reading = { file, range: node.range, node, frame };
  const [options] = node.args[0] === undefined ? [] : evaluator.evaluate(node.args[0], frame);
  if (options?.kind !== "object") return [];
  const bases = resultBases(evaluator, base, at, 0);
  const client = { kind: "external" as const, module: base.callee.module, result: base, path: [] };
  const headers = instanceHeaders(evaluator, [client], at);
  return entry(evaluator, options, "query", at)
    .filter((value) => value.kind === "function")
    .flatMap((query) => answersOf(evaluator, query))
    .flatMap((asked): Described[] => {
      if (asked.kind === "object") return [ofObject(evaluator, asked, bases, headers, [], at)];
      if (asked.kind !== "string") return [];
      const url = compose(evaluator, [asked], bases, at, node);
      return [{ place: { file, range: node.range }, url, methods: ["GET"], headers, credentials: [] }];
    });
}

/** What a function answers to arguments that nobody knows. */
function answersOf(evaluator: Evaluator, { file, fn, frame }: FunctionValue): Value[] {
  const form = evaluator.program.form(file).functions[fn];
  const inner = makeFrame({ ...evaluator.rootFrame(file, fn), parent: frame });
  return form === undefined ? [] : returned(evaluator, form, inner);
}

/** What `fetchBaseQuery` returned, as the base query itself, wrapped in `retry`, or called by a function of ours. */
function baseOf(evaluator: Evaluator, node: CallExpression, frame: Frame): ResultValue | null {
  const at: Reading = { file: frame.file, range: node.range, node, frame };
  for (const argument of callArguments(evaluator, node, frame)) {
    for (const options of argument()) {
      if (options.kind !== "object") continue;
      for (const value of entry(evaluator, options, "basequery", at)) {
        const found = baseIn(evaluator, value, 0);
        if (found !== null) return found;
      }
    }
  }
  return null;
}

function baseIn(evaluator: Evaluator, value: Value, depth: number): ResultValue | null {
  if (depth > 4) return null;
  if (value.kind === "result") {
    if (value.callee.path.at(-1) === "fetchBaseQuery") return value;
    for (const inner of value.args.flatMap((argument) => argument())) {
      const found = baseIn(evaluator, inner, depth + 1);
      if (found !== null) return found;
    }
  }
  if (value.kind !== "function") return null;
  const { file, fn, frame } = value;
  for (const call of evaluator.program.index(file).calls) {
    if (call.fn !== fn) continue;
    for (const { callee } of calleesOf(evaluator, call.node, evaluator.rootFrame(frame.file, fn))) {
      const found = callee === null ? null : baseIn(evaluator, callee, depth + 1);
      if (found !== null) return found;
    }
  }
  return null;
}

/** `api.injectEndpoints(…)`: of the API that it is called on. */
function injectedBase(evaluator: Evaluator, node: CallExpression, frame: Frame): ResultValue | null {
  if (node.callee.kind !== "member") return null;
  for (const api of evaluator.evaluate(node.callee.object, frame)) {
    const made = api.kind === "result" ? creation(api) : api.kind === "external" ? api.result : null;
    if (made?.node == null || made.frame === null) continue;
    const found = baseOf(evaluator, made.node, made.frame);
    if (found !== null) return found;
  }
  return null;
}

function creation(api: ResultValue): ResultValue {
  for (let at: ResultValue = api; ; at = at.callee.result) {
    if (at.callee.path.at(-1) === "createApi" || at.callee.result === null) return at;
  }
}
