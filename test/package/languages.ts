/** The packed package beside every plugin and parser that docs/editors.md names, installed once for each ESLint. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { run } from "./run.js";

const BESIDE = [
  "@eslint/json@^2",
  "eslint-plugin-astro@^1",
  "eslint-plugin-svelte@^3",
  "eslint-plugin-toml@^1",
  "eslint-plugin-vue@^10",
  "eslint-plugin-yml@^3",
  // Reads an eslint.config.ts.
  "jiti@^2",
  "svelte@^5",
  "svelte-eslint-parser@^1",
  "typescript@~6.0",
  "typescript-eslint@^8",
  "vue-eslint-parser@^10",
];

export type EslintVersion = "9" | "10";

/** The `node_modules` to link into a project. */
export function languagesWith(version: EslintVersion): string {
  const { tarball } = inject("installed");
  // Beside the tarball, in the folder that the global set-up deletes.
  const folder = join(tarball, "..", `languages${version}`);
  const modules = join(folder, "node_modules");
  if (existsSync(modules)) return modules;
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const packages = [tarball, `eslint@^${version}`, `@eslint/js@^${version}`, ...BESIDE];
  const { status, stdout, stderr } = run(
    "npm",
    ["install", "--no-audit", "--no-fund", "--prefer-offline", ...packages],
    folder,
  );
  if (status !== 0) throw new Error(stdout + stderr);
  return modules;
}
