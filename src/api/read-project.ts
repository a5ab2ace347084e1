/** From the root to the project: which files, their forms, and their texts on demand. */
import path from "node:path";
import { buildProject } from "../link/build-project.js";
import { FORM_VERSION } from "../lower/form.js";
import { languageOf, lowerFile } from "../lower/index.js";
import { collectFiles, type CollectOptions, type SourceFile } from "../source/collect.js";
import { defaultCacheFolder, diskCache, type FormCache } from "../source/form-cache.js";
import { readSource } from "../source/read.js";
import { lowerSource } from "./own-files.js";
import { packageVersion } from "./version.js";
import type { Config } from "../config/types.js";
import type { BuildOptions } from "../link/build-project.js";
import type { Project } from "../link/project.js";
import type { SeedOptions, Selector } from "../link/select.js";
import type { FileForm } from "../lower/form.js";
import type { Report } from "../report/types.js";
import type { AnalyzeOptions } from "./analyze.js";
import { seenFrom } from "../config/paths.js";

export interface ReadProject {
  project: Project;
  /** Every file that was looked at, relative to the root. */
  files: string[];
  text: (file: string) => string | undefined;
  skipped: { file: string; reason: string }[];
  stats: Report["stats"];
  /** The config's own form, where it is not among the project's: its comments speak too. */
  configForm: FileForm | null;
}

export type ReadOptions = Pick<AnalyzeOptions, "cwd" | "cache" | "facts" | "only" | "overlay" | "progress"> &
  Partial<Pick<BuildOptions, "lower">>;

/** What a long-lived process keeps of the files besides. */
export interface ReadFiles extends Omit<ReadProject, "configForm"> {
  sources: readonly SourceFile[];
  selector: Selector;
}

/** @throws UserError when facts are asked for and cannot be read. */
export async function readProject(
  root: string,
  config: Config | null,
  options: ReadOptions,
): Promise<ReadProject> {
  const built = options.facts
    ? await (await import("./facts.js")).readFacts(root, options.facts, options)
    : readFiles(root, config, options);
  const configFile = config === null ? null : seenFrom(root, config.file);
  const configText = lazy(() => {
    if (config === null || configFile === null) return undefined;
    const overlaid = options.overlay?.get(configFile);
    if (overlaid !== undefined) return overlaid;
    const source = readSource(config.file);
    return "text" in source ? source.text : undefined;
  });
  const text = (file: string) => (file === configFile ? configText() : built.text(file));
  return { ...built, text, configForm: formOfConfig(built.project, configFile, configText) };
}

/** The files of a root and their forms; everything is read at once, synchronously. */
export function readFiles(
  root: string,
  config: Config | null,
  options: ReadOptions & Pick<BuildOptions, "scans" | "keepTexts"> & { forms?: FormCache | null },
): ReadFiles {
  const { files, skipped } = collectFiles(root, {
    ...collectOptions(config),
    ...(options.only && { only: options.only }),
  });
  const { words, files: always } = scanOptions(root, config);
  const built = buildProject({
    root,
    files,
    lower: options.lower ?? lowerSource,
    words,
    always: [...always],
    cache:
      options.forms ?? (options.cache === true ? diskCache(defaultCacheFolder(root), cacheVersion()) : null),
    scans: options.scans ?? null,
    keepTexts: options.keepTexts === true,
    ...(options.overlay && { overlay: options.overlay }),
    progress: (done, total) => options.progress?.({ stage: "read", done, total }),
  });
  return {
    project: built.project,
    sources: files,
    files: built.files,
    text: built.text,
    skipped: [...skipped, ...built.skipped],
    stats: built.stats,
    selector: built.selector,
  };
}

/** All that a kept form depends on besides its text. */
export function cacheVersion(): string {
  return `${String(FORM_VERSION)}/${packageVersion()}`;
}

/** Which files a config takes. */
export function collectOptions(config: Config | null): CollectOptions {
  return config === null ? {} : { include: config.include, ignore: config.ignore, base: config.root };
}

/** What makes a file matter besides Klaviyo's name. */
export function scanOptions(root: string, config: Config | null): SeedOptions {
  return { words: helperWords(config), files: new Set(pointedTo(root, config)) };
}

/** The last name of each helper's callee: `this.client.request` may be written over several lines. */
function helperWords(config: Config | null): string[] {
  return (config?.helpers ?? []).map(({ callee }) =>
    callee.slice(callee.lastIndexOf(".") + 1).replace("#", ""),
  );
}

/** The files that `configured` points to. */
function pointedTo(root: string, config: Config | null): string[] {
  if (config === null) return [];
  return [config.configured, ...config.apps.map(({ configured }) => configured)].flatMap((source) =>
    source?.kind === "file" ? [seenFrom(root, path.resolve(config.root, source.file))] : [],
  );
}

function formOfConfig(
  project: Project,
  file: string | null,
  text: () => string | undefined,
): FileForm | null {
  if (file === null || project.forms.has(file) || languageOf(file) === null) return null;
  const content = text();
  return content === undefined ? null : lowerFile(file, content);
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
