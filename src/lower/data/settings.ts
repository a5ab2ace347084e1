/** Parts of a text that are put in where it is used: the reasons by which they are known as such in a form. */

/** A variable: `${NAME}`. References to entries of the same file are resolved by it. */
export const VARIABLE_REASON = "variable ";

/** A place in the same document, `self:custom.scopes`; resolved by `resolveSelf`. */
export const SELF_REASON = "document path ";

/** A single name in an expression: `${{ vars.SCOPES }}`, `{{ .Values.scopes }}`. */
export const EXPRESSION_REASON = "expression ";

/** Any other expression. */
export const ANY_EXPRESSION = "expression";

/** A part that the tool fills in: its name, null for an expression without one, and what it is in words. */
export function settingOf(reason: string): { name: string | null; words: string } | null {
  if (reason.startsWith(VARIABLE_REASON)) {
    const name = reason.slice(VARIABLE_REASON.length);
    return { name, words: `the variable \`${name}\`, which no file of the repository gives a value` };
  }
  if (reason.startsWith(EXPRESSION_REASON)) {
    const name = reason.slice(EXPRESSION_REASON.length);
    return { name, words: "filled in by the tool that reads this file" };
  }
  return reason === ANY_EXPRESSION
    ? { name: null, words: "filled in by the tool that reads this file" }
    : null;
}
