/** What marks a file as facts; apart from what reads them, which is loaded for `--facts` alone. */
import { closeSync, openSync, readSync } from "node:fs";

export const FACTS_KIND = "klaviyo-scope-audit facts";

/** Whether `extract` wrote a file, by its first bytes; false for what cannot be read. */
export function isFactsFile(absolute: string): boolean {
  const start = Buffer.alloc(128);
  try {
    const file = openSync(absolute, "r");
    try {
      return start.subarray(0, readSync(file, start, 0, start.length, 0)).includes(FACTS_KIND);
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}
