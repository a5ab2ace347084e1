import {
  exists,
  judge,
  related,
  suggestConfiguring,
  suggestRemoval,
  SUGGESTIONS,
  tokensOf,
} from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import { code } from "../src/audit/words.js";

/** Reports each requested scope that the app's declared set does not hold. */
export default defineRule({
  name: "no-unconfigured-scope",
  meta: {
    type: "problem",
    description: "Disallow requesting scopes that are not configured for the app in Klaviyo",
    recommended: "error",
    strict: "error",
    fixable: false,
    hasSuggestions: true,
  },
  messages: {
    unconfigured:
      "{{scope}} is requested but is not in the app's configured set, so Klaviyo ignores it silently. Add it to the app's Scopes field in Klaviyo, or do not request it.",
    configureScope: SUGGESTIONS.configureScope,
    removeScope: SUGGESTIONS.removeScope,
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    return picture.apps.flatMap((app) => {
      const { configured } = app;
      if (configured === null) return [];
      const allowed = new Set(configured.scopes.map(({ name }) => name));
      return tokensOf(app)
        .filter(({ token }) => !allowed.has(token.name) && exists(picture, token.name))
        .map((written) =>
          judge(app, written.token.place, {
            messageId: "unconfigured",
            data: { scope: code(written.token.name) },
            scope: written.token.name,
            suggestions: [...suggestConfiguring(configured, written.token.name), ...suggestRemoval(written)],
            related: [related(configured, "the configured set")],
          }),
        );
    });
  },
});
