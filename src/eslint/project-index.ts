/** The picture around a linted file, with the open file's text in place of what is on the disk. */
import { buildPicture } from "../audit/build.js";
import { lineStarts, positionOf } from "../audit/lines.js";
import type { Picture } from "../audit/picture.js";
import { loadCatalog } from "../catalog/index.js";
import type { Config } from "../config/types.js";
import { Answers } from "../detect/answers.js";
import type { FileForm } from "../lower/form.js";
import { readSource } from "../source/read.js";
import path from "node:path";
import { cachesFor, type Caches } from "./caches.js";
import { ProjectFiles } from "./project-files.js";
import { movedPicture, type Surroundings } from "./moved.js";
import { moveBetween } from "./shift.js";
import type { Now } from "./sometimes.js";
import { seenFrom } from "../config/paths.js";

/** The open file as ESLint has it. */
export interface OpenFile {
  /** Relative to the root, with `/`. */
  file: string;
  text: string;
  /** Lowers the text, from ESLint's own tree where it has one. Called at most once. */
  lower: () => FileForm;
}

/** A picture, and what it was made of. */
interface Seen {
  config: Config | null;
  /** The disk's state that it shows. */
  version: number;
  forms: ReadonlyMap<string, FileForm>;
  picture: Picture;
  /** The open file, where its text is not the disk's. */
  open: { file: string; text: string } | null;
}

/** What a linted file is judged by. */
export interface View {
  picture: Picture;
  form: FileForm;
}

export class ProjectIndex {
  readonly #files: ProjectFiles;
  /** The picture of the disk. */
  #saved: Seen | null = null;
  /** The last picture with an unsaved text. */
  #unsaved: Seen | null = null;
  /** What was found out under a config: the disk's, and one that is being edited. */
  #known: readonly { config: Config | null; answers: Answers }[] = [];

  /** Scans the root: the only time that all of its files are read. */
  constructor(
    readonly root: string,
    config: Config | null,
    caches: Caches = { folder: null, forms: null },
    now: Now = () => performance.now(),
  ) {
    this.#files = new ProjectFiles(root, config, caches, now);
  }

  /** The picture with the open file's text; null where the file has no part in it. */
  viewOf(open: OpenFile, config: Config | null): View | null {
    this.#files.refresh();
    if (!this.#files.has(open.file)) return null;
    const known = this.#files.known(open.file);
    const instead = known?.text === open.text ? null : { file: open.file, text: open.text };
    const selected = this.#files.select(instead);
    if (!selected.has(open.file)) return null;
    const seen =
      instead === null ? this.#seeSaved(selected, config) : this.#seeUnsaved(open, selected, config);
    const form = seen.forms.get(open.file);
    return form === undefined ? null : { picture: seen.picture, form };
  }

  #seeSaved(selected: ReadonlySet<string>, config: Config | null): Seen {
    const { version } = this.#files;
    const saved = this.#saved;
    if (saved !== null && saved.version === version && saved.config === config) return saved;
    const forms = this.#forms(selected, null);
    return (this.#saved = { config, version, forms, picture: this.#build(forms, config, null), open: null });
  }

  #seeUnsaved(open: OpenFile, selected: ReadonlySet<string>, config: Config | null): Seen {
    const { version } = this.#files;
    const last = this.#unsaved;
    if (
      last?.open?.file === open.file &&
      last.open.text === open.text &&
      last.version === version &&
      last.config === config
    )
      return last;
    const forms = this.#forms(selected, open);
    const picture =
      this.#moved(open, forms, config, this.#unsaved) ??
      this.#moved(open, forms, config, this.#saved) ??
      this.#build(forms, config, open);
    const kept = { file: open.file, text: open.text };
    return (this.#unsaved = { config, version, forms, picture, open: kept });
  }

  /** An earlier picture with the open file's places moved, where nothing else has changed. */
  #moved(
    { file, text }: OpenFile,
    forms: ReadonlyMap<string, FileForm>,
    config: Config | null,
    from: Seen | null,
  ): Picture | null {
    if (from === null || from.config !== config || from.forms.size !== forms.size) return null;
    if (from.open !== null && from.open.file !== file) return null;
    const [before, after] = [from.forms.get(file), forms.get(file)];
    const old = from.open?.text ?? this.#files.known(file)?.text;
    if (before === undefined || after === undefined || old === undefined) return null;
    for (const [other, form] of forms) if (other !== file && from.forms.get(other) !== form) return null;
    const move = moveBetween({ form: before, text: old }, { form: after, text });
    if (move === null) return null;
    const open = { file, text };
    const detect = (): Picture["apps"] => this.#build(forms, config, open).apps;
    return movedPicture({ before: from.picture, file, move }, this.#around(forms, config, open), detect);
  }

  #forms(selected: ReadonlySet<string>, open: OpenFile | null): Map<string, FileForm> {
    const forms = new Map<string, FileForm>();
    for (const file of [...selected].sort()) {
      const form = file === open?.file ? open.lower() : this.#files.loaded(file)?.form;
      if (form !== undefined) forms.set(file, form);
    }
    return forms;
  }

  #build(
    forms: ReadonlyMap<string, FileForm>,
    config: Config | null,
    open: { file: string; text: string } | null,
  ): Picture {
    return buildPicture({
      answers: this.#answersUnder(config),
      project: { root: this.root, forms, resolve: this.#files.resolve, autoImports: this.#files.autoImports },
      config,
      catalog: loadCatalog(),
      text: this.#texts(open),
    });
  }

  #answersUnder(config: Config | null): Answers {
    const known = this.#known.find((one) => one.config === config) ?? { config, answers: new Answers() };
    this.#known = [known, ...this.#known.filter((one) => one !== known).slice(0, 1)];
    return known.answers;
  }

  #around(
    forms: ReadonlyMap<string, FileForm>,
    config: Config | null,
    open: { file: string; text: string },
  ): Surroundings {
    const text = this.#texts(open);
    const linesOf = (file: string) => forms.get(file)?.lines ?? lineStarts(text(file) ?? "");
    return {
      config,
      configFile: config === null ? null : seenFrom(this.root, config.file) || ".",
      catalog: loadCatalog(),
      text,
      position: (file, offset) => positionOf(linesOf(file), offset),
    };
  }

  #texts(open: { file: string; text: string } | null): (file: string) => string | undefined {
    return (file) => {
      if (file === open?.file) return open.text;
      const known = this.#files.known(file);
      if (known !== undefined) return known.text;
      const source = readSource(path.join(this.root, file));
      return "text" in source ? source.text : undefined;
    };
  }
}

const indexes = new Map<string, { shape: string; index: ProjectIndex }>();

/** The index of a root; another one once the config takes other files. */
export function projectIndex(root: string, config: Config | null, cache: boolean): ProjectIndex {
  const shape = shapeOf(config);
  const kept = indexes.get(root);
  if (kept?.shape === shape) return kept.index;
  const index = new ProjectIndex(root, config, cachesFor(root, cache));
  indexes.set(root, { shape, index });
  return index;
}

/** The part of a config that decides which files are read. */
function shapeOf(config: Config | null): string {
  if (config === null) return "";
  const pointed = [config.configured, ...config.apps.map(({ configured }) => configured)].flatMap((source) =>
    source?.kind === "file" ? [source.file] : [],
  );
  return JSON.stringify([
    config.root,
    config.include,
    config.ignore,
    config.helpers.map(({ callee }) => callee),
    pointed,
  ]);
}
