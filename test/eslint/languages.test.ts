/** The config entries for other languages: the same findings as the audit, in JSON, YAML, TOML, `.env` and Vue. */
import json from "@eslint/json";
import { ESLint } from "eslint";
import toml from "eslint-plugin-toml";
import yml from "eslint-plugin-yml";
import vueParser from "vue-eslint-parser";
import { describe, expect, it } from "vitest";
import { audit } from "../../src/api/index.js";
import plugin from "../../src/eslint/index.js";
import { leaves } from "../fixtures/leaves.js";
import { project } from "./project.js";

const { configs } = plugin;

function lint(cwd: string): ESLint {
  return new ESLint({
    cwd,
    overrideConfigFile: true,
    errorOnUnmatchedPattern: false,
    overrideConfig: [
      { plugins: { json } },
      configs.json,
      configs.jsonc,
      configs.json5,
      ...(yml.configs.base as unknown as []),
      configs.yaml,
      ...(toml.configs.base as unknown as []),
      configs.toml,
      configs.env,
      { files: ["**/*.vue"], languageOptions: { parser: vueParser } },
      configs.vue,
    ],
  });
}

async function compare(root: string, patterns: readonly string[]): Promise<string[]> {
  const results = await lint(root).lintFiles([...patterns]);
  const reported = results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ ruleId, line, column, endLine, endColumn, message }) =>
        `${filePath.slice(root.length + 1)}:${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)} ${ruleId ?? message}`,
    ),
  );
  const linted = new Set(results.map(({ filePath }) => filePath.slice(root.length + 1)));
  const report = await audit({ root });
  const found = report.findings
    .filter(({ file, suppressed }) => linted.has(file) && !suppressed)
    .map(
      (one) =>
        `${one.file}:${String(one.line)}:${String(one.column)}-${String(one.endLine)}:${String(one.endColumn)} klaviyo-scopes/${one.rule}`,
    );
  expect(reported.sort()).toEqual(found.sort());
  return reported;
}

const DATA = [
  "**/*.json",
  "**/*.jsonc",
  "**/*.json5",
  "**/*.yaml",
  "**/*.yml",
  "**/*.toml",
  "**/.env",
  "**/.env.*",
];

describe("data files of the fixtures", () => {
  const wanted = leaves().filter(({ name }) =>
    /requests\/(?:config|env)|demo-app|malformed-stray/.test(name),
  );
  it.each(wanted)("$name", async ({ root }) => {
    await compare(root, DATA);
  });
});

describe("each language", () => {
  const list = "profiles:read list:read";
  it.each([
    ["json", "oauth.json", `{ "klaviyo": { "scopes": ["profiles:read", "list:read"] } }\n`],
    ["yaml", "oauth.yaml", "klaviyo:\n  scopes:\n    - profiles:read\n    - list:read\n"],
    ["toml", "oauth.toml", `[klaviyo]\nscopes = ["profiles:read", "list:read"]\n`],
    ["env", ".env", `KLAVIYO_SCOPES="${list}"\n`],
    [
      "vue",
      "Connect.vue",
      `<template><a :href="url">Connect</a></template>\n<script setup>\nconst url = \`https://www.klaviyo.com/oauth/authorize?scope=\${encodeURIComponent("${list}")}\`;\n</script>\n`,
    ],
  ])("%s", async (_, file, text) => {
    const found = await compare(project({ [file]: text, "klaviyo-scopes.json": "{}" }), ["**/*"]);
    expect(found.map((one) => one.split(" ")[1])).toEqual(
      expect.arrayContaining(["klaviyo-scopes/require-accounts-read", "klaviyo-scopes/no-unknown-scope"]),
    );
  });

  it("the config itself", async () => {
    const root = project({
      "klaviyo-scopes.json": `{ "configured": "accounts:read lists:read" }\n`,
      "app.js":
        "export const url = `https://www.klaviyo.com/oauth/authorize?scope=${encodeURIComponent('accounts:read')}`;\n",
    });
    expect(await compare(root, ["klaviyo-scopes.json"])).toEqual([
      "klaviyo-scopes.json:1:32-1:42 klaviyo-scopes/no-unrequested-scope",
    ]);
  });

  it("the config itself, in whatever order the entries come", async () => {
    const text = '// as in Klaviyo\n{ "configured": "accounts:read lists:read", }\n';
    const root = project({ "klaviyo-scopes.json": text });
    const eslint = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      overrideConfig: [{ plugins: { json } }, configs.jsonc, configs.json],
    });
    const [result] = await eslint.lintFiles(["klaviyo-scopes.json"]);
    expect(result?.messages).toEqual([]);
  });

  it("fixes a list in its own language", async () => {
    const root = project({ ".env": 'KLAVIYO_SCOPES="profiles:read"\n', "klaviyo-scopes.json": "{}" });
    const eslint = new ESLint({
      cwd: root,
      fix: true,
      overrideConfigFile: true,
      overrideConfig: [configs.env],
    });
    const [result] = await eslint.lintFiles([".env"]);
    expect(result?.output).toBe('KLAVIYO_SCOPES="accounts:read profiles:read"\n');
  });
});
