/**
 * `paths` and `baseUrl` of tsconfig.json and jsconfig.json, read with what there is: a base that is not installed, a
 * broken reference or a file that the config does not list is no reason to forget the others.
 */
import { statSync } from "node:fs";
import path from "node:path";
import { parse } from "jsonc-parser";
import { readSmall } from "../source/git.js";

interface PathMap {
  /** What the specifier is matched with: `@app/*`. */
  pattern: string;
  /** Absolute, with the same star. */
  targets: string[];
}

interface Paths {
  maps: readonly PathMap[];
  /** Absolute. */
  baseUrl: string | null;
}

const NOTHING: Paths = { maps: [], baseUrl: null };
const NAMES = ["tsconfig.json", "jsconfig.json"];
const MAX_CHAIN = 20;

export class TsConfigs {
  readonly #nearest = new Map<string, Paths>();

  /** Absolute places that a specifier may mean, best first, without regard to extensions. */
  candidates(folder: string, specifier: string): string[] {
    const { maps, baseUrl } = this.#of(folder);
    const mapped = bestMatch(maps, specifier);
    return baseUrl === null ? mapped : [...mapped, path.join(baseUrl, specifier)];
  }

  /** What the nearest config upward says. */
  #of(folder: string): Paths {
    let found = this.#nearest.get(folder);
    if (found === undefined) {
      const file = NAMES.map((name) => path.join(folder, name)).find(isFile);
      const parent = path.dirname(folder);
      if (file !== undefined) found = withReferences(file);
      else found = parent === folder ? NOTHING : this.#of(parent);
      this.#nearest.set(folder, found);
    }
    return found;
  }
}

/** The match with the longest text before the star, as TypeScript has it. */
function bestMatch(maps: readonly PathMap[], specifier: string): string[] {
  let best: string[] = [];
  let longest = -1;
  for (const { pattern, targets } of maps) {
    const star = pattern.indexOf("*");
    if (star === -1) {
      if (pattern === specifier) return targets;
      continue;
    }
    const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
    if (head.length <= longest || specifier.length < head.length + tail.length) continue;
    if (!specifier.startsWith(head) || !specifier.endsWith(tail)) continue;
    longest = head.length;
    const matched = specifier.slice(head.length, specifier.length - tail.length);
    best = targets.map((target) => target.replace("*", () => matched));
  }
  return best;
}

/** A solution's config says nothing itself: then those that it refers to are asked. */
function withReferences(file: string): Paths {
  const own = pathsOf(file, path.dirname(file), new Set());
  if (own.maps.length > 0 || own.baseUrl !== null) return own;
  const references = read(file).get("references");
  if (!Array.isArray(references)) return own;
  const others = references.slice(0, MAX_CHAIN).flatMap((reference: unknown) => {
    const written = fieldsOf(reference).get("path");
    if (typeof written !== "string") return [];
    const target = path.resolve(path.dirname(file), written);
    const config = target.endsWith(".json") ? target : path.join(target, "tsconfig.json");
    return [pathsOf(config, path.dirname(config), new Set([file]))];
  });
  return {
    maps: others.flatMap(({ maps }) => maps),
    baseUrl: others.find(({ baseUrl }) => baseUrl !== null)?.baseUrl ?? null,
  };
}

/** @param leaf The folder of the config that was found first, for `${configDir}`. */
function pathsOf(file: string, leaf: string, seen: Set<string>): Paths {
  if (seen.has(file) || seen.size > MAX_CHAIN) return NOTHING;
  seen.add(file);
  const config = read(file);
  const folder = path.dirname(file);
  const inherited = extendsOf(config)
    .flatMap((base) => baseFile(folder, base) ?? [])
    .map((base) => pathsOf(base, leaf, seen))
    .reduce(
      (earlier, later) => ({
        maps: later.maps.length > 0 ? later.maps : earlier.maps,
        baseUrl: later.baseUrl ?? earlier.baseUrl,
      }),
      NOTHING,
    );
  const options = fieldsOf(config.get("compilerOptions"));
  const base = options.get("baseUrl");
  const place = (written: string) =>
    path.resolve(
      folder,
      written.replace(/^\$\{configDir\}/, () => leaf),
    );
  const baseUrl = typeof base === "string" ? place(base) : inherited.baseUrl;
  const paths = options.get("paths");
  if (paths === undefined) return { maps: inherited.maps, baseUrl };
  const maps = [...fieldsOf(paths)].map(([pattern, targets]) => ({
    pattern,
    targets: (Array.isArray(targets) ? targets : [])
      .filter((target): target is string => typeof target === "string")
      .map((target) =>
        baseUrl === null || target.startsWith("${configDir}") ? place(target) : path.resolve(baseUrl, target),
      ),
  }));
  return { maps, baseUrl };
}

function extendsOf(config: Map<string, unknown>): string[] {
  const written = config.get("extends");
  return (Array.isArray(written) ? written : [written]).filter(
    (base): base is string => typeof base === "string",
  );
}

/** A relative base, or one of a package that is installed; null where it is not there. */
function baseFile(folder: string, base: string): string | null {
  if (base.startsWith(".") || path.isAbsolute(base)) return configAt(path.resolve(folder, base));
  for (let at = folder; ; at = path.dirname(at)) {
    const found = configAt(path.join(at, "node_modules", base));
    if (found !== null || at === path.dirname(at)) return found;
  }
}

function configAt(place: string): string | null {
  return [place, `${place}.json`, path.join(place, "tsconfig.json")].find(isFile) ?? null;
}

function read(file: string): Map<string, unknown> {
  const text = readSmall(file);
  // The parser recurses, and no tsconfig is deep.
  if ((text.match(/[[{]/g)?.length ?? 0) > 5000) return new Map();
  return fieldsOf(parse(text.replace(/^\uFEFF/, ""), [], { allowTrailingComma: true }));
}

function fieldsOf(value: unknown): Map<string, unknown> {
  return typeof value === "object" && value !== null
    ? new Map<string, unknown>(Object.entries(value))
    : new Map<string, unknown>();
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
