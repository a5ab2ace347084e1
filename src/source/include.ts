/** Include and ignore globs: which files they take, and which exclusions an include pattern takes back by naming it. */
import picomatch from "picomatch";

type Matcher = (path: string) => boolean;

interface Include {
  matches: Matcher;
  /** The pattern as if it were a path, with a name for each wildcard. */
  path: string;
  /** The folder that it cannot leave; "" for the root. */
  base: string;
  /** Whether a whole segment of it is without wildcards: only then can it name what `.gitignore` leaves out. */
  literal: boolean;
}

export class IncludePatterns {
  readonly #patterns: readonly Include[];
  readonly #all: boolean;

  constructor(globs: readonly string[]) {
    this.#patterns = globs.map(toInclude);
    this.#all = globs.some((glob) => glob === "**/*" || glob === "**");
  }

  takes(file: string): boolean {
    return this.#all || this.#patterns.some(({ matches }) => matches(file));
  }

  /** Whether a pattern that takes `file` names each of the exclusions. */
  namesFor(file: string, exclusions: readonly Matcher[]): boolean {
    return exclusions.every((excludes) =>
      this.#patterns.some(({ matches, path }) => excludes(path) && matches(file)),
    );
  }

  /** As `namesFor`, for what `.gitignore` leaves out. */
  namesIgnored(file: string, isIgnored: Matcher): boolean {
    return this.#patterns.some(({ literal, path, matches }) => literal && isIgnored(path) && matches(file));
  }

  /** Whether a pattern that names all of the exclusions can take files below an excluded folder. */
  mayNameBelow(folder: string, exclusions: readonly Matcher[]): boolean {
    return exclusions.every((excludes) =>
      this.#patterns.some(({ path, base }) => excludes(path) && meet(base, folder)),
    );
  }

  /** As `mayNameBelow`, for what `.gitignore` leaves out. */
  mayNameIgnoredBelow(folder: string, isIgnored: Matcher): boolean {
    return this.#patterns.some(
      ({ literal, path, base }) => literal && base !== "" && isIgnored(path) && meet(base, folder),
    );
  }
}

/** Whether globs leave a file out. A folder's name stands for all that is in it. */
export function ignoreMatcher(globs: readonly string[]): Matcher {
  if (globs.length === 0) return () => false;
  return picomatch(globs.flatMap(withContents), { dot: true });
}

function toInclude(glob: string): Include {
  const segments = clean(glob).split("/");
  const { base } = picomatch.scan(clean(glob));
  return {
    matches: picomatch(withContents(glob), { dot: true }),
    path: segments.map((segment) => asName(segment)).join("/"),
    base: base === "." ? "" : base,
    literal: segments.some((segment) => !/[*?[\]{}()!+@]/.test(segment)),
  };
}

/** Stands for what wildcards match. */
const SOME = "some~name";

/** `*.test.ts` → `some~name.test.ts`, `{test,spec}s` → `tests`. */
function asName(segment: string): string {
  return segment
    .replace(/\{([^{},]*)[^{}]*\}/g, "$1")
    .replace(/[@!?*+]?\([^()]*\)|\[[^[\]]*\]/g, SOME)
    .replace(/\*+/g, SOME)
    .replaceAll("?", SOME);
}

function withContents(glob: string): string[] {
  const bare = clean(glob);
  return bare.endsWith("*") ? [bare] : [bare, `${bare}/**`];
}

function clean(glob: string): string {
  return glob.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "");
}

/** Whether one folder is the other, or lies in it. */
function meet(a: string, b: string): boolean {
  return a === "" || a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
