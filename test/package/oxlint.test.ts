/** Another host of ESLint rules: oxlint runs the plugin as a JS plugin, https://oxc.rs/docs/guide/usage/linter/js-plugins */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { audit } from "../../src/api/index.js";
import { casesOf, type RuleCase } from "../eslint/rule-case.js";
import { Connection } from "./language-server/connection.js";
import { configWith, oxlint, oxlintBin, projectOf, saidBy } from "./oxlint.js";
import { repository } from "./snippets.js";

const allRules = Object.fromEntries(rules.map(({ name }) => [name, "error" as const]));

/** oxlint reads code, so the one rule that speaks in data alone says nothing there. */
const NOT_IN_CODE = "no-unrequested-scope";

interface CaseInFolder extends RuleCase {
  rule: string;
  /** The case's own project inside of the linted one, with its rule alone. */
  folder: string;
  linted: string;
}

const CASES: CaseInFolder[] = [];
for (const { name: rule } of rules) {
  for (const [index, one] of (await casesOf(rule)).entries()) {
    const folder = `${rule}-${String(index)}`;
    CASES.push({ ...one, rule, folder, linted: `${folder}/${one.file ?? "app.js"}` });
  }
}

function projectOfCases(): string {
  const files: Record<string, string> = { ".oxlintrc.json": configWith({}) };
  for (const { rule, folder, linted, code, files: others } of CASES) {
    const own = { "klaviyo-scopes.json": "{}", ".oxlintrc.json": configWith({ [rule]: "error" }), ...others };
    for (const [file, text] of Object.entries(own)) files[`${folder}/${file}`] = text;
    files[linted] = code;
  }
  return projectOf(files);
}

describe("each rule's cases, as ESLint reports them", () => {
  it("are reported at the same place in the same words", () => {
    const reported = oxlint(projectOfCases());
    const quiet: string[] = [];
    for (const { rule, folder, linted, errors } of CASES) {
      const got = reported.filter(({ filename }) => filename === linted);
      if (got.length === 0) quiet.push(rule);
      else
        expect([
          folder,
          got.map(({ message, labels: [label] }) => [message, label?.span.line, label?.span.column]),
        ]).toEqual([folder, errors.map(({ message, line, column }) => [message, line, column])]);
    }
    expect([...new Set(quiet)]).toEqual([NOT_IN_CODE]);
  });

  it.each([
    ["--fix", (one: CaseInFolder) => one.output ?? one.code],
    ["--fix-suggestions", (one: CaseInFolder) => one.output ?? firstSuggestion(one) ?? one.code],
  ])("are mended by %s as ESLint would", (flag, wanted) => {
    const root = projectOfCases();
    oxlint(root, flag);
    const mended = new Set<string>();
    for (const one of CASES.filter(({ rule }) => rule !== NOT_IN_CODE)) {
      const text = readFileSync(join(root, one.linted), "utf8");
      expect([one.folder, text]).toEqual([one.folder, wanted(one)]);
      if (text !== one.code) mended.add(one.rule);
    }
    const able = rules.filter(
      ({ name, meta }) => name !== NOT_IN_CODE && (meta.fixable || (flag !== "--fix" && meta.hasSuggestions)),
    );
    // The reason is added in the config, which is another file.
    expect([...mended]).toEqual(
      able.map(({ name }) => name).filter((name) => name !== "require-justification"),
    );
  });
});

function firstSuggestion({ errors }: RuleCase): string | undefined {
  return errors.flatMap(({ suggestions }) => (Array.isArray(suggestions) ? suggestions : []))[0]?.output;
}

it("reports what the audit finds in the demo app's code, and says nothing of other files", async () => {
  const files = Object.fromEntries(
    readdirSync(join(repository, "fixtures/demo-app"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(join(repository, "fixtures/demo-app/").length), readFileSync(path, "utf8")];
      }),
  );
  const root = projectOf({ ...files, ".oxlintrc.json": configWith(allRules) });
  const { findings } = await audit({ root, rules: allRules });
  const inCode = findings.filter(({ file }) => /\.[jt]s$/.test(file));
  expect(inCode.length).toBeGreaterThan(5);
  expect(oxlint(root).map(saidBy).sort()).toEqual(
    inCode.map(({ file, line, column, rule }) => `${file}:${String(line)}:${String(column)} ${rule}`).sort(),
  );
});

const url = (scope: string): string =>
  `const scope = "${scope}";\nexport const url = \`https://www.klaviyo.com/oauth/authorize?client_id=1&scope=\${scope}\`;\n`;

it("takes levels, and every kind of comment that mutes", () => {
  const levels = { "no-unknown-scope": "warn", "require-accounts-read": "error" };
  const muted = (comment: string): string => `// ${comment}\n${url("list:read")}`;
  const reported = oxlint(
    projectOf({
      ".oxlintrc.json": configWith(levels),
      "klaviyo-scopes.json": "{}",
      "src/plain.js": url("list:read"),
      "src/own.js": muted("klaviyo-scope-audit-ignore-next-line no-unknown-scope -- until spring"),
      "src/eslint.js": muted("eslint-disable-next-line klaviyo-scopes/no-unknown-scope"),
      "src/oxlint.js": muted("oxlint-disable-next-line klaviyo-scopes/no-unknown-scope"),
    }),
  );
  expect(reported.map((one) => `${one.severity} ${saidBy(one)}`).sort()).toEqual([
    "error src/eslint.js:2:15 require-accounts-read",
    "error src/own.js:2:15 require-accounts-read",
    "error src/oxlint.js:2:15 require-accounts-read",
    "error src/plain.js:1:15 require-accounts-read",
    "warning src/plain.js:1:16 no-unknown-scope",
  ]);
});

it("counts what env and data files say, and is silent in them", () => {
  const call = 'fetch("https://a.klaviyo.com/api/lists", { headers: { Authorization: `Bearer ${token}` } })';
  const project = {
    ".oxlintrc.json": configWith(allRules),
    "klaviyo-scopes.json": '{ "configured": "accounts:read lists:write" }\n',
    ".env": "KLAVIYO_SCOPES=accounts:read,list:read\n",
    "src/sync.js": `export const lists = (token) => ${call};\n`,
  };
  expect(oxlint(projectOf(project)).map(saidBy)).toEqual(["src/sync.js:1:33 no-missing-scope"]);
  const silent = { ...project, "klaviyo-scopes.json": "{}", ".env": "PORT=3000\n" };
  expect(oxlint(projectOf(silent)).map(saidBy)).toEqual([]);
});

it("reads code of every ending", () => {
  const endings = ["js", "jsx", "mjs", "ts", "tsx", "mts", "cts"];
  const files = Object.fromEntries(endings.map((ending) => [`src/auth.${ending}`, url("list:read")]));
  const config = configWith({ "no-unknown-scope": "error" });
  const reported = oxlint(projectOf({ ".oxlintrc.json": config, "klaviyo-scopes.json": "{}", ...files }));
  expect(reported.map(saidBy).sort()).toEqual(
    endings.map((ending) => `src/auth.${ending}:1:16 no-unknown-scope`).sort(),
  );
});

const COMPONENTS: Readonly<Record<string, string>> = {
  "src/Connect.vue": `<script>
export const SCOPES = ["accounts:read", "list:read"];
</script>
<script setup>
const url = \`https://www.klaviyo.com/oauth/authorize?client_id=1&scope=\${SCOPES.join(" ")}\`;
const other = "https://www.klaviyo.com/oauth/authorize?client_id=1&scope=profile:read";
</script>
<template><a :href="url">Connect</a></template>
`,
  "src/Connect.svelte": `<script lang="ts">
  const SCOPES: string[] = ["list:read"];
  const url = "https://www.klaviyo.com/oauth/authorize?client_id=1&scope=" + SCOPES.join(" ");
</script>
<a href={url}>Connect</a>
`,
  "src/connect.astro": `---
const SCOPES: string[] = ["list:read"];
const url = "https://www.klaviyo.com/oauth/authorize?client_id=1&scope=" + SCOPES.join(" ");
---
<a href={url}>Connect</a>
`,
};

it("reads the scripts of components, which it is given one by one, as the audit reads the file", async () => {
  const root = projectOf({
    ...COMPONENTS,
    ".oxlintrc.json": configWith(allRules),
    "klaviyo-scopes.json": "{}",
  });
  const found = async (): Promise<string[]> =>
    (await audit({ root, rules: allRules })).findings
      .map(({ file, line, column, rule }) => `${file}:${String(line)}:${String(column)} ${rule}`)
      .sort();
  const before = await found();
  expect(before.length).toBeGreaterThan(6);
  expect(oxlint(root).map(saidBy).sort()).toEqual(before);
  // Until nothing is mended any more, as ESLint does it.
  for (let pass = 0; pass < 3; pass++) oxlint(root, "--fix-suggestions");
  const texts = Object.keys(COMPONENTS).map((file) => readFileSync(join(root, file), "utf8"));
  expect(texts.join("").match(/list:read|profile:read/g)).toBe(null);
  expect(oxlint(root).map(saidBy).sort()).toEqual(await found());
});

it("judges unsaved text in oxlint's language server", async () => {
  const root = projectOf({
    ".oxlintrc.json": configWith({ "no-unknown-scope": "error" }),
    "klaviyo-scopes.json": "{}",
    "src/auth.js": url("accounts:read"),
  });
  const uri = pathToFileURL(join(root, "src/auth.js")).href;
  const published: string[][] = [];
  const connection = new Connection([oxlintBin, "--lsp"], root, (method, params) => {
    if (method !== "textDocument/publishDiagnostics") return null;
    published.push(
      (params as { diagnostics: { message: string }[] }).diagnostics.map(({ message }) => message),
    );
    return null;
  });
  const shows = async (messages: string[]): Promise<void> => {
    for (let tries = 0; tries < 100 && published.length === 0; tries++) await sleep(100);
    expect(published.splice(0)).toEqual([messages]);
  };
  try {
    const rootUri = pathToFileURL(root).href;
    const options = [{ workspaceUri: rootUri, options: { run: "onType" } }];
    await connection.request("initialize", {
      processId: process.pid,
      rootUri,
      capabilities: {},
      initializationOptions: options,
    });
    connection.notify("initialized", {});
    const type = (version: number, text: string): void => {
      connection.notify("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    };
    const textDocument = { uri, languageId: "javascript", version: 1, text: url("accounts:read") };
    connection.notify("textDocument/didOpen", { textDocument });
    await shows([]);
    type(2, url("accounts:read list:read"));
    await shows(["Klaviyo has no scope `list:read`. Did you mean `lists:read`?"]);
    type(3, url("accounts:read lists:read"));
    await shows([]);
  } finally {
    connection.kill();
  }
});
