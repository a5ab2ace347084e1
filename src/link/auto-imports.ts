/**
 * Names that a framework imports by itself: which files of the project offer some, by their folder or by a declaration
 * file, and which files see them. https://nuxt.com/docs/guide/concepts/auto-imports, https://nitro.build/guide/utils,
 * https://github.com/unplugin/unplugin-auto-import
 */
import path from "node:path";
import { kindOf } from "../source/kinds.js";
import { readSmall } from "../source/git.js";
import { KnownFiles } from "./known-files.js";
import { readManifest } from "./manifest.js";

/** Who sees a name: the pages, the server, or both. */
export type Side = "app" | "server" | "shared";

/** An export that is in scope under a name. */
export interface Target {
  file: string;
  name: string;
}

interface Package {
  /** Relative to the root: "" or ending in `/`. */
  folder: string;
  kind: "nuxt" | "nitro" | "wxt" | "declared";
  /** Folders that the config names besides, relative to the package, without a slash at the end. */
  dirs: readonly string[];
  declared: ReadonlyMap<string, Target>;
}

const CONFIG = /(?:^|\/)(nuxt|nitro|wxt)\.config\.[cm]?[jt]s$/;
/** The folders in which a Nuxt app may have its own: of a layer, then Nuxt 4's `app` or a usual `srcDir`. */
const PREFIX = /^(?:layers\/[^/]+\/)?(?:(?:app|src|client)\/)?/;
const OFFERED: readonly [RegExp, Side][] = [
  [/^server\/utils\//, "server"],
  [/^shared\/(?:utils|types)\//, "shared"],
  [/^(?:composables|utils|stores)\//, "app"],
];
const PLUGIN = /^plugins\/(?:[^/]+|[^/]+\/index)\.[cm]?[jt]s$/;
/** https://wxt.dev/guide/essentials/config/auto-imports */
const WXT_FOLDERS = /^(?:src\/)?(?:components|composables|hooks|utils)\//;
const NITRO_UTILS = /^(?:src\/)?(?:server\/)?utils\//;

export class AutoImports {
  readonly #known: KnownFiles;
  readonly #packages = new Map<string, Package>();
  readonly #byFolder = new Map<string, Package | null>();
  readonly #declarations = new Set<string>();

  constructor(
    private readonly root: string,
    files: Iterable<string>,
  ) {
    const all = [...files];
    this.#known = new KnownFiles(all);
    for (const file of this.#known.named("package.json")) this.#readManifest(file);
    for (const file of all) {
      const kind = CONFIG.exec(file)?.[1];
      if (kind === "nuxt" || kind === "nitro" || kind === "wxt") this.#add(folderOf(file), kind);
    }
  }

  /** The package whose names a file sees, by its folder; null where names must be imported. */
  packageOf(file: string): string | null {
    return this.#packageOf(folderOf(file))?.folder ?? null;
  }

  /** Whether a file may provide the app with helpers: what it calls `shop` is `$shop` elsewhere. */
  isPlugin(file: string): boolean {
    const found = this.#packageOf(folderOf(file));
    return found?.kind === "nuxt" && PLUGIN.test(file.slice(found.folder.length).replace(PREFIX, ""));
  }

  /** Who sees what a file exports without importing it; null for most files. */
  offeredTo(file: string): Side | null {
    if (kindOf(file) !== "code") return null;
    const found = this.#packageOf(folderOf(file));
    if (found === null) return null;
    const inside = file.slice(found.folder.length);
    if (found.dirs.some((dir) => inside.startsWith(`${dir}/`))) return "app";
    if (found.kind === "declared") return null;
    if (found.kind === "wxt") return WXT_FOLDERS.test(inside) ? "shared" : null;
    if (found.kind === "nitro") return NITRO_UTILS.test(inside) ? "shared" : null;
    const own = inside.replace(PREFIX, "");
    return OFFERED.find(([folder]) => folder.test(own))?.[1] ?? null;
  }

  /** Whether a file sees what is offered to a side of its package. */
  sees(file: string, side: Side): boolean {
    const found = this.#packageOf(folderOf(file));
    if (found?.kind !== "nuxt" || side === "shared") return true;
    // What stands beside both may be bundled with either.
    return side === "server" || !/^server\//.test(file.slice(found.folder.length).replace(PREFIX, ""));
  }

  /** What a declaration file says is in scope in a file's package. */
  declaredFor(file: string): ReadonlyMap<string, Target> {
    return this.#packageOf(folderOf(file))?.declared ?? new Map<string, Target>();
  }

  /** Where declaration files of the packages are or may be: they are none of the project's files, but say where names lead. */
  get declarations(): ReadonlySet<string> {
    return this.#declarations;
  }

  #packageOf(folder: string): Package | null {
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    const own = this.#packages.get(folder) ?? null;
    const found = folder === "" || own !== null ? own : this.#packageOf(folderOf(folder.slice(0, -1)));
    this.#byFolder.set(folder, found);
    return found;
  }

  #readManifest(file: string): void {
    const manifest = readManifest(path.join(this.root, ...file.split("/")));
    const depends = (name: RegExp): boolean =>
      ["dependencies", "devDependencies", "peerDependencies"].some((field) => {
        const some = manifest?.get(field);
        return typeof some === "object" && some !== null && Object.keys(some).some((key) => name.test(key));
      });
    if (depends(/^nuxt(?:3|-edge|-nightly)?$/)) this.#add(folderOf(file), "nuxt");
    else if (depends(/^nitro(?:pack)?(?:-edge|-nightly)?$/)) this.#add(folderOf(file), "nitro");
    else if (depends(/^wxt$/)) this.#add(folderOf(file), "wxt");
    else if (depends(/^unplugin-(?:auto-import|vue-components)$/)) this.#add(folderOf(file), "declared");
  }

  #add(folder: string, kind: Package["kind"]): void {
    // A layer is a part of the app around it.
    const layer = /^(.*\/)?layers\/[^/]+\/$/.exec(folder);
    if (kind === "nuxt" && layer !== null) {
      this.#add(layer[1] ?? "", "nuxt");
      return;
    }
    const known = this.#packages.get(folder);
    if (known !== undefined && known.kind !== "declared") return;
    const config = CONFIG_FILES.map((name) => this.#read(folder + name)).join("\n");
    const dirs = [...config.matchAll(/\bdirs\s*:\s*\[([^\]]{0,2000})\]/g)].flatMap(([, list = ""]) =>
      [...list.matchAll(/["'`]([^"'`]{1,200})["'`]/g)].map(([, dir = ""]) => plainFolder(dir)),
    );
    this.#packages.set(folder, {
      folder,
      kind,
      dirs: dirs.filter((dir) => dir !== "" && !dir.startsWith("..")),
      declared: this.#declaredIn(folder, config),
    });
  }

  #declaredIn(folder: string, config: string): Map<string, Target> {
    const named = [...config.matchAll(/\bdts\s*:\s*["'`]([^"'`]{1,200}\.d\.ts)["'`]/g)].map(
      ([, file = ""]) => file,
    );
    const usual = DECLARATION_FOLDERS.flatMap((inside) =>
      ["auto-imports.d.ts", "components.d.ts"].map((name) => inside + name),
    );
    const found = new Map<string, Target>();
    for (const file of new Set([...named, ...usual].map((one) => path.posix.join(folder, one)))) {
      if (file.startsWith("..")) continue;
      this.#declarations.add(file);
      for (const [, name = "", from = "", key = "default"] of this.#read(file).matchAll(DECLARED)) {
        const target = this.#known.find(path.posix.join(path.posix.dirname(file), from), file);
        if (target !== null && !found.has(name)) found.set(name, { file: target, name: key });
      }
    }
    return found;
  }

  /** Declaration files are no part of the app, so they are read by their place. */
  #read(file: string): string {
    return readSmall(path.join(this.root, ...file.split("/")));
  }
}

const CONFIG_FILES = ["nuxt", "nitro", "wxt", "vite"].flatMap((name) =>
  ["ts", "js", "mts", "mjs"].map((extension) => `${name}.config.${extension}`),
);
const DECLARATION_FOLDERS = ["", "src/", "types/", "src/types/", "typings/", "src/typings/", "@types/"];

/** `const useShop: typeof import('./src/use-shop')['useShop']`, and components without `const`. */
const DECLARED =
  /([\w$]{1,100})\s?:\s?(?:UnwrapRef<)?typeof import\(["'](\.{1,2}\/[^"'\n]{1,200})["']\)(?:\[["'](\w{1,100})["']\]|\.(?=\w))?/g;

/** "" or ending in `/`. */
function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}

/** `./src/composables/**` → `src/composables`. */
function plainFolder(dir: string): string {
  return path.posix
    .normalize(dir.replace(/^(?:~~?|@@?)\//, ""))
    .replace(/\/?\*.*$/, "")
    .replace(/\/$/, "");
}

/** The name under which a file's default export is in scope. */
export function defaultName(file: string): string {
  const name = path.posix
    .basename(file)
    .replace(/\.\w+$/, "")
    .replace(/[-_.\s]+([a-z\d])/gi, (_, letter: string) => letter.toUpperCase());
  return name.charAt(0).toLowerCase() + name.slice(1);
}
