import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import type { ESLint } from "eslint";
import { runNode } from "./run.js";

const installed = inject("installed");

describe.each([
  ["10", installed.eslint10],
  ["9", installed.eslint9],
])("with ESLint %s", (version, project) => {
  const eslint = join(project, "node_modules/eslint/bin/eslint.js");

  it("is that version", () => {
    expect(runNode([eslint, "--version"], project).stdout).toMatch(new RegExp(`^v${version}\\.`));
  });

  it("the recommended config reports what is wrong with the app", () => {
    const { status, stdout, stderr } = runNode([eslint, "--format", "json", "src"], project);
    expect(stderr).toBe("");
    const messages = (JSON.parse(stdout) as ESLint.LintResult[]).flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, line, column, severity }) => ({
        file: filePath.slice(project.length + 1).replaceAll("\\", "/"),
        ruleId,
        line,
        column,
        severity,
      })),
    );
    expect(messages).toEqual([
      {
        file: "src/auth.js",
        ruleId: "klaviyo-scopes/require-accounts-read",
        line: 1,
        column: 16,
        severity: 2,
      },
      { file: "src/auth.js", ruleId: "klaviyo-scopes/no-unused-scope", line: 1, column: 18, severity: 1 },
      { file: "src/auth.js", ruleId: "klaviyo-scopes/no-unknown-scope", line: 1, column: 35, severity: 2 },
      { file: "src/lists.js", ruleId: "klaviyo-scopes/no-missing-scope", line: 2, column: 26, severity: 2 },
    ]);
    expect(status).toBe(1);
  });

  it("fixes and says which rules it has", () => {
    const { stdout } = runNode([eslint, "--fix-dry-run", "--format", "json", "src/auth.js"], project);
    const [result] = JSON.parse(stdout) as ESLint.LintResult[];
    expect(result?.output).toContain("accounts:read");
    const { stdout: config } = runNode([eslint, "--print-config", "src/auth.js"], project);
    expect(config).toContain("klaviyo-scopes/no-missing-scope");
  });
});
