/** What a user's config may and may not say, by the types of the installed package. See ../types.test.ts. */
import klaviyoScopes, {
  type ConfigName,
  type RuleEntries,
  type RuleName,
  type RuleOptions,
} from "eslint-plugin-klaviyo-scopes";
import { audit } from "eslint-plugin-klaviyo-scopes/audit";
import { defineConfig } from "eslint/config";
import type { ESLint, Linter } from "eslint";

export default defineConfig([
  klaviyoScopes.configs.recommended,
  { files: ["**/*.js"], extends: [klaviyoScopes.configs.strict] },
  {
    plugins: { "klaviyo-scopes": klaviyoScopes },
    rules: {
      "klaviyo-scopes/no-unused-scope": "error",
      "klaviyo-scopes/no-missing-scope": ["warn"],
      "klaviyo-scopes/require-pkce": 0,
      // Other plugins' rules are none of its business.
      "other/rule": ["error", { anything: true }],
      eqeqeq: ["error", "always"],
    },
  },
]);

defineConfig({
  rules: {
    // @ts-expect-error: no such level.
    "klaviyo-scopes/no-unused-scope": "fatal",
  },
});
defineConfig({
  rules: {
    // @ts-expect-error: the rule has no options, and ESLint would refuse them.
    "klaviyo-scopes/no-unused-scope": ["error", { ignore: [] }],
  },
});
// @ts-expect-error: no such config.
defineConfig(klaviyoScopes.configs.recomended);

defineConfig({ rules: { "klaviyo-scopes/no-missing-scope": ["warn"] } satisfies RuleEntries });
// @ts-expect-error: no such rule.
export const noRule = { "klaviyo-scopes/no-unusd-scope": "error" } satisfies RuleEntries;

// A record may still hold few rules, or none.
export const empty: Linter.RulesRecord = {};
export const one: Linter.RulesRecord = { "klaviyo-scopes/no-unused-scope": "off" };

const plugin: ESLint.Plugin = klaviyoScopes;
const names: RuleName[] = ["klaviyo-scopes/no-unused-scope"];
// @ts-expect-error: no such rule.
const misspelt: RuleName = "klaviyo-scopes/no-unusd-scope";
const none: RuleOptions["klaviyo-scopes/no-unused-scope"] = [];
const config: Linter.Config = klaviyoScopes.configs["yaml" satisfies ConfigName];
// @ts-expect-error: no such rule.
const missing = klaviyoScopes.rules["no-such-rule"];

const report = await audit({ root: "." });
const rules: string[] = report.findings.map((finding) => finding.rule);
// @ts-expect-error: findings are no numbers, unless types are lost.
const wrong: number = report.findings[0];

void [plugin, names, misspelt, none, config, missing, rules, wrong];
