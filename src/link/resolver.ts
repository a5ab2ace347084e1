/** Which file of the project an import names, as bundlers, TypeScript and Node would have it. */
import { existsSync, realpathSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { ResolverFactory, type NapiResolveOptions } from "oxc-resolver";
import { EXTENSIONS, EXTENSION_ALIAS, isScript, KnownFiles } from "./known-files.js";
import { TsConfigs } from "./tsconfig.js";
import { Workspaces } from "./workspaces.js";
import { seenFrom } from "../config/paths.js";

/** @param from Path relative to the root. Answers with such a path, null for what is no file of the project. */
export type Resolve = (from: string, specifier: string) => string | null;

export const RESOLVE_OPTIONS: NapiResolveOptions = {
  extensions: EXTENSIONS,
  extensionAlias: EXTENSION_ALIAS,
  conditionNames: ["source", "development", "types", "import", "require", "module", "node", "default"],
  mainFields: ["source", "module", "main"],
  nodePath: false,
};

const BUILTINS = new Set(builtinModules);
/** What marks a folder whose files resolve packages alike. */
const CONTEXT_FILES = ["package.json", "tsconfig.json", "jsconfig.json", "node_modules"];

/**
 * @param root Absolute path of the audited root.
 * @param knownFiles Paths relative to it; nothing else is ever answered.
 */
export function createResolver(root: string, knownFiles: Iterable<string>): Resolve {
  const resolver = new ProjectResolver(path.resolve(root), new KnownFiles(knownFiles));
  return (from, specifier) => resolver.resolve(from, specifier);
}

class ProjectResolver {
  readonly #answers = new Map<string, string | null>();
  readonly #contexts = new Map<string, string>();
  readonly #configs = new TsConfigs();
  readonly #automatic = new ResolverFactory({ ...RESOLVE_OPTIONS, tsconfig: "auto" });
  #workspaces: Workspaces | undefined;
  readonly #real: string;

  constructor(
    private readonly root: string,
    private readonly known: KnownFiles,
  ) {
    this.#real = existsSync(root) ? realpathSync(root) : root;
  }

  resolve(from: string, specifier: string): string | null {
    const request = withoutQuery(specifier);
    if (request === "" || request.includes("\0") || request.startsWith("node:") || BUILTINS.has(request))
      return null;
    const folder = path.posix.dirname(from);
    const relative = isRelative(request);
    const script = isScript(from) ? "script" : "";
    const key = `${relative ? folder : this.#context(folder)}\n${request}\n${script}`;
    const answer = this.#answers.get(key);
    if (answer !== undefined) return answer;
    const found = relative ? this.#relative(from, request) : this.#named(from, request);
    this.#answers.set(key, found);
    return found;
  }

  #relative(from: string, request: string): string | null {
    const target = path.posix.join(path.posix.dirname(from), request);
    // `.` and `..` name folders.
    const folder = /(?:^|\/)\.{1,2}$/.test(request) && !target.endsWith("/") && target !== ".";
    return (
      this.known.find(folder ? `${target}/` : target, from) ?? this.#disk(this.#automatic, from, request)
    );
  }

  #named(from: string, request: string): string | null {
    return (
      this.#disk(this.#automatic, from, request) ??
      this.#byConfig(from, request) ??
      first(this.#packages().candidates(request), (candidate) => this.known.find(candidate, from)) ??
      first(this.#conventional(from, request), (candidate) => this.known.find(candidate, from))
    );
  }

  #disk(resolver: ResolverFactory, from: string, request: string): string | null {
    const absolute = path.join(this.root, ...from.split("/"));
    let found: string | undefined;
    try {
      // By its folder, a given tsconfig counts whether it lists the importing file or not.
      found =
        resolver === this.#automatic
          ? resolver.resolveFileSync(absolute, request).path
          : resolver.sync(path.dirname(absolute), request).path;
    } catch {
      return null;
    }
    return found === undefined ? null : (this.#inside(this.root, found) ?? this.#inside(this.#real, found));
  }

  #inside(root: string, absolute: string): string | null {
    const file = seenFrom(root, absolute);
    return this.known.has(file) ? file : null;
  }

  /** As the nearest config has it, where the one above does not apply it: missing bases, `.vue`, jsconfig.json. */
  #byConfig(from: string, request: string): string | null {
    const folder = path.dirname(path.join(this.root, ...from.split("/")));
    return first(this.#configs.candidates(folder, request), (absolute) =>
      this.known.find(seenFrom(this.root, absolute) || ".", from),
    );
  }

  #packages(): Workspaces {
    this.#workspaces ??= new Workspaces(this.root, this.known.named("package.json"));
    return this.#workspaces;
  }

  /** Prefixes that frameworks give a meaning without a tsconfig in the tree: Next, Nuxt, Remix, SvelteKit, Vite. */
  #conventional(from: string, request: string): string[] {
    const prefix = /^(?:@@|~~|@|~)?\//.exec(request)?.[0] ?? (request.startsWith("$lib/") ? "$" : null);
    if (prefix === null) return [];
    const rest = request.slice(prefix.length);
    const context = this.#context(path.posix.dirname(from));
    const folders = [...new Set([context, "."])];
    return folders.flatMap((folder) =>
      ["src", "", "app"].map((source) => path.posix.join(folder, source, rest)),
    );
  }

  /** The nearest folder, up to the root, with a package or a tsconfig of its own. */
  #context(folder: string): string {
    const known = this.#contexts.get(folder);
    if (known !== undefined) return known;
    const absolute = path.join(this.root, ...folder.split("/"));
    const found =
      folder === "." || CONTEXT_FILES.some((file) => existsSync(path.join(absolute, file)))
        ? folder
        : this.#context(path.posix.dirname(folder));
    this.#contexts.set(folder, found);
    return found;
  }
}

function first<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

function isRelative(request: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(request);
}

/** Vite's `./x?raw`. A `#` at the start is an import of package.json. */
function withoutQuery(specifier: string): string {
  const at = specifier.indexOf("?");
  return at < 0 ? specifier : specifier.slice(0, at);
}
