import { distinctBy, judge, placeKey, requestedHere } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import { callWords } from "../src/audit/words.js";

/** Reports each API call with a private key in an app that requests scopes. */
export default defineRule({
  name: "no-private-key-call",
  meta: {
    type: "suggestion",
    description: "Disallow API calls with a private key in an app that uses OAuth",
    recommended: "off",
    strict: "warn",
    fixable: false,
    hasSuggestions: false,
  },
  messages: {
    privateKey:
      "This API call ({{operation}}) is made with a private key, though the app requests scopes. Klaviyo's review wants OAuth for every call: send the access token instead.",
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    return picture.apps
      .filter((app) => app.requests.length > 0)
      .flatMap((app) =>
        distinctBy(
          app.calls.filter(({ auth }) => auth === "private-key"),
          placeKey,
        ).map((call) =>
          judge(app, call, {
            messageId: "privateKey",
            data: { operation: callWords(call) },
            operation: call.operation?.id ?? null,
            related: requestedHere(app, "scopes are requested here"),
          }),
        ),
      );
  },
});
