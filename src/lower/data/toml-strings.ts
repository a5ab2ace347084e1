/** The four kinds of TOML strings with the place of every character. */
import type { Range, StringExpression } from "../form.js";
import { PlacedText, stringNode } from "./placed-text.js";

const SIMPLE = new Map([
  ["b", "\b"],
  ["t", "\t"],
  ["n", "\n"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1b"],
  ['"', '"'],
  ["\\", "\\"],
]);

const HEX_DIGITS = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

/** `range` covers the delimiters, three quotes each for multi-line strings; `quote` is one of them. */
export function decodeTomlString(
  text: string,
  range: Range,
  literal: boolean,
  multiline: boolean,
): StringExpression {
  const [start, stop] = range;
  const quotes = multiline ? 3 : 1;
  const end = stop - quotes;
  const placed = new PlacedText();
  let i = start + quotes;
  // A line break right after the opening delimiter is not part of the value.
  if (multiline) i += text.startsWith("\r\n", i) ? 2 : text[i] === "\n" ? 1 : 0;
  while (i < end) {
    if (text.startsWith("\r\n", i)) {
      placed.add("\n", i);
      i += 2;
    } else if (text[i] === "\\" && !literal) {
      i = addEscape(placed, text, i, end);
    } else {
      placed.add(text.charAt(i), i);
      i++;
    }
  }
  return stringNode(placed.finish(end), [start, stop], text.charAt(start));
}

function addEscape(placed: PlacedText, text: string, i: number, end: number): number {
  const letter = text.charAt(i + 1);
  const simple = SIMPLE.get(letter);
  if (simple !== undefined) {
    placed.add(simple, i);
    return i + 2;
  }
  const digits = HEX_DIGITS.get(letter);
  if (digits !== undefined) {
    const code = parseInt(text.slice(i + 2, i + 2 + digits), 16);
    if (code <= 0x10ffff) placed.add(String.fromCodePoint(code), i);
    return i + 2 + digits;
  }
  // A backslash at the end of a line swallows the break and all blanks up to the next character.
  let after = i + 1;
  while (after < end && /\s/.test(text.charAt(after))) after++;
  return Math.max(after, i + 1);
}
