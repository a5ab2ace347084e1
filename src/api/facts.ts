/** Facts: the forms of a project's files as JSON, written in one place (a CI shard) and audited in another. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { glob } from "tinyglobby";
import { AutoImports } from "../link/auto-imports.js";
import { createResolver } from "../link/resolver.js";
import { FORM_VERSION } from "../lower/form.js";
import { FACTS_KIND } from "../source/own-output.js";
import { readSource } from "../source/read.js";
import { UserError, fileProblem } from "./errors.js";
import { checkTogether } from "./facts-together.js";
import { packageVersion } from "./version.js";
import type { FileForm } from "../lower/form.js";
import type { Report } from "../report/types.js";
import type { AnalyzeOptions } from "./analyze.js";
import type { ReadProject } from "./read-project.js";
import { seenFrom } from "../config/paths.js";

/** One facts file. */
export interface Facts {
  kind: "klaviyo-scope-audit facts";
  /** Of the package: forms are no contract between versions. */
  version: string;
  formVersion: number;
  shard: Shard;
  /** Every file that was looked at. */
  files: string[];
  /** Those of the given paths that are read closely, by this part or another. */
  chosen: string[];
  forms: FileForm[];
  /** SHA-256 of each form's text, which tells whether a text that is at hand is the same. */
  hashes: Record<string, string>;
  skipped: Report["skipped"];
  stats: Report["stats"];
}

/** The `index`th of `count` parts, from 1. */
export interface Shard {
  index: number;
  count: number;
}

/**
 * The project that some facts files describe together.
 * @param globs relative to the working directory.
 * @throws UserError when there are none, or they do not belong together, or a part is missing.
 */
export async function readFacts(
  root: string,
  globs: readonly string[],
  { cwd = process.cwd() }: Pick<AnalyzeOptions, "cwd">,
): Promise<Omit<ReadProject, "configForm">> {
  const names = (await glob([...globs], { cwd, absolute: true, dot: true, expandDirectories: false })).sort();
  if (names.length === 0) {
    throw new UserError(
      `No facts file matches \`${globs.join(" ")}\`.`,
      "Write one: klaviyo-scope-audit extract -o facts.json",
    );
  }
  const named = names.map((name) => {
    const shown = seenFrom(cwd, name);
    return { name: shown, facts: parseFacts(shown, name) };
  });
  checkTogether(named);
  const all = named.map(({ facts }) => facts);
  const forms = new Map(all.flatMap((facts) => facts.forms.map((form) => [form.file, form])));
  const hashes = new Map(all.flatMap((facts) => Object.entries(facts.hashes)));
  const files = [...(all[0]?.files ?? [])].sort();
  const skipped = new Map(all.flatMap((facts) => facts.skipped).map((one) => [JSON.stringify(one), one]));
  return {
    project: {
      root,
      forms: new Map([...forms].sort(([a], [b]) => (a < b ? -1 : 1))),
      resolve: createResolver(root, files),
      autoImports: new AutoImports(root, files),
    },
    files,
    text: (file) => sameText(path.join(root, file), hashes.get(file)),
    skipped: [...skipped.values()],
    stats: {
      files: files.length,
      parsed: forms.size,
      // Every shard reads all files.
      bytes: Math.max(...all.map(({ stats }) => stats.bytes)),
    },
  };
}

function parseFacts(shown: string, name: string): Facts {
  const wrong = (reason: string) =>
    new UserError(
      `${shown} cannot be read as facts: ${reason}.`,
      "Write it anew: klaviyo-scope-audit extract",
    );
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(name, "utf8"));
  } catch (error) {
    throw wrong(error instanceof SyntaxError ? "it is no JSON" : (fileProblem(error) ?? String(error)));
  }
  if (!isFacts(data)) throw wrong("`extract` did not write it");
  if (data.formVersion !== FORM_VERSION || data.version !== packageVersion()) {
    throw wrong(`it is of version ${data.version}, and this is ${packageVersion()}`);
  }
  return data;
}

function isFacts(data: unknown): data is Facts {
  if (typeof data !== "object" || data === null || !("kind" in data) || data.kind !== FACTS_KIND)
    return false;
  const fields = new Map<string, unknown>(Object.entries(data));
  const lists = ["files", "chosen", "forms", "skipped"].every((key) => Array.isArray(fields.get(key)));
  return lists && ["shard", "hashes", "stats"].every((key) => typeof fields.get(key) === "object");
}

function sameText(absolute: string, hash: string | undefined): string | undefined {
  if (hash === undefined) return undefined;
  const source = readSource(absolute);
  return "text" in source && hashOf(source.text) === hash ? source.text : undefined;
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
