/** Scope names in the config: `configured`, `justify`, `scopes`. */
import type { Node } from "jsonc-parser";
import type { Catalog } from "../catalog/index.js";
import { suggestScope } from "../catalog/suggest.js";
import type { Range } from "../lower/form.js";
import type { ConfigDocument } from "./document.js";
import { characterOffsets, rangeWithin } from "./json-string.js";
import { nearest, quoted } from "./nearest.js";
import type { PlacedName } from "./types.js";

/** What a name can be, and how it is reported when it is not. */
export class ScopeNames {
  /** @param own The config's own `scopes`. */
  constructor(
    private readonly document: ConfigDocument,
    private readonly catalog: Catalog,
    private readonly own: ReadonlySet<string>,
  ) {}

  /** Reports a scope that neither the catalog nor the config's `scopes` know. */
  check(name: string, range: Range): boolean {
    if (this.catalog.scope(name) !== undefined || this.own.has(name)) return true;
    const near = nearest(name, this.own) ?? suggestScope(name, this.catalog)?.name ?? null;
    this.document.error(range, `Klaviyo has no scope ${quoted(name)}.`, this.#help(name, near));
    return false;
  }

  #help(name: string, near: string | null): string {
    if (near !== null) return `Did you mean ${quoted(near)}?`;
    return isWellFormed(name)
      ? `If it is newer than our catalog (${this.catalog.revision}), add it to \`scopes\`.`
      : "A scope is a resource and an access: `profiles:read`.";
  }

  /** The scopes of a string, as copied from the app's settings: separated by spaces. */
  ofString(node: Node): PlacedName[] {
    const value = String(node.value);
    const offsets = characterOffsets(this.document.text, node.offset, node.offset + node.length);
    const names = [...value.matchAll(WORD)].map(({ 0: name, index }) => ({
      name,
      range: rangeWithin(offsets, index, index + name.length),
    }));
    const separator = SEPARATOR.exec(value);
    if (separator !== null) {
      const { 0: written, index } = separator;
      this.document.error(
        rangeWithin(offsets, index, index + written.length),
        `Scopes are separated by spaces, not by ${nameOf(written)}.`,
        `Write ${quoted(value.split(BETWEEN).filter(Boolean).join(" "))}.`,
      );
      return [];
    }
    for (const { name, range } of names) this.check(name, range);
    return names;
  }

  /** The scopes of an array: one an entry. */
  ofArray(node: Node, what: string): PlacedName[] {
    return this.document.strings(node, what).flatMap(({ value, node: entry }) => {
      const offsets = characterOffsets(this.document.text, entry.offset, entry.offset + entry.length);
      const range = rangeWithin(offsets, 0, value.length);
      if (BETWEEN.test(value)) {
        const items = value
          .split(BETWEEN)
          .filter(Boolean)
          .map((name) => JSON.stringify(name));
        this.document.error(
          entry,
          `An array has one scope in each entry, and ${quoted(value)} is more than a name.`,
          items.length > 0 ? `Write ${items.join(", ")}.` : null,
        );
        return [];
      }
      this.check(value, range);
      return [{ name: value, range }];
    });
  }
}

/** `resource:read` or `resource:write`, lower case, words joined with a hyphen. */
export function isWellFormed(name: string): boolean {
  return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*:(?:read|write)$/.test(name);
}

const WORD = /[^ ]+/g;
/** What people put between scopes that is no space. */
const SEPARATOR = /[,;|+]|[^\S ]|%20/;
const BETWEEN = /(?:%20|[\s,;|+])+/;

function nameOf(separator: string): string {
  switch (separator) {
    case ",":
      return "a comma";
    case ";":
      return "a semicolon";
    case "\t":
      return "a tab";
    case "\r":
    case "\n":
      return "a line break";
    case "\u00a0":
      return "a no-break space";
    case "%20":
      return "`%20`";
    default:
      return quoted(separator);
  }
}
