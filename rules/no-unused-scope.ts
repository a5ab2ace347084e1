import type { ApiCall, App, Picture } from "../src/audit/picture.js";
import {
  judge,
  related,
  REQUIRED_SCOPE,
  suggestRemoval,
  suggestReplacement,
  SUGGESTIONS,
  tokensOf,
} from "../src/audit/judge.js";
import type { Related, WrittenToken } from "../src/audit/judge.js";
import {
  callsOfResource,
  doubtfulCalls,
  hasUnplacedDoubt,
  judgesNeed,
  keyedCallsFor,
} from "../src/audit/need.js";
import { defineRule } from "../src/audit/rule.js";
import type { Judgement } from "../src/audit/rule.js";
import { callWords, code, count, list, placeWords, scopeList } from "../src/audit/words.js";

/** How many calls are shown as evidence. */
const MOST_CALLS = 3;

/** Reports each requested scope that no API call of the app needs, where the app's calls are in view. */
export default defineRule({
  name: "no-unused-scope",
  meta: {
    type: "suggestion",
    description: "Disallow requesting scopes that no API call needs",
    recommended: "warn",
    strict: "warn",
    fixable: false,
    hasSuggestions: true,
  },
  messages: {
    unused:
      "{{scope}} is requested, but no API call of the app needs it. Klaviyo's review rejects apps that ask for more than they use.",
    unusedUnsure:
      "{{scope}} is requested, but no API call of the app that could be resolved needs it. {{doubt}}.",
    onlyRead:
      "{{scope}} is requested, but the app's calls of that resource ({{calls}}) only need {{name}}. Klaviyo's review rejects apps that ask for more than they use.",
    onlyReadUnsure:
      "{{scope}} is requested, but the app's calls of that resource that could be resolved ({{calls}}) only need {{name}}. {{doubt}}.",
    privateKeyOnly:
      "{{scope}} is requested, but the calls that would need it ({{calls}}) are made with a private key, which has scopes of its own.",
    privateKeyOnlyUnsure:
      "{{scope}} is requested, but the calls known to need it ({{calls}}) are made with a private key, which has scopes of its own. {{doubt}}.",
    replaceScope: SUGGESTIONS.replaceScope,
    removeScope: SUGGESTIONS.removeScope,
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    return picture.apps.filter(judgesNeed).flatMap((app) => {
      const needed = new Set([...app.needed, REQUIRED_SCOPE]);
      return (
        tokensOf(app)
          // Of a scope that only the config knows, or nobody, no operation is known either.
          .filter(({ token: { name } }) => !needed.has(name) && picture.catalog.scope(name) !== undefined)
          .map((written) => judgeToken(picture, app, written))
      );
    });
  },
});

type Reason = "unused" | "onlyRead" | "privateKeyOnly";

function judgeToken(picture: Picture, app: App, written: WrittenToken): Judgement {
  const { token } = written;
  const scope = token.name;
  const readScope = lesserScope(app, scope);
  const keyed = keyedCallsFor(app, scope);
  const reason: Reason = readScope !== null ? "onlyRead" : keyed.length > 0 ? "privateKeyOnly" : "unused";
  const evidence = reason === "privateKeyOnly" ? keyed : callsOfResource(app, scope, token.place);
  const doubtful = doubtfulCalls(picture, app, scope);
  const unsure = doubtful.length > 0 || hasUnplacedDoubt(app);

  return judge(app, token.place, {
    messageId: unsure ? `${reason}Unsure` : reason,
    data: {
      scope: code(scope),
      name: code(readScope ?? ""),
      calls: list([...new Set(evidence.map(callWords))], { most: MOST_CALLS }),
      doubt: doubtWords(picture, doubtful),
    },
    confidence: unsure ? "low" : "high",
    scope,
    suggestions: readScope === null ? suggestRemoval(written) : suggestReplacement(written, readScope),
    related: [
      ...evidence.slice(0, MOST_CALLS).map((call) => evidenceOf(call, scope)),
      ...doubtful.map(doubtAt),
    ],
  });
}

/** `profiles:read` for a `profiles:write` of which only reading is needed. */
function lesserScope(app: App, scope: string): string | null {
  if (!scope.endsWith(":write")) return null;
  const read = scope.replace(/:write$/, ":read");
  return app.needed.includes(read) && read !== REQUIRED_SCOPE ? read : null;
}

function evidenceOf(call: ApiCall, scope: string): Related {
  if (call.auth === "private-key") return related(call, `${callWords(call)} is called with a private key`);
  const resource = scope.slice(0, scope.indexOf(":") + 1);
  const needs = call.scopes.filter((name) => name.startsWith(resource));
  return related(call, `${callWords(call)} needs ${scopeList(needs)}`);
}

function doubtAt(call: ApiCall): Related {
  const [first] = call.unresolved;
  if (call.note === "unknown-operation") return related(call, `${callWords(call)} is no known operation`);
  return related(call, first === undefined ? "not resolved" : `not resolved: part of it is ${first.reason}`);
}

function doubtWords(picture: Picture, doubtful: readonly ApiCall[]): string {
  if (doubtful.length === 0) return "Not all of its API calls could be resolved";
  const places = [...new Set(doubtful.map((call) => placeWords(picture, call)))];
  return `${count(doubtful.length, "API call")} that may need it could not be resolved (${list(places, { most: 3 })})`;
}
