/** What every analyzing command does: flags → analysis, and an analysis → what formats need. */
import { analyze } from "../api/analyze.js";
import { isNoScope } from "../audit/judge.js";
import { ruleUrl } from "../audit/rule-url.js";
import { visible } from "../report/safe.js";
import { RULE_REASONS } from "./explain/rule-reasons.js";
import { progressOn } from "./progress.js";
import { hasColor, hasHyperlinks, widthOf } from "./terminal.js";
import type { Analysis, AnalyzeOptions } from "../api/analyze.js";
import type { Level } from "../config/types.js";
import type { FormatContext } from "../report/context.js";
import type { Output, Terminal } from "./terminal.js";

/** The flags of every analyzing command. */
export interface CommonFlags {
  root?: string;
  config?: string;
  rule?: [string, Level][];
  cache?: boolean;
  /** False with `--no-color`. */
  color: boolean;
}

/** What the flags ask `analyze` for. */
export function analyzeOptions(flags: CommonFlags, terminal: Terminal): AnalyzeOptions {
  return {
    cwd: terminal.cwd,
    ...(flags.root !== undefined && { root: flags.root }),
    ...(flags.config !== undefined && { config: flags.config }),
    ...(flags.cache === true && { cache: true }),
    rules: Object.fromEntries(flags.rule ?? []),
  };
}

/** Analyzes with progress on the terminal, and says on stderr what nobody else will. */
export async function analyzeFor(options: AnalyzeOptions, terminal: Terminal): Promise<Analysis> {
  const progress = progressOn(terminal.stderr, terminal.env);
  try {
    return await analyze({ ...options, progress: progress.show });
  } finally {
    progress.clear();
  }
}

/** Comments that mute nothing, and the like: `file:line:column: message`. */
export function printDiagnostics(analysis: Analysis, terminal: Terminal): void {
  for (const { file, line, column, message } of analysis.diagnostics) {
    const place = `${file}:${String(line)}:${String(column)}`;
    terminal.stderr.write(`warning: ${visible(place)}: ${visible(message)}\n`);
  }
}

interface ContextOptions {
  color: boolean;
  quiet?: boolean;
  /** Only the findings of some files are in the report. */
  partial?: boolean;
  /** Null for a file. */
  output: Output | null;
}

/** What formats need, for an output that may be no terminal. */
export async function formatContext(
  analysis: Analysis,
  terminal: Terminal,
  { color, quiet = false, partial = false, output }: ContextOptions,
): Promise<FormatContext> {
  const rules = new Map(analysis.rules.map((rule) => [rule.name, rule]));
  return {
    source: analysis.text,
    color: output !== null && (await hasColor(output, terminal.env, color)),
    width: output === null ? 80 : widthOf(output),
    hyperlinks: output !== null && hasHyperlinks(output, terminal.env),
    quiet,
    partial,
    hasScope: (scope) => !isNoScope(analysis.picture, scope),
    root: analysis.root,
    prefix: analysis.prefix,
    ruleDocs(name) {
      const rule = rules.get(name);
      if (!rule) return undefined;
      return {
        description: rule.meta.description,
        url: ruleUrl(rule.name),
        help: [`${rule.meta.description}.`, ...(RULE_REASONS[rule.name] ?? [])].join("\n\n"),
        level: rule.meta.recommended,
      };
    },
  };
}
