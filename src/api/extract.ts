/** Writing facts: lowers a part of a project's files and keeps their forms. */
import { FORM_VERSION } from "../lower/form.js";
import { lowerSource } from "./own-files.js";
import { emptyForm } from "../lower/empty-form.js";
import { kindOf } from "../source/kinds.js";
import { hashOf } from "./facts.js";
import { FACTS_KIND } from "../source/own-output.js";
import { pathFilter } from "./paths.js";
import { readProject } from "./read-project.js";
import { findRoot } from "./root.js";
import { packageVersion } from "./version.js";
import type { FileForm } from "../lower/form.js";
import type { AnalyzeOptions } from "./analyze.js";
import type { Facts, Shard } from "./facts.js";

/**
 * The facts of one part of the files. Every part chooses the same files to read closely, and parses its own share: a
 * file's part hangs on its path alone.
 * @param paths keeps only the facts of these; none keeps all.
 * @throws UserError for a wrong path, root or config.
 */
export async function extractFacts(
  options: AnalyzeOptions,
  paths: readonly string[],
  shard: Shard,
): Promise<Facts> {
  const { root, config } = findRoot(options);
  const chosen: string[] = [];
  const isMine = (file: string) => partOf(file, shard.count) === shard.index;
  const lower = (file: string, text: string): FileForm => {
    chosen.push(file);
    return isMine(file) ? lowerSource(file, text) : emptyForm(file, "js");
  };
  // The cache has forms without asking `lower` for them, so that shards and cache do not go together.
  const { project, files, text, skipped, stats } = await readProject(root, config, {
    ...(options.progress && { progress: options.progress }),
    lower,
  });
  const wanted = pathFilter(paths, { cwd: options.cwd ?? process.cwd(), root, files });
  const forms = [...project.forms.values()].filter(({ file }) => isMine(file) && wanted(file));
  // Not even a hash of an env file is kept: short secrets can be guessed from it.
  const hashed = forms.filter(({ file }) => kindOf(file) !== "env");
  const hashes = hashed.map(({ file }): [string, string] => [file, hashOf(text(file) ?? "")]);
  return {
    kind: FACTS_KIND,
    version: packageVersion(),
    formVersion: FORM_VERSION,
    shard,
    files,
    chosen: chosen.filter(wanted).sort(),
    forms,
    hashes: Object.fromEntries(hashes),
    skipped,
    stats: { ...stats, parsed: forms.length },
  };
}

/** Which of `count` parts reads a file closely, from 1. */
function partOf(file: string, count: number): number {
  return (Number.parseInt(hashOf(file).slice(0, 12), 16) % count) + 1;
}
