/** Data and configuration files, lowered: their content as expressions, each string with the place of each character. */
import { directiveOf } from "../directives.js";
import { emptyForm } from "../empty-form.js";
import type { FileForm } from "../form.js";
import { addProblem, lineOffsets, type Content } from "./content.js";
import { lowerDockerfile } from "./dockerfile.js";
import { lowerEnv } from "./env.js";
import { lowerHcl } from "./hcl.js";
import { lowerIni } from "./ini.js";
import { lowerJson } from "./json.js";
import { lowerJson5 } from "./json5.js";
import { dataLanguage, dialectOf, type Dialect } from "./language.js";
import { prune } from "./privacy.js";
import { lowerProperties } from "./properties.js";
import { resolveReferences, resolveSelf } from "./references.js";
import { lowerToml } from "./toml.js";
import { lowerYaml } from "./yaml.js";

export { envEntries } from "./env-entries.js";
export { dataLanguage } from "./language.js";

const READERS: Record<Dialect, (text: string) => Content> = {
  json: lowerJson,
  json5: lowerJson5,
  yaml: lowerYaml,
  toml: lowerToml,
  env: (text) => lowerEnv(text),
  envrc: (text) => lowerEnv(text, { script: true }),
  procfile: (text) => lowerEnv(text, { procfile: true, script: true }),
  ini: lowerIni,
  properties: lowerProperties,
  hcl: lowerHcl,
  dockerfile: lowerDockerfile,
};

/**
 * Lowers one data file by its name. Values that cannot matter to scopes are not in the form (see `privacy.ts`). Never
 * throws for what is in the file; what could not be read is in the form's `problems`.
 * @param file Path relative to the audited root, with `/`; `dataLanguage` must know it.
 */
export function lowerData(file: string, text: string): FileForm {
  const dialect = dialectOf(file);
  const language = dataLanguage(file);
  if (!dialect || !language) throw new Error(`No way to read ${file}`);
  const { data, problems, comments } = read(dialect, text);
  const isEnv = language === "env" || language === "dockerfile";
  const kept = data && prune(data, isEnv ? "env" : "config");
  if (kept?.kind === "map") {
    if (isEnv) resolveReferences(kept, language);
    else if (/^serverless\b/i.test(file.slice(file.lastIndexOf("/") + 1))) resolveSelf(kept);
  }
  return {
    ...emptyForm(file, language),
    lines: lineOffsets(text),
    data: kept,
    directives: comments.flatMap((comment) => directiveOf(comment.text, comment.range) ?? []),
    problems: problems.sort((a, b) => a.range[0] - b.range[0]),
  };
}

function read(dialect: Dialect, text: string): Content {
  try {
    return READERS[dialect](text);
  } catch {
    // The readers are built not to throw; should one, the other files are still audited.
    const content: Content = { data: null, problems: [], comments: [] };
    addProblem(content.problems, text, [0, text.length], "the file cannot be read", "Simplify it, or ignore it.");
    return content;
  }
}
