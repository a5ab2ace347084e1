import type { Range, StringExpression } from "../form.js";
import { ENTITIES } from "./entities.js";

/** Text decoded, with the map back to where each character was written (see `StringExpression.at`). */
interface Decoded {
  value: string;
  at: number | number[];
}

/** Collects decoded characters with the places they were written at. */
class Decoder {
  private value = "";
  private readonly at: number[] = [];

  /** `from` is where the character, or the escape that stands for it, starts. */
  add(characters: string, from: number): void {
    for (let i = 0; i < characters.length; i++) this.at.push(from);
    this.value += characters;
  }

  finish(end: number): Decoded {
    return { value: this.value, at: [...this.at, end] };
  }
}

/** A quoted string literal at `range`. */
export function stringLiteral(text: string, range: Range): StringExpression {
  const [start, end] = range;
  const { value, at } = decodeEscapes(text, start + 1, end - 1) ?? verbatim(text, start + 1, end - 1);
  return { kind: "string", range: [start, end], value, at, quote: text.charAt(start) };
}

/** A string without delimiters, such as a property name; `value` is what it means. */
export function plainString(text: string, range: Range, value: string): StringExpression {
  const [start, end] = range;
  const isVerbatim = text.startsWith(value, start) && start + value.length <= end;
  const at = isVerbatim ? start : [...new Array<number>(value.length).fill(start), end];
  return { kind: "string", range: [start, end], value, at, quote: "" };
}

/** A template's quasi; `range` is its text alone. Where an escape is invalid (in tagged templates) its raw text. */
export function templateText(text: string, range: Range): StringExpression {
  const [start, end] = range;
  const { value, at } = decodeEscapes(text, start, end) ?? verbatim(text, start, end);
  return { kind: "string", range: [start, end], value, at, quote: "`" };
}

function verbatim(text: string, start: number, end: number): Decoded {
  return { value: text.slice(start, end), at: start };
}

const SIMPLE_ESCAPES = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
]);

/** Decodes escapes and, as templates do, `\r\n` and `\r` to `\n`; null where an escape is invalid. */
function decodeEscapes(text: string, start: number, end: number): Decoded | null {
  const source = text.slice(start, end);
  if (!/[\\\r]/.test(source)) return { value: source, at: start };
  const decoder = new Decoder();
  let i = start;
  while (i < end) {
    const character = text.charAt(i);
    if (character === "\r") {
      decoder.add("\n", i);
      i += lineBreakLength(text, i);
    } else if (character === "\\") {
      const escape = readEscape(text, i + 1, end);
      if (!escape) return null;
      decoder.add(escape.characters, i);
      i = escape.end;
    } else {
      decoder.add(character, i);
      i++;
    }
  }
  return decoder.finish(end);
}

/** 0 where no line break starts at `i`. */
function lineBreakLength(text: string, i: number): number {
  if (text.startsWith("\r\n", i)) return 2;
  return "\n\r\u2028\u2029".includes(text.charAt(i)) ? 1 : 0;
}

/** The escape whose backslash stands before `i`. */
function readEscape(text: string, i: number, end: number): { characters: string; end: number } | null {
  const character = text.charAt(i);
  const lineBreak = lineBreakLength(text, i);
  if (lineBreak > 0) return { characters: "", end: i + lineBreak };
  const simple = SIMPLE_ESCAPES.get(character);
  if (simple !== undefined) return { characters: simple, end: i + 1 };
  if (character === "x") return codePoint(text.slice(i + 1, Math.min(i + 3, end)), 2, i + 3);
  if (character === "u" && text.charAt(i + 1) === "{") {
    const close = text.indexOf("}", i);
    return close < 0 || close >= end ? null : codePoint(text.slice(i + 2, close), 0, close + 1);
  }
  if (character === "u") return codePoint(text.slice(i + 1, Math.min(i + 5, end)), 4, i + 5);
  const octal = /^(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(text.slice(i, Math.min(i + 3, end)));
  if (octal) return { characters: String.fromCharCode(parseInt(octal[0], 8)), end: i + octal[0].length };
  return { characters: character, end: i + 1 };
}

/** `length` 0 allows any number of digits. */
function codePoint(digits: string, length: number, end: number): { characters: string; end: number } | null {
  if (!/^[\da-f]+$/i.test(digits) || (length > 0 && digits.length !== length)) return null;
  const code = parseInt(digits, 16);
  return code > 0x10ffff ? null : { characters: String.fromCodePoint(code), end };
}

/** A quoted attribute value of JSX: character references, no escapes. */
export function jsxAttributeString(text: string, range: Range): StringExpression {
  const [start, end] = range;
  const { value, at } = decodeEntities(text, start + 1, end - 1);
  return { kind: "string", range: [start, end], value, at, quote: text.charAt(start) };
}

/** A piece of an attribute's value between pieces of code: character references, no escapes. */
export function attributeText(text: string, range: Range): StringExpression {
  const [start, end] = range;
  const { value, at } = decodeEntities(text, start, end);
  return { kind: "string", range: [start, end], value, at, quote: "`" };
}

/** Text between JSX tags as it is rendered: lines trimmed and joined with a space; null where nothing is left. */
export function jsxText(text: string, range: Range): StringExpression | null {
  const decoded = decodeEntities(text, range[0], range[1]);
  const { value, at } = /[\r\n]/.test(decoded.value) ? joinLines(decoded, range) : decoded;
  return value === "" ? null : { kind: "string", range: [range[0], range[1]], value, at, quote: "" };
}

function joinLines({ value, at }: Decoded, range: Range): Decoded {
  const decoder = new Decoder();
  const offsetOf = (i: number): number => (typeof at === "number" ? at + i : (at[i] ?? range[1]));
  let end = range[0];
  let lineStart = 0;
  let joint: number | null = null;
  while (lineStart <= value.length) {
    let lineEnd = lineStart;
    while (lineEnd < value.length && !"\r\n".includes(value.charAt(lineEnd))) lineEnd++;
    let from = lineStart;
    let to = lineEnd;
    if (lineStart > 0) while (from < to && " \t".includes(value.charAt(from))) from++;
    if (lineEnd < value.length) while (to > from && " \t".includes(value.charAt(to - 1))) to--;
    if (to > from) {
      if (joint !== null) decoder.add(" ", joint);
      for (let i = from; i < to; i++) decoder.add(value.charAt(i), offsetOf(i));
      end = offsetOf(to);
      joint = end;
    }
    lineStart = lineEnd + 1;
  }
  return decoder.finish(end);
}

function decodeEntities(text: string, start: number, end: number): Decoded {
  const source = text.slice(start, end);
  if (!source.includes("&")) return { value: source, at: start };
  const decoder = new Decoder();
  let from = start;
  for (const match of source.matchAll(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w{1,10}));/g)) {
    const [whole, decimal, hex, name] = match;
    const offset = start + match.index;
    const code =
      name === undefined
        ? parseInt(decimal ?? hex ?? "", decimal === undefined ? 16 : 10)
        : ENTITIES.get(name);
    if (code === undefined || code > 0x10ffff) continue;
    for (; from < offset; from++) decoder.add(text.charAt(from), from);
    decoder.add(String.fromCodePoint(code), offset);
    from = offset + whole.length;
  }
  for (; from < end; from++) decoder.add(text.charAt(from), from);
  return decoder.finish(end);
}
