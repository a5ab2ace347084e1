/** Which project a linted file belongs to, and with which config. Asked for every file: cheap, and never stale for long. */
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { findConfig } from "../config/find.js";
import { findRoot, type RootOptions } from "../api/root.js";
import { BrokenConfig, UserError } from "../api/errors.js";
import type { ConfigError } from "../config/document.js";
import { PACKAGE_KEY } from "../config/package-key.js";
import type { Config } from "../config/types.js";
import { Sometimes, type Now } from "./sometimes.js";
import { stamp } from "./stamp.js";
import { liesIn, seenFrom } from "../config/paths.js";

export interface FileRoot {
  /** Absolute, without symbolic links. */
  root: string;
  /** Null also where the config has mistakes: the file is judged without one then. */
  config: Config | null;
  /** Absolute; null where there is no config. */
  configFile: string | null;
  /** The mistakes in the config. */
  mistakes: readonly ConfigError[];
}

/** Where a linted file is. */
export interface Where {
  filename: string;
  cwd: string;
}

/** A linted file and its project. @property file Relative to the root, with `/`. */
export interface Located {
  file: string;
  saved: FileRoot;
}

/** The project of a linted file, as it is on the disk. */
export function locate({ filename, cwd }: Where): Located {
  const absolute = path.isAbsolute(filename) ? filename : path.join(cwd, virtualName(filename));
  const { saved, folder } = folderOf(path.dirname(absolute), cwd);
  return { file: path.posix.join(folder, path.basename(absolute)), saved };
}

/** `<input>` and `<text>`: text without a file. */
function virtualName(filename: string): string {
  return filename.startsWith("<") ? "__input__.js" : filename;
}

/** The project with the linted text in it, which may be that of the config itself. */
export function withText({ file, saved }: Located, text: string): FileRoot {
  return holdsConfig(file, text, saved) ? withUnsavedConfig(saved, file, text) : saved;
}

/** Whether the text is that of the config: what it says counts at once. */
export function holdsConfig(file: string, text: string, { root, configFile }: FileRoot): boolean {
  if (configFile === null || path.resolve(root, file) !== configFile) return false;
  return path.basename(file) !== "package.json" || text.includes(`"${PACKAGE_KEY}"`);
}

/** A folder and its project. @property folder Relative to the root, with `/`; "" for the root itself. */
interface Folder {
  folder: string;
  saved: FileRoot;
}

const roots = new Map<string, FileRoot>();
const folders = new Map<string, { due: Sometimes; found: Folder }>();
const now: Now = () => performance.now();

/**
 * The folder of the nearest config upward from the file; without one ESLint's working directory, or for a file outside
 * of it the folder of its package.
 * @param folder The folder of the linted file. @param cwd ESLint's working directory.
 */
export function rootOf(folder: string, cwd: string): FileRoot {
  return folderOf(folder, cwd).saved;
}

function folderOf(folder: string, cwd: string): Folder {
  const asked = `${folder}\n${cwd}`;
  const known = folders.get(asked);
  if (known === undefined) {
    const due = new Sometimes(now);
    const found = due.always(() => lookUp(folder, cwd));
    folders.set(asked, { due, found });
    return found;
  }
  known.due.run(() => {
    known.found = lookUp(folder, cwd);
  });
  return known.found;
}

function lookUp(linted: string, workingDirectory: string): Folder {
  const [folder, cwd] = [real(linted), real(workingDirectory)];
  const saved = rootAround(folder, cwd);
  return { folder: seenFrom(saved.root, folder), saved };
}

function rootAround(folder: string, cwd: string): FileRoot {
  const config = findConfig(folder);
  const base = config === null ? baseOf(folder, cwd) : path.dirname(config);
  const key = `${base}\n${config === null ? "" : `${config} ${stamp(config)}`}`;
  let found = roots.get(key);
  if (found === undefined) {
    found = read({ cwd: base }, config);
    roots.set(key, found);
  }
  return found;
}

/** An editor that starts ESLint in the root of the disk means the file's own project, not the disk. */
function baseOf(folder: string, cwd: string): string {
  const isDisk = path.dirname(cwd) === cwd;
  return liesIn(cwd, folder) && !isDisk ? cwd : packageOf(folder);
}

let lastUnsaved: { key: string; found: FileRoot } | null = null;

function withUnsavedConfig(saved: FileRoot, file: string, text: string): FileRoot {
  const key = `${saved.root}\n${file}\n${text}`;
  if (lastUnsaved?.key !== key) {
    const overlay = new Map([[file, text]]);
    lastUnsaved = {
      key,
      found: read({ root: saved.root, cwd: saved.root, overlay }, saved.configFile),
    };
  }
  return lastUnsaved.found;
}

function read(options: RootOptions & { cwd: string }, configFile: string | null): FileRoot {
  try {
    return { ...findRoot(options), configFile, mistakes: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Or a folder that is not there yet, of a file that was never saved.
    const mistakes = error instanceof BrokenConfig ? error.errors : [];
    return { root: real(options.cwd), config: null, configFile, mistakes };
  }
}

/** The nearest folder upward that is a package or a repository; a file of neither is judged with its own folder. */
function packageOf(folder: string): string {
  for (let at = folder; path.dirname(at) !== at; at = path.dirname(at)) {
    if (existsSync(path.join(at, "package.json")) || existsSync(path.join(at, ".git"))) return at;
  }
  return folder;
}

/** The folder without symbolic links; as it is where it does not exist. */
function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
