import {
  judge,
  requestedHere,
  REQUIRED_SCOPE,
  suggestRequesting,
  suggestUnconfiguring,
  SUGGESTIONS,
} from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import { code } from "../src/audit/words.js";

/** Reports each configured scope that no request asks for, where all requests are known in full. */
export default defineRule({
  name: "no-unrequested-scope",
  meta: {
    type: "suggestion",
    description: "Disallow configured scopes that the app never requests",
    recommended: "warn",
    strict: "warn",
    fixable: false,
    hasSuggestions: true,
  },
  messages: {
    unrequested:
      "{{scope}} is in the configured set, but the app never requests it. Remove it from the app's Scopes field in Klaviyo, or request it.",
    needed:
      "{{scope}} is in the configured set and API calls of the app need it, but the app never requests it: customers get a 403. Request it.",
    unconfigureScope: SUGGESTIONS.unconfigureScope,
    requestScope: SUGGESTIONS.requestScope,
    requestEverywhere: SUGGESTIONS.requestEverywhere,
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    return picture.apps.flatMap((app) => {
      // Of a request that is not known in full nothing is said to be absent.
      if (app.configured === null || app.requests.length === 0 || !app.requestsComplete) return [];
      const requested = new Set([...app.requested, REQUIRED_SCOPE]);
      const needed = new Set(app.needed);
      return app.configured.scopes
        .filter(({ name }) => !requested.has(name))
        .map(({ name, place, removal }) =>
          judge(app, place, {
            messageId: needed.has(name) ? "needed" : "unrequested",
            data: { scope: code(name) },
            scope: name,
            suggestions: [
              // What a call needs is not to be given up.
              ...(needed.has(name) ? [] : suggestUnconfiguring(name, removal)),
              ...suggestRequesting(app, name),
            ],
            related: requestedHere(app, "requested here, without it"),
          }),
        );
    });
  },
});
