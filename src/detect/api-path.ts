/** A URL as an API path: Klaviyo's host told from others, segments told apart, what is unknown named. */
import type { Place } from "./types.js";
import type { Segment } from "../catalog/types.js";
import { expand, offsetAt, outline } from "../evaluate/text.js";
import { cutQuery } from "../evaluate/query-text.js";
import type { Chunk, Condition, TextChunk, UnknownChunk, UnknownValue } from "../evaluate/values.js";

export interface ApiPath {
  /** `/api/profiles/{}/lists` */
  text: string;
  segments: Segment[];
  area: "api" | "client" | "legacy";
  /** Unknown parts that decide which operation it is. */
  hidden: UnknownValue[];
  /**
   * Unknown parts that callers may know better: glued to a fixed segment, most likely a query; a part of the resource's
   * or of a relation's name.
   */
  glued: UnknownValue[];
  /** The branches in which the URL is this one. */
  when: readonly Condition[];
  /** The host itself is unknown. */
  unknownHost: UnknownValue | null;
  /** The host as written; "" where it is not. */
  host: string;
  /** Where the path's text is written, for suggestions. */
  place: Place | null;
  /** Where the texts are written that tell what it is the path of. */
  written: Place[];
}

type ReadPath = Omit<ApiPath, "when">;

const HOST = /^https?:\/\/([a-z0-9.-]+)(?::\d+)?(?=\/|$)/i;
/** Klaviyo's, and none of the API's. */
const OTHER_HOST = /^(?:status|developers?|help|community|academy|support|blog|cdn|static[a-z-]*)\./i;
/** Names of variables that hold a query string or its parts, not an id. */
const QUERY_NAME = /query|params?$|^qs$|search|filter|suffix|cursor|pagination/i;
/** Names of variables that hold more than one segment. */
const PATH_NAME = /path|endpoint|url|uri|route|resource$|link|href|next/i;

export interface ApiPaths {
  paths: ApiPath[];
  /** A parameter decides the path. */
  open: boolean;
  /** A parameter decides the host. */
  hostOpen: boolean;
  /** The URL may as well be one at another host. */
  elsewhere: boolean;
}

/**
 * All paths a URL's text can be at Klaviyo.
 * @param hostless Also those that begin at the root, for a client that knows its host itself.
 */
export function apiPaths(chunks: readonly Chunk[], hostless = false): ApiPaths {
  const paths: ApiPath[] = [];
  let open = false;
  let hostOpen = false;
  let elsewhere = false;
  const heads = expand(chunks, 48).expansions.map(({ chunks: whole, when }) => ({
    parts: cutQuery(whole).head.filter((chunk) => chunk.kind !== "choice"),
    when,
  }));
  for (const { parts, when } of heads) {
    if (heads.some((other) => fillsGap(other.parts, parts))) continue;
    const found = readPath(parts) ?? (hostless ? readHostless(parts) : null);
    if (found === null) {
      elsewhere ||= /^https?:/i.test(outline(parts));
      continue;
    }
    const read: ApiPath = { ...found, when };
    if (read.unknownHost !== null && !saysKlaviyo(read.unknownHost)) {
      if (read.unknownHost.parameter !== null) hostOpen = true;
      else {
        paths.push(read);
        continue;
      }
    }
    if ([...read.hidden, ...read.glued].some((value) => value.parameter !== null)) open = true;
    paths.push(read);
  }
  // Nobody asks the root for anything: it is what a client is made with (`wretch("https://a.klaviyo.com/api")`), or what
  // is left of a URL that is not given (`${BASE}${url ?? ""}`).
  return { paths: paths.filter((path) => !isRoot(path)), open, hostOpen, elsewhere };
}

/**
 * Whether one reading has something unknown between two slashes where the other has nothing: `/lists/${id ?? ""}/profiles`
 * is never asked for without the id.
 */
function fillsGap(
  parts: readonly (TextChunk | UnknownChunk)[],
  others: readonly (TextChunk | UnknownChunk)[],
): boolean {
  const gap = parts.findIndex((part, index) => part.kind === "unknown" && others[index]?.kind !== "unknown");
  const [before, after] = [parts[gap - 1], parts[gap + 1]];
  if (before?.kind !== "text" || after?.kind !== "text" || parts.length !== others.length + 1) return false;
  return (
    before.text.endsWith("/") &&
    after.text.startsWith("/") &&
    parts.toSpliced(gap, 1).every((part, index) => isSame(part, others[index]))
  );
}

function isSame(part: TextChunk | UnknownChunk, other: TextChunk | UnknownChunk | undefined): boolean {
  if (part.kind === "unknown" || other?.kind !== "text") return part.kind === other?.kind;
  return part.text === other.text && part.file === other.file && offsetAt(part, 0) === offsetAt(other, 0);
}

function isRoot({ segments, unknownHost, hidden }: ApiPath): boolean {
  const [root, ...below] = segments;
  return (
    unknownHost === null &&
    hidden.length === 0 &&
    below.length === 0 &&
    root?.kind === "literal" &&
    /^(?:api|client)$/i.test(root.text)
  );
}

/** Servers of the app's own that have to do with Klaviyo, and addresses at which the app is called. */
const OWN_SERVICE =
  /service|web_?hook|proxy|backend|gateway|relay|worker|function|internal|frontend|callback|redirect|app_?(?:url|base|host)/i;

/** Addresses of the authorization, which are no part of the API: `KLAVIYO_TOKEN_URL`. */
const OF_AUTHORIZATION =
  /(?:token|revoke|revocation|authori[sz](?:e|ation)|o?auth2?|install|login)_?(?:base_?)?(?:url|uri|endpoint)$/i;

/**
 * A base that is named after Klaviyo though its value is not known: an env variable, a constant that is not defined.
 * `KLAVIYO_SERVICE_URL` is that of a server of the app's own.
 */
export function saysKlaviyo(value: UnknownValue): boolean {
  return [value.name, value.env ?? ""].some(
    (name) => /klaviyo/i.test(name) && !OWN_SERVICE.test(name) && !OF_AUTHORIZATION.test(name),
  );
}

function readPath(parts: readonly (TextChunk | UnknownChunk)[]): ReadPath | null {
  const [first, ...others] = parts;
  if (first === undefined) return null;
  let rest: (TextChunk | UnknownChunk)[];
  let unknownHost: UnknownValue | null = null;
  let host = "";
  const [second] = others;
  if (first.kind === "text" && second?.kind === "unknown" && /^https?:\/\/$/i.test(first.text)) {
    // `https://${host}/api/…`, `{ hostname: options.hostname, path }`.
    unknownHost = second.value;
    rest = others.slice(1);
  } else if (first.kind === "text") {
    let text = first.text;
    // A host that several pieces spell: "https://" + "a.klaviyo.com".
    let used = 0;
    while (HOST.exec(text) === null && used < others.length) {
      const next = others[used];
      if (next?.kind !== "text" || !/^https?:\/\/?[^/]*$/i.test(text)) break;
      text += next.text;
      used += 1;
    }
    const joined = first.text.length === text.length ? first : { ...first, text, at: null };
    const match = HOST.exec(joined.text);
    if (match === null) return null;
    host = match[1] ?? "";
    if (!/(?:^|\.)klaviyo\.com$/i.test(host) || OTHER_HOST.test(host)) return null;
    const after = others.slice(used);
    const cut = match[0].length;
    rest =
      cut < joined.text.length
        ? [
            {
              ...joined,
              text: joined.text.slice(cut),
              at: typeof joined.at === "number" ? joined.at + cut : null,
            },
            ...after,
          ]
        : after;
  } else {
    unknownHost = first.value;
    rest = others;
    const [head] = rest;
    // `${url}` alone, or an unknown text with something glued to it: no path of ours.
    if (
      head !== undefined &&
      (head.kind !== "text" || !head.text.startsWith("/")) &&
      !/base|host|root|api|url|endpoint|server|origin|klaviyo/i.test(first.value.name)
    ) {
      return {
        text: "{}",
        segments: [],
        area: "api",
        hidden: [first.value],
        glued: [],
        unknownHost,
        host,
        place: null,
        written: [],
      };
    }
    if (head === undefined)
      return {
        text: "{}",
        segments: [],
        area: "api",
        hidden: [first.value],
        glued: [],
        unknownHost,
        host,
        place: null,
        written: [],
      };
  }
  return pathOf(rest, host, unknownHost);
}

function readHostless(parts: readonly (TextChunk | UnknownChunk)[]): ReadPath | null {
  const [first] = parts;
  return first?.kind === "text" && /^\/?api\/[a-z]/.test(first.text) ? pathOf(parts, "", null) : null;
}

/** How far below the root the next segment is: there stands a resource, then an id, then names of what it has. */
function depthBelowRoot(segments: readonly Segment[]): number {
  const [root] = segments;
  return segments.length - (root?.kind === "literal" && /^(?:api|client)$/.test(root.text) ? 1 : 0);
}

interface RawSegment {
  text: string;
  unknowns: UnknownValue[];
  /** Text before the first unknown part, and behind the last. */
  prefix: string;
  suffix: string;
}

function pathOf(
  parts: readonly (TextChunk | UnknownChunk)[],
  host: string,
  unknownHost: UnknownValue | null,
): ReadPath | null {
  // A whole URL behind the base: the branch that puts the base before paths, taken for what is not one.
  if (/https?:\/\//i.test(outline(parts))) return null;
  const raw: RawSegment[] = [{ text: "", unknowns: [], prefix: "", suffix: "" }];
  let place: Place | null = null;
  const written: Place[] = [];
  for (const part of parts) {
    const current = raw.at(-1);
    if (current === undefined) return null;
    if (part.kind === "unknown") {
      current.unknowns.push(part.value);
      current.suffix = "";
      continue;
    }
    const start = offsetAt(part, 0);
    const end = offsetAt(part, part.text.length);
    if (place === null && start !== null && end !== null && parts.length === 1)
      place = { file: part.file, range: [start, end] };
    if (start !== null && end !== null && /[a-z]/i.test(part.text.replace(/\bapi\b/i, "")))
      written.push({ file: part.file, range: [start, end] });
    part.text.split("/").forEach((piece, index) => {
      if (index > 0) raw.push({ text: "", unknowns: [], prefix: "", suffix: "" });
      const segment = raw.at(-1);
      if (segment === undefined) return;
      if (segment.unknowns.length === 0) segment.prefix += piece;
      segment.text += piece;
      segment.suffix += piece;
    });
  }
  const hidden: UnknownValue[] = [];
  const glued: UnknownValue[] = [];
  const segments: Segment[] = [];
  const shown: string[] = [];
  const real = raw.filter((segment) => segment.text !== "" || segment.unknowns.length > 0);
  for (const [position, segment] of real.entries()) {
    const [value] = segment.unknowns;
    if (value === undefined) {
      segments.push({ kind: "literal", text: segment.text });
      shown.push(segment.text);
      continue;
    }
    const last = position === real.length - 1;
    if (segment.text === "") {
      if (last && QUERY_NAME.test(value.name)) continue;
      if (PATH_NAME.test(value.name) && !/id$/i.test(value.name)) {
        hidden.push(value);
        segments.push({ kind: "rest" });
      } else {
        const depth = depthBelowRoot(segments);
        segments.push({ kind: "unknown" });
        if (depth === 0) hidden.push(value);
        else if (depth > 1) glued.push(value);
      }
      shown.push("{}");
      continue;
    }
    // `/profiles${query}`: what is glued to a fixed segment is a query; within an id it is a part of the id.
    if (segment.prefix === segment.text && /^[a-z][a-z\d-]*$/.test(segment.text)) {
      segments.push({ kind: "literal", text: segment.text });
      shown.push(segment.text);
      // `/api${path}`: nothing is asked of the root itself.
      if (/^(?:api|client)$/.test(segment.text)) {
        hidden.push(value);
        segments.push({ kind: "rest" });
        shown.push("{}");
      } else if (!QUERY_NAME.test(value.name)) {
        glued.push(value);
      }
    } else if (
      /^[a-z][a-z-]*-$/.test(segment.prefix) ||
      // `/${kind}s`, `/${kind}-values-reports`
      (depthBelowRoot(segments) !== 1 && segment.prefix === "" && /^[a-z-]+$/.test(segment.suffix))
    ) {
      segments.push({ kind: "partial", prefix: segment.prefix, suffix: segment.suffix });
      glued.push(...segment.unknowns);
      shown.push(`${segment.prefix}{}${segment.suffix}`);
    } else {
      segments.push({ kind: "unknown" });
      shown.push("{}");
    }
  }
  const [head] = segments;
  const literal = (index: number): string => {
    const segment = segments[index];
    return segment?.kind === "literal" ? segment.text.toLowerCase() : "";
  };
  const isApi = literal(0) === "api";
  if (literal(0) === "oauth" || (head === undefined && unknownHost === null)) return null;
  if (!isApi && literal(0) !== "client" && unknownHost === null && /^(?:www\.)?klaviyo\.com$/i.test(host))
    return null;
  if (!isApi && literal(0) !== "client" && unknownHost === null && !/^a\.klaviyo\.com$/i.test(host))
    return null;
  if (!isApi && literal(0) !== "client" && literal(0) !== "") {
    // A base that ends in /api, out of sight, or a path that forgets it.
    if (unknownHost !== null) {
      segments.unshift({ kind: "literal", text: "api" });
      shown.unshift("api");
    } else if (/^(?:v1|v2|track|identify)$/.test(literal(0))) {
      return {
        text: `/${shown.join("/")}`,
        segments,
        area: "legacy",
        hidden: [],
        glued: [],
        unknownHost,
        host,
        place,
        written,
      };
    }
  }
  const second = literal(1);
  const area =
    literal(0) === "client" ? "client" : /^(?:v1|v2|track|identify)$/.test(second) ? "legacy" : "api";
  return { text: `/${shown.join("/")}`, segments, area, hidden, glued, unknownHost, host, place, written };
}
