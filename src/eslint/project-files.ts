/**
 * The files of a project and the forms of those that matter, kept for the life of the process: one full scan at first
 * use; afterwards only what the file system says has changed is read again.
 */
import path from "node:path";
import { collectOptions, readFiles, scanOptions } from "../api/read-project.js";
import { lowerSource } from "../api/own-files.js";
import type { Config } from "../config/types.js";
import { AutoImports } from "../link/auto-imports.js";
import { createResolver } from "../link/resolver.js";
import type { Project } from "../link/project.js";
import { isWhole, sameScan, scanText, type Scan, type SeedOptions, type Selector } from "../link/select.js";
import type { FileForm } from "../lower/form.js";
import { collectFiles, collects, type CollectOptions } from "../source/collect.js";
import type { FormCache } from "../source/form-cache.js";
import { readSource } from "../source/read.js";
import { rememberedScans, type Caches } from "./caches.js";
import { Sometimes, type Now } from "./sometimes.js";
import { stamp, stampOf } from "./stamp.js";

/** A file whose form was needed. */
export interface Loaded {
  form: FileForm;
  text: string;
  stamp: string;
}

/** An unsaved text, and what it says of imports and names. */
export interface Instead {
  file: string;
  text: string;
}

/** Files that say where imports lead. A base config under another name is read again once one of these changes. */
const LEADS_IMPORTS =
  /(?:^|\/)(?:(?:package|[^/]*[jt]sconfig[^/]*)\.json|(?:nuxt|nitro|wxt|vite)\.config\.[cm]?[jt]s)$/;

export class ProjectFiles {
  /** All files that are looked at, with their stamps. */
  readonly #files: Map<string, string>;
  /** Files that were asked about and are none of the project's. */
  readonly #outside = new Set<string>();
  readonly #loaded = new Map<string, Loaded>();
  readonly #selector: Selector;
  readonly #options: SeedOptions;
  readonly #collect: CollectOptions;
  readonly #forms: FormCache | null;
  readonly #stats: Sometimes;
  readonly #walks: Sometimes;
  #takes: (file: string) => boolean;
  #selected: ReadonlySet<string> | null = null;
  #resolve: Project["resolve"];
  #autoImports: AutoImports;
  /** The stamps of what declares names that need no import. */
  #declared: string;
  /** Raised whenever something on the disk turned out to have changed. */
  version = 0;

  constructor(
    readonly root: string,
    config: Config | null,
    caches: Caches,
    now: Now,
  ) {
    this.#options = scanOptions(root, config);
    this.#collect = collectOptions(config);
    this.#forms = caches.forms;
    this.#stats = new Sometimes(now);
    this.#walks = new Sometimes(now);
    this.#takes = collects(root, this.#collect);
    const scans = rememberedScans(caches, root, this.#options);
    const read = this.#walks.always(() =>
      readFiles(root, config, { forms: caches.forms, scans, keepTexts: true }),
    );
    scans?.save();
    this.#selector = read.selector;
    this.#resolve = read.project.resolve;
    this.#autoImports = read.project.autoImports;
    this.#declared = this.#stampDeclared();
    this.#files = new Map(read.sources.map((source) => [source.file, stampOf(source)]));
    for (const [file, form] of read.project.forms) {
      const at = this.#files.get(file);
      const text = read.text(file);
      if (at !== undefined && text !== undefined) this.#loaded.set(file, { form, text, stamp: at });
    }
  }

  get resolve(): Project["resolve"] {
    return this.#resolve;
  }

  get autoImports(): AutoImports {
    return this.#autoImports;
  }

  /** Whether the project would audit the file. A new one is taken in. */
  has(file: string): boolean {
    if (this.#files.has(file)) return true;
    if (this.#outside.has(file)) return false;
    if (!this.#takes(file)) return this.#turnAway(file);
    // Text that was never saved belongs to the place it names.
    if (stamp(path.join(this.root, file)) === "") return true;
    this.#walks.always(() => {
      this.#walk();
    });
    return this.#files.has(file) || this.#turnAway(file);
  }

  #turnAway(file: string): false {
    this.#outside.add(file);
    return false;
  }

  /** Looks whether the disk has changed, if it is time to. */
  refresh(): void {
    const walked = this.#walks.run(() => {
      this.#walk();
    });
    if (walked) return;
    this.#stats.run(() => {
      for (const file of [...this.#loaded.keys()]) this.#update(file, stamp(path.join(this.root, file)));
    });
  }

  /** The files that matter, with an unsaved text in place of one of them. */
  select(instead: Instead | null): ReadonlySet<string> {
    this.#selected ??= this.#selector.select();
    if (instead === null) return this.#selected;
    const scan = this.#scan(instead.file, instead.text);
    const known = this.#selector.get(instead.file);
    if (known !== undefined && sameScan(known, scan)) return this.#selected;
    return this.#selector.select({ file: instead.file, scan });
  }

  /** What is on the disk; undefined for what cannot be read. */
  loaded(file: string): Loaded | undefined {
    const known = this.#loaded.get(file);
    if (known !== undefined) return known;
    const read = readSource(path.join(this.root, file));
    if (!("text" in read)) return undefined;
    const form = this.#formOf(file, read.text);
    if (form === null) return undefined;
    const found = { form, text: read.text, stamp: this.#files.get(file) ?? "" };
    this.#loaded.set(file, found);
    // Saved since the last look at the disk: what it imports is what this text says.
    const scan = this.#scan(file, read.text);
    const old = this.#selector.get(file);
    if (old !== undefined && !sameScan(old, scan)) {
      this.#selector.add(file, scan);
      this.#changed();
    }
    return found;
  }

  /** What is on the disk, if it had to be read. */
  known(file: string): Loaded | undefined {
    return this.#loaded.get(file);
  }

  #formOf(file: string, text: string): FileForm | null {
    try {
      const kept = this.#forms?.get(file, text);
      if (kept) return kept;
      const form = lowerSource(file, text);
      this.#forms?.set(file, text, form);
      return form;
    } catch (error) {
      // Only deep nesting overflows the stack.
      if (!(error instanceof RangeError)) throw error;
      return null;
    }
  }

  /** Which files there are, by the folders; reads those that are new or have changed. */
  #walk(): void {
    const found = collectFiles(this.root, this.#collect).files;
    const names = new Set(found.map(({ file }) => file));
    const moved = names.size !== this.#files.size || found.some(({ file }) => !this.#files.has(file));
    const leadsElsewhere =
      this.#declared !== this.#stampDeclared() ||
      found.some(
        (source) => LEADS_IMPORTS.test(source.file) && this.#files.get(source.file) !== stampOf(source),
      );
    for (const source of found) this.#update(source.file, stampOf(source));
    for (const file of [...this.#files.keys()]) if (!names.has(file)) this.#update(file, "");
    if (!moved && !leadsElsewhere) return;
    if (moved) {
      this.#outside.clear();
      this.#takes = collects(this.root, this.#collect);
    }
    this.#resolve = createResolver(this.root, this.#files.keys());
    this.#autoImports = new AutoImports(this.root, this.#files.keys());
    this.#declared = this.#stampDeclared();
    this.#selector.resolveWith(this.#resolve, this.#autoImports);
    this.#rescan();
    this.#changed();
  }

  /** `auto-imports.d.ts` and the like, which tools write anew while one works. */
  #stampDeclared(): string {
    return [...this.#autoImports.declarations]
      .map((file) => stamp(path.join(this.root, ...file.split("/"))))
      .join();
  }

  /** Files whose package has come to import names by itself, or no longer does. */
  #rescan(): void {
    for (const file of this.#files.keys()) {
      const scan = this.#selector.get(file);
      if (scan === undefined || isWhole(scan, file, this.#autoImports)) continue;
      const read = readSource(path.join(this.root, file));
      if ("text" in read) this.#selector.add(file, this.#scan(file, read.text));
    }
  }

  #scan(file: string, text: string): Scan {
    return scanText(file, text, { ...this.#options, autoImports: this.#autoImports });
  }

  #update(file: string, now: string): void {
    if (this.#files.get(file) === now) return;
    const known = this.#loaded.get(file);
    const read = now === "" ? null : readSource(path.join(this.root, file));
    const text = read !== null && "text" in read ? read.text : null;
    if (now === "") this.#files.delete(file);
    else this.#files.set(file, now);
    if (text !== null && known?.text === text) {
      known.stamp = now;
      return;
    }
    this.#loaded.delete(file);
    if (text === null) this.#selector.delete(file);
    else {
      const scan = this.#scan(file, text);
      const old = this.#selector.get(file);
      this.#selector.add(file, scan);
      // A file that matters to nobody, neither before nor now.
      if (known === undefined && old !== undefined && sameScan(old, scan)) return;
    }
    this.#changed();
  }

  #changed(): void {
    this.#selected = null;
    this.version++;
  }
}
