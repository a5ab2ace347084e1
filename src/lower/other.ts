/** Code in a language that is not read: where it asks for scopes is said to be skipped, where it calls the API is not known. */
import { spokenIn } from "../source/other-code.js";
import { lineOffsets } from "./data/content.js";
import { emptyForm } from "./empty-form.js";
import type { FileForm } from "./form.js";

/** @param language What the language is called. */
export function lowerOther(file: string, text: string, language: string): FileForm {
  const { api, authorize } = spokenIn(text);
  return {
    ...emptyForm(file, "other"),
    lines: lineOffsets(text),
    unread: { language, api },
    problems:
      authorize === null
        ? []
        : [{ range: authorize, message: `it asks Klaviyo for scopes in ${language}, which is not read` }],
  };
}
