import { analyze } from "./analyze.js";
import { checkOptions } from "./check-options.js";
import { pathFilter } from "./paths.js";
import { selectFindings } from "./select.js";
import type { Confidence } from "../audit/rule.js";
import type { Level } from "../config/types.js";
import type { Report } from "../report/types.js";

export interface AuditOptions {
  /** What relative paths start from; the process's working directory by default. */
  cwd?: string;
  /** The folder to audit. By default the folder of the nearest config upward from `cwd`, else `cwd`. */
  root?: string;
  /** The config file to read instead of the nearest. */
  config?: string;
  /** Files, folders or globs: only findings in them are in the report. The sets are always those of the whole root. */
  paths?: readonly string[];
  /** Levels by rule name, stronger than the config's. */
  rules?: Readonly<Record<string, Level>>;
  /** "high" leaves out findings that something unresolved could refute. */
  minConfidence?: Confidence;
  /** Keeps what was read of each file in `node_modules/.cache`. */
  cache?: boolean;
  /** Globs of files that `extract` wrote: read in place of the source files. */
  facts?: readonly string[];
}

/**
 * Audits a project as the CLI does: nothing is printed, nothing is written but the cache.
 * @returns The report (`schema/report.json`), findings that a comment suppresses included.
 * @throws UserError for a wrong option, path, root, config or rule name; its `help` says what to do.
 */
export async function audit(options: AuditOptions = {}): Promise<Report> {
  checkOptions(options);
  const { paths = [], minConfidence = "low", ...rest } = options;
  const { report, root, files } = await analyze(rest);
  const cwd = options.cwd ?? process.cwd();
  return selectFindings(report, {
    files: pathFilter(paths, { cwd, root, files }),
    minConfidence,
    baseline: null,
  });
}
