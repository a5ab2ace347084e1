/** What the attributes of Vue, Svelte and Astro mean: text, code, names that are declared. */
import { lastWord } from "./code-end.js";
import type { RawAttribute, RawValue } from "./tag.js";
import type { MarkupLanguage, Quoted, Span } from "./types.js";

/** Code that an attribute holds, before it is known which names are declared around it. */
export interface CodeSpan {
  kind: "code";
  range: Span;
  statements: boolean;
  entities: boolean;
}

export interface MixedSpans {
  kind: "mixed";
  range: Span;
  texts: Span[];
  codes: CodeSpan[];
}

export interface Meaning {
  /** The attribute of the element that gets the value; null for handlers and directives. */
  name: Span | null;
  value: Quoted | MixedSpans | CodeSpan | null;
  /** The pattern whose names are declared for the element and all in it. */
  declares: Span | null;
}

/** Vue's `:href`, `.href` and `v-bind:href`, in front of the attribute's name. */
const BOUND = /^(?::|\.|v-bind:)(?=[\w-])/;
const HANDLER = /^(?:@|v-on[:=]?)/;
/** Modifiers: `:href.camel`. */
const MODIFIERS = /\..*$/;

export function meaningOf(text: string, language: MarkupLanguage, attribute: RawAttribute): Meaning {
  return language === "vue" ? inVue(text, attribute) : inBraces(text, attribute, language);
}

const NOTHING: Meaning = { name: null, value: null, declares: null };

function inVue(text: string, { name, value }: RawAttribute): Meaning {
  if (name === null || value.kind === "none") return NOTHING;
  const written = text.slice(...name);
  const inner = innerOf(value);
  if (/^(?:#|v-slot\b|slot-scope$)/.test(written)) return { ...NOTHING, declares: inner };
  const entities = value.kind === "quoted" && text.slice(...inner).includes("&");
  const code: CodeSpan = { kind: "code", range: inner, statements: false, entities };
  if (written === "v-for") return eachOf(text, code);
  if (HANDLER.test(written)) return { ...NOTHING, value: { ...code, statements: true } };
  const bound = BOUND.exec(written)?.[0];
  if (bound !== undefined) {
    const length = written.slice(bound.length).replace(MODIFIERS, "").length;
    const start = name[0] + bound.length;
    return { name: [start, start + length], value: code, declares: null };
  }
  // With an argument that is code itself, `:[key]`, it is not known what is set.
  if (/^(?:v-|[:.])/.test(written)) return { ...NOTHING, value: code };
  return value.kind === "quoted" ? { name, value, declares: null } : NOTHING;
}

/** `(item, index) in list`. */
function eachOf(text: string, code: CodeSpan): Meaning {
  const [start, end] = code.range;
  const word = /\s(?:in|of)\s/.exec(text.slice(start, end));
  if (word === null) return { ...NOTHING, value: code };
  const at = start + word.index;
  return {
    name: null,
    value: { ...code, range: [at + word[0].length, end] },
    declares: [start, at],
  };
}

function inBraces(text: string, { name, value }: RawAttribute, language: MarkupLanguage): Meaning {
  const isCode = value.kind === "braces" || (value.kind === "bare" && text.charAt(value.range[0]) === "`");
  const code = isCode ? codeIn(text, value.range) : null;
  if (name === null) return { ...NOTHING, value: code };
  const written = text.slice(...name);
  if (language === "svelte" && written.startsWith("let:")) {
    return { ...NOTHING, declares: isCode ? value.range : [name[0] + "let:".length, name[1]] };
  }
  // `on:click`, `use:action`, `bind:value`, `set:html`.
  const own = /^(?:on|use|transition|in|out|animate|class|style|define|client|set):/.test(written);
  const start = written.startsWith("bind:") ? name[0] + "bind:".length : name[0];
  const sets: Span | null = own ? null : [start, name[1]];
  if (code !== null) return { name: sets, value: code, declares: null };
  if (value.kind === "mixed") {
    const codes = value.codes.map((range) => codeIn(text, range));
    return { name: sets, value: { ...value, codes }, declares: null };
  }
  return value.kind === "quoted" ? { name: sets, value, declares: null } : NOTHING;
}

/** The code between braces, without the `...` or `@attach` in front of it. */
function codeIn(text: string, [start, end]: Span): CodeSpan {
  const lead = /^\s*(?:\.\.\.|@[a-z]+\s)/.exec(text.slice(start, Math.min(end, start + 200)))?.[0] ?? "";
  return { kind: "code", range: [start + lead.length, end], statements: false, entities: false };
}

function innerOf(value: Exclude<RawValue, { kind: "none" }>): Span {
  const [start, end] = value.range;
  return value.kind === "quoted" ? [start + 1, end - 1] : [start, end];
}

/** What stands in Svelte's braces: a block's start, its continuation, a tag or plain code. */
export interface BlockMeaning {
  code: Span | null;
  declares: Span | null;
  /** `#each` where a block starts. */
  opens: string | null;
}

const WORD = /^\s*([#:@][a-z]+)/;

/** The content of `{…}` in Svelte's text. */
export function blockOf(text: string, [start, end]: Span): BlockMeaning {
  const lead = WORD.exec(text.slice(start, Math.min(end, start + 200)));
  if (lead === null) return { code: [start, end], declares: null, opens: null };
  const word = lead[1] ?? "";
  const from = start + lead[0].length;
  const rest: Span = [from, end];
  const opens = word.startsWith("#") ? word : null;
  switch (word) {
    case "#each":
    case "#await": {
      const split = lastWord(text, rest, word === "#each" ? "as" : "then");
      if (split === null) return { code: rest, declares: null, opens };
      return { code: [from, split[0]], declares: [split[1], end], opens };
    }
    case "#snippet":
      return { code: null, declares: rest, opens };
    case ":then":
    case ":catch":
      return { code: null, declares: rest, opens };
    case ":else": {
      const condition = /^\s+if\s/.exec(text.slice(from, Math.min(end, from + 200)))?.[0];
      return { code: condition === undefined ? null : [from + condition.length, end], declares: null, opens };
    }
    case "@const": {
      const equals = text.slice(from, end).search(/=(?![=>])/);
      if (equals < 0) return { code: null, declares: null, opens };
      return { code: [from + equals + 1, end], declares: [from, from + equals], opens };
    }
    default:
      return { code: rest, declares: null, opens };
  }
}
