/** Both faces say the same: ESLint over every fixture reports what the audit finds in the files that ESLint reads. */
import { ESLint } from "eslint";
import * as parser from "@typescript-eslint/parser";
import { describe, expect, it } from "vitest";
import { audit } from "../../src/api/index.js";
import plugin from "../../src/eslint/index.js";
import { leaves } from "../fixtures/leaves.js";

const CODE = ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"];
const ENV = ["**/.env", "**/.env.*", "**/*.env"];

describe("ESLint and the audit agree on every fixture", () => {
  it.each(leaves())("$name", async ({ root }) => {
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      ignorePatterns: ["!**/dist/**"],
      errorOnUnmatchedPattern: false,
      overrideConfig: [
        { files: CODE, languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } } },
        { files: CODE, ...plugin.configs.all },
        { ...plugin.configs.env, rules: plugin.configs.all.rules ?? {} },
      ],
    });
    const results = await eslint.lintFiles([...CODE, ...ENV]);
    const reported = results.flatMap(({ filePath, messages }) =>
      messages
        .filter(({ ruleId }) => ruleId?.startsWith("klaviyo-scopes/"))
        .map(({ ruleId, line, column, endLine, endColumn }) => {
          const file = filePath.slice(root.length + 1);
          return `${file}:${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)} ${(ruleId ?? "").slice("klaviyo-scopes/".length)}`;
        }),
    );
    const report = await audit({
      root,
      rules: Object.fromEntries(Object.keys(plugin.rules).map((name) => [name, "warn"])),
    });
    const linted = new Set(results.map(({ filePath }) => filePath.slice(root.length + 1)));
    const found = report.findings
      .filter(({ file, suppressed }) => linted.has(file) && !suppressed)
      .map(
        ({ rule, file, line, column, endLine, endColumn }) =>
          `${file}:${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)} ${rule}`,
      );
    expect(reported.sort()).toEqual(found.sort());
  });
});
