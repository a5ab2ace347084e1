import type { Picture, Place, Unresolved } from "../src/audit/picture.js";
import { distinctBy, judge, listsOf, placeKey, related } from "../src/audit/judge.js";
import type { WrittenList } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import type { Judgement } from "../src/audit/rule.js";
import { list, unresolvedWords } from "../src/audit/words.js";

/** Reports each list of which a part could not be resolved. */
export default defineRule({
  name: "no-dynamic-scope",
  meta: {
    type: "suggestion",
    description: "Disallow scope requests that cannot be resolved",
    recommended: "off",
    strict: "warn",
    fixable: false,
    hasSuggestions: false,
  },
  messages: {
    dynamic:
      "This scope request cannot be checked in full: {{parts}}. Write its scopes as constants, or give what comes from outside a default or an entry in an env file of the repository.",
    incomplete:
      "This scope request cannot be checked in full. Write its scopes as constants, or give what comes from outside a default or an entry in an env file of the repository.",
  },
  schema: null,
  defaultOptions: {},
  check: ({ picture }) => listsOf(picture.apps).flatMap((written) => judgeList(picture, written)),
});

function judgeList(picture: Picture, { app, requests }: WrittenList): Judgement[] {
  const incomplete = requests.filter((request) => !request.complete || request.instead.length > 0);
  if (incomplete.length === 0) return [];
  const unresolved = distinctBy(
    incomplete.flatMap((request) => [...request.unresolved, ...request.instead]),
    placeKey,
  );
  const parts = unresolved.map((part) => unresolvedWords(picture, part));
  return [
    judge(app, primaryPlace(requests[0], unresolved), {
      messageId: parts.length === 0 ? "incomplete" : "dynamic",
      data: { parts: list(parts, { most: 2 }) },
      related: unresolved.map((part) => related(part, part.reason)),
    }),
  ];
}

/** The unresolved part where it is one and stands in the list; else the list. */
function primaryPlace(whole: Place, unresolved: readonly Unresolved[]): Place {
  const [only, ...others] = unresolved;
  if (only === undefined || others.length > 0 || only.file !== whole.file) return whole;
  return only.range[0] >= whole.range[0] && only.range[1] <= whole.range[1] ? only : whole;
}
