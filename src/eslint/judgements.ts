/** The judgements that lie in a linted file: one picture for all rules that look at it. */
import path from "node:path";
import { rules } from "../../rules/index.js";
import type { Picture } from "../audit/picture.js";
import type { Judgement, Rule } from "../audit/rule.js";
import { readSuppressions, type Suppressions } from "../audit/suppressions.js";
import type { FileForm } from "../lower/form.js";
import { languageOf } from "../lower/index.js";
import { lowerSource } from "../api/own-files.js";
import { lowerJs } from "../lower/js/index.js";
import { projectIndex } from "./project-index.js";
import { real, rootOf } from "./root-of.js";

/** What we use of ESLint's source code object, whatever the language. */
export interface Source {
  text: string;
  ast: unknown;
  getAllComments?: () => unknown[];
}

/** A linted file with the picture around it. */
export interface Judged {
  /** Relative to the root, as places name it. */
  file: string;
  picture: Picture;
  suppressions: Suppressions;
  problem: string | null;
}

const judged = new WeakMap<object, Judged | null>();

/** Code that ESLint parses into a tree of the usual shape; other files are lowered from their text. */
const OWN_TREE = /\.[cm]?[jt]sx?$/i;

/** The picture for a file, made once for all rules; null where the file has no part in it. */
export function judgedFile(source: Source, filename: string, cwd: string): Judged | null {
  const key = source as object;
  let found = judged.get(key);
  if (found === undefined) {
    found = judge(source, filename, cwd);
    judged.set(key, found);
  }
  return found;
}

function judge(source: Source, filename: string, cwd: string): Judged | null {
  const absolute = path.isAbsolute(filename) ? filename : path.join(cwd, virtualName(filename));
  const folder = real(path.dirname(absolute));
  const { root, config, problem, key } = rootOf(folder, real(cwd));
  const file = path
    .relative(root, path.join(folder, path.basename(absolute)))
    .split(path.sep)
    .join("/");
  if (languageOf(file) === null) return null;
  let form: FileForm | null = null;
  const lower = (): FileForm => (form ??= formOf(source, file));
  const picture = projectIndex(root, config, key).pictureFor({ file, text: source.text, lower });
  if (picture === null) return null;
  const names = rules.map(({ name }) => name);
  // Only for its comments; the text is lowered again where the picture has the form of the disk.
  const suppressions = readSuppressions(
    [/klaviyo-scope|eslint-/.test(source.text) ? lower() : lowerSource(file, "")],
    {
      ruleNames: new Set(names),
      active: () => true,
      suggest: () => undefined,
    },
  );
  return { file, picture, suppressions, problem };
}

/** `<input>` and `<text>`: text without a file. */
function virtualName(filename: string): string {
  return filename.startsWith("<") ? "__input__.js" : filename;
}

function formOf(source: Source, file: string): FileForm {
  const { ast, text } = source;
  if (!OWN_TREE.test(file) || source.getAllComments === undefined) return lowerSource(file, text);
  const [program, comments] = [ast, source.getAllComments()] as unknown as Parameters<typeof lowerJs>;
  return lowerJs(program, comments, { file, text });
}

const checked = new WeakMap<Picture, Map<string, Judgement[]>>();

/** A rule's judgements of a picture, made once however many files it is asked for. */
export function judgementsOf(rule: Rule, picture: Picture, options: Record<string, unknown>): Judgement[] {
  const byRule = checked.get(picture) ?? new Map<string, Judgement[]>();
  checked.set(picture, byRule);
  const key = `${rule.name} ${JSON.stringify(options)}`;
  const known = byRule.get(key) ?? rule.check({ picture, options });
  byRule.set(key, known);
  return known;
}
