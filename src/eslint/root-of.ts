/** Which project a linted file belongs to, and with which config. Asked for every file: cheap, and never stale for long. */
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { findConfig } from "../config/find.js";
import { findRoot, type RootOptions } from "../api/root.js";
import { UserError } from "../api/errors.js";
import type { Config } from "../config/types.js";
import { Sometimes, type Now } from "./sometimes.js";
import { stamp } from "./stamp.js";

export interface FileRoot {
  /** Absolute, without symbolic links. */
  root: string;
  config: Config | null;
  /** Why the config could not be read; the file is judged without one then. */
  problem: string | null;
}

const roots = new Map<string, FileRoot>();
const folders = new Map<string, { due: Sometimes; found: FileRoot }>();
const now: Now = () => performance.now();

/**
 * The folder of the nearest config upward from the file; without one ESLint's working directory, or for a file outside
 * of it the folder of its package.
 * @param folder The folder of the linted file. @param cwd ESLint's working directory.
 */
export function rootOf(folder: string, cwd: string): FileRoot {
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

function lookUp(folder: string, cwd: string): FileRoot {
  const config = findConfig(folder);
  const base = config === null ? baseOf(folder, cwd) : path.dirname(config);
  const key = `${base}\n${config === null ? "" : `${config} ${stamp(config)}`}`;
  let found = roots.get(key);
  if (found === undefined) {
    found = read({ cwd: base });
    roots.set(key, found);
  }
  return found;
}

/** An editor that starts ESLint in the root of the disk means the file's own project, not the disk. */
function baseOf(folder: string, cwd: string): string {
  const isDisk = path.dirname(cwd) === cwd;
  return contains(cwd, folder) && !isDisk ? cwd : packageOf(folder);
}

let lastUnsaved: { key: string; found: FileRoot } | null = null;

/** The same with a config that is being edited: its unsaved text. @param file Relative to the root. */
export function withUnsavedConfig(saved: FileRoot, file: string, text: string): FileRoot {
  const key = `${saved.root}\n${file}\n${text}`;
  if (lastUnsaved?.key !== key) {
    lastUnsaved = {
      key,
      found: read({ root: saved.root, cwd: saved.root, overlay: new Map([[file, text]]) }),
    };
  }
  return lastUnsaved.found;
}

function read(options: RootOptions & { cwd: string }): FileRoot {
  try {
    return { ...findRoot(options), problem: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { root: real(options.cwd), config: null, problem: error.message };
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
export function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function contains(folder: string, inner: string): boolean {
  const relative = path.relative(folder, inner);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
