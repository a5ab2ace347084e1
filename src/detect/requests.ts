/** From lists on their way to Klaviyo to scope requests: one for each list as somebody wrote it and each site. */
import type { Place, FoundRequest } from "./types.js";
import { unknownsIn } from "../evaluate/text.js";
import type { UnknownValue } from "../evaluate/values.js";
import type { Program } from "../link/program.js";
import type { CallGraph } from "./call-graph.js";
import { deploymentOf } from "./deployment.js";
import type { RawRequest } from "./raw.js";
import { samePlace } from "./places.js";
import { readList, wholeLists, type Reader, type WholeList } from "./scope-list.js";
import { hiddenIn, isWritten } from "./scope-value.js";

const STRENGTH: Readonly<Record<FoundRequest["evidence"], number>> = {
  sdk: 4,
  "authorize-url": 4,
  "provider-url": 3,
  "provider-key": 2,
  name: 1,
};

/** Reads the raw lists and keeps each once: the strongest evidence for a list wins, sites of equal strength stand side by side. */
export function settleRequests(
  graph: CallGraph,
  raws: readonly RawRequest[],
  isEnvironment: (place: Place) => boolean,
): FoundRequest[] {
  const { program } = graph.evaluator;
  const reader: Reader = {
    form: (file) => (program.project.forms.has(file) ? program.form(file) : undefined),
  };
  const found = withoutCopies(
    raws.flatMap((raw) =>
      graph
        .about(raw, "request", () =>
          listsIn(raw).flatMap((list) => requestOf(raw, list, program, reader, isEnvironment) ?? []),
        )
        .map((request) => ({ request, copied: raw.copied === true })),
    ),
  );
  const providers = found.filter(({ kind }) => kind === "provider");
  const isCode = (file: string): boolean => reader.form(file)?.data === null;
  return distinct(
    found.filter((request) => !standsInProvider(request, providers)),
    isCode,
  );
}

/** An object that took its list from another provider's object is no site of its own, unless it adds something. */
function withoutCopies(all: readonly { request: FoundRequest; copied: boolean }[]): FoundRequest[] {
  const kept: FoundRequest[] = [];
  const originals = all.filter(({ copied }) => !copied).map(({ request }) => request);
  for (const { request, copied } of all) {
    const others = copied ? [...originals, ...kept] : [];
    const isSaid = others.some(
      (other) =>
        other.kind === "provider" && samePlace(other, request) && (request.complete || !other.complete),
    );
    if (!isSaid) kept.push(request);
  }
  return kept;
}

/** A list in the URL of a provider object goes out by the object, which says more of the request than its URL does. */
function standsInProvider(request: FoundRequest, providers: readonly FoundRequest[]): boolean {
  const { site } = request;
  if (request.kind !== "authorize-url" || site === null) return false;
  return providers.some(
    (other) =>
      samePlace(other, request) &&
      other.site?.file === site.file &&
      other.site.range[0] < site.range[0] &&
      site.range[1] < other.site.range[1],
  );
}

/** The whole lists that a text may be, as `possibleLists` tells those of several values apart. */
function listsIn(raw: RawRequest): SentList[] {
  const lists = wholeLists(raw.chunks, raw.when);
  const written = lists.filter(({ chunks }) => isWritten(chunks));
  const instead = [
    ...(raw.instead ?? []),
    ...lists.filter((list) => !written.includes(list)).flatMap(({ chunks }) => hiddenIn(chunks)),
  ];
  return written.length === 0
    ? lists.slice(0, 1).map((list) => ({ ...list, instead: raw.instead ?? [] }))
    : written.map((list) => ({ ...list, instead }));
}

interface SentList extends WholeList {
  instead: UnknownValue[];
}

function requestOf(
  raw: RawRequest,
  { chunks, when, instead }: SentList,
  program: Program,
  reader: Reader,
  isEnvironment: (place: Place) => boolean,
): FoundRequest | null {
  const [hidden] = unknownsIn(chunks);
  const fallback: Place =
    hidden === undefined
      ? (raw.site ?? { file: "", range: [0, 0] })
      : { file: hidden.file, range: hidden.range };
  const read = readList(chunks, raw.delivery, {
    all: raw.all ?? chunks,
    fallback,
    reader,
    isSent: raw.site !== null,
  });
  if (read === null) return null;
  const { place } = read;
  const site = raw.site;
  return {
    ...place,
    deployment: deploymentOf(program, chunks, when),
    isNeutral: raw.isNeutral === true,
    site,
    kind: isEnvironment(place) ? "env" : raw.kind,
    evidence: raw.evidence,
    complete: read.unresolved.length === 0,
    tokens: read.tokens,
    unresolved: read.unresolved,
    instead: instead.map(({ file, range, reason }) => ({ file, range, reason })),
    malformations: read.malformations,
    insertion: read.insertion,
    authorization: raw.authorization,
    flow: [
      { ...place, message: "the list is written here" },
      ...raw.via.map((via) => ({ ...via, message: "it is passed on here" })),
      ...(site === null ? [] : [{ ...site, message: "it goes to Klaviyo here" }]),
    ],
  };
}

function distinct(found: readonly FoundRequest[], isCode: (file: string) => boolean): FoundRequest[] {
  const out: FoundRequest[] = [];
  const positions = new Map<string, number[]>();
  const ordered = [...found].sort((a, b) => STRENGTH[b.evidence] - STRENGTH[a.evidence]);
  for (const request of ordered) {
    const rivals = rivalsOf(request, out, positions);
    const sameSite = rivals.find((other) => samePlace(other, request) && sameStart(other.site, request.site));
    if (sameSite !== undefined) {
      // One text seen in two ways; the one that shows more of the request is kept.
      if (knows(request) > knows(sameSite)) put(request, out, positions, out.indexOf(sameSite));
      continue;
    }
    if (rivals.some((other) => STRENGTH[other.evidence] > STRENGTH[request.evidence])) continue;
    if (isCode(request.file) && out.some((other) => isCopy(request, other))) continue;
    if (STRENGTH[request.evidence] < 3 && rivals.length > 0) continue;
    put(request, out, positions, out.length);
  }
  return out;
}

/** A list of code that goes nowhere and says what one of the same file does that is sent: said once is enough. */
function isCopy(request: FoundRequest, sent: FoundRequest): boolean {
  if (request.site !== null || sent.site === null || sent.file !== request.file) return false;
  if (!request.complete || !sent.complete) return false;
  const names = new Set(sent.tokens.map(({ name }) => name));
  const own = new Set(request.tokens.map(({ name }) => name));
  return names.size === own.size && [...own].every((name) => names.has(name));
}

function put(request: FoundRequest, out: FoundRequest[], positions: Map<string, number[]>, at: number): void {
  out[at] = request;
  for (const key of keysOf(request)) {
    const known = positions.get(key) ?? [];
    if (!known.includes(at)) positions.set(key, [...known, at]);
  }
}

/** Those kept so far of which this one is a repetition or a part, or the other way round: they share a place. */
function rivalsOf(
  request: FoundRequest,
  out: readonly FoundRequest[],
  positions: ReadonlyMap<string, readonly number[]>,
): FoundRequest[] {
  const near = new Set(keysOf(request).flatMap((key) => positions.get(key) ?? []));
  return [...near]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const other = out[at];
      return other !== undefined && overlaps(other, request) ? [other] : [];
    });
}

/** The places that a request is known by: its list and its tokens. */
function keysOf(request: FoundRequest): string[] {
  return [request, ...request.tokens.map(({ place }) => place)].map(
    ({ file, range }) => `${file}:${String(range[0])}-${String(range[1])}`,
  );
}

function knows(request: FoundRequest): number {
  const pkce = request.authorization?.pkce ?? "unknown";
  return request.tokens.length * 2 + (pkce === "unknown" ? 0 : 1);
}

function sameStart(a: Place | null, b: Place | null): boolean {
  return a === null || b === null ? a === b : a.file === b.file && a.range[0] === b.range[0];
}

/** Two lists of which one is the other or a part of it. */
function overlaps(a: FoundRequest, b: FoundRequest): boolean {
  if (samePlace(a, b)) return true;
  if (a.tokens.length === 0 || b.tokens.length === 0) return false;
  const has = (list: FoundRequest, place: Place): boolean =>
    list.tokens.some((token) => samePlace(token.place, place));
  return b.tokens.every((token) => has(a, token.place)) || a.tokens.every((token) => has(b, token.place));
}
