/** Did-you-mean for scopes, and what a token is if it is no known scope. */
import { distance } from "fastest-levenshtein";
import { loadCatalog } from "./index.js";
import type { Catalog } from "./index.js";
import { nearResource, wordsOf } from "./near-resource.js";
import { isTypo, joined } from "./near.js";
import type { Access } from "./types.js";

/** What is mistaken about a token that is near a scope. */
export type NearReason =
  /** `Profiles:Read` */
  | "case"
  /** `list:read` */
  | "number"
  /** `data_privacy:read`, `profiles.read` */
  | "separator"
  /** `read:profiles`, `read_profiles` */
  | "order"
  /** `profles:read`, `profiles:raed` */
  | "typo"
  /** `profiles:edit` */
  | "access"
  /** `catalog-items:read`: a name of the API's paths, not of its scopes */
  | "collection"
  /** `web_feeds`: a resource without an access */
  | "no-access";

export interface ScopeSuggestion {
  name: string;
  reason: NearReason;
}

/**
 * - known: a scope of the catalog
 * - near: `suggestScope` knows what was meant
 * - known-resource-unknown-access: `accounts:write`, `lists:full`
 * - unlisted: well-formed, but of a resource that nothing here is near to; a newer catalog may know it
 * - not-a-scope: `openid`
 */
export type TokenClass = "known" | "near" | "known-resource-unknown-access" | "unlisted" | "not-a-scope";

const LONGEST_TOKEN = 80;

/** Tokens of which the answer is remembered. */
const MOST_TOKENS = 1_000;

/** Standard scopes of OpenID Connect Core 1.0, sections 5.4 and 11: `profile` is no mistaken `profiles:read`. */
const OPENID_SCOPES: ReadonlySet<string> = new Set([
  "openid",
  "profile",
  "email",
  "address",
  "phone",
  "offline_access",
]);

/** What other APIs call the two accesses. `manage`, `full` or `admin` can be either, so they are not here. */
const ACCESS_WORDS: ReadonlyMap<string, Access> = new Map(
  Object.entries({
    read: ["r", "reads", "readonly", "readable", "view", "get", "fetch"],
    write: [
      "w",
      "writes",
      "writeonly",
      "writable",
      "edit",
      "update",
      "modify",
      "create",
      "add",
      "delete",
      "remove",
    ],
  } satisfies Record<Access, string[]>).flatMap(([access, others]) =>
    others.map((word) => [word, access as Access]),
  ),
);

/** The scope that a mistaken token most likely means. Null when it is a scope already, and when nothing is near. */
export function suggestScope(token: string, catalog: Catalog = loadCatalog()): ScopeSuggestion | null {
  return suggested(token.trim(), catalog);
}

const suggested = perCatalog((text, catalog): ScopeSuggestion | null => {
  if (text.length > LONGEST_TOKEN || catalog.scope(text) !== undefined) return null;
  const lower = text.toLowerCase();
  if (catalog.scope(lower) !== undefined) return { name: lower, reason: "case" };
  if (OPENID_SCOPES.has(lower)) return null;
  return (
    readInOrder(text, catalog) ??
    readReversed(text, catalog) ??
    (text.includes(":") ? null : withoutAccess(text, catalog))
  );
});

/** What a token is. See `TokenClass`. */
export function classifyToken(token: string, catalog: Catalog = loadCatalog()): TokenClass {
  return classified(token.trim(), catalog);
}

const classified = perCatalog((text, catalog): TokenClass => {
  if (catalog.scope(text) !== undefined) return "known";
  if (suggestScope(text, catalog) !== null) return "near";
  if (text.length > LONGEST_TOKEN) return "not-a-scope";
  if (knownResource(text, catalog) !== null) return "known-resource-unknown-access";
  return /^[a-z][a-z0-9-]*:(?:read|write)$/.test(text) ? "unlisted" : "not-a-scope";
});

/** The same few tokens are asked about again and again: by every rule, for every call that lacks a scope. */
function perCatalog<T extends object | string | null>(
  make: (text: string, catalog: Catalog) => T,
): (text: string, catalog: Catalog) => T {
  const known = new WeakMap<Catalog, Map<string, T>>();
  return (text, catalog) => {
    const answers = known.get(catalog) ?? new Map<string, T>();
    known.set(catalog, answers);
    let answer = answers.get(text);
    if (answer === undefined) {
      answer = make(text, catalog);
      // An editor that stays open for days meets tokens without end.
      if (answers.size >= MOST_TOKENS) answers.clear();
      answers.set(text, answer);
    }
    return answer;
  };
}

/** The resource of a token with a colon, if the catalog knows it or one near to it: `lists` of `list:full`. */
export function knownResource(token: string, catalog: Catalog = loadCatalog()): string | null {
  const colon = token.indexOf(":");
  if (colon === -1 || token.length > LONGEST_TOKEN) return null;
  return nearResource(token.slice(0, colon), catalog)?.name ?? null;
}

/** `resource:access`, with any separator. */
function readInOrder(text: string, catalog: Catalog): ScopeSuggestion | null {
  const parts = wordsOf(text);
  const colon = text.lastIndexOf(":");
  // After a colon all is access (`read-only`), otherwise the last word alone.
  const [left, right] =
    colon === -1
      ? [parts.slice(0, -1).join(""), parts.at(-1) ?? ""]
      : [text.slice(0, colon), joined(text.slice(colon + 1))];
  const resource = nearResource(left, catalog);
  if (resource === null) return null;
  const access = accessOf(right, colon !== -1);
  if (access === null) return null;
  const plain = resource.nearness === "exact" ? (access.reason ?? "separator") : resource.nearness;
  return existing(resource.name, access.access, plain, catalog);
}

/** `access:resource`, with any separator. */
function readReversed(text: string, catalog: Catalog): ScopeSuggestion | null {
  const [first = "", ...others] = wordsOf(text);
  const access = accessOf(first, false);
  const resource = access === null ? null : nearResource(others.join(""), catalog);
  return access === null || resource === null
    ? null
    : existing(resource.name, access.access, "order", catalog);
}

/** A resource alone is taken for its lesser access. */
function withoutAccess(text: string, catalog: Catalog): ScopeSuggestion | null {
  const resource = nearResource(text, catalog);
  if (resource === null || resource.nearness === "typo" || resource.nearness === "collection") return null;
  return existing(resource.name, "read", "no-access", catalog);
}

function existing(
  resource: string,
  access: Access,
  reason: NearReason,
  catalog: Catalog,
): ScopeSuggestion | null {
  const name = `${resource}:${access}`;
  return catalog.scope(name) === undefined ? null : { name, reason };
}

function accessOf(word: string, allowTypo: boolean): { access: Access; reason: NearReason | null } | null {
  const lower = word.toLowerCase();
  if (lower === "read" || lower === "write") return { access: lower, reason: null };
  const synonym = ACCESS_WORDS.get(lower);
  if (synonym !== undefined) return { access: synonym, reason: "access" };
  if (!allowTypo) return null;
  for (const access of ["read", "write"] as const) {
    if (isSlip(lower, access)) return { access, reason: "typo" };
  }
  return null;
}

/** Behind a resource there are but two words, so that a short one may be mistaken as well. */
function isSlip(word: string, access: Access): boolean {
  return isTypo(word, access) || (word[0] === access[0] && distance(word, access) === 1);
}
