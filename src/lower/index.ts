import { parseJs } from "../parse/js.js";
import { parseMarkup } from "../parse/markup/index.js";
import { sfcScript } from "../parse/sfc.js";
import { dataLanguage, lowerData } from "./data/index.js";
import type { FileForm, Language } from "./form.js";
import { lowerJs } from "./js/index.js";
import { lowerOther } from "./other.js";
import { otherLanguageOf } from "../source/other-code.js";

const CODE = /\.[cm]?[jt]sx?$/i;
/** Files with scripts and markup in them. */
export const COMPONENT = /\.(?:vue|svelte|astro)$/i;
const ASTRO = /\.astro$/i;

/** The language that a file's name says; null for files that are not read. */
export function languageOf(file: string): Language | null {
  if (CODE.test(file) || COMPONENT.test(file)) return "js";
  return otherLanguageOf(file) === null ? dataLanguage(file) : "other";
}

/**
 * Parses and lowers one file by its name: code, a component or data. Never throws for what is in the file; what could
 * not be read is in the form's `problems`.
 * @param file Path relative to the audited root, with `/`; `languageOf` must know it.
 */
export function lowerFile(file: string, text: string): FileForm {
  if (COMPONENT.test(file)) return lowerComponent(file, text);
  const other = otherLanguageOf(file);
  if (other !== null) return lowerOther(file, text, other);
  return CODE.test(file) ? lowerCode(file, text) : lowerData(file, text);
}

function lowerCode(file: string, text: string): FileForm {
  const { program, comments, problems } = parseJs(file, text);
  return lowerJs(program, comments, { file, text, problems });
}

function lowerComponent(file: string, text: string): FileForm {
  const script = sfcScript(file, text);
  const parsed = parseJs(`${file}.${script.lang}`, script.text);
  // Astro's frontmatter is a function's body and may return.
  const problems = parsed.problems.filter(
    ({ range }) => !ASTRO.test(file) || !text.startsWith("return", range[0]),
  );
  const markup = parseMarkup(file, text, script.markupFrom, script.lang);
  const { body } = parsed.program;
  const program = { ...parsed.program, body: markup.statement === null ? body : [...body, markup.statement] };
  const comments = [...parsed.comments, ...markup.comments].sort((a, b) => a.range[0] - b.range[0]);
  return lowerJs(program, comments, { file, text, problems });
}
