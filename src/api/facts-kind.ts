/** Which files are facts; apart from what reads them, which is loaded for `--facts` alone. */
import { closeSync, openSync, readSync } from "node:fs";
import { FACTS_KIND } from "../source/own-output.js";

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
