/** What git says of a folder, read from its files alone. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";

/** The top folder of the working tree that holds `folder`, by its `.git`; null outside of one. */
export function gitTop(folder: string): string | null {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (statSync(path.join(at, ".git"), { throwIfNoEntry: false }) !== undefined) return at;
    if (path.dirname(at) === at) return null;
  }
}

/** The text of `info/exclude`, the ignore file that is not checked in; "" without one. */
export function gitExclude(top: string): string {
  const folder = gitFolder(top);
  return folder === null ? "" : readSmall(path.join(folder, "info", "exclude"));
}

/** A worktree's `.git` is a file that names its own folder, which names the common one. */
function gitFolder(top: string): string | null {
  const git = path.join(top, ".git");
  if (statSync(git, { throwIfNoEntry: false })?.isDirectory() === true) return git;
  const named = /^gitdir: (.+)$/m.exec(readSmall(git))?.[1];
  if (named === undefined) return null;
  const own = path.resolve(top, named.trim());
  const common = readSmall(path.join(own, "commondir")).trim();
  return common === "" ? own : path.resolve(own, common);
}

const LARGEST = 1_000_000;

/** A small text file; "" where there is none, or it cannot be read. */
export function readSmall(file: string): string {
  try {
    const status = statSync(file, { throwIfNoEntry: false });
    return status?.isFile() === true && status.size <= LARGEST ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}
