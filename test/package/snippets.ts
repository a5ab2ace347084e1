/** The snippets of docs/ci.md, and projects with the installed package in which they are run. */
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject, onTestFinished } from "vitest";
import { run } from "./run.js";
import type { Outcome } from "./run.js";

export const repository = fileURLToPath(new URL("../../", import.meta.url));

export interface Snippet {
  /** Of the section it stands in. */
  heading: string;
  language: string;
  text: string;
}

export function snippetsOf(page: string): Snippet[] {
  let heading = "";
  const parts = readFileSync(join(repository, page), "utf8").matchAll(
    /^## (.+)$|^```(\w+)\n([\s\S]*?)^```$/gmu,
  );
  return [...parts].flatMap(([, title, language = "", text = ""]) => {
    if (title === undefined) return [{ heading, language, text }];
    heading = title;
    return [];
  });
}

/** The snippet of that section and language. @param has tells several apart. */
export function snippet(heading: string, language: string, has = ""): string {
  const found = snippetsOf("docs/ci.md").filter(
    (one) => one.heading === heading && one.language === language && one.text.includes(has),
  );
  const [only, ...others] = found;
  if (!only || others.length > 0)
    throw new Error(`${found.length} snippets of ${heading} (${language}, ${has})`);
  return only.text;
}

export function temporary(prefix: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A git repository with the sample app and the installed package: four findings, three of them errors. */
export function projectWith(manifest: object = {}): string {
  const folder = temporary("klaviyo-scopes-project-");
  const installed = inject("installed").eslint10;
  cpSync(join(installed, "src"), join(folder, "src"), { recursive: true });
  symlinkSync(join(installed, "node_modules"), join(folder, "node_modules"));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "sample-app", version: "1.0.0", private: true, type: "module", ...manifest }),
  );
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  git(folder, "init", "-q", "-b", "main");
  commit(folder);
  return folder;
}

export function git(folder: string, ...args: string[]): string {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
  const { status, stdout, stderr } = run("git", [...identity, ...args], folder);
  if (status !== 0) throw new Error(stdout + stderr);
  return stdout;
}

export function commit(folder: string): void {
  git(folder, "add", "-A");
  git(folder, "commit", "-qm", "change", "--no-verify");
}

/** Runs the lines of a CI job as its shell does, without the installation: that is done. */
export function shell(lines: readonly string[], folder: string): Outcome {
  const script = lines.filter((line) => line !== "npm ci").join("\n");
  return run("bash", ["-e", "-o", "pipefail", "-c", script], folder);
}
