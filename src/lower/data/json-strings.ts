/** Strings of JSON and JSON5 with the place of every character. */
import type { Range, StringExpression } from "../form.js";
import { PlacedText, stringNode } from "./placed-text.js";

const SIMPLE = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** JSON5 takes these from ECMAScript; `\0` too, but JSON has neither. */
const JSON5_ONLY = new Map([
  ["v", "\v"],
  ["0", "\0"],
]);

/** `range` covers the quotes; a closing quote may be missing. */
export function decodeJsonString(text: string, range: Range, json5 = false): StringExpression {
  const [start, stop] = range;
  const quote = text.charAt(start);
  const end = stop - 1 > start && text[stop - 1] === quote ? stop - 1 : stop;
  const placed = new PlacedText();
  let i = start + 1;
  while (i < end) {
    if (text[i] === "\\") i = addEscape(placed, text, i, end, json5);
    else placed.add(text.charAt(i), i++);
  }
  return stringNode(placed.finish(end), [start, stop], quote);
}

/** An identifier key of JSON5; `\u` escapes are decoded. */
export function decodeIdentifier(text: string, range: Range): StringExpression {
  const placed = new PlacedText();
  let i = range[0];
  while (i < range[1]) {
    if (text[i] === "\\") i = addEscape(placed, text, i, range[1], true);
    else placed.add(text.charAt(i), i++);
  }
  return stringNode(placed.finish(range[1]), [range[0], range[1]], "");
}

/** Adds what the escape at `i` stands for and answers with the offset after it. A malformed one stands for nothing. */
function addEscape(placed: PlacedText, text: string, i: number, end: number, json5: boolean): number {
  const letter = text.charAt(i + 1);
  if (i + 1 >= end) return end;
  const digits = letter === "u" ? 4 : letter === "x" && json5 ? 2 : 0;
  if (digits > 0) {
    const hex = text.slice(i + 2, Math.min(end, i + 2 + digits));
    if (hex.length === digits && /^[0-9a-fA-F]+$/.test(hex)) {
      placed.add(String.fromCharCode(parseInt(hex, 16)), i);
      return i + 2 + digits;
    }
    return i + 2;
  }
  const simple = SIMPLE.get(letter) ?? (json5 ? JSON5_ONLY.get(letter) : undefined);
  if (simple !== undefined) {
    placed.add(simple, i);
  } else if (json5 && isLineBreak(letter)) {
    return text.startsWith("\r\n", i + 1) ? i + 3 : i + 2;
  } else if (json5 || letter === '"' || letter === "\\" || letter === "/") {
    placed.add(letter, i);
  }
  return i + 2;
}

function isLineBreak(character: string): boolean {
  return character === "\n" || character === "\r" || character === "\u2028" || character === "\u2029";
}
