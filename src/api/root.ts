/** Which folder is audited, and with which config. */
import { realpathSync, statSync } from "node:fs";
import path from "node:path";
import { rules } from "../../rules/index.js";
import { loadCatalog } from "../catalog/index.js";
import { findConfig } from "../config/find.js";
import { loadConfig, parseConfig } from "../config/load.js";
import { BrokenConfig, UserError, fileProblem } from "./errors.js";
import type { Config } from "../config/types.js";
import { liesIn, seenFrom } from "../config/paths.js";

export interface RootOptions {
  cwd?: string;
  root?: string;
  config?: string;
  /** Configs above this folder are somebody else's. */
  ceiling?: string;
  /** Texts to take instead of what is on the disk, by path relative to the root. */
  overlay?: ReadonlyMap<string, string>;
}

export interface Root {
  /** Absolute, without symbolic links. */
  root: string;
  config: Config | null;
}

/**
 * The root is the given one, else the folder of the nearest config upward from the working directory, else that
 * directory. A given config counts as the nearest where it stands above the working directory.
 * @throws UserError for a folder or config that is not there, and for every mistake in the config.
 */
export function findRoot(options: RootOptions): Root {
  const cwd = folderOf(options.cwd ?? process.cwd(), "The working directory");
  const asked = options.root === undefined ? null : folderOf(path.resolve(cwd, options.root), "The root");
  const file =
    options.config === undefined
      ? nearestConfig(asked ?? cwd, options.ceiling)
      : path.resolve(cwd, options.config);
  if (file === null) return { root: asked ?? cwd, config: null };
  const folder = realFolder(path.dirname(file));
  const root = asked ?? (liesIn(realFolder(folder), cwd) ? folder : cwd);
  const overlaid = options.overlay?.get(seenFrom(root, path.join(folder, path.basename(file))));
  return { root, config: readConfig(path.join(folder, path.basename(file)), cwd, overlaid) };
}

function folderOf(folder: string, what: string): string {
  try {
    if (statSync(folder).isDirectory()) return realpathSync(folder);
  } catch (error) {
    const problem = fileProblem(error);
    if (problem === null) throw error;
    throw new UserError(
      `${what} ${folder} cannot be read: ${problem.replace("file", "directory")}.`,
      "Check the path.",
    );
  }
  throw new UserError(
    `${what} ${folder} is no directory.`,
    "Name a folder; to see the findings of one file, give its path.",
  );
}

/** A folder that is not there stays as named: reading the config says so. */
function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function nearestConfig(folder: string, ceiling: string | undefined): string | null {
  const file = findConfig(folder);
  return file !== null && ceiling !== undefined && !liesIn(realFolder(ceiling), file) ? null : file;
}

function readConfig(file: string, cwd: string, text: string | undefined): Config {
  const context = { ruleNames: rules.map(({ name }) => name), catalog: loadCatalog() };
  const { config, errors } =
    text === undefined ? loadConfig(file, context) : parseConfig(file, text, context);
  if (config !== null) return config;
  const lines = errors.map(({ line, column, message, help }) => {
    const place = `${nameOf(file, cwd)}:${String(line)}:${String(column)}`;
    return `${place}: ${message}${help === null ? "" : ` ${help}`}`;
  });
  throw new BrokenConfig(lines, errors);
}

/** As the person sees it: relative to where they are, unless that is a long way round. */
function nameOf(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith("..") ? file : relative || ".";
}
