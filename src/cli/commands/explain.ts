/** `explain`: what something is, what needs it, what to do. */
import { existsSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../api/errors.js";
import { asQuestion, meant, nearest, quoted } from "../../config/nearest.js";
import { loadCatalog } from "../../catalog/index.js";
import { suggestOperation } from "../../catalog/suggest.js";
import { textFor } from "../document-text.js";
import { explainOperation, explainPath } from "../explain/operation.js";
import { explainPlace } from "../explain/place.js";
import { explainRule } from "../explain/rule.js";
import { explainScope } from "../explain/scope.js";
import { explainUrl } from "../explain/url.js";
import { printable } from "../printable.js";
import { analyzeFor, analyzeOptions } from "../session.js";
import type { Analysis } from "../../api/analyze.js";
import type { Rule } from "../../audit/rule.js";
import type { Block } from "../document.js";
import type { CommonFlags } from "../session.js";
import type { Terminal } from "../terminal.js";

export type ExplainFlags = CommonFlags;

const METHOD_AND_PATH = /^(GET|POST|PATCH|PUT|DELETE)\s+(\S+)$/iu;
const FILE_AND_LINE = /^(.+?):(\d{1,9})(?::(\d{1,9}))?$/u;

/** @throws UserError for what is nothing of all this. */
export async function runExplain(
  what: readonly string[],
  flags: ExplainFlags,
  terminal: Terminal,
): Promise<number> {
  const subject = what.join(" ").trim();
  if (subject === "") {
    throw new UserError(
      "There is nothing to explain.",
      "Run klaviyo-scope-audit explain --help for examples.",
    );
  }
  let analyzed: Promise<Analysis> | undefined;
  let seen: Promise<Analysis | null> | undefined;
  const project: Project = {
    analyzed: () => (analyzed ??= analyzeFor(analyzeOptions(flags, terminal), terminal)),
    ifPossible: () => (seen ??= analysisIfPossible(project.analyzed(), terminal)),
  };
  const blocks: Block[] = [];
  for (const one of subjectsOf(subject, terminal)) blocks.push(...(await explain(one, project, terminal)));
  terminal.stdout.write(await textFor(blocks, flags.color, terminal));
  return 0;
}

/** Several scopes or places, as they stand in a list, are explained one after the other. */
function subjectsOf(subject: string, { cwd }: Terminal): string[] {
  const words = subject.split(/\s+/u);
  const file = FILE_AND_LINE.exec(subject)?.[1];
  const isOne =
    !words.every((word) => /^[^/:]+:|:\d+$/u.test(word)) ||
    (file !== undefined && existsSync(path.resolve(cwd, file)));
  return isOne ? [subject] : words;
}

/** The project around, analyzed at most once. */
interface Project {
  analyzed: () => Promise<Analysis>;
  /** Null where it cannot be analyzed, which has been told. */
  ifPossible: () => Promise<Analysis | null>;
}

async function explain(
  subject: string,
  { analyzed, ifPossible: project }: Project,
  terminal: Terminal,
): Promise<Block[]> {
  const catalog = loadCatalog();

  if (/^https?:\/\//iu.test(subject)) {
    if (subject.includes("/oauth/authorize")) return explainUrl(subject, await project(), catalog);
    return explainPath(null, subject, await project(), catalog);
  }
  const place = FILE_AND_LINE.exec(subject);
  if (place?.[1] !== undefined) {
    const file = path.resolve(terminal.cwd, place[1]);
    if (!existsSync(file)) {
      throw new UserError(`There is no file \`${place[1]}\`.`, "Paths start at the working directory.");
    }
    return explainPlace(file, Number(place[2]), await analyzed());
  }
  const [, method, template] = METHOD_AND_PATH.exec(subject) ?? [];
  if (method !== undefined && template !== undefined) {
    return explainPath(method.toUpperCase(), template, await project(), catalog);
  }
  if (subject.startsWith("/")) return explainPath(null, subject, await project(), catalog);

  const { rules } = await import("../../../rules/index.js");
  const rule = findRule(subject, rules);
  if (rule) return explainRule(rule);
  if (subject.includes(":")) return explainScope(subject, await project(), catalog);
  const known = catalog.operation(subject);
  if (known) return explainOperation(known, await project());

  if (existsSync(path.resolve(terminal.cwd, subject))) {
    throw new UserError(
      `\`${subject}\` is a file.`,
      `Name a line of it: klaviyo-scope-audit explain ${subject}:1`,
    );
  }
  const names = [...rules.map(({ name }) => name), ...catalog.scopes().map(({ name }) => name)];
  const operation = suggestOperation(subject, catalog)?.id;
  const near = nearest(subject, names) ?? operation;
  throw new UserError(
    `${quoted(subject)} is no rule, scope, operation, path, place or authorize URL.`,
    asQuestion(near === undefined ? meant(subject, names) : [near]) ??
      "Run klaviyo-scope-audit explain --help for examples.",
  );
}

function findRule(subject: string, rules: readonly Rule[]): Rule | undefined {
  const name = subject.startsWith("klaviyo-scopes/") ? subject.slice("klaviyo-scopes/".length) : subject;
  return rules.find((rule) => rule.name === name);
}

/** What the project says of the subject is an extra: without one the subject is still explained. */
async function analysisIfPossible(analysis: Promise<Analysis>, terminal: Terminal): Promise<Analysis | null> {
  try {
    return await analysis;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    terminal.stderr.write(`warning: nothing is said of this project: ${printable(error.message)}\n`);
    return null;
  }
}
