/** Files that we wrote ourselves: what they say of Klaviyo is said of the app elsewhere. */
import { FORM_VERSION } from "../lower/form.js";
import { languageOf, lowerFile } from "../lower/index.js";
import type { FileForm, Language } from "../lower/form.js";

/** How facts, reports and baselines begin. */
const OWN = [
  /^\{"kind":"klaviyo-scope-audit facts"/u,
  /^\{\s{0,4}"schemaVersion": 1,\s{0,8}"tool": \{\s{0,8}"name": "klaviyo-scope-audit"/u,
  /^\{\s{0,4}"version": 1,\s{0,8}"findings": \[\s{0,8}(?:\]|\{"rule":")/u,
];
const LONGEST_START = 200;

/** As `lowerFile`; our own output is a file that says nothing, and so is one that ESLint alone takes for an env file. */
export function lowerSource(file: string, text: string): FileForm {
  if (languageOf(file) === null) return emptyForm(file, "env");
  const start = text.slice(0, LONGEST_START);
  return file.endsWith(".json") && OWN.some((own) => own.test(start))
    ? emptyForm(file, "json")
    : lowerFile(file, text);
}

/** The form of a file without content. */
export function emptyForm(file: string, language: Language): FileForm {
  return {
    version: FORM_VERSION,
    file,
    language,
    lines: [0],
    body: [],
    bindings: [],
    functions: [],
    classes: [],
    imports: [],
    exports: [],
    types: [],
    data: null,
    directives: [],
    problems: [],
  };
}
