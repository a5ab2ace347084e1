/** The same for a config in CommonJS. See ../types.test.ts. */
import klaviyoScopes = require("eslint-plugin-klaviyo-scopes");
import { defineConfig } from "eslint/config";
import type { RuleName } from "eslint-plugin-klaviyo-scopes" with { "resolution-mode": "import" };

const name: RuleName = "klaviyo-scopes/no-unused-scope";
export = defineConfig([
  klaviyoScopes.configs.recommended,
  { plugins: { "klaviyo-scopes": klaviyoScopes }, rules: { [name]: "error" } },
]);
defineConfig({
  rules: {
    // @ts-expect-error: no such level.
    "klaviyo-scopes/no-unused-scope": "fatal",
  },
});
// @ts-expect-error: no such config.
defineConfig(klaviyoScopes.configs.recomended);
