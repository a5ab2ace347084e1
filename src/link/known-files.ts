/** The project's files, asked as a resolver asks: without extension, by folder, `.js` for what is `.ts`. */
import path from "node:path";

export const EXTENSIONS = [
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".d.ts",
  ".json",
  ".vue",
  ".svelte",
  ".astro",
  ".yaml",
  ".yml",
];

/** What TypeScript lets an import name by the file that it compiles to. */
export const EXTENSION_ALIAS: Record<string, string[]> = {
  ".js": [".ts", ".tsx", ".js", ".jsx", ".d.ts"],
  ".jsx": [".tsx", ".jsx"],
  ".mjs": [".mts", ".mjs", ".d.mts"],
  ".cjs": [".cts", ".cjs", ".d.cts"],
};

/** Whether a file is no TypeScript: then `./x.js` is that very file, if it is there. */
export function isScript(file: string): boolean {
  return /\.[cm]?jsx?$/.test(file);
}

const COMPILED = /\.(?:[cm]?js|jsx)$/;

export class KnownFiles {
  readonly #files: ReadonlySet<string>;

  constructor(files: Iterable<string>) {
    this.#files = new Set(files);
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  named(name: string): string[] {
    return [...this.#files].filter((file) => file === name || file.endsWith(`/${name}`)).sort();
  }

  /**
   * The file that a path relative to the root means; null when none does, or only a package's manifest can tell.
   * @param from The file that names it.
   */
  find(target: string, from: string): string | null {
    if (target === ".." || target.startsWith("../") || path.posix.isAbsolute(target)) return null;
    const folder = target.endsWith("/") || target === ".";
    const base = target === "." ? "" : target.replace(/\/+$/, "");
    return (folder ? null : this.#file(base, from)) ?? this.#index(base);
  }

  #file(base: string, from: string): string | null {
    if (isScript(from) && this.#files.has(base)) return base;
    const compiled = COMPILED.exec(base)?.[0];
    const stem = compiled === undefined ? base : base.slice(0, -compiled.length);
    const candidates = [
      ...(EXTENSION_ALIAS[compiled ?? ""] ?? []).map((extension) => stem + extension),
      base,
      ...EXTENSIONS.map((extension) => base + extension),
    ];
    return candidates.find((candidate) => this.#files.has(candidate)) ?? null;
  }

  #index(folder: string): string | null {
    const inside = folder === "" ? "" : `${folder}/`;
    if (this.#files.has(`${inside}package.json`)) return null;
    return (
      EXTENSIONS.map((extension) => `${inside}index${extension}`).find((file) => this.#files.has(file)) ??
      null
    );
  }
}
