/** Another host of ESLint rules: oxlint runs the plugin as a JS plugin, https://oxc.rs/docs/guide/usage/linter/js-plugins */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { audit } from "../../src/api/index.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bin = path.join(
  path.dirname(createRequire(import.meta.url).resolve("oxlint/package.json")),
  "bin/oxlint",
);

interface Diagnostic {
  code: string;
  filename: string;
  labels: { span: { line: number; column: number } }[];
}

it("reports in oxlint what the audit finds in code", async () => {
  const project = mkdtempSync(path.join(tmpdir(), "klaviyo-oxlint-"));
  cpSync(path.join(root, "fixtures/demo-app"), project, { recursive: true });
  const names = Object.fromEntries(rules.map(({ name }) => [`klaviyo-scopes/${name}`, "error"]));
  writeFileSync(
    path.join(project, ".oxlintrc.json"),
    JSON.stringify({
      jsPlugins: [path.join(root, "dist/bundle/eslint.js")],
      categories: { correctness: "off" },
      rules: names,
    }),
  );
  const { stdout, stderr } = spawnSync(process.execPath, [bin, "--format", "json", "src"], {
    cwd: project,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
  const reported = diagnostics.map(({ code, filename, labels: [label] }) => {
    const { line, column } = label?.span ?? { line: 0, column: 0 };
    return `${filename.replaceAll("\\", "/")}:${String(line)}:${String(column)} ${/\(([^)]+)\)/.exec(code)?.[1] ?? code}`;
  });
  const report = await audit({
    root: project,
    rules: Object.fromEntries(rules.map(({ name }) => [name, "error"])),
  });
  const found = report.findings
    .filter(({ file }) => file.startsWith("src/"))
    .map(({ file, line, column, rule }) => `${file}:${String(line)}:${String(column)} ${rule}`);
  expect(reported.sort()).toEqual(found.sort());
  expect(reported.length).toBeGreaterThan(5);
});
