/** What the markup of a component holds besides text: code, and attributes that say more than how a page looks. */

export type Span = readonly [start: number, end: number];

export type MarkupLanguage = "vue" | "svelte" | "astro";

/** A name that the markup itself declares (`v-for`, `{#each}`, slots) and that stands for something else than the script's. */
export interface LocalName {
  name: string;
  range: Span;
  /** The list whose items it stands for, one after the other (`v-for="plan in plans"`); null for all else. */
  of: Code | null;
}

/** Code in the markup. */
export interface Code {
  kind: "code";
  range: Span;
  /** Event handlers of Vue may be statements. */
  statements: boolean;
  /** Written in a quoted attribute of HTML, where `&amp;` is `&`. */
  entities: boolean;
  /** Those among the markup's own names that the code may mean. */
  names: readonly LocalName[];
}

/** Text with code in it, `href="/a?{query}"`: texts and codes alternate, texts at both ends. */
export interface Mixed {
  kind: "mixed";
  range: Span;
  texts: Span[];
  codes: Code[];
}

/** A quoted value, with its quotes. */
export interface Quoted {
  kind: "quoted";
  range: Span;
}

export interface Attribute {
  name: Span;
  value: Quoted | Mixed | Code;
}

export interface MarkupElement {
  kind: "element";
  range: Span;
  tag: Span;
  attributes: Attribute[];
  /** All elements below a form that have attributes; empty for other elements. */
  children: MarkupElement[];
}

export type MarkupPart = Code | MarkupElement;

export interface Markup {
  parts: MarkupPart[];
  /** Comments of the markup, with their markers. */
  comments: { value: string; range: Span }[];
}
