/** HTML that is escaped unless it was written here: whatever is put into the template is text. */
import { visible } from "../safe.js";

/** A piece of HTML that is safe as it stands. */
export class Markup {
  constructor(readonly text: string) {}
}

type Content = string | number | Markup | readonly Content[];

/** Template tag: literal parts are HTML, values are escaped, Markup and lists of it are put in as they are. */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + written(values[index - 1] ?? "") + part));
}

function written(value: Content): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  return value.map(written).join("");
}

const ENTITIES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
  ["`", "&#96;"],
]);

function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => ENTITIES.get(character) ?? "");
}

/** Our sentences: what stands in backticks is code. */
export function sentence(text: string): Markup[] {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? markup`<code>${part.slice(1, -1)}</code>` : markup`${part}`));
}
