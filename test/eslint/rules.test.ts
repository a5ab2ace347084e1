/** Each rule through ESLint's RuleTester: all four positions, what a fix writes, what a suggestion offers. */
import path from "node:path";
import json from "@eslint/json";
import { RuleTester, type Rule } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../../src/eslint/index.js";
import { rules } from "../../rules/index.js";
import { project } from "./project.js";
import { casesOf, type RuleCase } from "./rule-case.js";

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

const tester = new RuleTester();

/** Complete, configured, used, with PKCE: no rule has anything to say. */
const FINE = `const scope = "accounts:read profiles:read";
export const url = \`https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=\${scope}&code_challenge=x&code_challenge_method=S256\`;
export const send = (token) =>
  fetch("https://a.klaviyo.com/api/profiles", { headers: { Authorization: \`Bearer \${token}\` } });
`;
/** Scopes of somebody else's. */
const FOREIGN = `export const scopes = ["list:read", "profiles:read", "openid"];
export const url = \`https://auth.example.com/oauth/authorize?scope=\${scopes.join(",")}\`;
`;

const cases = await Promise.all(
  rules.map(async ({ name }): Promise<[string, RuleCase[]]> => [name, await casesOf(name)]),
);

describe.each(cases)("%s", (name, reported) => {
  const rule = (plugin.rules as Record<string, Rule.RuleModule>)[name];
  if (rule === undefined) throw new Error(`No rule ${name}`);
  const valid = [
    testCase(FINE, {
      "klaviyo-scopes.json": JSON.stringify({ justify: { "profiles:read": "shown in the portal" } }),
    }),
    testCase(FOREIGN, {}),
    // The config itself, all of which is requested.
    testCase('{ "configured": "accounts:read profiles:read" }\n', { "auth.js": FINE }, "klaviyo-scopes.json"),
  ];
  const invalid = reported.map(({ code, files, file, output, errors }) => ({
    ...testCase(code, files, file),
    output,
    errors,
  }));
  tester.run(`klaviyo-scopes/${name}`, rule, { valid, invalid });

  it("has two reported cases, each with its places, and with the suggestions and fixes it may have", () => {
    expect(invalid.length).toBeGreaterThan(1);
    const errors = invalid.flatMap((one) => one.errors);
    for (const error of errors) {
      for (const place of ["message", "line", "column", "endLine", "endColumn"])
        expect(error).toHaveProperty(place);
    }
    expect(invalid.some(({ output }) => output !== null)).toBe(rule.meta?.fixable === "code");
    // A reason is added in the config, which is another file than the one that is linted.
    const suggests = rule.meta?.hasSuggestions === true && name !== "require-justification";
    expect(errors.some((error) => "suggestions" in error)).toBe(suggests);
  });
});

function testCase(
  code: string,
  files: Readonly<Record<string, string>>,
  file = "app.js",
): RuleTester.ValidTestCase {
  const filename = path.join(project({ "klaviyo-scopes.json": "{}", ...files, [file]: code }), file);
  return { code, filename, ...(file.endsWith(".json") && { plugins: { json }, language: "json/jsonc" }) };
}
