/**
 * Authorization requests that are assembled as a URL: any text that comes to Klaviyo's authorize URL with a `scope`
 * parameter (https://developers.klaviyo.com/en/docs/set_up_oauth).
 */
import type { AuthorizationRequest, Place } from "./types.js";
import type { CallExpression, Expression } from "../lower/form.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { valuesAtEnd } from "../evaluate/ends.js";
import { chunksOf, textChoice } from "../evaluate/strings.js";
import { conditionsAt } from "../evaluate/reached.js";
import { chunksUnder } from "../evaluate/restrict.js";
import { expand, knownChunks, knownTexts, offsetAt, outline, unknownsIn } from "../evaluate/text.js";
import { cutQuery, parseQuery } from "../evaluate/query-text.js";
import {
  conjoin,
  isGiven,
  type Chunk,
  type Condition,
  type ParamsEntry,
  type UnknownValue,
  type Value,
} from "../evaluate/values.js";
import type { CallGraph } from "./call-graph.js";
import { lookAround, wayTo } from "./contexts.js";
import { embeddedUrls } from "./embedded-url.js";
import { isTemplate } from "./placeholders.js";
import type { RawRequest } from "./raw.js";
import { onePerUrl } from "./same-url.js";
import { takesNewUrl } from "./text-sites.js";

/** Also seen: without `www`, and wrongly on `a.klaviyo.com`. */
export const AUTHORIZE_URL = /^https?:\/\/(?:[a-z0-9-]+\.)*klaviyo\.com\/oauth\/authorize\/?$/i;

/** `${url}&code_challenge=…`: the beginning has the rest of the request. */
const COMPLETED = /^\0.*&(?:scope|code_challenge)/is;

/** One possible reading of a text as an authorize URL. */
export interface Reading {
  /** The value of `scope`, decoded; null when the query has none. */
  scope: Chunk[] | null;
  /** The whole text. */
  all: Chunk[];
  /** Names the client and where to come back to. */
  whole: boolean;
  pkce: AuthorizationRequest["pkce"];
  methodPlace: Place | null;
}

/** A place where text is made that may be the URL. */
export interface TextSite {
  file: string;
  fn: number;
  node: Expression;
  /** The variable whose final value is looked at, instead of the expression itself. */
  binding: number | null;
}

export function findAuthorizeUrls(graph: CallGraph, sites: readonly TextSite[]): RawRequest[] {
  // A function that fills in what it is given is worth following only where there is something to fill in.
  const followsGiven = sites.some(({ node }) => node.kind === "string" && isTemplate(node.value));
  return onePerUrl(
    sites.flatMap((site) =>
      graph.about(site.node, questionOf(site, followsGiven), () =>
        graph.lost.attempt(site.file, site.node, () => urlsAt(graph, site, followsGiven), []),
      ),
    ),
  );
}

function questionOf({ binding }: TextSite, followsGiven: boolean): string {
  const what = followsGiven ? "authorize URL or template" : "authorize URL";
  return binding === null ? what : `${what} in ${String(binding)}`;
}

function urlsAt(graph: CallGraph, site: TextSite, followsGiven: boolean): RawRequest[] {
  const { evaluator } = graph;
  const origin = { file: site.file, range: site.node.range };
  return lookAround(graph, {
    file: site.file,
    fn: site.fn,
    look: (frame) => look(evaluator, site, frame, followsGiven),
    settle: ({ answer, context }) =>
      answer.flatMap(({ scope, all, pkce, methodPlace }): RawRequest[] => {
        if (scope === null) return [];
        return [
          {
            chunks: scope,
            all,
            delivery: "text",
            site: origin,
            kind: "authorize-url",
            evidence: "authorize-url",
            authorization: { ...origin, pkce, methodPlace, pkceEdit: null },
            via: wayTo(context),
          },
        ];
      }),
  });
}

function look(
  evaluator: Evaluator,
  site: TextSite,
  frame: Frame,
  followsGiven: boolean,
): { answer: Reading[]; open: boolean } {
  // What a function of ours makes is looked at where it is made; here, where it is made for the function.
  if (site.node.kind === "call" && !takesNewUrl(site.node) && callsOurs(evaluator, site.node, frame))
    return { answer: [], open: false };
  const values =
    site.binding === null
      ? evaluator.evaluate(site.node, frame)
      : valuesAtEnd(evaluator, site.binding, frame);
  const origin = { file: site.file, range: site.node.range };
  const answer: Reading[] = [];
  let open = false;
  const here = conditionsAt(evaluator, site.node, frame);
  for (const value of values) {
    if (value.kind !== "string" && value.kind !== "url") {
      open ||= followsGiven && site.node.kind === "call" && isGiven(value);
      continue;
    }
    const when = here === null ? null : conjoin(here, value.when ?? []);
    if (when === null) continue;
    const chunks = chunksUnder(chunksOf(evaluator, value, origin), when);
    // Not every text is worth a closer look: it names Klaviyo or leaves the host open, and has a query.
    const shape = outline(chunks);
    if (!/klaviyo|\0/i.test(shape) || !/[?=]|\0/.test(shape)) continue;
    const inside = value.kind === "string" ? embeddedUrls(chunks) : null;
    for (const url of inside ?? [chunks]) {
      const read = readUrl(evaluator, url, origin);
      // A link in a text is a request only where it is complete: prose may quote a piece of one.
      answer.push(...(inside === null ? read.readings : read.readings.filter((reading) => reading.whole)));
      open ||= read.open;
    }
  }
  return { answer, open };
}

function callsOurs(evaluator: Evaluator, node: CallExpression, frame: Frame): boolean {
  const callees = calleesOf(evaluator, node, frame);
  return callees.length > 0 && callees.every(({ callee }) => callee?.kind === "function");
}

/** Reads a text as Klaviyo's authorize URL; `open` when a parameter of a function decides. */
export function readUrl(
  evaluator: Evaluator,
  chunks: readonly Chunk[],
  origin: Place,
): { readings: Reading[]; open: boolean } {
  const readings: Reading[] = [];
  let open = false;
  for (const { head, query, when } of splits(chunks)) {
    const known = knownChunks(head);
    if (known === null) {
      const hidden = head.filter((chunk) => chunk.kind === "unknown");
      const scoped = query === null ? COMPLETED.test(outline(head)) : /scope|\0/i.test(outline(query));
      if (scoped && hidden.some((chunk) => isGiven(chunk.value)) && couldBeAuthorizeUrl(head)) open = true;
    }
    if (query === null || !(known === null ? isNamedAuthorizeUrl(head) : AUTHORIZE_URL.test(known))) continue;
    const { entries, rest } = parseQuery(chunksUnder(query, when));
    const scope = entries.find((entry) => knownTexts(entry.key).texts.includes("scope"));
    const values = scope?.value() ?? null;
    const scopeChunks = values === null ? null : textChoice(evaluator, values, origin);
    if (scopeChunks !== null && unknownsIn(scopeChunks).some(isGiven)) open = true;
    if (scopeChunks === null && rest.some(isGiven)) open = true;
    readings.push({
      scope: scopeChunks,
      all: [...chunks],
      whole: isWhole(entries),
      ...pkceOf(entries, rest),
    });
  }
  return { readings, open };
}

/** `${KLAVIYO_AUTH_URL}?…`, `${env.KLAVIYO_BASE}/oauth/authorize?…`: a setting that is not at hand, told by its name. */
function isNamedAuthorizeUrl(head: readonly Chunk[]): boolean {
  const [first, ...rest] = head.filter((chunk) => chunk.kind !== "text" || chunk.text !== "");
  if (first?.kind !== "unknown" || isGiven(first.value)) return false;
  const name = first.value.env ?? first.value.name;
  const path = knownChunks(rest);
  if (path === null || !/klaviyo/i.test(name) || /token|revoke|redirect|callback/i.test(name)) return false;
  return path === "" ? /auth|oauth/i.test(name) : /^(?:\/oauth)?\/authorize\/?$/.test(path);
}

function couldBeAuthorizeUrl(head: readonly Chunk[]): boolean {
  const shape = outline(head);
  return shape.startsWith("\0") || /klaviyo/i.test(shape);
}

/** The ways a text falls into what stands before `?` and what behind, with the branches each way takes. */
function splits(
  chunks: readonly Chunk[],
  depth = 0,
): { head: Chunk[]; query: Chunk[] | null; when: readonly Condition[] }[] {
  const { head, query } = cutQuery(chunks);
  const hidesMark = head.some((chunk) => chunk.kind === "choice" && outline([chunk]).includes("?"));
  if (hidesMark && depth < 4) {
    const index = chunks.findIndex((chunk) => chunk.kind === "choice" && outline([chunk]).includes("?"));
    const choice = chunks[index];
    if (choice?.kind === "choice") {
      return choice.alternatives.flatMap((alternative) =>
        splits(
          [
            ...chunksUnder(chunks.slice(0, index), alternative.when),
            ...alternative.chunks,
            ...chunksUnder(chunks.slice(index + 1), alternative.when),
          ],
          depth + 1,
        ).flatMap((one) => {
          const when = conjoin(one.when, alternative.when);
          return when === null ? [] : [{ ...one, when }];
        }),
      );
    }
  }
  return expand(head, 32).expansions.map((expansion) => ({
    head: expansion.chunks,
    query,
    when: expansion.when,
  }));
}

/** What the parameters say of PKCE; nothing where some are out of sight or the request is not all there. */
export function pkceOf(
  entries: readonly ParamsEntry[],
  rest: readonly UnknownValue[],
): Pick<Reading, "pkce" | "methodPlace"> {
  const named = (name: string): ParamsEntry | undefined =>
    entries.find((entry) => knownTexts(entry.key).texts.includes(name));
  const challenge = named("code_challenge");
  const method = named("code_challenge_method");
  if (method !== undefined) {
    const values = method.value();
    const { texts, complete } = knownTexts(values);
    if (!complete || texts.length === 0) return { pkce: "unknown", methodPlace: null };
    if (texts.every((text) => text === "S256")) {
      return {
        pkce: challenge === undefined && rest.length === 0 && isInView(entries) ? "missing" : "S256",
        methodPlace: null,
      };
    }
    return { pkce: "plain", methodPlace: placeOfText(values.find((value) => value.kind === "string")) };
  }
  if (rest.length > 0 || !isInView(entries)) return { pkce: "unknown", methodPlace: null };
  return { pkce: challenge === undefined ? "missing" : "no-method", methodPlace: null };
}

/** A request that names the client, or most of what else it needs, is all there; a bare `?scope=` is completed elsewhere. */
function isInView(entries: readonly ParamsEntry[]): boolean {
  const names = namesOf(entries);
  const others = ["redirect_uri", "response_type", "state"].filter((name) => names.includes(name));
  return names.includes("client_id") || others.length > 1;
}

function namesOf(entries: readonly ParamsEntry[]): string[] {
  return entries.flatMap((entry) => knownTexts(entry.key).texts);
}

/** A link in a text that a reader can follow. */
function isWhole(entries: readonly ParamsEntry[]): boolean {
  const names = namesOf(entries);
  return names.includes("client_id") && (names.includes("redirect_uri") || names.includes("response_type"));
}

export function placeOfText(value: Value | undefined): Place | null {
  if (value?.kind !== "string") return null;
  const [first] = value.chunks;
  if (first?.kind !== "text") return null;
  const start = offsetAt(first, 0);
  const end = offsetAt(first, first.text.length);
  return start === null || end === null ? null : { file: first.file, range: [start, end] };
}
