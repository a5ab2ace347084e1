/** What a call sends over HTTP in one frame: its path, its method, with whose credentials. */
import type { CallAuth, Place } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import { suggestPath } from "../catalog/suggest.js";
import type { HelperConfig } from "../config/types.js";
import type { CallExpression } from "../lower/form.js";
import { calleesOf, type Callee } from "../evaluate/calls.js";
import type { Frame } from "../evaluate/frames.js";
import { callArguments } from "../evaluate/functions.js";
import { nameOf } from "../evaluate/members.js";
import { conditionsAt, factsAt } from "../evaluate/reached.js";
import { chunksUnder, valuesUnder } from "../evaluate/restrict.js";
import { textChoice } from "../evaluate/strings.js";
import { knownTexts, outline, plainText } from "../evaluate/text.js";
import { conjoin, isGiven, type Chunk, type Condition, type Thunk, type Value } from "../evaluate/values.js";
import { placeOfText } from "./authorize-url.js";
import { apiPaths, saysKlaviyo, type ApiPath } from "./api-path.js";
import type { CallGraph } from "./call-graph.js";
import { type Look } from "./contexts.js";
import { credentialOf } from "./credentials.js";
import { whereSent } from "./forwarded-urls.js";
import { batchOf } from "./batches.js";
import { httpShape } from "./http-shape.js";
import { handsOnSender, isSender, SILENT_MODULES, type Chance } from "./senders.js";

const MAY_BE_CLIENT: ReadonlySet<Value["kind"]> = new Set(["unknown", "external", "result"]);

/** One request that a place sends. */
export interface Sent {
  path: ApiPath;
  methods: string[] | null;
  methodHidden: Value | null;
  methodPlace: Place | null;
  auth: CallAuth;
  /** Where it is written, for one request of several. */
  place?: Place | null;
}

export type HttpLook = Look<Sent[]> & { settled: boolean };

/** What a call sends in a frame. @param chance Why it may send something. */
export function lookAt(
  graph: CallGraph,
  catalog: Catalog,
  node: CallExpression,
  frame: Frame,
  chance: Chance,
): HttpLook {
  const { evaluator } = graph;
  const none = { answer: [], open: false, settled: false };
  const callees = calleesOf(evaluator, node, frame);
  // A function of ours sends inside, where it is looked at; methods of known values send nothing.
  const sends = callees.some(({ callee, receiver, method }) => {
    if (callee !== null && isSender(callee)) return true;
    if (chance !== "named") return callee?.kind === "result" && !SILENT_MODULES.test(callee.callee.module);
    // A method that is not known yet, of something that may be a client.
    if (callee === null) return method === null && receiver !== null && MAY_BE_CLIENT.has(receiver.kind);
    if (callee.kind === "external") return !SILENT_MODULES.test(callee.module);
    return callee.kind === "unknown" || callee.kind === "result";
  });
  const isApplied = nameOf(node.callee) === "call";
  if (!sends && chance === "given" && !handsOnSender(node)) return atSenderGiven(callees, none);
  if (!sends && !isApplied && chance !== "given") return none;
  if (conditionsAt(evaluator, node, frame) === null) return none;
  const facts = factsAt(evaluator, node, frame);
  if (facts === null) return none;
  const look = (request: Thunk | null): HttpLook =>
    lookAtRequest(graph, catalog, { node, frame, callees, facts }, request);
  const batch = batchOf(evaluator, node, frame, callees);
  if (batch === null) return look(null);
  const looks = batch.map(({ request, place }) => {
    const one = look(request);
    return { ...one, answer: one.answer.map((sent) => ({ ...sent, place })) };
  });
  return {
    answer: looks.flatMap(({ answer }) => answer),
    open: looks.some(({ open }) => open),
    narrow: looks.some(({ narrow }) => narrow === true),
    settled: looks.length > 0 && looks.every(({ settled }) => settled),
  };
}

/** What a call of a client, or one request of it, sends in a frame. */
function lookAtRequest(
  graph: CallGraph,
  catalog: Catalog,
  {
    node,
    frame,
    callees,
    facts,
  }: { node: CallExpression; frame: Frame; callees: Callee[]; facts: readonly Condition[] },
  request: Thunk | null,
): HttpLook {
  const { evaluator } = graph;
  const none = { answer: [], open: false, settled: false };
  const shape = httpShape(evaluator, node, frame, request);
  if (shape === null) return none;
  const { url: urls, keyed } = whereSent(evaluator, chunksUnder(shape.url, facts), frame.file);
  const hosted = apiPaths(urls);
  // `nango.post({ endpoint: "/api/lists" })` in an integration's own file, or that names it: the client adds the host.
  const isOfIntegration = shape.integrations.some((name) => /klaviyo/i.test(name));
  const isHostless =
    hosted.paths.length === 0 &&
    node.callee.kind === "member" &&
    (shape.integrations.length > 0 ? isOfIntegration : saysKlaviyoIn(frame.file));
  const { paths, open, hostOpen, elsewhere } = isHostless ? apiPaths(urls, true) : hosted;
  if (paths.length === 0 && !open && !hostOpen)
    return { ...none, open: callees.some(isGivenClient) && mayBePath(catalog, urls) };
  const origin = { file: frame.file, range: node.range };
  const sent = paths.map((path) => {
    const when = conjoin(path.when, facts) ?? path.when;
    const headers = valuesUnder(shape.headers, when);
    const credential = credentialOf(evaluator, headers, outline(shape.url), shape.credentials, origin);
    return { path, method: shape.method(when), credential };
  });
  const ours = sent.filter(({ path, credential, method }) => {
    if (isHostless)
      return (isOfIntegration || credential.hasRevision) && isOperation(catalog, path, method.known);
    if (path.unknownHost === null)
      return (!elsewhere && isBelowRoot(path)) || mayBeMeant(catalog, path, method.known);
    if (credential.isKlaviyos && path.segments.length > 0) return true;
    return saysKlaviyo(path.unknownHost) && mayBeMeant(catalog, path, method.known);
  });
  const methodOpen = [shape.method([]), ...sent.map(({ method }) => method)].some(({ hidden }) =>
    isGiven(hidden),
  );
  const pathOpen = paths.some((path) =>
    [...path.hidden, ...path.glued].some((value) => value.parameter !== null),
  );
  const credentialOpen = ours.some(({ credential }) => credential.open);
  return {
    answer: ours.map(({ path, method, credential }) => ({
      path,
      methods: method.known,
      methodHidden: method.hidden,
      methodPlace: placeOfText(shape.methodSource ?? undefined),
      auth: keyed ? "private-key" : credential.auth,
    })),
    open: hostOpen || open || pathOpen || (ours.length > 0 && methodOpen) || credentialOpen,
    narrow: ours.length > 1 || (ours[0]?.method.known ?? []).length > 1 || facts.some(isCase),
    settled:
      paths.length > 0 &&
      !open &&
      !pathOpen &&
      !methodOpen &&
      paths.every((path) => path.segments.length > 0),
  };
}

/** `if (kind === "create")`, or after it where that one returned. */
function isCase({ branch }: Condition): boolean {
  return typeof branch === "string" && branch.includes("===");
}

/** A client that callers hand in: they know its base. */
function isGivenClient({ callee, receiver }: Callee): boolean {
  return [callee, receiver].some((value) => {
    const made = value?.kind === "external" ? value.result : value?.kind === "result" ? value : null;
    return isGiven(value) || isGiven(made?.typed);
  });
}

/** Whether a relative URL is the path of an operation, from the root or from below `/api`. */
function mayBePath(catalog: Catalog, urls: readonly Chunk[]): boolean {
  const [head] = urls;
  if (head?.kind !== "text" || /^[a-z][a-z\d+.-]*:/i.test(head.text)) return false;
  const root = `https://a.klaviyo.com${/^\/?api\//.test(head.text) ? "" : "/api"}${head.text.startsWith("/") ? "" : "/"}`;
  return apiPaths([plainText(root), ...urls]).paths.some((path) => isOperation(catalog, path, null));
}

/** A parameter that some callers hand a sender to: whether this one does is known to the caller. */
function atSenderGiven<T extends { open: boolean }>(callees: readonly Callee[], none: T): T {
  const open = callees.some(({ callee }) => isGiven(callee));
  return { ...none, open };
}

function saysKlaviyoIn(file: string): boolean {
  return /klaviyo/i.test(file);
}

/** The API's host also serves scripts, forms and images; a path that merely forgets `/api` is near one of the API's. */
export function isBelowRoot({ segments: [root] }: ApiPath): boolean {
  return root?.kind !== "literal" || /^(?:api|client)$/i.test(root.text);
}

/**
 * A host that is only named after Klaviyo may be a service of the app's own, and one of several hosts another's: then
 * the path must be one of Klaviyo's, or near one.
 */
function mayBeMeant(catalog: Catalog, path: ApiPath, methods: string[] | null): boolean {
  return (
    path.area !== "api" ||
    path.hidden.length > 0 ||
    isOperation(catalog, path, methods) ||
    (methods ?? [null]).some((method) => suggestPath(method, path.text, catalog) !== null)
  );
}

function isOperation(catalog: Catalog, path: ApiPath, methods: string[] | null): boolean {
  return (methods ?? [null]).some((method) => catalog.matchPattern(method, path.segments).length > 0);
}

/** What a call of a helper that the config names sends. */
export function lookAtHelper(
  graph: CallGraph,
  node: CallExpression,
  frame: Frame,
  helper: HelperConfig,
): HttpLook {
  const { evaluator } = graph;
  const origin = { file: frame.file, range: node.range };
  const args = callArguments(evaluator, node, frame);
  const path = args[helper.path]?.() ?? [];
  const chunks = textChoice(evaluator, path, origin);
  const shape = outline(chunks);
  const prefix = /^https?:/i.test(shape)
    ? ""
    : `https://a.klaviyo.com${/^\/?(?:api|client)\b/.test(shape) ? "" : "/api"}${shape.startsWith("/") ? "" : "/"}`;
  const { paths, open } = apiPaths([plainText(prefix), ...chunks]);
  const method = helper.method;
  const values = typeof method === "number" ? (args[method]?.() ?? []) : [];
  const { texts, complete } = knownTexts(values);
  const methods =
    typeof method === "string"
      ? [method.toUpperCase()]
      : method === null
        ? ["GET"]
        : complete && texts.length > 0
          ? texts.map((text) => text.toUpperCase())
          : null;
  const hidden = values.find((value) => value.kind === "unknown") ?? null;
  return {
    answer: paths.map((one) => ({
      path: one,
      methods,
      methodHidden: hidden,
      methodPlace: placeOfText(values[0]),
      auth: "unknown" as const,
    })),
    open,
    settled: !open && paths.length > 0,
  };
}
