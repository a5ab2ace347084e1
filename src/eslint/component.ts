/** Vue, Svelte and Astro where the host hands over one script of the file: oxlint does so, ESLint hands over the whole. */
import path from "node:path";
import { COMPONENT } from "../lower/index.js";
import { sfcScript } from "../parse/sfc.js";
import { readSource } from "../source/read.js";

/** The whole file, and where in it the linted text stands. */
export interface Whole {
  text: string;
  from: number;
}

/** A component may be all markup. No script begins like that. */
const MARKUP = /^\s*(?:<|\{[#@])/;

/** Null where the disk's file does not hold the script, so that nobody knows what stands around it. */
export function wholeOf(text: string, { root, file }: { root: string; file: string }): Whole | null {
  if (!COMPONENT.test(file) || sfcScript(file, text).text.trim() !== "") return { text, from: 0 };
  const disk = readSource(path.join(root, file));
  const from = "text" in disk ? disk.text.indexOf(text) : -1;
  if ("text" in disk && from >= 0) return { text: disk.text, from };
  return MARKUP.test(text) ? { text, from: 0 } : null;
}
