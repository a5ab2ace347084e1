/** Paths in the config: relative to its folder, and inside it. */
import { readdirSync, realpathSync, statSync, type Stats } from "node:fs";
import path from "node:path";
import type { Node } from "jsonc-parser";
import type { ConfigDocument } from "./document.js";
import { nearest, quoted } from "./nearest.js";
import { liesIn } from "./paths.js";

/**
 * A path of the config as `a/b`, "." for the folder itself. Null and an error where it leaves the folder, or is not there.
 * @param root Absolute folder of the config.
 */
export function placeOf(
  document: ConfigDocument,
  node: Node,
  { root, kind, what }: { root: string; kind: "file" | "folder"; what: string },
): string | null {
  const written = document.words(node, what);
  if (written === null) return null;
  const relative = path.posix.normalize(written.replaceAll("\\", "/")).replace(/\/$/, "");
  if (relative === ".." || relative.startsWith("../") || path.isAbsolute(written) || written.includes("\0")) {
    document.error(
      node,
      `${what} ${quoted(written)} leaves the config's folder.`,
      "Paths start in that folder.",
    );
    return null;
  }
  const status = statusOf(path.join(root, relative));
  if (status === null) {
    const near = nearestEntry(root, relative, kind);
    document.error(
      node,
      `${what} ${quoted(written)} does not exist.`,
      near === null ? "Paths start in the config's folder." : `Did you mean ${quoted(near)}?`,
    );
    return null;
  }
  if (status.isDirectory() !== (kind === "folder")) {
    document.error(
      node,
      `${what} ${quoted(written)} is ${status.isDirectory() ? "a folder" : "a file"}, not a ${kind}.`,
    );
    return null;
  }
  if (kind === "folder" && !holds(root, path.join(root, relative))) {
    document.error(node, `${what} ${quoted(written)} is a link that leaves the config's folder.`);
    return null;
  }
  return relative;
}

/** Null for what is not there or cannot be reached. */
function statusOf(file: string): Stats | null {
  try {
    return statSync(file);
  } catch {
    return null;
  }
}

/** Whether a folder lies in another even where links lead elsewhere. */
function holds(root: string, folder: string): boolean {
  return liesIn(realpathSync(root), realpathSync(folder));
}

/** The path with each segment that is not there replaced by the entry of its folder that is most like it. */
function nearestEntry(root: string, relative: string, kind: "file" | "folder"): string | null {
  const segments = relative.split("/");
  let at = "";
  for (const [index, segment] of segments.entries()) {
    const wanted = index === segments.length - 1 ? kind : "folder";
    const near = nearestIn(path.join(root, at), segment, wanted);
    if (near === null) return null;
    at = path.posix.join(at, near);
  }
  return at;
}

function nearestIn(folder: string, name: string, kind: "file" | "folder"): string | null {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() === (kind === "folder"))
      .map((entry) => entry.name)
      .sort();
    return entries.includes(name) ? name : nearest(name, entries);
  } catch {
    return null;
  }
}

/** A backslash that can only stand between folders: elsewhere it takes a sign for itself, as in `\\[id\\]`. */
const WINDOWS = /\\(?:\w|\*\*)/;

/** Globs that start in the config's folder. Those that cannot match there are reported. */
export function globsOf(document: ConfigDocument, node: Node, what: string): string[] {
  return document.strings(node, what).flatMap(({ value, node: entry }) => {
    if (value.startsWith("!")) {
      const help = what === "`include`" ? `Write ${quoted(value.slice(1))} under \`ignore\`.` : null;
      document.error(entry, `${what} takes no exclusions such as ${quoted(value)}.`, help);
      return [];
    }
    if (WINDOWS.test(value)) {
      const help = `Write ${quoted(value.replaceAll("\\", "/"))}.`;
      document.error(entry, `Globs have \`/\` between folders, and ${quoted(value)} has \`\\\`.`, help);
      return [];
    }
    if (/^(?:\/|[a-z]:)/i.test(value) || /(?:^|\/)\.\.(?:\/|$)/.test(value)) {
      const help = value.startsWith("/") ? `Write ${quoted(value.slice(1))}.` : null;
      document.error(entry, `The glob ${quoted(value)} leaves the config's folder.`, help);
      return [];
    }
    return [value.replace(/^(?:\.\/)+/, "")];
  });
}
