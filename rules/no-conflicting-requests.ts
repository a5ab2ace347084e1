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
    lacksApart:
      "This list lacks {{lacking}}, which the one at {{place}} asks for: which scopes an install grants depends on the one that is sent. If they are two Klaviyo apps, list both under `apps` in the config.",
    differsApart:
      "This list lacks {{lacking}} and adds {{added}}, compared with the one at {{place}}: which scopes an install grants depends on the one that is sent. If they are two Klaviyo apps, list both under `apps` in the config.",
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
      messageId: named !== null ? `${kind}Unsure` : mayBeApps(picture, list, largest) ? `${kind}Apart` : kind,
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

/** Two lists in folders that lie beside each other may be of two apps, which only the config can tell. */
function mayBeApps({ config }: Picture, one: ScopeRequest, other: ScopeRequest): boolean {
  if (config !== null && config.apps.length > 0) return false;
  const [a, b] = [folderOf(one), folderOf(other)];
  return !a.startsWith(b) && !b.startsWith(a);
}

/** "" for the root, else ending in `/`. */
function folderOf({ file }: ScopeRequest): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}

function without(all: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...all].filter((name) => !others.has(name));
}
