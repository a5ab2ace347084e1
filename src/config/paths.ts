/** Paths as globs, configs and reports have them. */
import path from "node:path";

/** A path as seen from a folder, with `/` whatever the machine; "" for the folder itself. */
export function seenFrom(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join("/");
}

/** Whether a path is a folder or lies in it, by its name: links are not followed. */
export function liesIn(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
