/** Names that a framework imports by itself, bound as if they were imported. */
import { perKey } from "./per-key.js";
import path from "node:path";
import type { ExportForm, FileForm, ImportForm } from "../lower/form.js";
import { defaultName, type AutoImports, type Side, type Target } from "./auto-imports.js";
import type { Project } from "./project.js";
import { addTo } from "../source/multimap.js";

interface Offered extends Target {
  side: Side;
}

type Offers = ReadonlyMap<string, readonly Offered[]>;

/** Modules that stand for all that is in scope without an import. */
const VIRTUAL = /^#(?:imports|app|build\/imports)$/;

/** The project with an import for each name that no scope of a file binds and its framework finds. */
export function withAutoImports(project: Project): Project {
  const { autoImports } = project;
  const offers = offersOf(project, autoImports);
  if (offers.size === 0) return project;
  const forms = new Map<string, FileForm>();
  for (const [file, form] of project.forms) {
    const own = offers.get(autoImports.packageOf(file) ?? NOWHERE);
    forms.set(file, own === undefined ? form : bound(form, own, autoImports, project));
  }
  return { ...project, forms };
}

/** No folder's name. */
const NOWHERE = "\0";

/** By package, what is in scope in it. */
function offersOf({ forms, resolve }: Project, autoImports: AutoImports): Map<string, Offers> {
  const found = new Map<string, Map<string, Offered[]>>();
  const add = (folder: string, name: string, offered: Offered): void => {
    const own = found.get(folder) ?? new Map<string, Offered[]>();
    found.set(folder, own);
    addTo(own, name, offered);
  };
  const declaring = new Set<string>();
  for (const file of forms.keys()) {
    const folder = autoImports.packageOf(file);
    if (folder === null) continue;
    if (!declaring.has(folder)) {
      declaring.add(folder);
      for (const [name, target] of autoImports.declaredFor(file)) {
        if (forms.has(target.file)) add(folder, name, { ...target, side: "shared" });
      }
    }
    const side = autoImports.offeredTo(file);
    if (side === null) continue;
    for (const name of exportedNames(file, forms, resolve)) {
      add(folder, name === "default" ? defaultName(file) : name, { file, name, side });
    }
  }
  return found;
}

function exportedNames(
  file: string,
  forms: Project["forms"],
  resolve: Project["resolve"],
  seen = new Set<string>(),
): Set<string> {
  const names = new Set<string>();
  if (seen.has(file)) return names;
  seen.add(file);
  const form = forms.get(file);
  for (const entry of form?.exports ?? []) {
    if (entry.kind !== "all") {
      if (entry.name !== "=") names.add(entry.name);
      continue;
    }
    const target = resolve(file, entry.source);
    if (target === null) continue;
    for (const name of exportedNames(target, forms, resolve, seen)) if (name !== "default") names.add(name);
  }
  for (const { name } of form?.types ?? []) names.add(name);
  return names;
}

/** What is found of a form under some offers, kept so that equal states of a project have equal forms. */
const made = new WeakMap<FileForm, Map<string, FileForm>>();

function bound(form: FileForm, offers: Offers, autoImports: AutoImports, { resolve }: Project): FileForm {
  if (form.data !== null) return form;
  const find = (name: string): Offered | null =>
    (offers.get(name) ?? [])
      .filter(({ file, side }) => file !== form.file && autoImports.sees(form.file, side))
      // Where both sides have the name, a server's file means the server's.
      .sort((a, b) => Number(b.side === "server") - Number(a.side === "server"))
      .at(isServer(form.file) ? 0 : -1) ?? null;
  const names = [...bareNames(form)].flatMap((name) => {
    const target = find(name);
    return target === null ? [] : [{ name, target }];
  });
  const redirected = virtualNames(form, resolve).flatMap((name) => {
    const target = find(name);
    return target === null ? [] : [{ name, target }];
  });
  if (names.length === 0 && redirected.length === 0) return form;
  const key = JSON.stringify([names, redirected]);
  const known = made.get(form) ?? new Map<string, FileForm>();
  made.set(form, known);
  let result = known.get(key);
  if (result === undefined) {
    result = rebound(form, new Map(names.map(({ name, target }) => [name, target])), redirected);
    known.set(key, result);
  }
  return result;
}

function isServer(file: string): boolean {
  return /(?:^|\/)server\//.test(file);
}

/** The names in a form that nothing in it binds. */
const bareNames = perKey((form: FileForm): ReadonlySet<string> => {
  const names = new Set<string>();
  forEachBareName(form, (node) => names.add(node.name));
  return names;
});

/** Names that are imported, or handed on, from a module that the framework makes. */
function virtualNames({ file, imports, exports }: FileForm, resolve: Project["resolve"]): string[] {
  const all = [...imports, ...exports].flatMap((entry) =>
    "imported" in entry && VIRTUAL.test(entry.source) && resolve(file, entry.source) === null
      ? [entry.imported]
      : [],
  );
  return [...new Set(all)];
}

interface BareName {
  kind: "name";
  name: string;
  binding: number;
  range: readonly [number, number];
}

function isBareName(value: object): value is BareName {
  return "kind" in value && value.kind === "name" && "binding" in value && value.binding === -1;
}

/** The parts of a form that hold expressions. */
const PARTS = ["body", "functions", "classes", "exports", "bindings", "types"] as const;

function forEachBareName(form: FileForm, visit: (node: BareName) => void): void {
  const work: object[] = PARTS.map((part) => form[part]);
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    if (isBareName(value)) visit(value);
    else for (const inner of Object.values(value)) if (isObject(inner)) work.push(inner);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function rebound(
  form: FileForm,
  targets: ReadonlyMap<string, Target>,
  redirected: readonly { name: string; target: Target }[],
): FileForm {
  // The form is plain JSON; the copy is ours to change.
  const copy = structuredClone(form);
  const bindings = new Map<string, number>();
  forEachBareName(copy, (node) => {
    const target = targets.get(node.name);
    if (target === undefined) return;
    let binding = bindings.get(node.name);
    if (binding === undefined) {
      binding = copy.bindings.length;
      bindings.set(node.name, binding);
      // It stands where the name is read first, so that it moves with it.
      const { name, range } = node;
      copy.bindings.push({ name, range, kind: "import", fn: -1, type: null });
      copy.imports.push({ ...leadingTo(copy.file, target), range, binding, typeOnly: false });
    }
    node.binding = binding;
  });
  const redirect = new Map(redirected.map(({ name, target }) => [name, leadingTo(copy.file, target)]));
  copy.imports = copy.imports.map((one) => redirectedEntry(one, redirect));
  copy.exports = copy.exports.map((one) => redirectedEntry(one, redirect));
  return copy;
}

interface Leading {
  source: string;
  imported: string;
}

function redirectedEntry<Entry extends ImportForm | ExportForm>(
  entry: Entry,
  redirect: ReadonlyMap<string, Leading>,
): Entry {
  if (!("imported" in entry) || !VIRTUAL.test(entry.source)) return entry;
  const target = redirect.get(entry.imported);
  return target === undefined ? entry : { ...entry, ...target };
}

function leadingTo(from: string, { file, name }: Target): Leading {
  const way = path.posix.relative(path.posix.dirname(from), file);
  return { source: way.startsWith(".") ? way : `./${way}`, imported: name };
}
