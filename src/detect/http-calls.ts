/** API calls over HTTP: any client, any helper, placed where the path becomes concrete. */
import type { FoundCall, Place, Unresolved } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import type { HelperConfig } from "../config/types.js";
import type { Frame } from "../evaluate/frames.js";
import { isGiven, type UnknownValue } from "../evaluate/values.js";
import { type ApiPath } from "./api-path.js";
import { askEach, callsOfCode } from "./ask-each.js";
import type { Caller, CallGraph } from "./call-graph.js";
import { lookAround, type Found } from "./contexts.js";
import { uncalledOwner } from "./known-callers.js";
import { FoundCalls, functionPlace, settle } from "./found-call.js";
import { isNamed } from "./helper-name.js";
import { isBelowRoot, lookAt, lookAtHelper, type HttpLook, type Sent } from "./sent.js";
import { chanceOf } from "./senders.js";
import { placeInTable } from "./table-place.js";

/** A function of a file. */
interface Here {
  file: string;
  fn: number;
}

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
    calls: found.all((call, here) => !isShadowed(call, here) && !isKnownBetter(call, here)),
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
        // A table says what is called, whoever chooses from it: a framework may.
        const inTable = placeInTables(graph, context.chain, sent.path);
        const nobodys = isIdle && inTable === null ? uncalled : uncalledHelper(graph, sent);
        if (nobodys !== null) {
          const idle = functionPlace(graph.evaluator.program, nobodys);
          return callsOf(sent, sink, false, [], sink, catalog).map((call) => ({ ...call, idle }));
        }
        const depth = depthOfPlace(graph, { file, fn }, { answer, context, depthOf }, sent);
        const way = context.chain.slice(context.chain.length - depth);
        const [outer] = way;
        const place: Place =
          inTable ??
          (outer === undefined ? (sent.place ?? sink) : { file: outer.file, range: outer.node.range });
        const flow = way.map((caller) => ({
          file: caller.file,
          range: caller.node.range,
          message: "calls the helper",
        }));
        return callsOf(sent, place, depth > 0 || helper !== undefined, flow, sink, catalog);
      })
      .map((call): FoundCall => (helper === undefined ? call : { ...call, declared: true }));
    return calls.filter((call) => !isCrossed(call, calls));
  };
  return lookAround(graph, { file, fn, name: `HTTP call ${String(at)}`, look, settle: callsIn });
}

function placeInTables(graph: CallGraph, chain: readonly Caller[], path: ApiPath): Place | null {
  const { program } = graph.evaluator;
  for (const caller of chain) {
    const place = placeInTable(program.index(caller.file), caller, path);
    if (place !== null) return place;
  }
  return null;
}

/** How many calls of the chain it takes until the path is fixed. */
function depthOfPlace(
  graph: CallGraph,
  sink: Here,
  { answer, context: { chain, settled }, depthOf }: Pick<Found<Sent[]>, "answer" | "context" | "depthOf">,
  sent: Sent,
): number {
  const known =
    settled ??
    (isConcrete(sent)
      ? depthOf(has(sent))
      : (depthOfGiver(graph, [sink, ...chain.toReversed()], sent) ?? chain.length));
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

/**
 * How many calls it takes to the function that is given what is not known: a callback that a framework runs. Further out
 * nobody knows more.
 * @param way The functions from the sink outwards.
 */
function depthOfGiver({ evaluator }: CallGraph, way: readonly Here[], { path }: Sent): number | null {
  const given = path.hidden.flatMap(({ parameter }) => parameter ?? []);
  const depths = given.map((parameter) =>
    way.findIndex(({ file, fn }) => {
      const { functions } = evaluator.program.form(file);
      for (let at = fn; at >= 0; at = functions[at]?.parent ?? -1)
        if (parameter.file === file && parameter.fn === at) return true;
      return false;
    }),
  );
  return depths.length === 0 || depths.includes(-1) ? null : Math.max(...depths);
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

/** What the config says of a helper is for what the code does not tell. */
function isKnownBetter(call: FoundCall, here: readonly FoundCall[]): boolean {
  return (
    call.declared === true &&
    here.some(({ declared, candidates }) => declared === undefined && candidates.length > 0)
  );
}

/** The same call seen from several callers is one; made with different credentials, its credential is unknown. */
function merged(one: FoundCall, other: FoundCall): FoundCall {
  const [known, again] = one.declared === true ? [other, one] : [one, other];
  if (known.auth === again.auth) return known;
  const auth = known.auth === "unknown" ? again.auth : again.auth === "unknown" ? known.auth : "unknown";
  const scopes = known.scopes.length > 0 ? known.scopes : again.scopes;
  return { ...known, auth, scopes: auth === "private-key" ? [] : scopes };
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
  const hidden = path.hidden.map(placeOfUnknown);
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
        isGiven: path.hidden.some((one) => (isGiven(one) || one.isState === true) && one.maybe !== true),
      };
    }
    const open = [...hidden, ...path.glued.map(placeOfUnknown)];
    // The API's host serves it below `/api` alone.
    if (path.unknownHost === null && !isBelowRoot(path))
      return settle(call, [], path.segments[0]?.kind === "partial" ? open : hidden, null);
    const candidates = catalog.matchPattern(method, path.segments);
    // https://developers.klaviyo.com/en/reference/api_overview: `servers` of its OpenAPI documents.
    if (path.host !== "" && !/^a\.klaviyo\.com$/i.test(path.host) && candidates.length > 0)
      return { ...settle(call, [], [], "unknown-operation"), host: path.host };
    if (candidates.length === 1) return settle(call, candidates, [], null);
    // What is glued to a name may as well be more segments, or part of another name: `${base}relationships/profiles`.
    return settle(call, candidates, open, null);
  });
}

function placeOfUnknown({ file, range, reason }: UnknownValue): Unresolved {
  return { file, range, reason };
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
