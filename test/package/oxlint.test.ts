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

it("reads code of every ending", () => {
  const endings = ["js", "jsx", "mjs", "ts", "tsx", "mts", "cts"];
  const files = Object.fromEntries(endings.map((ending) => [`src/auth.${ending}`, url("list:read")]));
  const config = configWith({ "no-unknown-scope": "error" });
  const reported = oxlint(projectOf({ ".oxlintrc.json": config, "klaviyo-scopes.json": "{}", ...files }));
  expect(reported.map(saidBy).sort()).toEqual(
    endings.map((ending) => `src/auth.${ending}:1:16 no-unknown-scope`).sort(),
  );
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
