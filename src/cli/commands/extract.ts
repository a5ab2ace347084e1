/** `extract`: what the files say, as JSON facts that `audit --facts` reads in their stead. */
import path from "node:path";
import { extractFacts } from "../../api/extract.js";
import { writeWhole } from "../../api/write-file.js";
import { safeJson } from "../../report/safe.js";
import { analyzeOptions } from "../session.js";
import type { CommonFlags } from "../session.js";
import type { Terminal } from "../terminal.js";

export interface ExtractFlags extends CommonFlags {
  shard?: { index: number; count: number };
  output?: string;
}

export async function runExtract(
  paths: readonly string[],
  flags: ExtractFlags,
  terminal: Terminal,
): Promise<number> {
  const facts = await extractFacts(
    analyzeOptions(flags, terminal),
    paths,
    flags.shard ?? { index: 1, count: 1 },
  );
  const text = `${safeJson(facts)}\n`;
  if (flags.output === undefined) terminal.stdout.write(text);
  else writeWhole(path.resolve(terminal.cwd, flags.output), text);
  return 0;
}
