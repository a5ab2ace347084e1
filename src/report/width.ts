/** How many columns a text takes in a terminal. */
import { createRequire } from "node:module";
import type * as StringWidth from "string-width";

const require = createRequire(import.meta.url);
let measure: ((text: string) => number) | undefined;

/** ASCII and the marks and lines that our own output draws: one column each, known without a table. */
const NARROW = /^[\x20-\x7e–—·•…←→↑↓─━│┌┐└┘├┤┬┴┼✓✖✎▲▼■]*$/;

/** The columns of a text without line breaks. The table of wide characters is loaded at the first text that needs it. */
export default function stringWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  measure ??= (require("string-width") as typeof StringWidth).default;
  return measure(text);
}
