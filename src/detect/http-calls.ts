/** API calls over HTTP: any client, any helper, placed where the path becomes concrete. */
import type { CallAuth, FoundCall, Place, Unresolved } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import { suggestPath } from "../catalog/suggest.js";
import type { HelperConfig } from "../config/types.js";
import type { CallExpression } from "../lower/form.js";
import { calleesOf, type Callee } from "../evaluate/calls.js";
import type { Frame } from "../evaluate/frames.js";
import { callArguments } from "../evaluate/functions.js";
import { nameOf } from "../evaluate/members.js";
import { factsAt } from "../evaluate/facts.js";
import { conditionsAt } from "../evaluate/reached.js";
import { chunksUnder, valuesUnder } from "../evaluate/restrict.js";
import { textChoice } from "../evaluate/strings.js";
import { knownTexts, outline, plainText } from "../evaluate/text.js";
import { conjoin, isGiven, type Chunk, type Condition, type Thunk, type Value } from "../evaluate/values.js";
import { placeOfText } from "./authorize-url.js";
import { apiPaths, saysKlaviyo, type ApiPath } from "./api-path.js";
import { askEach, callsOfCode } from "./ask-each.js";
import type { Caller, CallGraph } from "./call-graph.js";
import { lookAround, type Found, type Look } from "./contexts.js";
import { uncalledOwner } from "./known-callers.js";
import { credentialOf } from "./credentials.js";
import { FoundCalls, settle } from "./found-call.js";
import { isNamed } from "./helper-name.js";
import { batchOf } from "./batches.js";
import { httpShape } from "./http-shape.js";
import { chanceOf, handsOnSender, isSender, SILENT_MODULES, type Chance } from "./senders.js";

const MAY_BE_CLIENT: ReadonlySet<Value["kind"]> = new Set(["unknown", "external", "result"]);

interface Sent {
  path: ApiPath;
  methods: string[] | null;
  methodHidden: Value | null;
  methodPlace: Place | null;
  auth: CallAuth;
  /** Where it is written, for one request of several. */
  place?: Place | null;
}

/** A function of a file. */
interface Here {
  file: string;
  fn: number;
}

type HttpLook = Look<Sent[]> & { settled: boolean };

export function findHttpCalls(
  graph: CallGraph,
  catalog: Catalog,
  helpers: readonly HelperConfig[],
): { calls: FoundCall[]; idle: FoundCall[] } {
  const found = new FoundCalls(merged);
  const ask = (caller: Caller) => () => callsAt(graph, catalog, helpers, caller);
  const asked = askEach(graph, "HTTP call", callsOfCode, ask);
  for (const call of asked) if (call.idle === undefined) found.add(call);
  return {
    calls: found.all((call, here) => !isShadowed(call, here)),
    idle: asked.filter(({ idle }) => idle !== undefined),
  };
}

/** What a call sends, for each of its callers. */
function callsAt(
  graph: CallGraph,
  catalog: Catalog,
  helpers: readonly HelperConfig[],
  { file, fn, node, at }: Caller,
): FoundCall[] {
  const helper = helpers.find((one) => isNamed(node.callee, one.callee));
  const chance = chanceOf(graph, file, node);
  if (helper === undefined && chance === null) return [];
  const look = (frame: Frame): HttpLook =>
    helper === undefined
      ? lookAt(graph, catalog, node, frame, chance)
      : lookAtHelper(graph, node, frame, helper);
  const sink = { file, range: node.range };
  const callsIn = ({ answer, context, depthOf }: Found<Sent[]>): FoundCall[] => {
    const { uncalled, settled } = context;
    // For an instance's method `uncalled` says it all; one of a made object may still fix the path by itself.
    const isIdle =
      uncalled !== null &&
      (uncalled.calls === context.chain.length || settled === null || settled > uncalled.calls);
    const calls = answer
      .filter((sent) => !isFollowUp(sent.path))
      .flatMap((sent): FoundCall[] => {
        const nobodys = isIdle ? uncalled : uncalledHelper(graph, sent);
        if (nobodys !== null) {
          const idle = functionPlace(graph, nobodys);
          return callsOf(sent, sink, false, [], sink, catalog).map((call) => ({ ...call, idle }));
        }
        const depth = depthOfPlace(graph, { file, fn }, { answer, context, depthOf }, sent);
        const way = context.chain.slice(context.chain.length - depth);
        const [outer] = way;
        const place: Place =
          outer === undefined ? (sent.place ?? sink) : { file: outer.file, range: outer.node.range };
        const flow = way.map((caller) => ({
          file: caller.file,
          range: caller.node.range,
          message: "calls the helper",
        }));
        return callsOf(sent, place, depth > 0 || helper !== undefined, flow, sink, catalog);
      });
    return calls.filter((call) => !isCrossed(call, calls));
  };
  return lookAround(graph, { file, fn, name: `HTTP call ${String(at)}`, look, settle: callsIn });
}

/** How many calls of the chain it takes until the path is fixed. */
function depthOfPlace(
  graph: CallGraph,
  sink: Here,
  { answer, context: { chain, settled }, depthOf }: Pick<Found<Sent[]>, "answer" | "context" | "depthOf">,
  sent: Sent,
): number {
  const known = settled ?? (isConcrete(sent) ? depthOf(has(sent)) : chain.length);
  const way = [sink, ...chain.slice(chain.length - known)];
  if (!isWhole(sent) || isWrittenOnTheWay(graph, way, sent.path)) return known;
  // One of several that a type or a table elsewhere lists: who chooses among them fixes the path.
  return Math.max(
    known,
    depthOf((one) => {
      const whole = one.filter(isWhole).length;
      return whole > 0 && whole <= answer.filter(isWhole).length;
    }),
  );
}

/** Whether all of a path is written in the functions that lead to where it is sent. */
function isWrittenOnTheWay({ evaluator }: CallGraph, way: readonly Here[], { written }: ApiPath): boolean {
  return written.every((place) =>
    way.some(({ file, fn }) => {
      const form = evaluator.program.form(file).functions[fn];
      const start = form?.body[0]?.range[0];
      if (form === undefined || start === undefined) return false;
      return place.file === file && place.range[0] >= start && place.range[1] <= form.range[1];
    }),
  );
}

function functionPlace({ evaluator }: CallGraph, { file, fn }: Here): NonNullable<FoundCall["idle"]> {
  const form = evaluator.program.form(file).functions[fn];
  return { file, range: form?.range ?? [0, 0], name: form?.name ?? "" };
}

/** Nothing of it hangs on callers, though something else that the same place may send does. */
function isConcrete({ path, methods }: Sent): boolean {
  return (
    path.unknownHost === null && path.segments.length > 0 && path.hidden.length === 0 && methods !== null
  );
}

/** As far as the path goes: its host may be somebody else's to say. */
function isWhole({ path }: Sent): boolean {
  return path.segments.length > 0 && path.hidden.length === 0;
}

/** Whether an answer has the same path and method. */
function has(wanted: Sent): (answer: readonly Sent[]) => boolean {
  return (answer) =>
    answer.some(
      (sent) =>
        isConcrete(sent) &&
        sent.path.text === wanted.path.text &&
        sent.methods?.join() === wanted.methods?.join(),
    );
}

/**
 * A helper that nobody calls: its own parameter is the path, and no call we could not resolve has its name. What it
 * would send, nothing sends.
 */
function uncalledHelper(graph: CallGraph, { path }: Sent): Here | null {
  const hidden = [...path.hidden, ...(path.unknownHost === null ? [] : [path.unknownHost])];
  return hidden.map((value) => uncalledOwner(graph, value)).find((owner) => owner !== null) ?? null;
}

/**
 * `fetch(id ? a : b, { method: id ? "PATCH" : "POST" })`: a method and a path that match nothing together, though each
 * matches with another, stand in different branches.
 */
function isCrossed(call: FoundCall, all: readonly FoundCall[]): boolean {
  if (call.note !== "unknown-operation") return false;
  const matched = all.filter((other) => other.candidates.length > 0);
  // An id whose default is no text: `(id = "") => send("PATCH", `/lists/${id}`)`.
  if (matched.some((other) => other.method === call.method && other.path === `${call.path ?? ""}/{}`))
    return true;
  return (
    matched.some((other) => other.path === call.path) && matched.some((other) => other.method === call.method)
  );
}

/**
 * A call seen once with its operation and once without is the former, if what it is without can be its next page: a path
 * that somebody gives (`data.kind || "lists"`) can be any.
 */
function isShadowed(call: FoundCall, here: readonly FoundCall[]): boolean {
  return (
    call.note === "dynamic" &&
    call.isGiven !== true &&
    here.some((other) => other !== call && other.candidates.length > 0)
  );
}

/** The same call seen from several callers is one; made with different credentials, its credential is unknown. */
function merged(known: FoundCall, again: FoundCall): FoundCall {
  if (known.auth === again.auth) return known;
  const auth = known.auth === "unknown" ? again.auth : again.auth === "unknown" ? known.auth : "unknown";
  const scopes = known.scopes.length > 0 ? known.scopes : again.scopes;
  return { ...known, auth, scopes: auth === "private-key" ? [] : scopes };
}

function lookAt(
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
  const urls = chunksUnder(shape.url, facts);
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
      auth: credential.auth,
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
function isBelowRoot({ segments: [root] }: ApiPath): boolean {
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

function lookAtHelper(graph: CallGraph, node: CallExpression, frame: Frame, helper: HelperConfig): HttpLook {
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

function callsOf(
  sent: Sent,
  place: Place,
  throughHelper: boolean,
  flow: FoundCall["flow"],
  sink: Place,
  catalog: Catalog,
): FoundCall[] {
  const { path } = sent;
  const base = {
    ...place,
    path: path.segments.length === 0 ? null : path.text,
    via: throughHelper ? ("helper" as const) : ("http" as const),
    auth: sent.auth,
    methodPlace: sent.methodPlace,
    pathPlace: path.place,
    flow: [...flow, { ...sink, message: "sends the request" }],
  };
  const hidden: Unresolved[] = path.hidden.map((value) => ({
    file: value.file,
    range: value.range,
    reason: value.reason,
  }));
  if (sent.methods === null && sent.methodHidden !== null) {
    const { file, range, reason } =
      sent.methodHidden.kind === "unknown"
        ? sent.methodHidden
        : { ...sink, reason: "a method that is not known here" };
    hidden.push({ file, range, reason });
  }
  // What a browser asks before a call is none.
  const methods = (sent.methods ?? [null]).filter((method) => method !== "OPTIONS");
  return methods.map((method) => {
    const call = { ...base, method };
    if (path.area === "legacy") return settle(call, [], [], "legacy");
    if (path.area === "client") return settle(call, [], [], "client");
    if (saysNothing(path)) {
      return {
        ...settle({ ...call, path: null }, [], hidden, "dynamic"),
        isGiven: path.hidden.some((one) => isGiven(one) && one.maybe !== true),
      };
    }
    // The API's host serves it below `/api` alone.
    if (path.unknownHost === null && !isBelowRoot(path)) return settle(call, [], hidden, null);
    const candidates = catalog.matchPattern(method, path.segments);
    // https://developers.klaviyo.com/en/reference/api_overview: `servers` of its OpenAPI documents.
    if (path.host !== "" && !/^a\.klaviyo\.com$/i.test(path.host) && candidates.length > 0)
      return { ...settle(call, [], [], "unknown-operation"), host: path.host };
    return settle(call, candidates, candidates.length > 1 || candidates.length === 0 ? hidden : [], null);
  });
}

/** The next page of what was asked for before, or the same once more: no call of its own. */
function isFollowUp(path: ApiPath): boolean {
  return (
    saysNothing(path) &&
    path.hidden.length > 0 &&
    path.hidden.every(({ nextPage, resent }) => nextPage === true || resent === true)
  );
}

/** Of a path without one known segment below the root nothing is known. */
function saysNothing({ segments }: ApiPath): boolean {
  const [root, ...below] = segments;
  if (root === undefined) return true;
  const parts = root.kind === "literal" && /^(?:api|client)$/i.test(root.text) ? below : segments;
  return parts.length > 0 && !parts.some(({ kind }) => kind === "literal" || kind === "partial");
}
