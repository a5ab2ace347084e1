/** Where each character of a JSON string's value is written. */
import type { Range } from "../lower/form.js";

/**
 * The offsets of a string's characters: entry `i` is where `value[i]` starts, the last is where the value ends.
 * @param start Offset of the opening quote of a well-formed JSON string.
 */
export function characterOffsets(text: string, start: number, end: number): number[] {
  const offsets: number[] = [];
  let at = start + 1;
  while (at < end - 1) {
    offsets.push(at);
    if (text[at] !== "\\") at += 1;
    else at += text[at + 1] === "u" ? 6 : 2;
  }
  offsets.push(at);
  return offsets;
}

/** The range of `value.slice(from, to)`. */
export function rangeWithin(offsets: readonly number[], from: number, to: number): Range {
  const last = offsets.at(-1) ?? 0;
  return [offsets[from] ?? last, offsets[to] ?? last];
}
