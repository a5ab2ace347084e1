/** Which files of a folder are audited. */
import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import path from "node:path";
import { exclusionsOf } from "./exclusions.js";
import { GitIgnore } from "./gitignore.js";
import { ignoreMatcher, IncludePatterns } from "./include.js";
import { kindOf, type FileKind } from "./kinds.js";
import { isNoCodeOfTheApp } from "./other-code.js";
import { readSource, unreadable } from "./read.js";
import { mentionsKlaviyo } from "./scan.js";
import { liesIn, seenFrom } from "../config/paths.js";

export interface SourceFile {
  /** Relative to the root, with `/`. */
  file: string;
  absolute: string;
  kind: FileKind;
  /** Bytes. */
  size: number;
  mtimeMs: number;
}

export interface SkippedFile {
  /** Relative to the root, with `/`; a folder ends in `/`. */
  file: string;
  /** Completes "skipped because …". */
  reason: string;
}

export interface CollectOptions {
  /** Globs of the files to take; all by default. One that names what is excluded takes that in. */
  include?: readonly string[];
  /** Globs of files to leave out. */
  ignore?: readonly string[];
  /** Of the files that would be taken, those to take; all by default. */
  only?: (file: string) => boolean;
  /** Absolute folder in which the globs start: the config's. The root by default. */
  base?: string;
}

export interface Collected {
  /** Sorted by path. */
  files: SourceFile[];
  /** What should have been read and could not. Sorted by path. */
  skipped: SkippedFile[];
}

const MAX_DEPTH = 60;

/** Stands for any name that no glob spells out. */
const ANY = "any~name";
const ANY_DEEP = `${ANY}/${ANY}/${ANY}/${ANY}/${ANY}`;

/**
 * The files of a folder that can matter: those whose language we know, without what `.gitignore` files name (env files
 * are read all the same), and without tests, build output and the like (`EXCLUDED`). Symbolic links are not followed:
 * what they name inside the root is read in its own place, or said to be skipped where that is left out.
 */
export function collectFiles(root: string, options: CollectOptions = {}): Collected {
  const walk = new Walk(path.resolve(root), options);
  walk.folder("", 0);
  walk.files.sort((a, b) => compare(a.file, b.file));
  walk.skipped.sort((a, b) => compare(a.file, b.file));
  return { files: walk.files, skipped: walk.skipped };
}

/** Whether `collectFiles` would take a file of the root, should it be there. */
export function collects(root: string, options: CollectOptions = {}): (file: string) => boolean {
  const walk = new Walk(path.resolve(root), options);
  return (file) => walk.reaches(file);
}

class Walk {
  readonly files: SourceFile[] = [];
  readonly skipped: SkippedFile[] = [];
  readonly #include: IncludePatterns;
  readonly #ignores: (file: string) => boolean;
  readonly #git: GitIgnore;
  readonly #only: (file: string) => boolean;
  /** What leads from the globs' base to the root: "" or "a/b/". */
  readonly #prefix: string;

  constructor(
    readonly root: string,
    { include = ["**/*"], ignore = [], only = () => true, base = root }: CollectOptions,
  ) {
    this.#include = new IncludePatterns(include.length === 0 ? ["**/*"] : include);
    this.#ignores = ignoreMatcher(ignore);
    this.#only = only;
    this.#git = new GitIgnore(root);
    const prefix = seenFrom(base, root);
    this.#prefix = prefix === "" ? "" : `${prefix}/`;
  }

  /** @param folder Relative to the root; "" or ending in `/`. */
  folder(folder: string, depth: number): void {
    if (depth > MAX_DEPTH) {
      this.skipped.push({ file: folder, reason: "it is nested too deeply" });
      return;
    }
    let entries: Dirent[];
    try {
      entries = readdirSync(path.join(this.root, folder), { withFileTypes: true });
    } catch (error) {
      this.skipped.push({ file: folder === "" ? "./" : folder, reason: unreadable(error) });
      return;
    }
    for (const entry of entries) {
      const file = folder + entry.name;
      if (entry.isDirectory()) {
        if (this.#descends(file)) this.folder(`${file}/`, depth + 1);
      } else if (entry.isFile()) this.#file(file);
      else if (entry.isSymbolicLink()) this.#link(file);
    }
  }

  /** @param file Relative to the root, with `/`. */
  reaches(file: string): boolean {
    for (let slash = file.indexOf("/"); slash >= 0; slash = file.indexOf("/", slash + 1)) {
      if (!this.#descends(file.slice(0, slash))) return false;
    }
    return this.#takes(file) !== null;
  }

  #descends(folder: string): boolean {
    const from = this.#prefix + folder;
    if (this.#ignores(`${from}/${ANY}`) && this.#ignores(`${from}/${ANY_DEEP}`)) return false;
    const exclusions = exclusionsOf(`${folder}/${ANY}`);
    if (exclusions.length > 0 && !this.#include.mayNameBelow(from, exclusions)) return false;
    return !this.#git.ignoresFolder(folder) || this.#include.mayNameIgnoredBelow(from, this.#ignored);
  }

  #takes(file: string): FileKind | null {
    const kind = kindOf(file);
    if (kind === null || !this.#only(file)) return null;
    const globbed = this.#prefix + file;
    if (!this.#include.takes(globbed) || this.#ignores(globbed)) return null;
    const exclusions = exclusionsOf(file);
    if (exclusions.length > 0 && !this.#include.namesFor(globbed, exclusions)) return null;
    if (kind === "other" && isNoCodeOfTheApp(file) && !this.#include.namesFor(globbed, [isNoCodeOfTheApp]))
      return null;
    const read = this.#readThoughIgnored(kind, file) || !this.#git.ignoresFile(file);
    return read || this.#include.namesIgnored(globbed, this.#ignored) ? kind : null;
  }

  /** Env files hold what is configured where the app runs, and are nearly always ignored; ignored folders stay out. */
  #readThoughIgnored(kind: FileKind, file: string): boolean {
    if (kind !== "env") return false;
    const folder = path.posix.dirname(file);
    return folder === "." || !this.#git.ignoresFolder(folder);
  }

  /** Whether git ignores a path that starts where the globs do. */
  readonly #ignored = (globbed: string): boolean => {
    if (!globbed.startsWith(this.#prefix)) return false;
    const file = globbed.slice(this.#prefix.length);
    return file !== "" && this.#git.ignoresFile(file);
  };

  #file(file: string): void {
    const kind = this.#takes(file);
    if (kind === null) return;
    const absolute = path.join(this.root, file);
    try {
      const { size, mtimeMs } = statSync(absolute);
      this.files.push({ file, absolute, kind, size, mtimeMs });
    } catch (error) {
      this.skipped.push({ file, reason: unreadable(error) });
    }
  }

  #link(file: string): void {
    if (this.#takes(file) === null) return;
    try {
      const target = realpathSync(path.join(this.root, file));
      const root = realpathSync(this.root);
      if (!liesIn(root, target)) {
        this.skipped.push({ file, reason: "it is a symbolic link to a place outside the root" });
        return;
      }
      const inside = seenFrom(root, target);
      if (!statSync(target).isFile() || this.reaches(inside) || !mentions(target)) return;
      this.skipped.push({ file, reason: `it is a symbolic link to ${inside}, which is not audited` });
    } catch (error) {
      this.skipped.push({ file, reason: `it is a symbolic link, and ${unreadable(error)}` });
    }
  }
}

/** What cannot be read is said of its own place. */
function mentions(absolute: string): boolean {
  const source = readSource(absolute);
  return "text" in source && mentionsKlaviyo(source.text);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
