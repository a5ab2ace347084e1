/** The tokens of an opening tag: attributes with the places of names and values. */
import { afterTemplateText } from "../nesting.js";
import { braceEnd } from "./code-end.js";
import type { MarkupLanguage, Span } from "./types.js";

export type RawValue =
  | { kind: "quoted"; range: Span }
  /** In quotes, with `{…}` in it. */
  | { kind: "mixed"; range: Span; texts: Span[]; codes: Span[] }
  | { kind: "bare"; range: Span }
  /** `{…}`; the range is what stands between the braces. */
  | { kind: "braces"; range: Span }
  | { kind: "none" };

/** `name` is null for `{…}` in place of an attribute. */
export interface RawAttribute {
  name: Span | null;
  value: RawValue;
}

export interface RawTag {
  attributes: RawAttribute[];
  selfClosing: boolean;
  end: number;
}

const NAME = /[^\s=>/{"'][^\s=>/]*/y;
const EQUALS = /\s*=\s*/y;
const BARE = /[^\s>"'`]+/y;

/** Reads a tag whose attributes start at `from`; null where the tag, or something in it, has no end. */
export function readTag(text: string, from: number, language: MarkupLanguage): RawTag | null {
  const attributes: RawAttribute[] = [];
  const braces = language !== "vue";
  let at = from;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === ">") {
      return { attributes, selfClosing: text.charAt(at - 1) === "/", end: at + 1 };
    }
    if (character === "{" && braces) {
      const end = braceEnd(text, at + 1);
      if (end < 0) return null;
      attributes.push({ name: null, value: { kind: "braces", range: [at + 1, end] } });
      at = end + 1;
      continue;
    }
    const name = match(NAME, text, at);
    if (name === null) {
      at++;
      continue;
    }
    const equals = match(EQUALS, text, name[1]);
    const value = equals === null ? ({ kind: "none" } as const) : readValue(text, equals[1], language);
    if (value === null) return null;
    attributes.push({ name, value });
    at = equals === null ? name[1] : afterValue(value, equals[1]);
  }
  return null;
}

/** The piece of text at `at` that a sticky pattern matches. */
export function match(pattern: RegExp, text: string, at: number): Span | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? [at, pattern.lastIndex] : null;
}

function afterValue(value: RawValue, from: number): number {
  if (value.kind === "none") return from;
  return value.range[1] + (value.kind === "braces" ? 1 : 0);
}

function readValue(text: string, from: number, language: MarkupLanguage): RawValue | null {
  const first = text.charAt(from);
  if (first === '"' || first === "'") {
    return language === "svelte" ? readMixed(text, from) : readQuoted(text, from);
  }
  if (first === "{" && language !== "vue") {
    const end = braceEnd(text, from + 1);
    return end < 0 ? null : { kind: "braces", range: [from + 1, end] };
  }
  if (first === "`" && language === "astro") return readTemplate(text, from);
  const range = match(BARE, text, from);
  return range === null ? { kind: "none" } : { kind: "bare", range };
}

function readQuoted(text: string, from: number): RawValue | null {
  const close = text.indexOf(text.charAt(from), from + 1);
  return close < 0 ? null : { kind: "quoted", range: [from, close + 1] };
}

/** Astro's href=`…`: code, backticks included; afterwards it is as if there were braces around it. */
function readTemplate(text: string, from: number): RawValue | null {
  let end = afterTemplateText(text, from + 1);
  while (text.startsWith("${", end - 2)) {
    const brace = braceEnd(text, end);
    if (brace < 0) return null;
    end = afterTemplateText(text, brace + 1);
  }
  return { kind: "bare", range: [from, end] };
}

/** Svelte's quoted values, in which braces hold code. */
function readMixed(text: string, from: number): RawValue | null {
  const quote = text.charAt(from);
  const texts: Span[] = [];
  const codes: Span[] = [];
  let start = from + 1;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character !== quote && character !== "{") continue;
    texts.push([start, at]);
    if (character === quote) {
      const range: Span = [from, at + 1];
      return codes.length === 0 ? { kind: "quoted", range } : { kind: "mixed", range, texts, codes };
    }
    const end = braceEnd(text, at + 1);
    if (end < 0) return null;
    codes.push([at + 1, end]);
    start = end + 1;
    at = end;
  }
  return null;
}
