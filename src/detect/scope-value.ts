/** Telling a scope list from other values, and turning values into the chunks that are read as a list. */
import type { Catalog } from "../catalog/index.js";
import { classifyToken } from "../catalog/suggest.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { joinItems, chunksOf } from "../evaluate/strings.js";
import { BRANCH, outline, own, plainText, stringOf } from "../evaluate/text.js";
import { unknownsIn } from "../evaluate/text.js";
import type { Chunk, Condition, Origin, Owner, UnknownValue, Value } from "../evaluate/values.js";
import type { Delivery } from "./types.js";

/** `scope`, `scopes`, `defaultScopes`, `oauth_scopes`, `SCOPES` … as a key or name. */
export const SCOPE_KEY =
  /^(?:[_.-]|klaviyo|oauth2?|auth|default|required|requested|app|api|authori[sz](?:e|ation)|min(?:imal)?)*(?:scopes?|permissions?)(?:[_.-]?(?:list|string|default|value|requested))?$/i;

/** Names of things that are about scopes but request none. */
const VOCABULARY_NAME =
  /all|avail|known|valid|possible|supported|allowed?|granted|label|descr|title|name|map|option|choice|catalog|enum|type|missing|group|info|meta|docs?|help|hint|message|check|separator|delimiter|test|mock|sample|example|legacy|old|deprecated|unused|forbidden|denied|extra(?=_?scopes?_?allowed)/i;

export function isVocabulary(name: string): boolean {
  return VOCABULARY_NAME.test(name.replace(/klaviyo/i, ""));
}

export interface ListValueChunks {
  chunks: Chunk[];
  delivery: Delivery;
}

/**
 * A value as a scope list: a text, or a list that a library joins with spaces; null for other values.
 * @param separator What a library joins with instead, where it is told so.
 */
export function listChunks(
  evaluator: Evaluator,
  value: Value,
  origin: Origin,
  separator: readonly Value[] = [],
): ListValueChunks | null {
  switch (value.kind) {
    case "string":
      return { chunks: value.chunks, delivery: "text" };
    case "list": {
      const isTold = separator.length > 0;
      const between = isTold ? separator : [stringOf([plainText(" ")])];
      const chunks = joinItems(evaluator, value.items, between, origin);
      const delivery = isTold ? "text" : "list";
      if (value.node === null) return { chunks, delivery };
      const owner: Owner = { kind: "list", file: value.file, range: value.node.range, node: value.node };
      return { chunks: own(chunks, owner), delivery };
    }
    case "unknown":
    case "result":
    case "external":
      return { chunks: chunksOf(evaluator, value, origin), delivery: "text" };
    default:
      return null;
  }
}

/** A list that may be sent, and what may be sent in its stead and is not known. */
export interface PossibleList extends ListValueChunks {
  /** The branches in which it is the one. */
  when: readonly Condition[];
  instead: UnknownValue[];
}

/**
 * The lists that one key or argument may hold. What is only known to be something else (`options.scopes ?? DEFAULTS`,
 * callers out of sight) is no list that somebody wrote: it stands with those that are.
 */
export function possibleLists(
  evaluator: Evaluator,
  values: readonly Value[],
  origin: Origin,
  separator: readonly Value[] = [],
): PossibleList[] {
  const lists = values.flatMap((value) => {
    const list = listChunks(evaluator, value, origin, separator);
    return list === null ? [] : [{ ...list, when: value.when ?? [] }];
  });
  const written = lists.filter((list) => isWritten(list.chunks));
  if (written.length === 0) return lists.map((list) => ({ ...list, instead: [] }));
  const instead = lists.filter((list) => !written.includes(list)).flatMap((list) => hiddenIn(list.chunks));
  return written.map((list) => ({ ...list, instead }));
}

/** Whether any of the list is text at hand. */
export function isWritten(chunks: readonly Chunk[]): boolean {
  return /[^\s\0]/.test(outline(chunks));
}

/** The unknown parts that are more than a variable of the environment beside its default. */
export function hiddenIn(chunks: readonly Chunk[]): UnknownValue[] {
  return unknownsIn(chunks).filter((value) => value.env === null && value.maybe !== true);
}

/** How many tokens of a text look like Klaviyo's, and how many there are. */
export function scopeLikeness(
  chunks: readonly Chunk[],
  catalog: Catalog,
): { tokens: number; like: number; known: number } {
  const words = outline(chunks, " ")
    .replaceAll(BRANCH, " ")
    .split(/[\s,;|+]+|%20/)
    .filter((word) => word !== "");
  let like = 0;
  let known = 0;
  for (const word of words) {
    if (word.length > 60) continue;
    const kind = classifyToken(word.toLowerCase(), catalog);
    if (kind === "known") known += 1;
    if (kind === "known" || kind === "near" || kind === "known-resource-unknown-access") like += 1;
  }
  return { tokens: words.length, like, known };
}

/**
 * Whether a text that nothing but a name gives to Klaviyo holds its scopes: a resource alone (`lists`) is the word of
 * many a setting.
 */
export function isPlainlyScopes(chunks: readonly Chunk[], catalog: Catalog): boolean {
  return (
    isScopeList(chunks, catalog) &&
    /\w[:._-](?:read|write|full|manage|delete)\b|\b(?:read|write)[:._-]\w/i.test(outline(chunks, " "))
  );
}

/** A query in a text: it is an address that may ask for scopes, no list of them. */
const QUERY = /[?&][\w.-]+=/;

/** Whether a list is plainly one of Klaviyo's scopes: most of its words are, and one is exactly. */
export function isScopeList(chunks: readonly Chunk[], catalog: Catalog): boolean {
  if (QUERY.test(outline(chunks, " "))) return false;
  const { tokens, like, known } = scopeLikeness(chunks, catalog);
  return tokens > 0 && like * 2 > tokens && (known > 0 || like > 1);
}
