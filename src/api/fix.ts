/** Applying the fixes of a report: in memory until nothing is left to fix, then to the disk, each file at once. */
import { readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { applyEdits, chooseFixes, editsByFile } from "../audit/edits.js";
import { fileProblem } from "./errors.js";
import { writeWhole } from "./write-file.js";
import type { Report } from "../report/types.js";

/** A file that fixes change. */
export interface FileChange {
  /** Relative to the root. */
  file: string;
  before: string;
  after: string;
}

/** What a pass looks at: a report of the texts as they stand, and those texts. */
export interface FixPass {
  report: Report;
  text: (file: string) => string | undefined;
}

// As ESLint: fixes that keep giving each other work are a bug, and an end is better than a loop.
const MAX_PASSES = 10;

/**
 * The changes that all fixes of the shown findings make together. Nothing is written.
 * @param audit audits with some files' texts replaced.
 * @param shown decides whose fixes count.
 */
export async function planFixes(
  first: FixPass,
  audit: (overlay: ReadonlyMap<string, string>) => Promise<FixPass>,
  shown: (report: Report) => Report,
): Promise<FileChange[]> {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  let pass = first;
  for (let count = 0; count < MAX_PASSES; count += 1) {
    const fixes = shown(pass.report)
      .findings.filter((finding) => !finding.suppressed)
      .flatMap((finding) => (finding.fix ? [finding.fix] : []))
      .filter((fix) => fix.every((edit) => pass.text(edit.file) !== undefined));
    const chosen = chooseFixes(fixes);
    if (chosen.length === 0) break;
    for (const [file, edits] of editsByFile(chosen)) {
      const text = pass.text(file) ?? "";
      if (!before.has(file)) before.set(file, text);
      after.set(file, applyEdits(text, edits));
    }
    pass = await audit(after);
  }
  return [...after]
    .map(([file, text]) => ({ file, before: before.get(file) ?? "", after: text }))
    .filter((change) => change.before !== change.after)
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** A change that was not made, and why. */
export interface RefusedChange {
  file: string;
  reason: string;
}

/** Writes the changes; refuses a file that is not as it was read, or that a link leads out of the root. */
export function writeChanges(root: string, changes: readonly FileChange[]): RefusedChange[] {
  const refused: RefusedChange[] = [];
  for (const { file, before, after } of changes) {
    const absolute = path.join(root, ...file.split("/"));
    try {
      const target = realpathSync(absolute);
      const relative = path.relative(realpathSync(root), target);
      if (relative.startsWith("..") || path.isAbsolute(relative)) {
        refused.push({ file, reason: "a symbolic link leads out of the audited root" });
        continue;
      }
      const bytes = readFileSync(target);
      const text = bytes.toString("utf8");
      const mark =
        text.startsWith(BYTE_ORDER_MARK) && !before.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
      if (text !== mark + before || !Buffer.from(text, "utf8").equals(bytes)) {
        refused.push({ file, reason: "it changed since it was read" });
        continue;
      }
      writeWhole(target, mark + after);
    } catch (error) {
      const reason = fileProblem(error) ?? (error instanceof Error ? error.message : String(error));
      refused.push({ file, reason });
    }
  }
  return refused;
}

const BYTE_ORDER_MARK = "\uFEFF";
