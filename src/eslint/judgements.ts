/** The judgements that lie in a linted file: one picture for all rules that look at it. */
import { rules } from "../../rules/index.js";
import type { Picture } from "../audit/picture.js";
import type { Rule } from "../audit/rule.js";
import { readSuppressions, type Suppressions } from "../audit/suppressions.js";
import type { FileForm, Range } from "../lower/form.js";
import { languageOf } from "../lower/index.js";
import { lowerSource } from "../api/own-files.js";
import { lowerJs } from "../lower/js/index.js";
import { wholeOf } from "./component.js";
import { movedJudgements, originOf, watched, type Shown } from "./moved.js";
import { projectIndex } from "./project-index.js";
import { locate, withText, type Where } from "./root-of.js";

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
  /** Where the linted text stands in the file: from its start, but for one script of a component. */
  part: Range;
}

const judged = new WeakMap<object, Judged | null>();

/** Code that ESLint parses into a tree of the usual shape; other files are lowered from their text. */
const OWN_TREE = /\.[cm]?[jt]sx?$/i;

/**
 * The picture for a file, made once for all rules; null where the file has no part in it.
 * @param cache Whether what is read may be kept on the disk.
 */
export function judgedFile(source: Source, where: Where, cache: boolean): Judged | null {
  const key = source as object;
  let found = judged.get(key);
  if (found === undefined) {
    found = judge(source, where, cache);
    judged.set(key, found);
  }
  return found;
}

function judge(source: Source, where: Where, cache: boolean): Judged | null {
  const located = locate(where);
  const { file, saved } = located;
  if (languageOf(file) === null || file.startsWith("../")) return null;
  const index = projectIndex(saved.root, saved.config, cache);
  const whole = wholeOf(source.text, { root: saved.root, file });
  if (whole === null) return null;
  const { text, from } = whole;
  const { config } = withText(located, text);
  let form: FileForm | null = null;
  const lower = (): FileForm => (form ??= formOf(source, { file, text }));
  const view = index.viewOf({ file, text, lower }, config);
  if (view === null) return null;
  const part: Range = [from, from + source.text.length];
  return { file, picture: view.picture, suppressions: suppressionsOf(view.form), part };
}

/** Our own words alone: ESLint sees to its comments itself, and tells which of them mute nothing. */
function suppressionsOf(form: FileForm): Suppressions {
  const directives = form.directives.filter(({ text }) => text.startsWith("klaviyo-scope-audit"));
  return readSuppressions([{ ...form, directives }], {
    ruleNames: new Set(rules.map(({ name }) => name)),
    active: () => true,
    suggest: () => undefined,
  });
}

function formOf(source: Source, { file, text }: { file: string; text: string }): FileForm {
  const { ast } = source;
  if (!OWN_TREE.test(file) || source.getAllComments === undefined) return lowerSource(file, text);
  const [program, comments] = [ast, source.getAllComments()] as unknown as Parameters<typeof lowerJs>;
  return lowerJs(program, comments, { file, text });
}

/** What a rule said of a picture. */
interface Checked {
  byFile: Map<string, Shown[]>;
  /** The files on whose text or lines it hangs, besides what their forms say. */
  looked: ReadonlySet<string>;
}

const checked = new WeakMap<Picture, Map<string, Checked>>();
const NONE: readonly Shown[] = [];

/** A rule's judgements in a file of a picture; those of the whole picture are made once. */
export function judgementsIn(
  file: string,
  rule: Rule,
  picture: Picture,
  options: Record<string, unknown>,
): readonly Shown[] {
  const byRule = checked.get(picture) ?? new Map<string, Checked>();
  checked.set(picture, byRule);
  const key = `${rule.name} ${JSON.stringify(options)}`;
  let known = byRule.get(key);
  if (known === undefined) {
    known = checkedBefore(file, picture, key) ?? check(rule, picture, options);
    byRule.set(key, known);
  }
  return known.byFile.get(file) ?? NONE;
}

function check(rule: Rule, picture: Picture, options: Record<string, unknown>): Checked {
  const { picture: seen, looked } = watched(picture);
  const byFile = new Map<string, Shown[]>();
  for (const judgement of rule.check({ picture: seen, options })) {
    const own = byFile.get(judgement.place.file);
    if (own === undefined) byFile.set(judgement.place.file, [judgement]);
    else own.push(judgement);
  }
  return { byFile, looked };
}

/** What the rule said before an edit that only moved things, moved along; null where it may say something else now. */
function checkedBefore(file: string, picture: Picture, key: string): Checked | null {
  const origin = originOf(picture);
  if (origin?.file !== file) return null;
  const before = checked.get(origin.before)?.get(key);
  if (before === undefined || before.looked.has(file)) return null;
  const own = movedJudgements(before.byFile.get(file) ?? NONE, origin);
  return own === null ? null : { byFile: new Map([[file, own]]), looked: before.looked };
}
