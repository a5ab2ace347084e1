/** A config with mistakes: one message in a run, at the mistake where ESLint reads the config, and where one edits. */
import path from "node:path";
import json from "@eslint/json";
import { ESLint } from "eslint";
import { expect, it } from "vitest";
import plugin from "../../src/eslint/index.js";
import { clock } from "./clock.js";
import { said } from "./languages.js";
import { project, write } from "./project.js";

const url = (scopes: string): string =>
  `export const url = "https://www.klaviyo.com/oauth/authorize?code_challenge=x&code_challenge_method=S256&scope=${scopes}";\n`;
const BROKEN = '{\n  "configred": "accounts:read",\n  "ignore": "legacy"\n}\n';
const FILES = {
  "klaviyo-scopes.json": BROKEN,
  "src/a.js": "export const price = 1;\n",
  "src/b.js": url("profiles:read"),
  "src/c.js": url("lists:read"),
  "src/d.js": url("accounts:read"),
};
const TOLD =
  "klaviyo-scopes.json:2:3: The config has no key `configred`. Did you mean `configured`? (and 1 more) " +
  "Until it is mended, the project is judged without it.";

const letTimePass = clock();

const configs = [plugin.configs.recommended, { plugins: { json } }, plugin.configs.json];

function eslint(cwd: string, fix = false): ESLint {
  letTimePass();
  return new ESLint({ cwd, fix, overrideConfigFile: true, overrideConfig: configs });
}

/** Which of several files ESLint lints first is not settled: it reads them at once. */
function toldOnce(results: readonly ESLint.LintResult[], files = /^[bcd]\.js /): string[] {
  const [first = "", ...others] = told(results);
  expect(first).toMatch(files);
  return [first.replace(files, ""), ...others];
}

function told(results: readonly ESLint.LintResult[]): string[] {
  return results.flatMap(({ filePath, messages }) =>
    messages
      .filter(({ messageId }) => messageId === "brokenConfig")
      .map((one) => `${path.basename(filePath)} ${said(one, one.ruleId ?? "")}: ${one.message}`),
  );
}

const TOP = "1:1-1:1 no-unconfigured-scope";

it("is told once in a run, however many files it concerns", async () => {
  const root = project(FILES);
  expect(toldOnce(await eslint(root).lintFiles(["src"]))).toEqual([`${TOP}: ${TOLD}`]);
});

it("is told in a file that does not mute it", async () => {
  const root = project({
    "klaviyo-scopes.json": BROKEN,
    "src/b.js": `/* eslint-disable */\n${url("profiles:read")}`,
    "src/c.js": url("lists:read"),
  });
  for (const file of ["src/b.js", "src/c.js"])
    expect(told(await eslint(root).lintFiles([file])).length).toBe(file === "src/c.js" ? 1 : 0);
});

it("is told once also where fixes have a file linted several times", async () => {
  const root = project(FILES);
  const results = await eslint(root, true).lintFiles(["src"]);
  expect(results.filter(({ output }) => output !== undefined)).toHaveLength(2);
  expect(toldOnce(results)).toEqual([`${TOP}: ${TOLD}`]);
});

it("is told at its places where ESLint reads the config", async () => {
  const root = project(FILES);
  expect(told(await eslint(root).lintFiles(["klaviyo-scopes.json"]))).toEqual([
    "klaviyo-scopes.json 2:3-2:14 no-unconfigured-scope: The config has no key `configred`. Did you mean `configured`?",
    'klaviyo-scopes.json 3:13-3:21 no-unconfigured-scope: `ignore` must be an array of strings, not the string `legacy`. Write ["legacy"].',
  ]);
  // That was the one telling of this run.
  expect(told(await eslint(root).lintFiles(["src"]))).toEqual([]);
});

it("is told in the key of a package.json", async () => {
  const root = project({
    "package.json": '{ "klaviyoScopes": { "configured": 1 } }\n',
    "a.js": url("x:read"),
  });
  expect(told(await eslint(root).lintFiles(["package.json"]))).toEqual([
    'package.json 1:36-1:37 no-unconfigured-scope: `configured` must be a string, an array, or { "file": …, "key": … }, not `1`.',
  ]);
});

it("is told in every file that is being edited", async () => {
  const root = project(FILES);
  await eslint(root).lintFiles(["src"]);
  const filePath = path.join(root, "src/d.js");
  expect(told(await eslint(root).lintText(url("accounts:read"), { filePath }))).toEqual([
    `d.js ${TOP}: ${TOLD}`,
  ]);
  const apart = path.join(root, "src/a.js");
  expect(told(await eslint(root).lintText("export const price = 2;\n", { filePath: apart }))).toEqual([]);
});

it("follows the config: its unsaved text, and its text on the disk", async () => {
  const root = project(FILES);
  const filePath = path.join(root, "klaviyo-scopes.json");
  expect(told(await eslint(root).lintText('{ "configured": "accounts:read" }\n', { filePath }))).toEqual([]);
  expect(told(await eslint(root).lintText('{ "uses": 1 }\n', { filePath }))).toEqual([
    "klaviyo-scopes.json 1:11-1:12 no-unconfigured-scope: `uses` must be an array of strings, not `1`.",
  ]);
  write(root, "klaviyo-scopes.json", '{ "configured": "accounts:read profiles:read lists:read" }\n');
  expect(told(await eslint(root).lintFiles(["."]))).toEqual([]);
  write(root, "klaviyo-scopes.json", BROKEN);
  expect(toldOnce(await eslint(root).lintFiles(["src/c.js", "src/d.js"]))).toEqual([`${TOP}: ${TOLD}`]);
});

it("tells of a `configured` that leads nowhere, as the audit does", async () => {
  const config = '{ "configured": { "file": ".env.example", "key": "SCOPES" } }\n';
  const root = project({ ...FILES, "klaviyo-scopes.json": config, ".env.example": "SCOPE=accounts:read\n" });
  const message =
    "`.env.example` has no list of scopes under `SCOPES`, so nothing is compared with the configured set.";
  expect(toldOnce(await eslint(root).lintFiles(["src"]))).toEqual([
    `${TOP}: klaviyo-scopes.json:1:17: ${message}`,
  ]);
  expect(told(await eslint(root).lintFiles(["klaviyo-scopes.json"]))).toEqual([
    `klaviyo-scopes.json 1:17-1:60 no-unconfigured-scope: ${message}`,
  ]);
  write(root, ".env.example", "SCOPES=accounts:read profiles:read lists:read\n");
  expect(told(await eslint(root).lintFiles(["."]))).toEqual([]);
});
