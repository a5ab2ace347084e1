import { blockOf, meaningOf, type CodeSpan, type Meaning } from "./attributes.js";
import { braceEnd } from "./code-end.js";
import { Names } from "./names.js";
import { match, readTag, type RawTag } from "./tag.js";
import type { Attribute, Code, Markup, MarkupElement, MarkupLanguage, Span } from "./types.js";

/**
 * The code and the telling attributes in the markup of a component. Takes linear time; reading ends where something has
 * no end, as the component's own compiler would refuse it.
 * @param from Where the markup starts.
 */
export function scanMarkup(text: string, language: MarkupLanguage, from = 0): Markup {
  return new Scanner(text, language).run(from);
}

/** An element or block that is not closed yet. @property key `div`, `#each`. */
interface Open {
  key: string;
  names: string[];
  /** The form around it, to be taken up again. */
  form: MarkupElement | null;
}

const TAG_NAME = /[a-zA-Z][^\s/>{]*/y;
/** Elements without an end. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;
/** What these hold is no markup. */
const RAW = /^(?:script|style)$/i;
const NEXT = { vue: /<!--|<\/?(?=[a-zA-Z])|\{\{/g, other: /<!--|<\/?(?=[a-zA-Z])|\{/g };
/** Svelte's `{/if}`. */
const BLOCK_END = /\/([a-z]+)\s*\}/y;
/** `name`, `a.b`: what the script says already, and no call. */
const MERE_NAME = /^[\s!\w$.]*$/;

class Scanner {
  readonly #markup: Markup = { parts: [], comments: [] };
  readonly #names: Names;
  readonly #open: Open[] = [];
  /** How many elements or blocks of a name are open. */
  readonly #counts = new Map<string, number>();
  #form: MarkupElement | null = null;

  constructor(
    readonly text: string,
    readonly language: MarkupLanguage,
  ) {
    this.#names = new Names(text);
  }

  run(from: number): Markup {
    const next = new RegExp(this.language === "vue" ? NEXT.vue : NEXT.other);
    next.lastIndex = from;
    for (let found = next.exec(this.text); found; found = next.exec(this.text)) {
      const end = this.#token(found[0], found.index);
      if (end < 0) break;
      next.lastIndex = end;
    }
    return this.#markup;
  }

  /** Reads what starts at `at`; answers where it ends, -1 where it does not. */
  #token(token: string, at: number): number {
    const { text } = this;
    const behind = at + token.length;
    switch (token) {
      case "<!--": {
        const close = text.indexOf("-->", behind);
        if (close < 0) return -1;
        this.#markup.comments.push({ value: text.slice(at, close + 3), range: [at, close + 3] });
        return close + 3;
      }
      case "</": {
        const name = match(TAG_NAME, text, behind);
        if (name !== null) this.#close(text.slice(...name));
        return name?.[1] ?? behind;
      }
      case "{{":
        return this.#mustache(behind);
      case "{":
        return this.#braces(behind);
      default:
        return this.#element(at, behind);
    }
  }

  #element(at: number, behind: number): number {
    const { text, language } = this;
    const tag = match(TAG_NAME, text, behind);
    if (tag === null) return behind;
    const read = readTag(text, tag[1], language);
    if (read === null) return -1;
    const name = text.slice(...tag);
    const outside = language === "vue" && this.#open.length === 0 && !this.#isTemplate(name, read);
    if (outside || RAW.test(name)) return read.selfClosing ? read.end : this.#afterRaw(name, read.end);
    const meanings = read.attributes.map((attribute) => meaningOf(text, language, attribute));
    const declared: string[] = [];
    // The list of `v-for` is read outside of its names, all the rest inside.
    const lists = meanings.map(({ declares, value }) =>
      declares !== null && value?.kind === "code" ? this.#code(value) : null,
    );
    meanings.forEach(({ declares }, index) => {
      if (declares !== null) declared.push(...this.#names.declare(declares, lists[index]));
    });
    const range: Span = [at, read.end];
    const element: MarkupElement = { kind: "element", range, tag, attributes: [], children: [] };
    const tells = name === "form" || this.#form !== null || meanings.some((meaning) => this.#tells(meaning));
    for (const meaning of meanings) {
      if (meaning.declares !== null) continue;
      if (tells && meaning.name !== null) this.#attribute(element, meaning);
      else this.#loose(meaning);
    }
    const isKept = element.attributes.length > 0;
    if (isKept) (this.#form?.children ?? this.#markup.parts).push(element);
    if (read.selfClosing || VOID.test(name)) this.#names.takeBack(declared);
    else this.#push(name, declared, name === "form" && isKept ? element : this.#form);
    return read.end;
  }

  /** Whether Vue's block is a template in HTML, not in Pug. */
  #isTemplate(name: string, { attributes }: RawTag): boolean {
    if (name !== "template") return false;
    const lang = attributes.find(
      (one) => one.name !== null && this.text.slice(...one.name) === "lang",
    )?.value;
    return lang === undefined || lang.kind === "none" || /^\W?html\W?$/.test(this.text.slice(...lang.range));
  }

  #afterRaw(name: string, from: number): number {
    if (!RAW.test(name)) return this.text.indexOf(`</${name}`, from);
    const close = new RegExp(`</${name}`, "gi");
    close.lastIndex = from;
    return close.exec(this.text)?.index ?? -1;
  }

  /** Whether an attribute's text says more than the code in it. */
  #tells({ value }: Meaning): boolean {
    if (value?.kind === "mixed") return true;
    return value?.kind === "quoted" && /klaviyo/i.test(this.text.slice(...value.range));
  }

  #attribute(element: MarkupElement, { name, value }: Meaning): void {
    if (name === null || value === null) return;
    const attributes: Attribute[] = element.attributes;
    if (value.kind === "quoted") attributes.push({ name, value });
    else if (value.kind === "code") attributes.push({ name, value: this.#named(value) });
    else attributes.push({ name, value: { ...value, codes: value.codes.map((code) => this.#named(code)) } });
  }

  /** The code of an attribute by itself. */
  #loose({ value }: Meaning): void {
    if (value?.kind === "code") this.#code(value);
    if (value?.kind === "mixed") for (const code of value.codes) this.#code(code);
  }

  #mustache(from: number): number {
    const close = this.text.indexOf("}}", from);
    if (close < 0) return -1;
    // Outside of the template it is text of some other block.
    if (this.#open.length === 0) return from;
    this.#plain([from, close]);
    return close + 2;
  }

  #braces(from: number): number {
    const { text } = this;
    const closing = this.language === "svelte" ? match(BLOCK_END, text, from) : null;
    if (closing !== null) {
      this.#close(`#${text.slice(from + 1, closing[1] - 1).trim()}`);
      return closing[1];
    }
    const end = braceEnd(text, from);
    if (end < 0) return -1;
    if (this.language === "astro") this.#plain([from, end]);
    else this.#block([from, end]);
    return end + 1;
  }

  #block(range: Span): void {
    const { code, declares, opens } = blockOf(this.text, range);
    const list = code === null ? null : this.#plain(code);
    const names = declares === null ? [] : this.#names.declare(declares, opens === "#each" ? list : null);
    if (opens !== null) this.#push(opens, names, this.#form);
    else if (this.#open.length > 0) this.#open.at(-1)?.names.push(...names);
  }

  #plain(range: Span): Code {
    return this.#code({ kind: "code", range, statements: false, entities: false });
  }

  #code(span: CodeSpan): Code {
    const code = this.#named(span);
    if (!MERE_NAME.test(this.text.slice(...span.range))) this.#markup.parts.push(code);
    return code;
  }

  #named(code: CodeSpan): Code {
    return { ...code, names: this.#names.usedIn(code.range) };
  }

  #push(key: string, names: string[], form: MarkupElement | null): void {
    this.#open.push({ key, names, form: this.#form });
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#form = form;
  }

  /** Closes the innermost element or block of a name, and what was left open in it. */
  #close(key: string): void {
    if ((this.#counts.get(key) ?? 0) === 0) return;
    for (let open = this.#open.pop(); open !== undefined; open = this.#open.pop()) {
      this.#counts.set(open.key, (this.#counts.get(open.key) ?? 1) - 1);
      this.#names.takeBack(open.names);
      this.#form = open.form;
      if (open.key === key) return;
    }
  }
}
