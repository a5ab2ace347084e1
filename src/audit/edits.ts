/** Applying fixes to a text: which can go in together, and the text that results. Nothing here touches the disk. */
import type { Edit } from "./picture.js";

/** Edits that only make sense together: one finding's fix. */
export type Fix = readonly Edit[];

/**
 * The fixes that can be applied in one pass, in the order given: a fix that touches the range of an earlier one
 * waits for the next pass, whole, and one that repeats an earlier fix to the letter counts as done with it.
 */
export function chooseFixes(fixes: readonly Fix[]): Fix[] {
  const chosen: Fix[] = [];
  const taken = new Map<string, Edit[]>();
  const seen = new Set<string>();
  for (const fix of fixes) {
    const key = JSON.stringify(fix.map((edit) => [edit.file, edit.range, edit.text]));
    if (fix.length === 0 || seen.has(key) || overlapsItself(fix)) continue;
    if (fix.some((edit) => (taken.get(edit.file) ?? []).some((other) => touches(edit, other)))) continue;
    seen.add(key);
    chosen.push(fix);
    for (const edit of fix) {
      const edits = taken.get(edit.file);
      if (edits) edits.push(edit);
      else taken.set(edit.file, [edit]);
    }
  }
  return chosen;
}

/**
 * The text with all edits made.
 * @throws RangeError when two edits overlap or one lies outside the text.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  let result = "";
  let at = 0;
  for (const { file, range, text: replacement } of ordered) {
    const [start, end] = range;
    if (start < at || end < start || end > text.length) {
      throw new RangeError(
        `The edit of ${file} at ${String(start)} overlaps another or lies outside the file.`,
      );
    }
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

/** All edits of some fixes, by file. */
export function editsByFile(fixes: readonly Fix[]): Map<string, Edit[]> {
  const byFile = new Map<string, Edit[]>();
  for (const edit of fixes.flat()) {
    const edits = byFile.get(edit.file);
    if (edits) edits.push(edit);
    else byFile.set(edit.file, [edit]);
  }
  return byFile;
}

/** Neighbours count as touching: two insertions at one offset have no order, and a removal may hold its neighbour's separator. */
function touches(a: Edit, b: Edit): boolean {
  return a.range[0] <= b.range[1] && b.range[0] <= a.range[1];
}

function overlapsItself(fix: Fix): boolean {
  return fix.some((a, i) =>
    fix.some((b, j) => {
      if (j <= i || a.file !== b.file) return false;
      return a.range[0] < b.range[1] && b.range[0] < a.range[1];
    }),
  );
}
