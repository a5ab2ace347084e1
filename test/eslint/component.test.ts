/** A component of which the host hands over one script, as oxlint does: judged in its file, told in its own places. */
import path from "node:path";
import { ESLint, type Linter } from "eslint";
import { expect, it } from "vitest";
import vueParser from "vue-eslint-parser";
import plugin from "../../src/eslint/index.js";
import { project } from "./project.js";

const SCOPES = '\nexport const SCOPES = ["accounts:read", "list:read"];\n';
const SETUP =
  '\nconst url = `https://www.klaviyo.com/oauth/authorize?client_id=1&scope=${SCOPES.join(" ")}`;\nconst other = "https://www.klaviyo.com/oauth/authorize?client_id=1&scope=profile:read";\n';
const COMPONENT = `<template><a :href="url">Connect</a></template>\n<script>${SCOPES}</script>\n<script setup>${SETUP}</script>\n`;

async function lint(
  text: string,
  fix = false,
  parser?: Linter.Parser,
): Promise<ESLint.LintResult | undefined> {
  const cwd = project({ "klaviyo-scopes.json": "{}", "src/Connect.vue": COMPONENT });
  const rules: Linter.RulesRecord = {
    "klaviyo-scopes/no-unknown-scope": "error",
    "klaviyo-scopes/require-accounts-read": "error",
  };
  const overrideConfig = [
    {
      files: ["**/*.vue"],
      plugins: { "klaviyo-scopes": plugin },
      rules,
      ...(parser && { languageOptions: { parser } }),
    },
  ];
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig, fix });
  const [result] = await eslint.lintText(text, { filePath: path.join(cwd, "src/Connect.vue") });
  return result;
}

const said = (result: ESLint.LintResult | undefined): string[] =>
  (result?.messages ?? []).map(
    ({ ruleId, line, column, endLine, endColumn }) =>
      `${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)} ${String(ruleId)}`,
  );

it("tells what lies in that script, though the request is in the other one", async () => {
  const result = await lint(SCOPES);
  expect(said(result)).toEqual(["2:42-2:51 klaviyo-scopes/no-unknown-scope"]);
  const [suggestion] = result?.messages[0]?.suggestions ?? [];
  expect(SCOPES.slice(...(suggestion?.fix.range ?? []))).toBe("list:read");
});

it("tells and fixes what lies in the second one by its own lines", async () => {
  expect(said(await lint(SETUP))).toEqual([
    "3:74-3:86 klaviyo-scopes/no-unknown-scope",
    "3:74-3:86 klaviyo-scopes/require-accounts-read",
  ]);
  expect((await lint(SETUP, true))?.output).toBe(
    SETUP.replace("=profile:read", "=accounts:read profile:read"),
  );
});

it("says nothing of a script that the saved file does not hold", async () => {
  expect(said(await lint(`${SETUP}// not saved`))).toEqual([]);
});

it("takes what is all markup for the whole, saved or not", async () => {
  const markup =
    '<template>\n  <a href="https://www.klaviyo.com/oauth/authorize?scope=accounts:read list:read"/></template>';
  expect(said(await lint(markup, false, vueParser as Linter.Parser))).toEqual([
    "2:72-2:81 klaviyo-scopes/no-unknown-scope",
  ]);
});
