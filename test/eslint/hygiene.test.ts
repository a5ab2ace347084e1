/**
 * All rules of eslint-plugin-eslint-plugin, on what ESLint is given. They read source text of one shape, which our rules
 * are made into only when they are loaded: so the loaded rules, and the cases of their tests, are written out in it.
 */
import { ESLint, type Rule } from "eslint";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import { describe, expect, it } from "vitest";
import { rules as ours } from "../../rules/index.js";
import { defineRule } from "../../src/audit/rule.js";
import { ruleUrl } from "../../src/audit/rule-url.js";
import { createRule } from "../../src/eslint/create-rule.js";
import plugin from "../../src/eslint/index.js";
import { casesOf, type RuleCase } from "./rule-case.js";

const { all } = eslintPlugin.configs;

const linter = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [
    all,
    {
      rules: {
        "eslint-plugin/require-meta-docs-description": ["error", { pattern: "^(Disallow|Require) .*[^.]$" }],
        "eslint-plugin/require-meta-docs-recommended": ["error", { allowNonBoolean: false }],
        "eslint-plugin/require-meta-docs-url": ["error", { pattern: ruleUrl("{{name}}") }],
        "eslint-plugin/report-message-format": ["error", "^(?:[A-Z]|\\{\\{).*(?:[.?]|\\}\\})$"],
      },
    },
  ],
});

async function complaints(name: string, text: string): Promise<string[]> {
  const [result] = await linter.lintText(text, { filePath: `${name}.mjs` });
  return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId ?? "none"}: ${message}`);
}

type Meta = NonNullable<Rule.RuleModule["meta"]>;

/** A rule with that meta which reports each of its messages, with all that they name. */
function moduleOf(meta: Meta): string {
  const data = (text: string): string =>
    JSON.stringify(Object.fromEntries([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, key = ""]) => [key, ""])));
  const messages = Object.entries(meta.messages ?? {});
  const suggest = messages
    .filter(([, text]) => /^(?:Replace|Remove|Add) /.test(text))
    .map(([id, text]) => `{ messageId: "${id}", data: ${data(text)}, fix: (fixer) => fixer.remove(node) }`);
  const reports = messages.map(
    ([id, text]) =>
      `context.report({ node, messageId: "${id}", data: ${data(text)}, ${meta.fixable === "code" ? "fix: (fixer) => fixer.remove(node), " : ""}${meta.hasSuggestions === true ? `suggest: [${suggest.filter((one) => !one.includes(`"${id}"`)).join()}], ` : ""} });`,
  );
  return `export default { meta: ${JSON.stringify(meta)}, create(context) { return { Program(node) { ${reports.join("\n")} } }; } };`;
}

function testOf(name: string, cases: readonly RuleCase[]): string {
  const invalid = cases.map(({ file = "app.js", code, output, errors }) => ({
    filename: file,
    code,
    output,
    errors,
  }));
  return `import { RuleTester } from "eslint"; new RuleTester().run("${name}", rule, { valid: [], invalid: ${JSON.stringify(invalid)} });`;
}

describe.each(Object.entries(plugin.rules as Record<string, Rule.RuleModule>))("%s", (name, rule) => {
  it("is what ESLint wants of a rule", async () => {
    expect(await complaints(name, moduleOf(rule.meta ?? {}))).toEqual([]);
  });

  it("has cases that are what ESLint wants of tests", async () => {
    expect(await complaints(`${name}.test`, testOf(name, await casesOf(name)))).toEqual([]);
  });
});

describe("what would be noticed", () => {
  const [first] = ours;
  if (first === undefined) throw new Error("There are no rules.");
  const option = { type: "boolean" };
  const withOption = (schema: object): Meta =>
    createRule(
      defineRule({
        ...first,
        schema: { type: "object", additionalProperties: false, properties: { strict: schema } },
        defaultOptions: { strict: false },
      }),
    ).meta as Meta;

  it("a sound rule with an option is none of it", async () => {
    const meta = withOption({ ...option, description: "Whether doubt counts." });
    expect(meta.defaultOptions).toEqual([{ strict: false }]);
    expect(await complaints(first.name, moduleOf(meta))).toEqual([]);
  });

  const { docs, ...rest } = createRule(first).meta as Meta;
  it.each<[string, Meta, string]>([
    ["an option without a description", withOption(option), "require-meta-schema-description"],
    [
      "an option without a default",
      { ...withOption({ ...option, description: "X." }), defaultOptions: [] },
      "require-meta-default-options",
    ],
    [
      "an option with any keys",
      withOption({ type: "object", description: "X.", properties: {} }),
      "no-incomplete-meta-schema",
    ],
    ["no page", { ...rest, docs: { ...docs, url: "" } }, "require-meta-docs-url"],
    ["another rule's page", { ...rest, docs: { ...docs, url: ruleUrl("other") } }, "require-meta-docs-url"],
    ["no description", { ...rest, docs: { ...docs, description: "" } }, "require-meta-docs-description"],
    ["no languages", { ...rest, docs, languages: [] } as Meta, "require-meta-languages"],
    ["suggestions it does not have", { ...rest, docs, hasSuggestions: true }, "require-meta-has-suggestions"],
  ])("%s", async (_, meta, ruleId) => {
    const found = await complaints(first.name, moduleOf(meta));
    expect(found.map((one) => one.split(":")[0])).toContain(`eslint-plugin/${ruleId}`);
  });

  it("two cases that are one", async () => {
    const [one] = await casesOf(first.name);
    if (one === undefined) throw new Error("There are no cases.");
    expect((await complaints("a.test", testOf("a", [one, one]))).join()).toContain("no-identical-tests");
  });
});
