import { allTokens, existenceOf, judge } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import { code } from "../src/audit/words.js";

/** Reports each well-formed scope of a resource that the catalog does not know and that is near to none it knows. */
export default defineRule({
  name: "no-unlisted-scope",
  meta: {
    type: "suggestion",
    description: "Disallow scopes of resources that the catalog does not list",
    recommended: "warn",
    strict: "warn",
    fixable: false,
    hasSuggestions: false,
  },
  messages: {
    unlisted:
      "{{scope}} is not in the catalog of Klaviyo's scopes (revision {{revision}}). If it exists, add it to `scopes` in the config.",
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    return allTokens(picture)
      .filter(({ token }) => existenceOf(picture, token.name) === "unlisted")
      .map(({ app, token }) =>
        judge(app, token.place, {
          messageId: "unlisted",
          data: { scope: code(token.name), revision: picture.catalog.revision },
          scope: token.name,
        }),
      );
  },
});
