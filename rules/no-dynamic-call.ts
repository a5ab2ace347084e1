import type { ApiCall, Picture } from "../src/audit/picture.js";
import { distinctBy, judge, placeKey, related } from "../src/audit/judge.js";
import { needsNoScope } from "../src/audit/need.js";
import { defineRule } from "../src/audit/rule.js";
import type { Judgement } from "../src/audit/rule.js";
import { count, list, orList, scopeList, unresolvedWords } from "../src/audit/words.js";

/** Reports each API call whose operation could not be resolved, or can be several that need different scopes. */
export default defineRule({
  name: "no-dynamic-call",
  meta: {
    type: "suggestion",
    description: "Disallow API calls that cannot be resolved",
    recommended: "off",
    strict: "warn",
    fixable: false,
    hasSuggestions: false,
  },
  messages: {
    dynamic: "Which operation this API call is cannot be resolved{{parts}}. {{remedy}}.",
    ambiguous:
      "This API call can be {{operations}}{{parts}}; only {{scopes}} is sure to be needed. {{remedy}}.",
    ambiguousNothing:
      "This API call can be {{operations}}{{parts}}, which have no scope in common. {{remedy}}.",
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    return picture.apps.flatMap((app) =>
      distinctBy(app.calls.filter(isDynamic), placeKey).map((call) => judgeCall(picture, app, call)),
    );
  },
});

function isDynamic(call: ApiCall): boolean {
  return call.note === "dynamic" || call.unresolved.length > 0;
}

function judgeCall(picture: Picture, app: Parameters<typeof judge>[0], call: ApiCall): Judgement {
  const parts = [...new Set(call.unresolved.map((part) => unresolvedWords(picture, part)))];
  const data = {
    parts: parts.length === 0 ? "" : `: ${list(parts, { most: 2 })}`,
    operations: candidateWords(call),
    scopes: scopeList(call.scopes),
    remedy: remedyFor(call),
  };
  return judge(app, call, {
    messageId: messageFor(call),
    data,
    operation: call.operation?.id ?? null,
    related: call.unresolved.map((part) => related(part, part.reason)),
  });
}

function messageFor(call: ApiCall): string {
  // With a key the call needs no scope of the app, so what its candidates need is beside the point.
  if (call.candidates.length === 0 || needsNoScope(call)) return "dynamic";
  return call.scopes.length > 0 ? "ambiguous" : "ambiguousNothing";
}

function candidateWords(call: ApiCall): string {
  return call.candidates.length > 3
    ? `any of ${count(call.candidates.length, "operation")}`
    : orList(call.candidates);
}

/** What makes the call checkable: for code that is not read the config; a type for the SDK's clients, the config for helpers and the rest. */
function remedyFor(call: ApiCall): string {
  if (call.isUnread) return "List the operations that it calls in the config's `uses`";
  if (call.via === "sdk") {
    return "Annotate the client with its class (`ProfilesApi`), or list the operation in the config's `uses`";
  }
  return "Write the path and the method where the call is made, describe the function in the config's `helpers`, or list the operations in `uses`";
}
