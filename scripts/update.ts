/**
 * `npm run update`: writes every generated file that is checked in.
 * `npm run update:check`: writes nothing, names the stale ones, exits 1 if there are any.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { catalogGenerator } from "./update-catalog.js";
import { actionGenerator } from "./update-action.js";
import { pictureGenerator } from "./update-picture.js";
import { ruleOptionsGenerator } from "./update-rule-options.js";
import { reasonsGenerator } from "./update-reasons.js";
import { rulesGenerator } from "./update-rules.js";
import { schemaGenerator } from "./update-schema.js";

export interface GeneratedFile {
  /** Relative to the repository, with `/`. */
  file: string;
  text: string;
}

export interface Generator {
  name: string;
  /** The files as they should be. Reads what it needs, writes nothing. */
  files(): Promise<GeneratedFile[]>;
}

/** A new generator is added here, after those whose files it reads. */
export const generators: readonly Generator[] = [
  catalogGenerator,
  rulesGenerator,
  ruleOptionsGenerator,
  reasonsGenerator,
  schemaGenerator,
  actionGenerator,
  pictureGenerator,
];

const root = new URL("../", import.meta.url);

/** The generated files whose checked-in text differs from what `generator` would write now. */
export async function staleFiles(generator: Generator): Promise<GeneratedFile[]> {
  const stale: GeneratedFile[] = [];
  for (const generated of await generator.files()) {
    const current = await readFile(new URL(generated.file, root), "utf8").catch(() => null);
    if (current !== generated.text) stale.push(generated);
  }
  return stale;
}

/** Writes the stale files, or only names them. @returns How many there were. */
export async function update({ check }: { check: boolean }): Promise<number> {
  let stale = 0;
  for (const generator of generators) {
    for (const { file, text } of await staleFiles(generator)) {
      stale += 1;
      console.log(`${check ? "stale" : "wrote"} ${file} (${generator.name})`);
      if (check) continue;
      const path = fileURLToPath(new URL(file, root));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }
  return stale;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes("--check");
  const stale = await update({ check });
  if (check && stale > 0) {
    console.error("Run `npm run update` and commit what it writes.");
    process.exitCode = 1;
  }
}
