/** The words of findings: how rules quote scopes, operations, places, code of the user's, and long lists. */
import type { Operation } from "../catalog/types.js";
import type { ApiCall, Picture, Place, Unresolved } from "./picture.js";

const LONGEST_QUOTE = 60;

/** Text in backticks: on one line, cut where it is long, without backticks or control characters of its own. */
export function code(text: string): string {
  const line = text
    .slice(0, LONGEST_QUOTE * 4)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replaceAll("`", "'")
    .trim();
  return `\`${line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1)}…` : line}\``;
}

/** "a", "a and b", "a, b and c"; with more than `most` items "a, b … and 3 more". */
export function list(items: readonly string[], { most = 4, join = "and" } = {}): string {
  if (items.length > most) {
    return `${items.slice(0, most).join(", ")} … ${join} ${String(items.length - most)} more`;
  }
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${join} ${last}`;
}

/** "`profiles:read` and `lists:read`" */
export function scopeList(names: readonly string[]): string {
  return list(names.map(code));
}

/** "1 API call", "3 API calls" */
export function count(amount: number, noun: string): string {
  return `${String(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}

/** "`GET /api/lists`" */
export function operationWords(operation: Operation): string {
  return code(`${operation.method} ${operation.path}`);
}

/** What a call is: "`GET /api/lists`", "`GET /api/lists` or `GET /api/segments`"; as far as it could be resolved. */
export function callWords(call: ApiCall): string {
  if (call.candidates.length > 0) return orList(call.candidates);
  if (call.mistaken !== undefined) return code(`${call.mistaken.className}.${call.mistaken.name}`);
  return call.path === null ? "an unknown operation" : code(`${call.method ?? "?"} ${call.path}`);
}

/** "`GET /api/lists` or `POST /api/lists`" */
export function orList(operations: readonly Operation[]): string {
  return list([...new Set(operations.map(operationWords))], { most: 3, join: "or" });
}

/** "src/auth.ts:3" */
export function placeWords(picture: Picture, place: Place): string {
  return `${place.file}:${String(picture.position(place.file, place.range[0]).line)}`;
}

/** The code at a place, quoted; null when the text is not at hand. */
export function quoted(picture: Picture, place: Place): string | null {
  const text = picture.text(place.file)?.slice(place.range[0], place.range[1]).trim();
  return text === undefined || text === "" ? null : code(text);
}

/** "`process.env.EXTRA` is an environment variable that no file sets" */
export function unresolvedWords(picture: Picture, unresolved: Unresolved): string {
  return `${quoted(picture, unresolved) ?? `what is at ${placeWords(picture, unresolved)}`} is ${unresolved.reason}`;
}
