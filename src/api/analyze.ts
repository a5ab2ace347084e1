/** The whole pipeline once: files → project → picture → judgements → report. Both the API and the CLI start here. */
import { existsSync } from "node:fs";
import path from "node:path";
import { rules } from "../../rules/index.js";
import { buildPicture, type Unjudged } from "../audit/build.js";
import { lineStarts, positionOf } from "../audit/lines.js";
import { readSuppressions } from "../audit/suppressions.js";
import { loadCatalog } from "../catalog/index.js";
import { buildReport } from "../report/build.js";
import { checkPointers, diagnose } from "./diagnose.js";
import { judge } from "./judge.js";
import { levelsOf } from "./levels.js";
import { meant } from "../config/nearest.js";
import { readProject } from "./read-project.js";
import { findRoot } from "./root.js";
import { packageVersion } from "./version.js";
import type { Picture } from "../audit/picture.js";
import type { Rule } from "../audit/rule.js";
import type { Catalog } from "../catalog/index.js";
import type { Config, Level } from "../config/types.js";
import type { RootOptions } from "./root.js";
import type { Position, Report } from "../report/types.js";
import { seenFrom } from "../config/paths.js";

export interface AnalyzeOptions extends RootOptions {
  rules?: Readonly<Record<string, Level>>;
  cache?: boolean;
  /** Globs of facts files, relative to `cwd`. */
  facts?: readonly string[];
  /** Of the files that would be audited, those to audit; all by default. Relative to the root. */
  only?: (file: string) => boolean;
  progress?: (progress: Progress) => void;
}

export interface Progress {
  stage: "read" | "link" | "detect" | "judge";
  done?: number;
  total?: number;
}

/** Something to tell the person who runs the audit that is no finding. */
export interface Diagnostic extends Position {
  message: string;
}

export interface Analysis {
  /** Absolute. */
  root: string;
  /** The root as seen from the repository's top; "" for the top itself. */
  prefix: string;
  config: Config | null;
  catalog: Catalog;
  rules: readonly Rule[];
  /** Every file that was looked at, relative to the root. */
  files: readonly string[];
  picture: Picture & Unjudged;
  /** With all findings, whatever their confidence and wherever they are. */
  report: Report;
  diagnostics: Diagnostic[];
  /** Undefined for files that were not read, and with facts. */
  text: (file: string) => string | undefined;
}

/** @throws UserError for a wrong path, root, config or rule name. */
export async function analyze(options: AnalyzeOptions = {}): Promise<Analysis> {
  const { root, config } = findRoot(options);
  const fromConfig = (file: string) => (config ? seenFrom(config.root, path.join(root, file)) : file);
  const levels = levelsOf(rules, config, options.rules ?? {}, fromConfig);
  const catalog = loadCatalog();
  const { project, files, text, skipped, stats, configForm } = await readProject(root, config, options);

  checkPointers(project, config, text);

  options.progress?.({ stage: "detect" });
  const picture = buildPicture({ project, config, catalog, text });

  options.progress?.({ stage: "judge" });
  const names = rules.map(({ name }) => name);
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const forms = [...project.forms.values(), ...(configForm ? [configForm] : [])];
  const suppressions = readSuppressions(forms, {
    ruleNames: new Set(names),
    active: (name, file) => {
      const rule = byName.get(name);
      return rule !== undefined && levels(rule, file) !== "off";
    },
    suggest: (name) => meant(name, names)[0],
  });
  const judged = judge({ picture, rules, levels, config, suppressions });
  const lines = new Map(forms.map((form) => [form.file, form.lines]));
  const told = [
    ...suppressions.problems(),
    ...diagnose({ project, config, files, picture, text, hasFiles: options.facts === undefined }),
  ];

  return {
    root,
    prefix: prefixOf(root),
    config,
    catalog,
    rules,
    files,
    picture,
    report: buildReport({ picture, judged, skipped, stats, version: packageVersion() }),
    diagnostics: told.map(({ file, range, message }) => ({
      file,
      ...positionOf(lines.get(file) ?? lineStarts(text(file) ?? ""), range[0]),
      message,
    })),
    text,
  };
}

/** Formats that annotate a repository name its files from the top. */
function prefixOf(root: string): string {
  let folder = root;
  while (!existsSync(path.join(folder, ".git"))) {
    const parent = path.dirname(folder);
    if (parent === folder) return "";
    folder = parent;
  }
  return seenFrom(folder, root);
}
