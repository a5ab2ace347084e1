/** Rules, index, tests, pages and the README's table are in step. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { ruleUrl } from "../../src/audit/rule-url.js";
import { ruleNames, updateRules } from "../../scripts/update-rules.js";
import { examplesOf, headingsOf, readPage } from "./pages.js";

const names = await ruleNames();
const root = new URL("../../", import.meta.url);

/** Name: level in `recommended`, level in `strict`. */
const DESIGNED = [
  "no-beta-scope: warn warn",
  "no-conflicting-requests: warn warn",
  "no-dynamic-call: off warn",
  "no-dynamic-scope: off warn",
  "no-malformed-scope-list: error error",
  "no-missing-scope: error error",
  "no-over-broad-request: warn warn",
  "no-private-key-call: off warn",
  "no-unconfigured-scope: error error",
  "no-unknown-operation: warn warn",
  "no-unknown-scope: error error",
  "no-unlisted-scope: warn warn",
  "no-unrequested-scope: warn warn",
  "no-unused-scope: warn warn",
  "require-accounts-read: error error",
  "require-justification: off warn",
  "require-pkce: error error",
];

const NOT_OF_A_RULE = new Set(["setup", "docs-examples", "judge", "words"]);

function filesOf(folder: string, ending: string): string[] {
  return readdirSync(new URL(folder, root))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

describe("the rules", () => {
  it("each have a file, tests and a page, and no page or test is left over", () => {
    expect(rules.map(({ name }) => name)).toEqual(names);
    expect(filesOf("docs/rules/", ".md")).toEqual(names);
    expect(filesOf("test/rules/", ".test.ts").filter((name) => !NOT_OF_A_RULE.has(name))).toEqual(names);
    expect(filesOf("test/eslint/cases/", ".ts")).toEqual(names);
  });

  it("have generated files that are up to date", async () => {
    expect(await updateRules({ check: true })).toEqual([]);
  });

  // Users' configs name them: none goes or changes its level, though others may come.
  it("have the names and levels of the design", () => {
    const levels = rules.map(({ name, meta }) => `${name}: ${meta.recommended} ${meta.strict}`);
    expect(levels).toEqual(expect.arrayContaining(DESIGNED));
  });
});

describe.each(rules.map((rule) => ({ name: rule.name, rule })))("$name", ({ name, rule }) => {
  it("is described in one phrase", () => {
    expect(rule.meta.description).toMatch(/^(?:Disallow|Require) .*[^.]$/);
  });

  it("speaks in sentences", () => {
    for (const [id, message] of Object.entries(rule.messages)) {
      // What a library's option does is described where the option is known.
      if (message === "{{description}}") continue;
      expect(message, id).toMatch(/[.?]$/);
      expect(message, id).toMatch(/^(?:[A-Z]|\{\{)/);
      expect(message.split("`").length % 2, `${id}: backticks in pairs`).toBe(1);
    }
  });

  it("has the messages it uses, and no others", () => {
    const source = readFileSync(new URL(`rules/${name}.ts`, root), "utf8");
    const shared = readFileSync(new URL("src/audit/judge.ts", root), "utf8");
    for (const id of Object.keys(rule.messages)) {
      const uses = source.match(new RegExp(`\\b${id.replace(/(?:Apart|Unsure|Needed)$/, "")}\\b`, "g")) ?? [];
      expect(uses.length > 1 || shared.includes(`"${id}"`), id).toBe(true);
    }
  });

  it("has a page with all parts, in order", () => {
    const headings = headingsOf(readPage(name)).filter((heading) => heading !== "Sensitive scopes");
    expect(headings).toEqual([
      "What happens at Klaviyo",
      "Incorrect",
      "Correct",
      "Options",
      "What it cannot see",
      "When not to use it",
    ]);
  });

  it("has examples of both kinds", () => {
    const kinds = new Set(examplesOf(readPage(name)).map(({ kind }) => kind));
    expect([...kinds]).toEqual(["incorrect", "correct"]);
  });

  it("names its page", () => {
    expect(ruleUrl(name)).toBe(
      `https://github.com/klaviyo-scopes/eslint-plugin-klaviyo-scopes/blob/main/docs/rules/${name}.md`,
    );
  });

  it("links to rules that exist", () => {
    const links = [...readPage(name).matchAll(/\]\(([\w-]+)\.md\)/g)].map((match) => match[1] ?? "");
    expect(links.filter((link) => !names.includes(link))).toEqual([]);
  });

  it("does not fix what it says it cannot, nor suggest", () => {
    const source = readFileSync(new URL(`rules/${name}.ts`, root), "utf8");
    expect(/\bfix\b/.test(source.replace("fixable", "")), "fixable").toBe(rule.meta.fixable);
    expect(/\bsuggestions:/.test(source), "hasSuggestions").toBe(rule.meta.hasSuggestions);
  });
});
