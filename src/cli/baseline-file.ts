/** The baseline on disk: reading it, naming its stale entries, writing it anew. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { UserError, fileProblem } from "../api/errors.js";
import { writeWhole } from "../api/write-file.js";
import { formatBaseline, openBaseline, parseBaseline } from "../audit/baseline.js";
import { visible } from "../report/safe.js";
import type { Analysis } from "../api/analyze.js";
import type { Baseline } from "../audit/baseline.js";
import type { Terminal } from "./terminal.js";

export interface BaselineFlags {
  baseline?: string;
  updateBaseline?: boolean;
}

/** Null without `--baseline`. @throws UserError for a file that is not there or is no baseline. */
export function readBaseline(flags: BaselineFlags, { cwd }: Terminal): Baseline | null {
  if (flags.baseline === undefined) return null;
  const file = path.resolve(cwd, flags.baseline);
  if (flags.updateBaseline === true && !existsSync(file)) return openBaseline([]);
  try {
    return openBaseline(parseBaseline(readFileSync(file, "utf8")));
  } catch (error) {
    const problem = error instanceof SyntaxError ? error.message : fileProblem(error);
    if (problem === null) throw error;
    throw new UserError(
      `Cannot read the baseline ${flags.baseline}: ${problem}.`,
      `Write it anew with --baseline ${flags.baseline} --update-baseline`,
    );
  }
}

/** Updates the baseline if asked to, else names its stale entries. Returns the baseline that mutes findings now. */
export function reportBaseline(
  analysis: Analysis,
  files: (file: string) => boolean,
  baseline: Baseline | null,
  flags: BaselineFlags,
  terminal: Terminal,
): Baseline | null {
  if (!baseline || flags.baseline === undefined) return baseline;
  const findings = analysis.report.findings.filter(({ suppressed }) => !suppressed);
  const known = findings.filter((finding) => baseline.has(finding));
  const stale = baseline.unmatched();
  if (flags.updateBaseline !== true) {
    for (const { rule, file, scope, operation } of stale) {
      const about = [scope, operation].filter((part) => part !== null).join(", ");
      terminal.stderr.write(
        `warning: the baseline's entry \`${rule}\` in ${visible(file)}${about === "" ? "" : ` (${visible(about)})`} matches nothing.\n`,
      );
    }
    if (stale.length > 0) terminal.stderr.write("  Drop such entries with --update-baseline.\n");
    return baseline;
  }
  // With path arguments only the findings in them are accepted; what was known elsewhere stays.
  const entries = [...known, ...findings.filter(({ file }) => files(file))];
  const text = formatBaseline(entries);
  writeWhole(path.resolve(terminal.cwd, flags.baseline), text);
  const written = parseBaseline(text);
  terminal.stderr.write(
    `Wrote ${String(written.length)} ${written.length === 1 ? "entry" : "entries"} to ${visible(flags.baseline)}` +
      `${stale.length > 0 ? `; dropped ${String(stale.length)} that matched nothing` : ""}.\n`,
  );
  return openBaseline(written);
}
