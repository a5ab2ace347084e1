import { FORM_VERSION, type FileForm, type Language } from "./form.js";

/** The form of a file without content; what a language lowers is laid over it. */
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
