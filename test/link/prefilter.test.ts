/** The prefilter loses nothing: with it and without it, the same is found. */
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { buildPicture } from "../../src/audit/build.js";
import { loadCatalog } from "../../src/catalog/index.js";
import { loadConfig } from "../../src/config/load.js";
import type { Config } from "../../src/config/types.js";
import { buildProject } from "../../src/link/build-project.js";
import { lowerFile } from "../../src/lower/index.js";
import { collectFiles } from "../../src/source/collect.js";
import { leaves } from "../fixtures/leaves.js";

const catalog = loadCatalog();

/** What is found in a folder, and how many files were parsed for it. */
function found(root: string, prefilter: boolean): { apps: unknown; parsed: number } {
  const config = configOf(root);
  const { files } = collectFiles(root, config ? { include: config.include, ignore: config.ignore } : {});
  const { project, text, stats } = buildProject({
    root,
    files,
    lower: lowerFile,
    prefilter,
    words: config?.helpers.map(({ callee }) => callee.split(".").at(-1) ?? callee) ?? [],
    always: config?.configured?.kind === "file" ? [config.configured.file] : [],
  });
  const { apps } = buildPicture({ project, config, catalog, text });
  return { apps: JSON.parse(JSON.stringify(apps)), parsed: stats.parsed };
}

function configOf(root: string): Config | null {
  const file = path.join(root, "klaviyo-scopes.json");
  if (!existsSync(file)) return null;
  return loadConfig(file, { ruleNames: rules.map(({ name }) => name), catalog }).config;
}

describe("the prefilter", () => {
  const parsed = { filtered: 0, whole: 0 };

  it.each(leaves())("finds all of $name", ({ root }) => {
    const [filtered, whole] = [found(root, true), found(root, false)];
    expect(filtered.apps).toEqual(whole.apps);
    parsed.filtered += filtered.parsed;
    parsed.whole += whole.parsed;
  });

  it("reads fewer files", () => {
    expect(parsed.filtered).toBeLessThan(parsed.whole);
  });
});
