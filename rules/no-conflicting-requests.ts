import type { App, Picture, ScopeRequest } from "../src/audit/picture.js";
import {
  byUse,
  isBlankEntry,
  isNoScope,
  isToldByName,
  judge,
  listsOf,
  names,
  related,
  resourceOf,
} from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import type { Judgement } from "../src/audit/rule.js";
import { placeWords, scopeList } from "../src/audit/words.js";
import { knownResource, suggestScope } from "../src/catalog/suggest.js";
import { mayMeet } from "../src/detect/deployment.js";

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

/** A list with the scopes it asks for, as they are compared. */
interface Compared {
  list: ScopeRequest;
  scopes: ReadonlySet<string>;
  /** Resources of which it asks for an access that they do not have: which one was meant is not known. */
  unclear: ReadonlySet<string>;
}

function judgeApp(picture: Picture, app: App): Judgement[] {
  const lists = listsOf([app])
    .map(({ requests }) => requests.filter((request) => request.complete && !isBlankEntry(request)))
    .flatMap((requests) => requests.slice(0, 1))
    .map((list): Compared => ({
      list,
      scopes: meantBy(picture, list),
      unclear: unclearIn(picture, list),
    }));
  return lists.flatMap((one) => {
    const { list } = one;
    const largest = lists
      .filter((other) => mayMeet(list, other.list))
      .sort((a, b) => byUse(a.list, b.list))
      .reduce((most, other) => (other.scopes.size > most.scopes.size ? other : most));
    const lacking = without(largest.scopes, one.scopes).filter((name) => !mayStandFor(one, name));
    const added = without(one.scopes, largest.scopes).filter((name) => !mayStandFor(largest, name));
    // Never larger than the largest, so a list that lacks nothing is the same set, as far as both are known.
    if (lacking.length === 0) return [];
    const named = isToldByName(app.requests, list)
      ? "this list"
      : isToldByName(app.requests, largest.list)
        ? "the other"
        : null;
    const kind = added.length === 0 ? "lacks" : "differs";
    return judge(app, list, {
      messageId:
        named !== null ? `${kind}Unsure` : mayBeApps(picture, list, largest.list) ? `${kind}Apart` : kind,
      confidence: named === null ? "high" : "low",
      data: {
        named: named ?? "",
        lacking: scopeList(lacking),
        added: scopeList(added),
        place: placeWords(picture, largest.list),
      },
      related: [related(largest.list, "the app's largest list")],
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

/** A list's scopes. A mistaken one has its own finding: here it stands for the one it was meant as, or for none. */
function meantBy(picture: Picture, list: ScopeRequest): Set<string> {
  return new Set(
    [...names(list)].flatMap((name) =>
      isNoScope(picture, name) ? (suggestScope(name, picture.catalog)?.name ?? []) : name,
    ),
  );
}

/** The resources of a list's `lists:full`, which stands for no scope but for some of that resource. */
function unclearIn(picture: Picture, list: ScopeRequest): Set<string> {
  return new Set(
    [...names(list)]
      .filter((name) => isNoScope(picture, name) && suggestScope(name, picture.catalog) === null)
      .flatMap((name) => knownResource(name, picture.catalog) ?? []),
  );
}

function mayStandFor({ unclear }: Compared, name: string): boolean {
  return unclear.has(resourceOf(name));
}

function without(all: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...all].filter((name) => !others.has(name));
}
