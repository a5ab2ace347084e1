import type { Directive, Range } from "./form.js";

/** ESLint's comments that switch rules off or on, or set them. */
const ESLINT_WORDS = /^eslint(?:-(?:disable|enable)(?:-next-line|-line)?)?(?=\s|$)/;

/**
 * The directive that a comment holds; null for every other comment.
 * @param comment The comment's text; markers such as `//`, `#`, `<!--` or a leading `*` may still be there.
 * @param range The whole comment with its markers.
 */
export function directiveOf(comment: string, range: Range): Directive | null {
  const text = comment
    .replace(/^(?:\/\/|\/\*|<!--|[#;*\s])+/, "")
    .replace(/(?:\*\/|-->)\s*$/, "")
    .trim();
  return text.startsWith("klaviyo-scope-audit-ignore") || isEslintDirective(text) ? { range, text } : null;
}

/** True where the words are about all rules, or about ours; the plugin may be registered under another name. */
function isEslintDirective(text: string): boolean {
  const words = ESLINT_WORDS.exec(text)?.[0];
  if (words === undefined) return false;
  const [rules = ""] = text.slice(words.length).split(/\s-{2,}\s/, 1);
  return rules.trim() === "" ? words !== "eslint" : /klaviyo/i.test(rules);
}
