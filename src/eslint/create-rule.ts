/** Turns one of our rules into an ESLint rule: its judgements in the open file become messages with fixes. */
import type { TSESLint } from "@typescript-eslint/utils";
// Not from the package's root, which loads its parser as well: ten times as slow.
import { RuleCreator } from "@typescript-eslint/utils/eslint-utils";
import type { JSONSchema4 } from "@typescript-eslint/utils/json-schema";
import { lineStarts, positionOf } from "../audit/lines.js";
import type { Edit, Picture } from "../audit/picture.js";
import type { Rule } from "../audit/rule.js";
import { ruleUrl } from "../audit/rule-url.js";
import type { Range } from "../lower/form.js";
import { mistakesIn, type Told } from "./config-mistakes.js";
import type { Shown } from "./moved.js";
import { ENV_FILE } from "./env-language.js";
import { judgedFile, judgementsIn, type Judged, type Source } from "./judgements.js";

export interface RuleDocs {
  description: string;
  recommended: boolean;
}

type Options = [Record<string, unknown>?];
type Context = Readonly<TSESLint.RuleContext<string, Options>>;

const create = RuleCreator<RuleDocs>(ruleUrl);

/** Where a related place is told: ESLint has none, so the first one goes to the end of the message. */
const WHERE = "{{where}}";
/** The rule that tells of a broken config. */
const CONFIG_RULE = "no-unconfigured-scope";

export function createRule(rule: Rule): TSESLint.RuleModule<string, Options, RuleDocs> {
  const messages = Object.fromEntries(
    Object.entries(rule.messages).map(([id, text]) => [id, `${text}${WHERE}`]),
  );
  const named = create<Options, string>({
    name: rule.name,
    meta: {
      type: rule.meta.type,
      docs: { description: rule.meta.description, recommended: rule.meta.recommended !== "off" },
      ...(rule.meta.fixable && { fixable: "code" }),
      hasSuggestions: rule.meta.hasSuggestions,
      schema: rule.schema === null ? [] : [rule.schema as unknown as JSONSchema4],
      ...(rule.schema !== null && { defaultOptions: [rule.defaultOptions] }),
      messages: { ...messages, ...(rule.name === CONFIG_RULE && { brokenConfig: "{{mistake}}" }) },
      // The rules read a file's text: the config says in which languages.
      languages: ["*"],
    },
    create: () => ({}),
  });
  return {
    ...named,
    // ESLint has merged the defaults since 9.15; what the creator does for all versions costs a deep copy for each file.
    create: (context) => visitor(rule, context, { ...rule.defaultOptions, ...context.options[0] }),
  };
}

/** Reports when the tree's root is entered, whatever the language calls it. */
function visitor(rule: Rule, context: Context, options: Record<string, unknown>): TSESLint.RuleListener {
  const source = context.sourceCode as unknown as Source;
  const { filename, physicalFilename, cwd, settings } = context;
  // A block that a processor cut out of a file: neither its text nor its places are the file's.
  if (filename !== physicalFilename) return {};
  const where = { filename, cwd };
  const judged = judgedFile(source, where, cacheWanted(settings));
  const mistakes = rule.name === CONFIG_RULE ? mistakesIn(source.text, where, judged?.picture ?? null) : [];
  if (judged === null && mistakes.length === 0) return {};
  const report = (): void => {
    for (const mistake of mistakes) reportMistake(context, mistake);
    if (judged === null) return;
    const [from, to] = judged.part;
    for (const judgement of judgementsIn(judged.file, rule, judged.picture, options)) {
      const [start, end] = judgement.place.range;
      if (start < from || end > to) continue;
      if (judged.suppressions.match(rule.name, judgement.place) !== null) continue;
      reportOne(context, rule, judgement, judged);
    }
  };
  // JavaScript, YAML, TOML, Vue and Svelte have a Program, JSON has a Document, and our own language no node at all.
  return { Program: report, Document: report, [ENV_FILE]: report };
}

/** `settings: { "klaviyo-scopes": { cache: false } }` keeps nothing on the disk. */
function cacheWanted(settings: Context["settings"]): boolean {
  const own = settings["klaviyo-scopes"];
  return !(typeof own === "object" && own !== null && "cache" in own && own.cache === false);
}

function reportOne(context: Context, rule: Rule, judgement: Shown, judged: Judged): void {
  const { picture } = judged;
  const { place, messageId } = judgement;
  const fix = judgement.fix === null ? null : fixIn(judgement.fix, judged);
  const suggest = judgement.suggestions.flatMap((suggestion) => {
    const edits = fixIn(suggestion.edits, judged);
    return edits === null
      ? []
      : [{ messageId: suggestion.messageId, data: { ...suggestion.data, where: "" }, fix: edits }];
  });
  context.report({
    loc: locOf(context, place.range, positionIn(context, judged)),
    messageId,
    data: { ...judgement.data, where: whereOf(judgement, picture) },
    ...(rule.meta.fixable && fix !== null && { fix }),
    ...(rule.meta.hasSuggestions && suggest.length > 0 && { suggest }),
  });
}

/** Lines and columns in what is linted. */
function positionIn(context: Context, { file, picture, part: [from] }: Judged): Position {
  if (from === 0) return (offset) => picture.position(file, offset);
  const starts = lineStarts(context.sourceCode.text);
  return (offset) => positionOf(starts, offset - from);
}

function reportMistake(context: Context, { message, range }: Told): void {
  const starts = lineStarts(context.sourceCode.text);
  const loc = locOf(context, range ?? [0, 0], (offset) => positionOf(starts, offset));
  context.report({ loc, messageId: "brokenConfig", data: { mistake: message } });
}

type Position = (offset: number) => { line: number; column: number };

function locOf(context: Context, range: Range, position: Position): TSESLint.AST.SourceLocation {
  const shift = firstColumn(context) - 1;
  const at = (offset: number): { line: number; column: number } => {
    const { line, column } = position(offset);
    return { line, column: column + shift };
  };
  return { start: at(range[0]), end: at(range[1]) };
}

/** Languages count columns from 0 (JavaScript) or from 1 (JSON). */
function firstColumn(context: Context): number {
  const { sourceCode } = context as unknown as {
    sourceCode: { getLocFromIndex?: (index: number) => { column: number } };
  };
  return sourceCode.getLocFromIndex?.(0).column ?? 0;
}

/** One fixer for all edits; null where one of them lies outside of what is linted or they overlap. */
function fixIn(
  edits: readonly Edit[],
  { file, part: [from, to] }: Judged,
): TSESLint.ReportFixFunction | null {
  const inside = (edit: Edit): boolean => edit.file === file && edit.range[0] >= from && edit.range[1] <= to;
  if (edits.length === 0 || !edits.every(inside)) return null;
  const sorted = [...edits].sort((a, b) => a.range[0] - b.range[0]);
  if (sorted.some((edit, index) => edit.range[0] < (sorted[index - 1]?.range[1] ?? 0))) return null;
  return (fixer) =>
    sorted.map(({ range: [start, end], text }) => fixer.replaceTextRange([start - from, end - from], text));
}

/** " (requested here: src/scopes.ts:2)" where another place helps to understand the message, and it does not name that. */
function whereOf({ related, place, data }: Shown, picture: Picture): string {
  const [other] = related.filter((one) => one.file !== place.file || one.range[0] !== place.range[0]);
  if (other === undefined) return "";
  const { line } = picture.position(other.file, other.range[0]);
  const at = `${other.file}:${String(line)}`;
  return Object.values(data).includes(at) ? "" : ` (${other.message}: ${at})`;
}
