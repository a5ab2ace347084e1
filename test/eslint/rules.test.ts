/** Each rule through ESLint's RuleTester: all four positions, what a fix writes, what a suggestion offers. */
import path from "node:path";
import { RuleTester, type Rule } from "eslint";
import { describe, it } from "vitest";
import plugin from "../../src/eslint/index.js";
import { rules } from "../../rules/index.js";
import { project } from "./project.js";
import { cases } from "./rule-cases.js";

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

describe.each(rules.map(({ name }) => name).filter((name) => name in cases))("%s", (name) => {
  const rule = (plugin.rules as Record<string, Rule.RuleModule>)[name];
  const own = cases[name] ?? [];
  if (rule === undefined) throw new Error(`No rule ${name}`);
  const valid = [
    testCase(FINE, {
      "klaviyo-scopes.json": JSON.stringify({ justify: { "profiles:read": "shown in the portal" } }),
    }),
    testCase(FOREIGN, {}),
  ];
  const invalid = own.map(({ code, files, output, errors }) => ({
    ...testCase(code, files),
    output,
    errors,
  }));
  tester.run(`klaviyo-scopes/${name}`, rule, { valid, invalid });
});

function testCase(code: string, files: Readonly<Record<string, string>>): RuleTester.ValidTestCase {
  return { code, filename: path.join(project({ "klaviyo-scopes.json": "{}", ...files }), "app.js") };
}

it("leaves out only the rule that reports in the config file", () => {
  const missing = rules.map(({ name }) => name).filter((name) => !(name in cases));
  // no-unrequested-scope speaks in klaviyo-scopes.json: languages.test.ts.
  if (missing.join() !== "no-unrequested-scope") throw new Error(`Without a case: ${missing.join()}`);
});
