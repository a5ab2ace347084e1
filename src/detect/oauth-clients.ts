/**
 * Calls that hand a list to Klaviyo through a client: the SDK's `generateAuthorizeUrl`, and OAuth clients that know
 * Klaviyo's URL from where they were made or from the same call.
 */
import type { Place } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import type { CallExpression } from "../lower/form.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { callArguments } from "../evaluate/functions.js";
import { objectEntries } from "../evaluate/literals.js";
import { nameOf } from "../evaluate/members.js";
import { chunksOf } from "../evaluate/strings.js";
import { outline, unknownsIn } from "../evaluate/text.js";
import {
  isGiven,
  type ExternalValue,
  type ObjectValue,
  type ResultValue,
  type Thunk,
  type Value,
} from "../evaluate/values.js";
import { AUTHORIZE_URL } from "./authorize-url.js";
import { askEach, callsOfCode } from "./ask-each.js";
import type { Caller, CallGraph } from "./call-graph.js";
import { lookAround, wayTo } from "./contexts.js";
import { pkceOfCall, type Said } from "./pkce-options.js";
import { isForeignUrl, viewOf } from "./provider-view.js";
import type { RawRequest } from "./raw.js";
import { isScopeList, possibleLists, SCOPE_KEY, type PossibleList } from "./scope-value.js";

/** `klaviyo-api`, its beta builds and sub-paths. */
export const SDK_MODULE = /^klaviyo-(?:api|sdk)(?:-beta)?(?:\/.*)?$/;

/** The second argument is the list: https://github.com/klaviyo/klaviyo-api-node (OAuth flow). */
const SDK_METHOD = "generateAuthorizeUrl";

/** Functions of OAuth clients that make the URL or start the flow. */
const CLIENT_METHOD =
  /auth|redirect|login|signin|sign_in|connect|buildurl|geturl|createurl|strategy|provider|register|client|grant|scope/i;

/** Steps of a builder that take the list. */
export const SCOPE_METHOD = /^(?:set|add|with|request)?_?scopes?$/i;

interface Answer {
  lists: PossibleList[];
  kind: "sdk" | "provider" | "authorize-url";
  pkce: Said;
}

export function findClientRequests(graph: CallGraph, catalog: Catalog): RawRequest[] {
  return askEach(graph, "client's request", callsOfCode, (caller) => {
    const { node } = caller;
    const name = nameOf(node.callee);
    if (node.style === "jsx" || (name !== SDK_METHOD && !CLIENT_METHOD.test(name))) return null;
    return () => requestsAt(graph, catalog, caller);
  });
}

function requestsAt(graph: CallGraph, catalog: Catalog, { file, fn, node }: Caller): RawRequest[] {
  const origin: Place = { file, range: node.range };
  return lookAround(graph, {
    file,
    fn,
    look: (frame) => look(graph.evaluator, node, frame, catalog),
    settle: ({ answer, context }) => {
      if (answer === null) return [];
      const { lists, kind, pkce } = answer;
      return lists.map((list): RawRequest => ({
        ...list,
        all: null,
        site: origin,
        kind,
        evidence: kind === "sdk" ? "sdk" : "authorize-url",
        authorization: { ...origin, pkce: "unknown", methodPlace: null, pkceEdit: null, ...pkce },
        via: wayTo(context),
      }));
    },
  });
}

function look(
  evaluator: Evaluator,
  node: CallExpression,
  frame: Frame,
  catalog: Catalog,
): { answer: Answer | null; open: boolean } {
  const none = { answer: null, open: false };
  const args = callArguments(evaluator, node, frame);
  const origin: Place = { file: frame.file, range: node.range };
  const callees = calleesOf(evaluator, node, frame);
  // A function of ours is looked at inside.
  if (
    callees.length > 0 &&
    callees.every(({ callee }) => callee?.kind === "function" || callee?.kind === "class")
  )
    return none;
  const read = (values: readonly Value[]): PossibleList[] => possibleLists(evaluator, values, origin);
  const settle = (
    lists: PossibleList[],
    kind: Answer["kind"],
    pkce: Said,
  ): { answer: Answer | null; open: boolean } => ({
    answer: lists.length === 0 ? null : { lists, kind, pkce },
    open: lists.some((list) => [...unknownsIn(list.chunks), ...list.instead].some(isGiven)),
  });
  if (nameOf(node.callee) === SDK_METHOD && args.length >= 2) {
    // The SDK always sends S256.
    return settle(read(args[1]?.() ?? []), "sdk", { pkce: "S256" });
  }
  const urls = klaviyoUrls(
    evaluator,
    callees.flatMap(({ callee, receiver }) => [callee, receiver]),
    args,
    origin,
  );
  if (urls === "none") return none;
  const lists: PossibleList[] = [];
  // An argument that callers give may be the list.
  let hidden = false;
  for (const argument of args) {
    const values = argument();
    for (const value of [...values, ...values.flatMap(madeOf)]) {
      hidden ||= isGiven(value);
      if (value.kind !== "object" || speaksForItself(evaluator, value, origin)) continue;
      for (const entry of objectEntries(evaluator, value)) {
        if (SCOPE_KEY.test(entry.key)) lists.push(...read(entry.get()));
      }
    }
    const others = values.filter((value) => value.kind !== "object");
    lists.push(...read(others).filter((list) => isScopeList(list.chunks, catalog)));
  }
  const [callee] = callees;
  for (const before of callee?.callee?.kind === "external" ? chainOf(callee.callee) : []) {
    if (!SCOPE_METHOD.test(before.callee.path.at(-1) ?? "")) continue;
    lists.push(...before.args.flatMap((argument) => read(argument())));
  }
  const pkce = pkceOfCall(evaluator, node, callee?.callee ?? null, args);
  const found = settle(lists, urls === "argument" ? "authorize-url" : "provider", pkce);
  return { ...found, open: found.open || (hidden && lists.length === 0) };
}

/** What a request object was made of: `perform(configuration, new AuthorizationRequest({ scope }))`. */
function madeOf(value: Value): Value[] {
  return value.kind === "result" && value.style === "new"
    ? value.args.flatMap((argument) => argument()).filter(({ kind }) => kind === "object")
    : [];
}

/** An object with a provider's URL in it, Klaviyo's or another's, is read as that provider's object. */
function speaksForItself(evaluator: Evaluator, object: ObjectValue, origin: Place): boolean {
  return (
    objectNamesKlaviyo(evaluator, object, origin, 0) || viewOf(evaluator, object).urls.some(isForeignUrl)
  );
}

/** The calls that led to a method: `client.scopes([…]).authorize("https://…")`. */
function chainOf({ result }: ExternalValue): ResultValue[] {
  const out: ResultValue[] = [];
  for (let at = result; at !== null && out.length < 8; at = at.callee.result) out.push(at);
  return out;
}

/** Where Klaviyo's authorize URL is said: in an argument, in what made the client, in the call's own object. */
function klaviyoUrls(
  evaluator: Evaluator,
  callees: readonly (Value | null)[],
  args: readonly Thunk[],
  origin: Place,
): "argument" | "client" | "object" | "none" {
  for (const argument of args) {
    for (const value of argument()) {
      if (isKlaviyoUrl(evaluator, value, origin)) return "argument";
      if (value.kind === "object" && objectNamesKlaviyo(evaluator, value, origin, 0)) return "object";
      if (value.kind === "result" && madeForKlaviyo(evaluator, value, origin, 0)) return "client";
    }
  }
  for (const callee of callees) {
    if (
      callee?.kind === "external" &&
      callee.result !== null &&
      madeForKlaviyo(evaluator, callee.result, origin, 0)
    )
      return "client";
    if (callee?.kind === "result" && madeForKlaviyo(evaluator, callee, origin, 0)) return "client";
  }
  return "none";
}

function isKlaviyoUrl(evaluator: Evaluator, value: Value, origin: Place): boolean {
  if (value.kind !== "string" && value.kind !== "url") return false;
  const text = outline(chunksOf(evaluator, value, origin));
  return AUTHORIZE_URL.test(text.split("?")[0] ?? "");
}

function objectNamesKlaviyo(evaluator: Evaluator, value: ObjectValue, origin: Place, depth: number): boolean {
  return objectEntries(evaluator, value).some((entry) =>
    entry.get().some((one) => {
      if (one.kind === "object") return depth < 2 && objectNamesKlaviyo(evaluator, one, origin, depth + 1);
      if (one.kind !== "string" && one.kind !== "url") return false;
      return /^https?:\/\/(?:[a-z0-9-]+\.)*klaviyo\.com(?:\/oauth\/authorize|\/?$)/i.test(
        outline(chunksOf(evaluator, one, origin)),
      );
    }),
  );
}

/** A client whose making, or a step on the way to it, was told Klaviyo's URL. */
function madeForKlaviyo(evaluator: Evaluator, result: ResultValue, origin: Place, depth: number): boolean {
  if (depth > 4) return false;
  for (const argument of result.args) {
    for (const value of argument()) {
      if (isKlaviyoUrl(evaluator, value, origin)) return true;
      if (value.kind === "object" && objectNamesKlaviyo(evaluator, value, origin, 0)) return true;
      if (value.kind === "result" && madeForKlaviyo(evaluator, value, origin, depth + 1)) return true;
    }
  }
  const before = result.callee.result;
  return before !== null && madeForKlaviyo(evaluator, before, origin, depth + 1);
}
