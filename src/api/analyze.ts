/** The whole pipeline once: files → project → picture → judgements → report. Both the API and the CLI start here. */
import { existsSync } from "node:fs";
import path from "node:path";
import { rules } from "../../rules/index.js";
import { buildPicture, type Homeless } from "../audit/build.js";
import { lostPointers } from "../audit/configured.js";
import { lineStarts, positionOf } from "../audit/lines.js";
import { readSuppressions } from "../audit/suppressions.js";
import { loadCatalog } from "../catalog/index.js";
import { buildReport } from "../report/build.js";
import { idleConfig } from "./idle-config.js";
import { judge } from "./judge.js";
import { UserError } from "./errors.js";
import { levelsOf } from "./levels.js";
import { isConfigName } from "../config/find.js";
import { isPackageJson, PACKAGE_KEY } from "../config/package-key.js";
import { nearest } from "../config/nearest.js";
import { outsideProblems } from "./outside.js";
import { readProject } from "./read-project.js";
import { findRoot } from "./root.js";
import { packageVersion } from "./version.js";
import type { Picture, Place } from "../audit/picture.js";
import type { Rule } from "../audit/rule.js";
import type { Catalog } from "../catalog/index.js";
import type { Config, Level } from "../config/types.js";
import type { Project } from "../link/project.js";
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
  picture: Picture;
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
    suggest: (name) => nearest(name, names) ?? undefined,
  });
  const judged = judge({ picture, rules, levels, config, suppressions });
  const lines = new Map(forms.map((form) => [form.file, form.lines]));

  return {
    root,
    prefix: prefixOf(root),
    config,
    catalog,
    rules,
    files,
    picture,
    report: buildReport({ picture, judged, skipped, stats, version: packageVersion() }),
    diagnostics: [
      ...suppressions.problems(),
      ...homelessProblems(picture.homeless),
      ...(options.facts === undefined ? idleConfig(project, config, files, text) : []),
      ...innerConfigs(files, picture.configFile, text),
      ...(options.facts === undefined ? outsideProblems(project) : []),
    ].map(({ file, range, message }) => ({
      file,
      ...positionOf(lines.get(file) ?? lineStarts(text(file) ?? ""), range[0]),
      message,
    })),
    text,
  };
}

/**
 * A `configured` that names a key its file does not have would leave the comparison out without a word.
 * @throws UserError
 */
function checkPointers(project: Project, config: Config | null, text: Analysis["text"]): void {
  if (config === null) return;
  const lost = lostPointers(project, config);
  if (lost.length === 0) return;
  const file = seenFrom(project.root, config.file);
  const starts = lineStarts(text(file) ?? "");
  const lines = lost.map(({ source, keys }) => {
    const { line, column } = positionOf(starts, source.range[0]);
    const near = nearest(source.key, keys);
    const hint = near === null ? "" : ` Did you mean \`${near}\`?`;
    return `${file}:${String(line)}:${String(column)}: \`configured\` names the key \`${source.key}\`, which \`${source.file}\` does not have.${hint}`;
  });
  throw new UserError(lines.join("\n"), "Mend the config and run again.");
}

/** What lies outside of every app of the config is not judged: that must not go unsaid. */
function homelessProblems(homeless: Homeless): (Place & { message: string })[] {
  const toDo = "Declare an app around it in the config's `apps`";
  return [
    ...homeless.requests.map(({ file, range }) => ({
      file,
      range,
      message: `this scope request lies in no app of the config, and none was seen to send it, so it is not judged. ${toDo}.`,
    })),
    ...homeless.calls.map(({ file, range }) => ({
      file,
      range,
      message: `this API call lies in no app of the config, and none was seen to make it, so it is not judged. ${toDo}, or name its operation in \`uses\`.`,
    })),
  ];
}

/** A package's own config does not count in an audit of the whole: whoever wrote it would not think so. */
function innerConfigs(
  files: readonly string[],
  configFile: string | null,
  text: Analysis["text"],
): (Place & { message: string })[] {
  return files.flatMap((file) => {
    const folder = path.posix.dirname(file);
    const inner = folder !== "." && folder !== path.posix.dirname(configFile ?? "");
    if (!inner) return [];
    const isConfig = isPackageJson(file)
      ? text(file)?.includes(`"${PACKAGE_KEY}"`) === true
      : isConfigName(path.posix.basename(file));
    if (!isConfig) return [];
    const message = `this config is not read: an audit has one, that of its root. Audit the folder by itself (\`--root ${folder}\`), or name it under \`apps\` in the root's config.`;
    return [{ file, range: [0, 0], message }];
  });
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
