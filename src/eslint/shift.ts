/**
 * An edit that changes nothing but where things stand (a comment, a blank line, code that no form keeps) leaves the
 * picture as it was, moved. Telling so is much cheaper than looking for everything again.
 */
import type { FileForm } from "../lower/form.js";

/** Where an offset of the old text is in the new one; null where that cannot be told. */
export type Move = (offset: number, side: "start" | "end") => number | null;

/** How the places moved from one form to another of the same file; null where more than places changed. */
export function moveBetween(
  before: { form: FileForm; text: string },
  after: { form: FileForm; text: string },
): Move | null {
  const edit = editOf(before.text, after.text);
  const seen = { start: new Map<number, number>(), end: new Map<number, number>() };
  const pair = (old: number, now: number, side: "start" | "end"): boolean => {
    const known = seen[side].get(old);
    if (known !== undefined) return known === now;
    seen[side].set(old, now);
    return edit.candidates(old).includes(now);
  };
  if (!PARTS.every((part) => same(before.form[part], after.form[part], part, pair))) return null;
  return (offset, side) => {
    const paired = seen[side].get(offset);
    if (paired !== undefined) return paired;
    const candidates = edit.candidates(offset);
    return candidates.length === 1 ? (candidates[0] ?? null) : null;
  };
}

/** What detection reads of a form. Lines, comments and problems are read from the new one. */
const PARTS = [
  "body",
  "bindings",
  "functions",
  "classes",
  "imports",
  "exports",
  "types",
  "data",
] as const satisfies (keyof FileForm)[];

/** The one stretch of text in which two texts differ. */
function editOf(before: string, after: string): { candidates(offset: number): number[] } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let tail = 0;
  while (
    tail < shorter - from &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  const to = before.length - tail;
  const delta = after.length - before.length;
  return {
    candidates(offset) {
      const found = offset <= from ? [offset] : [];
      if (offset >= to && found[0] !== offset + delta) found.push(offset + delta);
      return found;
    },
  };
}

type Pair = (old: number, now: number, side: "start" | "end") => boolean;

/** Whether two parts of forms say the same at places that belong together. */
function same(a: unknown, b: unknown, key: string, pair: Pair): boolean {
  if (key === "range") {
    const [one, other] = [a as readonly number[], b as readonly number[]];
    return pair(one[0] ?? 0, other[0] ?? 0, "start") && pair(one[1] ?? 0, other[1] ?? 0, "end");
  }
  if (key === "at") return sameOffsets(a, b, pair);
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let at = 0; at < a.length; at++) if (!same(a[at], b[at], "", pair)) return false;
    return true;
  }
  if (typeof a !== "object" || a === null) return a === b;
  if (typeof b !== "object" || b === null || Array.isArray(b)) return false;
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  for (const own of keys) {
    if (!(own in other) || !same(one[own], other[own], own, pair)) return false;
  }
  return true;
}

/** The offsets of a string's characters: each is where one starts. */
function sameOffsets(a: unknown, b: unknown, pair: Pair): boolean {
  if (typeof a === "number" && typeof b === "number") return pair(a, b, "start");
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((offset, at) =>
    pair(offset as number, b[at] as number, at === a.length - 1 ? "end" : "start"),
  );
}

/** Thrown out of a copy when a place cannot be moved. */
class Unmovable extends Error {}

/** A copy with every place in `file` moved; null where one cannot be. */
export function movePlaces<T>(value: T, file: string, move: Move): T | null {
  const to = (offset: number, side: "start" | "end"): number => {
    const moved = move(offset, side);
    if (moved === null) throw new Unmovable();
    return moved;
  };
  try {
    return copy(value, file, to) as T;
  } catch (error) {
    if (error instanceof Unmovable) return null;
    throw error;
  }
}

function copy(value: unknown, file: string, to: (offset: number, side: "start" | "end") => number): unknown {
  if (Array.isArray(value)) return value.map((item) => copy(item, file, to));
  if (typeof value !== "object" || value === null) return value;
  const old = value as Record<string, unknown>;
  const made: Record<string, unknown> = {};
  for (const key of Object.keys(old)) {
    // Of the catalog: shared, and without places.
    made[key] = key === "operation" || key === "candidates" ? old[key] : copy(old[key], file, to);
  }
  if (old["file"] !== file) return made;
  if (Array.isArray(old["range"])) {
    const [start, end] = old["range"] as [number, number];
    made["range"] =
      start === end ? [to(start, "start"), to(start, "start")] : [to(start, "start"), to(end, "end")];
  }
  if (typeof old["offset"] === "number") made["offset"] = to(old["offset"], "start");
  return made;
}
