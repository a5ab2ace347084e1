/** What the rules share: which tokens and lists there are to judge, whether a scope exists, and how a judgement is made. */
import { classifyToken } from "../catalog/suggest.js";
import type { TokenClass } from "../catalog/suggest.js";
import type { App, ConfiguredSet, Edit, Picture, Place, RequestedToken, ScopeRequest } from "./picture.js";
import type { Confidence, Judgement, Suggestion } from "./rule.js";
import { code } from "./words.js";

/** Required of every request, so `require-accounts-read` alone speaks of its absence, and nothing calls it unused. */
export const REQUIRED_SCOPE = "accounts:read";

/** What a rule says at a place; what is left out is nothing, and certain. */
export interface Said {
  messageId: string;
  data?: Record<string, string>;
  confidence?: Confidence;
  scope?: string | null;
  operation?: string | null;
  fix?: Edit[] | null;
  suggestions?: Suggestion[];
  related?: Related[];
}

export type Related = Place & { message: string };

export function judge(app: App, { file, range }: Place, said: Said): Judgement {
  const here = placeKey({ file, range });
  return {
    app,
    place: { file, range },
    messageId: said.messageId,
    data: said.data ?? {},
    confidence: said.confidence ?? "high",
    scope: said.scope ?? null,
    operation: said.operation ?? null,
    fix: said.fix ?? null,
    suggestions: said.suggestions ?? [],
    related: distinctBy(said.related ?? [], placeKey).filter((place) => placeKey(place) !== here),
  };
}

export function related({ file, range }: Place, message: string): Related {
  return { file, range, message };
}

export function placeKey({ file, range }: Place): string {
  return `${String(range[0])}-${String(range[1])}:${file}`;
}

/** The first item of each key, in their order. */
export function distinctBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const first = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}

// ── Lists and tokens ────────────────────────────────────────────────────────────────────────────────────────────

/** A token where it is written, with every request that it is part of: one list may be sent from several sites. */
export interface WrittenToken {
  app: App;
  token: RequestedToken;
  requests: [ScopeRequest, ...ScopeRequest[]];
}

/** The tokens of an app's requests, each place once. */
export function tokensOf(app: App): WrittenToken[] {
  const written = new Map<string, WrittenToken>();
  for (const request of app.requests) {
    for (const token of request.tokens) {
      if (token.name === "") continue;
      const key = `${token.name} ${placeKey(token.place)}`;
      const known = written.get(key);
      if (known === undefined) written.set(key, { app, token, requests: [request] });
      else known.requests.push(request);
    }
  }
  return [...written.values()];
}

/** The tokens of all apps, each place once: whether a scope exists is the same for every app that requests it. */
export function allTokens(picture: Picture): WrittenToken[] {
  return distinctBy(picture.apps.flatMap(tokensOf), ({ token }) => `${token.name} ${placeKey(token.place)}`);
}

/** One list as somebody wrote it, with all the requests that send it. */
export interface WrittenList {
  app: App;
  /** Never empty. The first stands for the others wherever they agree. */
  requests: [ScopeRequest, ...ScopeRequest[]];
}

/** The lists of some apps, each place once, under the first app that sends it. */
export function listsOf(apps: readonly App[]): WrittenList[] {
  const written = new Map<string, WrittenList>();
  for (const app of apps) {
    for (const request of app.requests) {
      const known = written.get(placeKey(request));
      if (known === undefined) written.set(placeKey(request), { app, requests: [request] });
      else known.requests.push(request);
    }
  }
  return [...written.values()];
}

/** An entry such as `KLAVIYO_SCOPES=` of an `.env.example` is a blank to fill in: it says nothing of what is sent. */
export function isBlankEntry(request: ScopeRequest): boolean {
  return request.site === null && request.tokens.length === 0;
}

/**
 * Whether nothing but its name gives a list to Klaviyo, while others of the app were seen to go there. An environment
 * variable's value is sent wherever the variable is read.
 */
export function isToldByName(all: readonly Sited[], { site, kind }: Sited): boolean {
  return site === null && kind === "config" && all.some((other) => other.site !== null);
}

/** A request, in the picture or in the report, as far as it says where it goes. */
type Sited = Pick<ScopeRequest, "kind"> & { site: object | null };

export function names(request: ScopeRequest): Set<string> {
  return new Set(request.tokens.map(({ name }) => name).filter((name) => name !== ""));
}

/** Related places that point to an app's lists. */
export function requestedHere(app: App, message = "requested here"): Related[] {
  return listsOf([app])
    .map(({ requests: [request] }) => request)
    .sort(bySize)
    .map((request) => related(request, message));
}

/** Lists of code that are sent come first: a file for the environment, or a name, says less. */
export function byUse(a: ScopeRequest, b: ScopeRequest): number {
  return Number(isSentByCode(b)) - Number(isSentByCode(a));
}

/** Of lists that are sent, the one that asks for most: a default beside it is what is sent without it. */
function bySize(a: ScopeRequest, b: ScopeRequest): number {
  return Number(b.site !== null) - Number(a.site !== null) || b.tokens.length - a.tokens.length;
}

function isSentByCode({ kind, site }: ScopeRequest): boolean {
  return kind !== "env" && site !== null;
}

// ── Scopes ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** "allowed": not of the catalog, but the config's `scopes` says it exists. */
export function existenceOf(picture: Picture, name: string): TokenClass | "allowed" {
  if (picture.catalog.scope(name) !== undefined) return "known";
  if (picture.config?.scopes.includes(name) === true) return "allowed";
  return classifyToken(name, picture.catalog);
}

/** Whether a scope may be compared with others; of one that may not exist only its existence is judged. */
export function exists(picture: Picture, name: string): boolean {
  const existence = existenceOf(picture, name);
  return existence === "known" || existence === "allowed";
}

/** Whether Klaviyo has no such scope for certain: not one that our catalog may be too old to know. */
export function isNoScope(picture: Picture, name: string): boolean {
  return !exists(picture, name) && existenceOf(picture, name) !== "unlisted";
}

export function resourceOf(scope: string): string {
  return scope.slice(0, Math.max(0, scope.indexOf(":")));
}

// ── Suggestions: each is empty where it cannot be made in one clean edit ─────────────────────────────────────────────

/** Words of the suggestions that several rules make; a rule lists those it uses among its messages. */
export const SUGGESTIONS = {
  replaceScope: "Replace with {{name}}.",
  removeScope: "Remove {{name}} from the request.",
  requestScope: "Add {{name}} to the request.",
  requestEverywhere: "Add {{name}} to each list of scopes.",
  configureScope: "Add {{name}} to the configured set.",
  unconfigureScope: "Remove {{name}} from the configured set.",
} as const;

function suggest(messageId: keyof typeof SUGGESTIONS, name: string, edit: Edit | null): Suggestion[] {
  return edit === null ? [] : [{ messageId, data: { name: code(name) }, edits: [edit] }];
}

export function suggestRemoval({ token }: Pick<WrittenToken, "token">): Suggestion[] {
  return suggest("removeScope", token.name, token.removal);
}

/** Writes another name in a token's stead; where that one is in every such list already, the token goes. */
export function suggestReplacement(written: WrittenToken, name: string): Suggestion[] {
  const { token, requests } = written;
  if (requests.every((request) => names(request).has(name))) return suggestRemoval(written);
  return suggest("replaceScope", name, token.replacement && { ...token.replacement, text: name });
}

/** More lists than these are no matter of one edit. */
const MOST_LISTS = 5;

/** Adds a scope to the app's request: to each of its lists that may be sent and lacks it. */
export function suggestRequesting(app: App, name: string): Suggestion[] {
  const lists = listsOf([app])
    .map(({ requests: [request] }) => request)
    .filter(
      (request) =>
        !isBlankEntry(request) && !isToldByName(app.requests, request) && !names(request).has(name),
    );
  const [only, ...others] = lists;
  if (only === undefined || lists.length > MOST_LISTS) return [];
  if (others.length === 0) return suggest("requestScope", name, insert(only.insertion, name));
  const edits = lists.flatMap(({ insertion }) => insert(insertion, name) ?? []);
  if (edits.length < lists.length) return [];
  return [{ messageId: "requestEverywhere", data: { name: code(name) }, edits }];
}

export function suggestConfiguring(set: ConfiguredSet, name: string): Suggestion[] {
  return suggest("configureScope", name, insert(set.insertion, name));
}

export function suggestUnconfiguring(name: string, removal: Edit | null): Suggestion[] {
  return suggest("unconfigureScope", name, removal);
}

export function insert(insertion: ScopeRequest["insertion"], name: string): Edit | null {
  if (insertion === null) return null;
  const { file, offset, prefix, suffix } = insertion;
  return { file, range: [offset, offset], text: prefix + name + suffix };
}
