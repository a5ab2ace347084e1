import type { App, Picture, ScopeRequest } from "../src/audit/picture.js";
import { isBlankEntry, isToldByName, judge, listsOf, names, related } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import type { Judgement } from "../src/audit/rule.js";
import { placeWords, scopeList } from "../src/audit/words.js";

/** Reports each complete list whose scopes differ from those of the app's largest one. */
export default defineRule({
  name: "no-conflicting-requests",
  meta: {
    type: "suggestion",
    description: "Disallow requests of one app that ask for different scopes",
    recommended: "warn",
    strict: "warn",
    fixable: false,
    hasSuggestions: false,
  },
  messages: {
    lacks:
      "This list lacks {{lacking}}, which the one at {{place}} asks for: which scopes an install grants depends on the one that is sent.",
    differs:
      "This list lacks {{lacking}} and adds {{added}}, compared with the one at {{place}}: which scopes an install grants depends on the one that is sent.",
    lacksUnsure:
      "This list lacks {{lacking}}, which the one at {{place}} asks for. Only its name says that {{named}} goes to Klaviyo: if it does, which scopes an install grants depends on the one that is sent; if not, it may be stale.",
    differsUnsure:
      "This list lacks {{lacking}} and adds {{added}}, compared with the one at {{place}}. Only its name says that {{named}} goes to Klaviyo: if it does, which scopes an install grants depends on the one that is sent; if not, it may be stale.",
  },
  schema: null,
  defaultOptions: {},
  check: ({ picture }) => picture.apps.flatMap((app) => judgeApp(picture, app)),
});

function judgeApp(picture: Picture, app: App): Judgement[] {
  const lists = listsOf([app])
    .map(({ requests }) => requests.filter((request) => request.complete && !isBlankEntry(request)))
    .flatMap((requests) => requests.slice(0, 1));
  const largest = lists.reduce<ScopeRequest | undefined>(
    (most, list) => (most === undefined || names(list).size > names(most).size ? list : most),
    undefined,
  );
  if (largest === undefined) return [];
  return lists.flatMap((list) => {
    const lacking = without(names(largest), names(list));
    const added = without(names(list), names(largest));
    // Never larger than the largest, so a list that lacks nothing is the same set.
    if (lacking.length === 0) return [];
    const named = isToldByName(app.requests, list)
      ? "this list"
      : isToldByName(app.requests, largest)
        ? "the other"
        : null;
    const kind = added.length === 0 ? "lacks" : "differs";
    return judge(app, list, {
      messageId: named === null ? kind : `${kind}Unsure`,
      confidence: named === null ? "high" : "low",
      data: {
        named: named ?? "",
        lacking: scopeList(lacking),
        added: scopeList(added),
        place: placeWords(picture, largest),
      },
      related: [related(largest, "the app's largest list")],
    });
  });
}

function without(all: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...all].filter((name) => !others.has(name));
}
