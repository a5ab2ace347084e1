/** Files → forms: reads each once, parses those that can matter, and joins them to a project. */
import path from "node:path";
import type { FileForm, Problem } from "../lower/form.js";
import type { FormCache } from "../source/form-cache.js";
import { readSource } from "../source/read.js";
import { kindOf } from "../source/kinds.js";
import type { SkippedFile, SourceFile } from "../source/collect.js";
import type { Project } from "./project.js";
import { AutoImports } from "./auto-imports.js";
import { createResolver } from "./resolver.js";
import { isWhole, scanText, Selector, type Scan } from "./select.js";

export interface BuildOptions {
  /** Absolute path of the audited root. */
  root: string;
  files: readonly SourceFile[];
  /** Text → form; `lowerFile`. */
  lower: (file: string, text: string) => FileForm;
  /** False parses every file. True by default: the findings are the same. */
  prefilter?: boolean;
  /** Words besides Klaviyo's name that make a file matter: the callees of the config's helpers. */
  words?: readonly string[];
  /** Files that matter whatever they say, relative to the root: those that the config points to. */
  always?: readonly string[];
  /** Keeps forms by content. */
  cache?: FormCache | null;
  /** Keeps scans by what the file system says of a file: those that did not change are not read. */
  scans?: ScanStore | null;
  /** Whether `text` answers with what was parsed, held in memory, instead of reading again. */
  keepTexts?: boolean;
  /** Texts to take instead of what is on the disk, by path relative to the root. */
  overlay?: ReadonlyMap<string, string>;
  progress?: (done: number, total: number) => void;
}

/** Scans of files as they were when they had this size and time. */
export interface ScanStore {
  get(file: SourceFile): Scan | null;
  set(file: SourceFile, scan: Scan): void;
}

export interface BuiltProject {
  project: Project;
  /** Those that were given, without output of ours that lies among them. */
  files: string[];
  skipped: SkippedFile[];
  stats: { files: number; parsed: number; bytes: number };
  /** A file's text as it was analyzed, read again on demand; undefined for files that cannot be read. */
  text: (file: string) => string | undefined;
  /** What each file said, to select again when one changes. Empty without the prefilter. */
  selector: Selector;
}

/** Never throws for what is in the files: what cannot be read or parsed is in `skipped`. */
export function buildProject(options: BuildOptions): BuiltProject {
  return new Builder(options).build();
}

class Builder {
  readonly #skipped: SkippedFile[] = [];
  readonly #forms = new Map<string, FileForm>();
  readonly #texts = new Map<string, string | undefined>();
  /** Output of ours, which is no part of the project. */
  readonly #own = new Set<string>();
  readonly #absolute: ReadonlyMap<string, string>;
  #bytes = 0;

  constructor(private readonly options: BuildOptions) {
    this.#absolute = new Map(options.files.map(({ file, absolute }) => [file, absolute]));
  }

  build(): BuiltProject {
    const { root, files, prefilter = true } = this.options;
    const resolve = createResolver(root, this.#absolute.keys());
    const autoImports = new AutoImports(root, this.#absolute.keys());
    const selector = new Selector(resolve, autoImports);
    if (prefilter) this.#buildSelected(selector, autoImports);
    else this.#buildAll();
    const forms = new Map([...this.#forms].sort(([a], [b]) => compare(a, b)));
    // Of code that is not read, what speaks to Klaviyo.
    const theirs = files.flatMap(({ file, kind }) =>
      this.#own.has(file) || (kind === "other" && !forms.has(file)) ? [] : [file],
    );
    return {
      project: { root, forms, resolve, autoImports },
      files: theirs,
      skipped: this.#skipped.sort((a, b) => compare(a.file, b.file) || compare(a.reason, b.reason)),
      stats: { files: theirs.length, parsed: forms.size, bytes: this.#bytes },
      text: (file) => this.#textOf(file),
      selector,
    };
  }

  #buildAll(): void {
    const { files, progress } = this.options;
    files.forEach(({ file }, done) => {
      progress?.(done, files.length);
      const text = this.#read(file);
      if (text !== null) this.#parse(file, text);
    });
  }

  #buildSelected(selector: Selector, autoImports: AutoImports): void {
    const { files, progress, words = [], always = [], scans, overlay } = this.options;
    const options = { words, files: new Set(always), autoImports };
    const unreadable = new Set<string>();
    /** The texts of the files that surely will be parsed; they are few. */
    const kept = new Map<string, string>();
    const ordered = [...files].sort((a, b) => Number(isCode(a.file)) - Number(isCode(b.file)));
    ordered.forEach((source, done) => {
      const { file } = source;
      progress?.(done, files.length);
      const store = overlay?.has(file) === true ? null : scans;
      const known = store?.get(source);
      if (known && isWhole(known, file, autoImports)) {
        this.#bytes += source.size;
        selector.add(file, known);
        return;
      }
      const text = this.#read(file);
      if (text === null) {
        unreadable.add(file);
        return;
      }
      const scan = scanText(file, text, options);
      store?.set(source, scan);
      if (selector.add(file, scan)) kept.set(file, text);
    });

    for (const file of selector.select()) {
      const text = kept.get(file) ?? (unreadable.has(file) ? undefined : this.#again(file));
      kept.delete(file);
      if (text !== undefined) this.#parse(file, text);
    }
  }

  /** The first reading of a file: null, and said in `skipped`, when it cannot be read. */
  #read(file: string): string | null {
    const overlaid = this.options.overlay?.get(file);
    if (overlaid !== undefined) {
      this.#bytes += Buffer.byteLength(overlaid);
      return overlaid;
    }
    const source = readSource(this.#absolute.get(file) ?? path.join(this.options.root, file));
    if ("skipped" in source) {
      if (source.own === true) this.#own.add(file);
      if (source.matters) this.#skipped.push({ file, reason: source.skipped });
      return null;
    }
    this.#bytes += Buffer.byteLength(source.text);
    return source.text;
  }

  #again(file: string): string | undefined {
    const overlaid = this.options.overlay?.get(file);
    if (overlaid !== undefined) return overlaid;
    const absolute = this.#absolute.get(file);
    if (absolute === undefined) return undefined;
    const source = readSource(absolute);
    return "skipped" in source ? undefined : source.text;
  }

  #textOf(file: string): string | undefined {
    if (!this.#texts.has(file)) this.#texts.set(file, this.#again(file));
    return this.#texts.get(file);
  }

  #parse(file: string, text: string): void {
    if (this.options.keepTexts === true) this.#texts.set(file, text);
    const form = this.options.cache?.get(file, text) ?? this.#lower(file, text);
    if (form === null) return;
    this.#forms.set(file, form);
    const [problem] = form.problems;
    if (problem !== undefined) this.#skipped.push({ file, reason: problemReason(problem, form) });
  }

  #lower(file: string, text: string): FileForm | null {
    try {
      const form = this.options.lower(file, text);
      this.options.cache?.set(file, text, form);
      return form;
    } catch (error) {
      // Only deep nesting overflows the stack; anything else is a bug of ours and keeps its trace.
      if (!(error instanceof RangeError)) throw error;
      this.#skipped.push({ file, reason: "it is nested too deeply" });
      return null;
    }
  }
}

function isCode(file: string): boolean {
  return kindOf(file) === "code";
}

/** Some readers name the line themselves. */
function problemReason({ range, message }: Problem, { lines }: FileForm): string {
  if (message.startsWith("Line ")) return `line ${message.slice("Line ".length)}`;
  const line = lines.findLastIndex((start) => start <= range[0]) + 1;
  return `line ${String(Math.max(1, line))}: ${message}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
