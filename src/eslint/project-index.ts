/**
 * The project around a linted file, kept for the life of the process: one full scan at first use; afterwards the files
 * that matter are looked at again by time and size, and the open file's text replaces what is on the disk.
 */
import path from "node:path";
import { readFiles } from "../api/read-project.js";
import { lowerSource } from "../api/own-files.js";
import { buildPicture } from "../audit/build.js";
import type { Picture } from "../audit/picture.js";
import { loadCatalog } from "../catalog/index.js";
import type { Config } from "../config/types.js";
import { createResolver } from "../link/resolver.js";
import type { Project } from "../link/project.js";
import type { FileForm } from "../lower/form.js";
import { exclusionsOf } from "../source/exclusions.js";
import { readSource } from "../source/read.js";
import { mentionsKlaviyo, specifiersIn } from "../source/scan.js";
import { stamp } from "./root-of.js";

interface Known {
  form: FileForm;
  text: string;
  stamp: string;
}

/** The open file as ESLint has it. */
export interface OpenFile {
  /** Relative to the root, with `/`. */
  file: string;
  text: string;
  /** Lowers the text, from ESLint's own tree where it has one. Called at most once. */
  lower: () => FileForm;
}

export class ProjectIndex {
  readonly #files: Set<string>;
  readonly #known = new Map<string, Known>();
  readonly #scannedAt = Date.now();
  #resolve: Project["resolve"];
  #picture: Picture | null = null;
  /** The last picture with an unsaved text, by file and text. */
  #variant: { file: string; text: string; picture: Picture } | null = null;

  /** Scans the root: the only time that all of its files are read. */
  constructor(
    readonly root: string,
    readonly config: Config | null,
  ) {
    const read = readFiles(root, config, {});
    this.#files = new Set(read.files);
    for (const [file, form] of read.project.forms) {
      this.#known.set(file, { form, text: read.text(file) ?? "", stamp: stamp(path.join(root, file)) });
    }
    this.#resolve = read.project.resolve;
  }

  /** The picture with the open file's text; null where the file has no part in it. */
  pictureFor(open: OpenFile): Picture | null {
    if (!this.#belongs(open.file)) return null;
    this.#refresh(open.file);
    const known = this.#known.get(open.file);
    if (known?.text === open.text) return (this.#picture ??= this.#build(this.#forms(), new Map()));
    if (known === undefined && !this.#matters(open)) return null;
    if (this.#variant?.file === open.file && this.#variant.text === open.text) return this.#variant.picture;
    const forms = this.#forms();
    const form = open.lower();
    forms.set(open.file, form);
    this.#take(form, forms);
    const picture = this.#build(forms, new Map([[open.file, open.text]]));
    this.#variant = { file: open.file, text: open.text, picture };
    return picture;
  }

  #forms(): Map<string, FileForm> {
    return new Map([...this.#known].map(([file, { form }]) => [file, form]));
  }

  /** Excluded files were left out of the scan; new ones came after it. */
  #belongs(file: string): boolean {
    if (this.#files.has(file)) return true;
    if (file.startsWith("../") || path.isAbsolute(file) || exclusionsOf(file).length > 0) return false;
    const now = stamp(path.join(this.root, file));
    const isNew = now === "" || Number(now.split(":")[0]) >= this.#scannedAt - 1000;
    if (!isNew) return false;
    this.#files.add(file);
    this.#resolve = createResolver(this.root, this.#files);
    return true;
  }

  /** Whether a file that the scan passed over has come to matter: it names Klaviyo, or imports what does. */
  #matters({ file, text }: OpenFile): boolean {
    if (mentionsKlaviyo(text)) return true;
    if (this.#known.size === 0) return false;
    return [...specifiersIn(text)].some((specifier) => {
      const target = this.#resolve(file, specifier);
      return target !== null && this.#known.has(target);
    });
  }

  /** Reads again what changed on the disk since it was read. */
  #refresh(open: string): void {
    let changed = false;
    for (const [file, known] of this.#known) {
      const now = stamp(path.join(this.root, file));
      if (now === known.stamp) continue;
      changed = true;
      const source = now === "" ? null : readSource(path.join(this.root, file));
      if (source === null || !("text" in source)) {
        this.#known.delete(file);
        if (now === "" && file !== open) this.#files.delete(file);
        continue;
      }
      const form = lowerSource(file, source.text);
      this.#known.set(file, { form, text: source.text, stamp: now });
      const forms = this.#forms();
      this.#take(form, forms);
    }
    if (!changed) return;
    this.#picture = null;
    this.#variant = null;
  }

  /** Takes in what a form imports and the scan left out, and what that imports. */
  #take(form: FileForm, forms: Map<string, FileForm>): void {
    const work = [form];
    for (let at = work.pop(); at !== undefined; at = work.pop()) {
      const sources = [
        ...at.imports.map(({ source }) => source),
        ...at.exports.flatMap((one) => ("source" in one ? [one.source] : [])),
      ];
      for (const source of sources) {
        const target = this.#resolve(at.file, source);
        if (target === null || forms.has(target) || !this.#files.has(target)) continue;
        const read = readSource(path.join(this.root, target));
        if (!("text" in read)) continue;
        const inner = lowerSource(target, read.text);
        forms.set(target, inner);
        this.#known.set(target, { form: inner, text: read.text, stamp: stamp(path.join(this.root, target)) });
        this.#picture = null;
        work.push(inner);
      }
    }
  }

  #build(forms: ReadonlyMap<string, FileForm>, texts: ReadonlyMap<string, string>): Picture {
    const sorted = new Map([...forms].sort(([a], [b]) => (a < b ? -1 : 1)));
    return buildPicture({
      project: { root: this.root, forms: sorted, resolve: this.#resolve },
      config: this.config,
      catalog: loadCatalog(),
      text: (file) => texts.get(file) ?? this.#known.get(file)?.text ?? this.#textOf(file),
    });
  }

  #textOf(file: string): string | undefined {
    const source = readSource(path.join(this.root, file));
    return "text" in source ? source.text : undefined;
  }
}

const indexes = new Map<string, { key: string; index: ProjectIndex }>();

/** The index of a root; another one once the config changed. */
export function projectIndex(root: string, config: Config | null, key: string): ProjectIndex {
  const kept = indexes.get(root);
  if (kept?.key === key) return kept.index;
  const index = new ProjectIndex(root, config);
  indexes.set(root, { key, index });
  return index;
}
