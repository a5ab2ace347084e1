/** Projects that oxlint lints with the installed package, and what it says of them. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, inject } from "vitest";
import { runNode } from "./run.js";
import { temporary } from "./snippets.js";

export const oxlintBin = join(
  dirname(createRequire(import.meta.url).resolve("oxlint/package.json")),
  "bin/oxlint",
);

export interface Diagnostic {
  /** `klaviyo-scopes(no-unused-scope)` */
  code: string;
  filename: string;
  message: string;
  severity: string;
  labels: { span: { line: number; column: number; length: number } }[];
}

/** A config with these rules of the plugin alone. */
export function configWith(rules: Readonly<Record<string, string>>): string {
  const own = Object.entries(rules).map(([name, level]) => [`klaviyo-scopes/${name}`, level]);
  return JSON.stringify({
    jsPlugins: ["eslint-plugin-klaviyo-scopes"],
    categories: { correctness: "off" },
    // Here it is a link, which oxlint would follow.
    ignorePatterns: ["node_modules"],
    rules: Object.fromEntries(own) as Record<string, string>,
  });
}

/** A project with the installed package; gone when the test is. @param files As path → text, with `.oxlintrc.json`. */
export function projectOf(files: Readonly<Record<string, string>>): string {
  const root = temporary("klaviyo-scopes-oxlint-");
  symlinkSync(join(inject("installed").eslint10, "node_modules"), join(root, "node_modules"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

/** What `oxlint` says of the whole project, in its order; nothing goes to stderr. */
export function oxlint(root: string, ...flags: string[]): Diagnostic[] {
  const { stdout, stderr } = runNode([oxlintBin, "--format", "json", ...flags, "."], root);
  expect(stderr).toBe("");
  return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics.map((one) => ({
    ...one,
    filename: one.filename.replaceAll("\\", "/"),
  }));
}

/** `src/auth.js:1:16 no-unused-scope` */
export function saidBy({ code, filename, labels: [label] }: Diagnostic): string {
  const { line, column } = label?.span ?? { line: 0, column: 0 };
  return `${filename}:${String(line)}:${String(column)} ${/^klaviyo-scopes\((.+)\)$/.exec(code)?.[1] ?? code}`;
}
