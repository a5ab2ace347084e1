/**
 * Requests that are described to a framework instead of sent: n8n's `routing`, the endpoints of RTK Query, the
 * operations of Zapier's apps.
 */
import type { FoundCall, Place, Unresolved } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import type { CallExpression, MapExpression } from "../lower/form.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Reading } from "../evaluate/members.js";
import { knownText, knownTexts, outline, plainText, stringOf } from "../evaluate/text.js";
import { unknown, type Chunk, type ObjectValue, type ResultValue, type Value } from "../evaluate/values.js";
import type { FileIndex } from "../link/file-index.js";
import { apiPaths } from "./api-path.js";
import type { CallGraph } from "./call-graph.js";
import { entry, instanceHeaders, resultBases } from "./client-options.js";
import { credentialOf } from "./credentials.js";
import { FoundCalls, settle } from "./found-call.js";
import { compose } from "./http-shape.js";
import { keyPath } from "./key-path.js";
import { answersOf, baseOfApi, endpointsIn, isApi } from "./rtk-query.js";

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
  const found = new FoundCalls((known) => known);
  for (const file of program.files()) {
    const form = program.form(file);
    if (form.data !== null) continue;
    const calls = graph.about(form, "described calls", () =>
      graph.lost.attempt(file, { range: [0, 0] }, () => callsIn(graph, catalog, file), []),
    );
    for (const call of calls) found.add(call);
  }
  return found.all();
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

function apiLooks(evaluator: Evaluator, file: string, index: FileIndex): Look[] {
  return index.calls.flatMap(({ node, fn }): Look[] => {
    if (!isApi(node)) return [];
    const base = evaluator.within(() => baseOfApi(evaluator, node, evaluator.rootFrame(file, fn)));
    if (base === null) return [];
    return endpointsIn(index, node).map(
      (endpoint): Look =>
        () =>
          ofEndpoint(evaluator, file, endpoint, base),
    );
  });
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
