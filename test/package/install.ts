/**
 * Global set-up of the package tests: packs the built package as npm would publish it, and installs the tarball into
 * an empty project with each ESLint that the package supports. Needs `npm run build` first.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { run } from "./run.js";

/** Where the tests find what was installed. */
export interface Installed {
  tarball: string;
  /** Project folders, each with the sample app of `test/package/app`. */
  eslint10: string;
  eslint9: string;
}

declare module "vitest" {
  interface ProvidedContext {
    installed: Installed;
  }
}

const root = fileURLToPath(new URL("../../", import.meta.url));

export default function setup(project: TestProject): () => Promise<void> {
  if (!existsSync(join(root, "dist")))
    throw new Error("The package is not built. Run `npm run build` first.");
  const folder = mkdtempSync(join(tmpdir(), "klaviyo-scopes-package-"));
  const tarball = pack(folder);
  project.provide("installed", {
    tarball,
    eslint10: install(folder, tarball, "10"),
    eslint9: install(folder, tarball, "9"),
  });
  // Tens of thousands of files: synchronously, the workers that end meanwhile would seem to hang.
  return () => rm(folder, { recursive: true, force: true });
}

function pack(folder: string): string {
  // Without scripts: a build now would pull dist/ away from under other tests.
  succeed(run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], root));
  const name = readdirSync(folder).find((file) => file.endsWith(".tgz"));
  if (name === undefined) throw new Error("npm pack made no tarball.");
  return join(folder, name);
}

function install(folder: string, tarball: string, eslintVersion: string): string {
  const target = join(folder, `eslint${eslintVersion}`);
  mkdirSync(target);
  cpSync(join(root, "test/package/app"), target, { recursive: true });
  const manifest = { name: "sample-app", version: "1.0.0", private: true, type: "module" };
  writeFileSync(join(target, "package.json"), JSON.stringify(manifest));
  const packages = [tarball, `eslint@^${eslintVersion}`, "typescript@~6.0", "@types/node@^20"];
  succeed(run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", ...packages], target));
  return target;
}

function succeed({ status, stdout, stderr }: ReturnType<typeof run>): void {
  if (status !== 0) throw new Error(stdout + stderr);
}
