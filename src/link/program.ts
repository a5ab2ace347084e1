/** The linked program: every file's index, and what each exported name stands for. */
import type { Expression, FileForm } from "../lower/form.js";
import { ClassList } from "./classes.js";
import { FilesWith, type HasKind } from "./files-with.js";
import { indexFile, type FileIndex } from "./file-index.js";
import type { Project } from "./project.js";
import { note, type Cell, type Now } from "./reads.js";
import { Names, type NameKind } from "./names.js";
import { packageNamed } from "./specifier.js";
import { addTo } from "../source/multimap.js";

/** What an exported name leads to. */
export type ExportTarget =
  | { kind: "expression"; file: string; node: Expression }
  | { kind: "namespace"; file: string }
  | { kind: "external"; module: string; name: string }
  /** A part of what `module.exports` is set to. */
  | { kind: "member"; file: string; node: Expression; name: string }
  /** The whole content of a data file, or one key of it. */
  | { kind: "data"; file: string; node: Expression; name: string | null };

interface CommonJs {
  /** `module.exports = …`, `export = …`. */
  whole: Expression[];
  /** `exports.x = …`, `module.exports.x = …`. */
  named: Map<string, Expression[]>;
}

export class Program {
  readonly #files: readonly string[];
  readonly #indexes = new Map<string, FileIndex>();
  readonly #cells = new Map<string, FormCell>();
  #classes: ClassList | null = null;
  readonly #names = new Map<NameKind, Names>();
  readonly #filesWith = new Map<HasKind, FilesWith>();
  readonly #commonJs = new Map<string, CommonJs>();

  constructor(readonly project: Project) {
    this.#files = [...project.forms.keys()].sort();
  }

  files(): readonly string[] {
    return this.#files;
  }

  form(file: string): FileForm {
    const cell = this.#cells.get(file) ?? this.#cellOf(file);
    note(cell);
    return cell.form;
  }

  /** Notes that something of a file is looked at by whoever has it already. */
  look(file: string): void {
    note(this.#cells.get(file) ?? this.#cellOf(file));
  }

  /** The classes of all files: a look at them is no look at the files. */
  classes(): ClassList {
    this.#classes ??= new ClassList(this.project.forms.values());
    note(this.#classes);
    return this.#classes;
  }

  /** Names of all files: a look at them is no look at the files. */
  names(kind: NameKind): Names {
    const names = this.#names.get(kind) ?? new Names(kind, this.project.forms.values(), indexOf);
    this.#names.set(kind, names);
    note(names);
    return names;
  }

  /** The files in which something of a kind is written: a look at them is no look at the others. */
  filesWith(kind: HasKind): FilesWith {
    const found = this.#filesWith.get(kind) ?? new FilesWith(kind, this.project.forms.values(), indexOf);
    this.#filesWith.set(kind, found);
    note(found);
    return found;
  }

  index(file: string): FileIndex {
    const form = this.form(file);
    let index = this.#indexes.get(file);
    if (index === undefined) {
      index = indexOf(form);
      this.#indexes.set(file, index);
    }
    return index;
  }

  /** The project file an import names; null for packages. */
  resolve(from: string, specifier: string): string | null {
    const found = this.project.resolve(from, specifier);
    return found !== null && this.project.forms.has(found) ? found : null;
  }

  /** All that `name`, exported by `file`, can be. `*` is the namespace. Empty when the file does not export it. */
  exported(file: string, name: string, seen = new Set<string>()): ExportTarget[] {
    const key = `${file}\n${name}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const form = this.form(file);
    if (name === "*") return [{ kind: "namespace", file }];
    if (form.data !== null)
      return [{ kind: "data", file, node: form.data, name: name === "default" ? null : name }];
    const out: ExportTarget[] = [];
    for (const entry of form.exports) {
      if (entry.kind === "local" && entry.name === name)
        out.push({ kind: "expression", file, node: entry.value });
      if (entry.kind === "from" && entry.name === name) {
        out.push(...this.imported(file, entry.source, entry.imported, seen));
      }
    }
    if (out.length > 0) return out;
    const commonJs = this.#commonJsOf(file);
    const named = commonJs.named.get(name);
    if (named !== undefined)
      out.push(...named.map((node): ExportTarget => ({ kind: "expression", file, node })));
    for (const node of commonJs.whole) {
      out.push(
        name === "default" ? { kind: "expression", file, node } : { kind: "member", file, node, name },
      );
    }
    if (out.length > 0) return out;
    if (name === "default" && commonJs.named.size > 0) return [{ kind: "namespace", file }];
    for (const entry of form.exports) {
      if (entry.kind === "all" && name !== "default")
        out.push(...this.imported(file, entry.source, name, seen));
    }
    return out;
  }

  /** What `import { name } from source`, written in `file`, can be. */
  imported(file: string, source: string, name: string, seen = new Set<string>()): ExportTarget[] {
    const target = this.resolve(file, source);
    if (target === null) return [{ kind: "external", module: packageNamed(source), name }];
    return this.exported(target, name, seen);
  }

  /** The names a file exports, for namespaces that are iterated. */
  exportedNames(file: string, seen = new Set<string>()): string[] {
    if (seen.has(file)) return [];
    seen.add(file);
    const names = new Set<string>(this.#commonJsOf(file).named.keys());
    for (const entry of this.form(file).exports) {
      if (entry.kind !== "all") {
        names.add(entry.name);
        continue;
      }
      const target = this.resolve(file, entry.source);
      if (target !== null) for (const name of this.exportedNames(target, seen)) names.add(name);
    }
    names.delete("default");
    return [...names];
  }

  /** What `require(file)` yields: `module.exports`, or else the namespace. */
  required(file: string): ExportTarget[] {
    const { whole } = this.#commonJsOf(file);
    if (whole.length > 0) return whole.map((node) => ({ kind: "expression", file, node }));
    const form = this.form(file);
    if (form.data !== null) return [{ kind: "data", file, node: form.data, name: null }];
    return [{ kind: "namespace", file }];
  }

  #cellOf(file: string): FormCell {
    const form = this.project.forms.get(file);
    if (form === undefined) throw new Error(`No form for ${file}`);
    const cell = cellOf(form);
    this.#cells.set(file, cell);
    return cell;
  }

  #commonJsOf(file: string): CommonJs {
    const form = this.form(file);
    let found = this.#commonJs.get(file);
    if (found === undefined) {
      found = { whole: [], named: new Map() };
      for (const entry of form.exports) {
        if (entry.kind === "local" && entry.name === "=") found.whole.push(entry.value);
      }
      for (const { node } of this.index(file).assigns) {
        if (node.target.kind !== "target") continue;
        const name = exportedBy(node.target.expression);
        if (name === null) continue;
        // `module.exports = exports = x` and `exports.a = exports.b = x`: the innermost value is what is exported.
        let { value } = node;
        while (value.kind === "assign") ({ value } = value);
        if (name === "=") found.whole.push(value);
        else addTo(found.named, name, value);
      }
      this.#commonJs.set(file, found);
    }
    return found;
  }
}

/** A look at a file's form. */
class FormCell implements Cell {
  constructor(readonly form: FileForm) {}

  renew(now: Now): Cell | null {
    return now.form(this.form.file) === this.form ? this : null;
  }
}

const cells = new WeakMap<FileForm, FormCell>();

/** One for each form, in every program that has it. */
function cellOf(form: FileForm): FormCell {
  let cell = cells.get(form);
  if (cell === undefined) {
    cell = new FormCell(form);
    cells.set(form, cell);
  }
  return cell;
}

/** Of a form alone, so the same in every program that has the form: in an editor all but the edited file's. */
const indexes = new WeakMap<FileForm, FileIndex>();

export function indexOf(form: FileForm): FileIndex {
  let index = indexes.get(form);
  if (index === undefined) {
    index = indexFile(form);
    indexes.set(form, index);
  }
  return index;
}

/** "=" for `module.exports`, the name for `exports.name` and `module.exports.name`, null for other targets. */
function exportedBy(target: Expression): string | null {
  if (isGlobal(target, "exports")) return "=";
  if (target.kind !== "member" || target.property.kind !== "string") return null;
  const name = target.property.value;
  if (isGlobal(target.object, "module") && name === "exports") return "=";
  if (isGlobal(target.object, "exports")) return name;
  const { object } = target;
  const ofModule =
    object.kind === "member" &&
    isGlobal(object.object, "module") &&
    object.property.kind === "string" &&
    object.property.value === "exports";
  return ofModule ? name : null;
}

function isGlobal(node: Expression, name: string): boolean {
  return node.kind === "name" && node.name === name && node.binding < 0;
}
