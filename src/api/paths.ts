/** Which findings a caller's path arguments let through. They never change what is analyzed. */
import { existsSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import picomatch from "picomatch";
import { nearest } from "../config/nearest.js";
import { UserError } from "./errors.js";
import { liesIn, seenFrom } from "../config/paths.js";

export interface PathContext {
  /** Absolute: what the arguments are relative to. */
  cwd: string;
  /** Absolute. */
  root: string;
  /** The files that were analyzed, relative to the root. */
  files: readonly string[];
}

/**
 * The files that the arguments name: files, folders, or globs, relative to `cwd`. No argument names all.
 * @throws UserError for an argument that matches nothing or lies outside the root.
 */
export function pathFilter(paths: readonly string[], context: PathContext): (file: string) => boolean {
  if (paths.length === 0) return () => true;
  const matchers = paths.map((argument) => matcherOf(argument, context));
  return (file) => matchers.some((matches) => matches(file));
}

function matcherOf(argument: string, { cwd, root, files }: PathContext): (file: string) => boolean {
  const absolute = path.resolve(cwd, argument);
  if (existsSync(absolute)) {
    const relative = auditedPlace(absolute, { root, files });
    if (relative === null) {
      throw new UserError(
        `\`${argument}\` lies outside the audited root.`,
        `Name that root with --root ${argument}`,
      );
    }
    if (relative === "") return () => true;
    return statSync(absolute).isDirectory()
      ? (file) => file.startsWith(`${relative}/`)
      : (file) => file === relative;
  }
  const pattern = relativeTo(root, absolute);
  if (pattern !== null && picomatch.scan(argument).isGlob) {
    const matches = picomatch(pattern, { dot: true });
    if (files.some((file) => matches(file))) return matches;
  }
  const near = meantPath(argument, { cwd, root, files });
  throw new UserError(
    `\`${argument}\` matches no file.`,
    near === null ? "Paths are relative to the working directory." : `Did you mean \`${near}\`?`,
  );
}

/** What a wrong path likely means, as it must be written in the working directory; null if nothing is near. */
function meantPath(argument: string, { cwd, root, files }: PathContext): string | null {
  const fromCwd = (file: string) => seenFrom(cwd, path.join(root, file)) || ".";
  // Reports name files as seen from the root: that is how they are pasted.
  if (inside(root, path.resolve(root, argument)) !== null && existsSync(path.resolve(root, argument)))
    return fromCwd(argument);
  const seenFromRoot = nearest(argument, files);
  return nearest(argument, files.map(fromCwd)) ?? (seenFromRoot === null ? null : fromCwd(seenFromRoot));
}

/** As `relativeTo`; what a link names is audited in its own place. */
function auditedPlace(absolute: string, { root, files }: Pick<PathContext, "root" | "files">): string | null {
  const direct = relativeTo(root, absolute);
  if (direct === null || direct === "") return direct;
  if (files.some((file) => file === direct || file.startsWith(`${direct}/`))) return direct;
  return inside(realpathSync(root), realpathSync(absolute)) ?? direct;
}

/** `absolute` as seen from `root`, with `/`; null outside it. Links are followed where only so it lies inside. */
function relativeTo(root: string, absolute: string): string | null {
  const direct = inside(root, absolute);
  if (direct !== null || !existsSync(absolute)) return direct;
  return inside(realpathSync(root), realpathSync(absolute));
}

function inside(root: string, absolute: string): string | null {
  return liesIn(root, absolute) ? seenFrom(root, absolute) : null;
}
