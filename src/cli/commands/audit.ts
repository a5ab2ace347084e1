/** `audit`: analyzes, mends if asked to, and reports. */
import path from "node:path";
import { isFactsFile } from "../../api/facts-kind.js";
import { analyze } from "../../api/analyze.js";
import { UserError } from "../../api/errors.js";
import { planFixes, writeChanges } from "../../api/fix.js";
import { pathFilter } from "../../api/paths.js";
import { selectFindings } from "../../api/select.js";
import { visible } from "../../report/safe.js";
import { readBaseline, reportBaseline } from "../baseline-file.js";
import { printChanges } from "../changes.js";
import { checkFormats } from "../formats.js";
import { writeReports } from "../reports.js";
import { printStats } from "../stats.js";
import { analyzeFor, analyzeOptions, printDiagnostics } from "../session.js";
import type { Report, ReportFinding } from "../../report/types.js";
import type { CommonFlags } from "../session.js";
import { hasColor } from "../terminal.js";
import type { Terminal } from "../terminal.js";

export interface AuditFlags extends CommonFlags {
  format?: string[];
  output?: { format: string; file: string }[];
  fix?: boolean;
  fixDryRun?: boolean;
  maxWarnings?: number;
  quiet?: boolean;
  minConfidence: "low" | "high";
  baseline?: string;
  updateBaseline?: boolean;
  facts?: string[];
  stats?: boolean;
}

export async function runAudit(
  paths: readonly string[],
  flags: AuditFlags,
  terminal: Terminal,
): Promise<number> {
  const formats = formatsFor(flags, terminal);
  checkFormats(formats);
  for (const { format } of flags.output ?? []) checkFormats([format]);
  checkFlags(flags);
  if (flags.facts) refuseExpanded(paths, terminal);

  const options = { ...analyzeOptions(flags, terminal), ...(flags.facts && { facts: flags.facts }) };
  let analysis = await analyzeFor(options, terminal);
  const files = pathFilter(paths, { cwd: terminal.cwd, root: analysis.root, files: analysis.files });
  const baseline = readBaseline(flags, terminal);
  // What is muted by the baseline is accepted as it is: no fix touches it.
  const select = (report: Report) => {
    const selected = selectFindings(report, { files, minConfidence: flags.minConfidence, baseline });
    return flags.quiet === true ? { ...selected, findings: selected.findings.filter(isError) } : selected;
  };

  if (flags.fix === true || flags.fixDryRun === true) {
    const again = (overlay: ReadonlyMap<string, string>) => analyze({ ...options, overlay });
    const changes = await planFixes(analysis, again, select);
    if (flags.fix === true) {
      const refused = writeChanges(analysis.root, changes);
      for (const { file, reason } of refused) {
        terminal.stderr.write(`warning: ${visible(file)} was not fixed: ${visible(reason)}.\n`);
      }
      const fixed = changes.length - refused.length;
      if (fixed > 0) {
        terminal.stderr.write(`Fixed ${String(fixed)} ${fixed === 1 ? "file" : "files"}.\n`);
        analysis = await analyzeFor(options, terminal);
      }
    } else {
      // Beside a report that a program reads, the diff is for whoever looks at the log.
      const output = formats.every((name) => name === "stylish") ? terminal.stdout : terminal.stderr;
      await printChanges(changes, output, await hasColor(output, terminal.env, flags.color));
      if (changes.length === 0) terminal.stderr.write("Nothing to fix.\n");
    }
  }

  printDiagnostics(analysis, terminal);
  if (paths.length > 0 && !analysis.files.some(files)) {
    terminal.stderr.write(
      `warning: none of the given paths is audited: tests, dependencies, ignored files and what is no code are left out, unless the config's \`include\` names them.\n`,
    );
  }
  const shown = reportBaseline(analysis, files, baseline, flags, terminal);
  const selected = selectFindings(analysis.report, {
    files,
    minConfidence: flags.minConfidence,
    baseline: shown,
  });
  await writeReports(
    selected,
    analysis,
    { ...flags, format: formats, partial: !analysis.files.every(files) },
    terminal,
  );
  if (flags.stats === true) printStats(selected, terminal);
  return exitCodeOf(selected.findings, flags.maxWarnings);
}

/** 1 for an error that nobody muted, or for too many warnings; the formats have no say in it. */
export function exitCodeOf(findings: readonly ReportFinding[], maxWarnings = Infinity): 0 | 1 {
  const active = findings.filter(({ suppressed }) => !suppressed);
  return active.some(isError) || active.length > maxWarnings ? 1 : 0;
}

/** Default: stylish; under GitHub Actions its annotations too, since nobody opens the log of a green run. */
function formatsFor(flags: AuditFlags, { env }: Terminal): string[] {
  if (flags.format && flags.format.length > 0) return flags.format;
  return env["GITHUB_ACTIONS"] === "true" ? ["stylish", "github"] : ["stylish"];
}

function checkFlags(flags: AuditFlags): void {
  if (flags.updateBaseline === true && flags.baseline === undefined) {
    throw new UserError(
      "`--update-baseline` needs to know which file.",
      "Name it with --baseline klaviyo-baseline.json",
    );
  }
  const fixes = flags.fix === true ? "--fix" : flags.fixDryRun === true ? "--fix-dry-run" : null;
  if (fixes !== null && flags.facts) {
    throw new UserError(`\`${fixes}\` cannot be used with \`--facts\`: facts are no files to change.`);
  }
  if (flags.fix === true && flags.fixDryRun === true) {
    throw new UserError("`--fix` and `--fix-dry-run` exclude each other.");
  }
}

/**
 * An unquoted glob of facts files: the shell hands over the first as the flag's value, and the others as paths.
 * @throws UserError
 */
function refuseExpanded(paths: readonly string[], { cwd }: Terminal): void {
  const facts = paths.find((file) => isFactsFile(path.resolve(cwd, file)));
  if (facts === undefined) return;
  throw new UserError(
    `\`${facts}\` is a facts file, given as a path whose findings to show.`,
    "Quote the glob, or the shell expands it: --facts 'facts-*.json'",
  );
}

function isError({ severity }: ReportFinding): boolean {
  return severity === "error";
}
