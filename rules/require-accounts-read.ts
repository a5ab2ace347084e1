import { suggestScope } from "../src/catalog/suggest.js";
import type { ScopeRequest } from "../src/audit/picture.js";
import { insert, isBlankEntry, judge, listsOf, names, related, REQUIRED_SCOPE } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import { code } from "../src/audit/words.js";

/** Reports each list that is known in full and does not hold `accounts:read`. */
export default defineRule({
  name: "require-accounts-read",
  meta: {
    type: "problem",
    description: "Require `accounts:read` in every scope request",
    recommended: "error",
    strict: "error",
    fixable: true,
    hasSuggestions: false,
  },
  messages: {
    missing: "This scope request lacks `accounts:read`, which Klaviyo requires of every app.",
    mistaken:
      "This scope request lacks `accounts:read`, which Klaviyo requires of every app: {{token}} does not stand for it.",
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    return listsOf(picture.apps).flatMap(({ app, requests }) => {
      // Sent with further scopes from one site and without them from another: each way must hold it.
      const lacking = requests.find((request) => request.complete && !names(request).has(REQUIRED_SCOPE));
      if (lacking === undefined || isBlankEntry(lacking)) return [];
      const mistaken = tokenMeantAsRequired(lacking);
      if (mistaken !== undefined) {
        return judge(app, lacking, {
          messageId: "mistaken",
          data: { token: code(mistaken.name) },
          scope: REQUIRED_SCOPE,
          related: [related(mistaken.place, "probably meant as `accounts:read`")],
        });
      }
      // Where tokens run together, one more would, too.
      const runsTogether = lacking.malformations.some(({ kind }) => kind === "no-separator");
      const edit = runsTogether ? null : insert(lacking.insertion, REQUIRED_SCOPE);
      return judge(app, lacking, { messageId: "missing", scope: REQUIRED_SCOPE, fix: edit && [edit] });
    });
  },
});

/** `account:read`: `no-unknown-scope` offers to mend it, so that inserting the scope would ask for it twice. */
function tokenMeantAsRequired(request: ScopeRequest) {
  return request.tokens.find(({ name }) => suggestScope(name)?.name === REQUIRED_SCOPE);
}
