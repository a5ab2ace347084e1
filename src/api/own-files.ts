/** Lowering of what may be a file that says nothing: our own output, and names that ESLint alone knows. */
import { emptyForm } from "../lower/empty-form.js";
import { languageOf, lowerFile } from "../lower/index.js";
import { isOwnOutput } from "../source/own-output.js";
import type { FileForm } from "../lower/form.js";

/** As `lowerFile`; our own output is a file that says nothing, and so is one that ESLint alone takes for an env file. */
export function lowerSource(file: string, text: string): FileForm {
  if (languageOf(file) === null) return emptyForm(file, "env");
  return isOwnOutput(file, text) ? emptyForm(file, "json") : lowerFile(file, text);
}
