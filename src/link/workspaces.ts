/** The packages of the repository itself, found by name though nothing is installed or built. */
import path from "node:path";
import { readManifest } from "./manifest.js";

interface Package {
  /** Relative to the root; "" for the root. */
  folder: string;
  manifest: ReadonlyMap<string, unknown>;
}

/** Folders of build output, which is made from `src` or from the package's own folder. */
const OUTPUT = /^(?:\.\/)?(?:dist|lib|build|out|es|esm|cjs|output)\//;
const MODULE_FORMAT = /^(?:esm|cjs|es|node|browser|types|src)\//;
const EXTENSION = /(?:\.d)?\.[cm]?[jt]sx?$/;

export class Workspaces {
  readonly #packages = new Map<string, Package>();

  /** @param manifests The project's package.json files, relative to the root. */
  constructor(root: string, manifests: readonly string[]) {
    for (const file of manifests) {
      const manifest = readManifest(path.join(root, ...file.split("/")));
      const name = manifest?.get("name");
      if (manifest === null || typeof name !== "string" || this.#packages.has(name)) continue;
      this.#packages.set(name, { folder: file.slice(0, Math.max(0, file.lastIndexOf("/"))), manifest });
    }
  }

  /** The places, best first and without extension, where the source of `name` or `name/sub/path` may lie. */
  candidates(specifier: string): string[] {
    const parts = specifier.split("/");
    const name = parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
    const found = this.#packages.get(name);
    if (found === undefined) return [];
    const sub = specifier.slice(name.length + 1);
    const written = [
      ...exportTargets(found.manifest.get("exports"), sub),
      ...(sub === "" ? ENTRY_FIELDS.map((field) => found.manifest.get(field)) : []),
    ].filter((target): target is string => typeof target === "string");
    const conventional =
      sub === "" ? ["src/index", "index", "src/main"] : [sub, `src/${sub}`, `src/${sub}/index`];
    return [...written.flatMap(sources), ...conventional].map((target) =>
      path.posix.join(found.folder, target),
    );
  }
}

const ENTRY_FIELDS = ["source", "module", "main", "types"];

/** A built file's likely sources: itself, then the same name in `src` and in the package's folder. */
function sources(target: string): string[] {
  const plain = target.replace(/^\.\//, "");
  if (!OUTPUT.test(plain)) return [plain];
  const inside = plain.replace(OUTPUT, "").replace(EXTENSION, "");
  const bare = inside.replace(MODULE_FORMAT, "");
  return [plain, `src/${inside}`, `src/${bare}`, inside, bare];
}

/** All files that `exports` gives for a subpath, whatever the conditions. */
function exportTargets(exports: unknown, sub: string): string[] {
  const key = sub === "" ? "." : `./${sub}`;
  if (typeof exports === "string") return key === "." ? [exports] : [];
  if (typeof exports !== "object" || exports === null) return [];
  const entries = Object.entries(exports);
  if (!entries.some(([name]) => name.startsWith("."))) return key === "." ? leaves(exports) : [];
  for (const [name, value] of entries) if (name === key) return leaves(value);
  for (const [name, value] of entries) {
    const star = name.indexOf("*");
    if (star < 0) continue;
    const [head, tail] = [name.slice(0, star), name.slice(star + 1)];
    if (!key.startsWith(head) || !key.endsWith(tail) || key.length < head.length + tail.length) continue;
    const matched = key.slice(head.length, key.length - tail.length);
    return leaves(value).map((target) => target.replaceAll("*", () => matched));
  }
  return [];
}

const MAX_DEPTH = 10;

function leaves(value: unknown, depth = 0): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return [];
  return Object.values(value).flatMap((inner) => leaves(inner, depth + 1));
}
