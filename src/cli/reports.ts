/** Writes a report in the formats asked for: to stdout, to files, and to where the CI wants its summary. */
import { appendFileSync } from "node:fs";
import path from "node:path";
import { writeWhole } from "../api/write-file.js";
import { UserError, fileProblem } from "../api/errors.js";
import { checkFormats, loadFormat } from "./formats.js";
import { formatContext } from "./session.js";
import type { Analysis } from "../api/analyze.js";
import type { Report } from "../report/types.js";
import type { Terminal } from "./terminal.js";

export interface ReportFlags {
  format: string[];
  output?: { format: string; file: string }[];
  quiet?: boolean;
  partial?: boolean;
  color: boolean;
}

/** @throws UserError when a file cannot be written. */
export async function writeReports(
  report: Report,
  analysis: Analysis,
  { format, output = [], quiet = false, partial = false, color }: ReportFlags,
  terminal: Terminal,
): Promise<void> {
  const toFiles = await formatContext(analysis, terminal, { color, quiet, partial, output: null });
  const toStdout = await formatContext(analysis, terminal, {
    color,
    quiet,
    partial,
    output: terminal.stdout,
  });
  const names = checkFormats(format);
  // Files first: when one cannot be written, stdout still belongs to the failure.
  for (const { format: written, file } of output) {
    const [name] = checkFormats([written]);
    if (name) writeWhole(path.resolve(terminal.cwd, file), (await loadFormat(name))(report, toFiles));
  }
  const texts = [];
  for (const name of names) {
    texts.push(
      (await loadFormat(name))(report, name === "stylish" || name === "markdown" ? toStdout : toFiles),
    );
  }
  terminal.stdout.write(texts.join(""));
  const summary = terminal.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined && summary !== "" && names.includes("github")) {
    const { githubSummary } = await import("../report/markdown.js");
    try {
      appendFileSync(summary, `${githubSummary(report, toFiles)}\n`);
    } catch (error) {
      const problem = fileProblem(error);
      if (problem === null) throw error;
      throw new UserError(`Cannot write the job summary ${summary}: ${problem}.`);
    }
  }
}
