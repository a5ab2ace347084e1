/** Which project a linted file belongs to, and with which config. Asked for every file: cheap, and never stale. */
import { realpathSync, statSync } from "node:fs";
import path from "node:path";
import { findConfig } from "../config/find.js";
import { findRoot } from "../api/root.js";
import { UserError } from "../api/errors.js";
import type { Config } from "../config/types.js";

export interface FileRoot {
  /** Absolute, without symbolic links. */
  root: string;
  config: Config | null;
  /** Why the config could not be read; the file is judged without one then. */
  problem: string | null;
  /** Changes with the config: what was made for another key is dropped. */
  key: string;
}

const roots = new Map<string, FileRoot>();

/**
 * The folder of the nearest config upward from the file; without one ESLint's working directory.
 * @param folder The folder of the linted file. @param cwd ESLint's working directory.
 */
export function rootOf(folder: string, cwd: string): FileRoot {
  const config = findConfig(folder);
  const base = config === null ? (contains(cwd, folder) ? cwd : folder) : path.dirname(config);
  const key = `${base}\n${config === null ? "" : `${config} ${stamp(config)}`}`;
  let found = roots.get(key);
  if (found === undefined) {
    found = read(base, key);
    roots.set(key, found);
  }
  return found;
}

function read(base: string, key: string): FileRoot {
  try {
    return { ...findRoot({ cwd: base }), problem: null, key };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { root: real(base), config: null, problem: error.message, key };
  }
}

/** The folder without symbolic links; as it is where it does not exist. */
export function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

/** Changes when the file does; "" where there is none. */
export function stamp(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${String(stats.mtimeMs)}:${String(stats.size)}`;
}

function contains(folder: string, inner: string): boolean {
  const relative = path.relative(folder, inner);
  return !relative.startsWith("..") && !path.isAbsolute(relative);
}
