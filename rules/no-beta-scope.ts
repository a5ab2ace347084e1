import { allTokens, judge } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import { code } from "../src/audit/words.js";

/** Reports each requested scope that only beta revisions of the API know, unless the config's `scopes` names it. */
export default defineRule({
  name: "no-beta-scope",
  meta: {
    type: "suggestion",
    description: "Disallow scopes that only beta API revisions know",
    recommended: "warn",
    strict: "warn",
    fixable: false,
    hasSuggestions: false,
  },
  messages: {
    beta: "{{scope}} is only known to beta revisions of Klaviyo's API, which can change or go without notice. If the app takes part in the beta, add it to `scopes` in the config.",
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    const accepted = new Set(picture.config?.scopes);
    return allTokens(picture)
      .filter(({ token: { name } }) => {
        const provenance = picture.catalog.scope(name)?.provenance ?? [];
        return provenance.length > 0 && provenance.every((from) => from === "beta") && !accepted.has(name);
      })
      .map(({ app, token }) =>
        judge(app, token.place, {
          messageId: "beta",
          data: { scope: code(token.name) },
          scope: token.name,
        }),
      );
  },
});
