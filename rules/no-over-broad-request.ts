import type { Catalog } from "../src/catalog/index.js";
import type { Provenance } from "../src/catalog/types.js";
import { judge, listsOf, names, REQUIRED_SCOPE } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import { scopeList } from "../src/audit/words.js";

/** What a list may have been copied from as a whole: the documentation's table, or the stable API. */
const SOURCES: readonly Provenance[] = ["documented", "stable"];

/** Reports each list that asks for every scope, or every write scope, that Klaviyo documents or its stable API has. */
export default defineRule({
  name: "no-over-broad-request",
  meta: {
    type: "suggestion",
    description: "Disallow requests for every scope, or every write scope",
    recommended: "warn",
    strict: "warn",
    fixable: false,
    hasSuggestions: false,
  },
  messages: {
    everyScope:
      "This list asks for every scope that Klaviyo has. Ask for those that the app needs: Klaviyo's review rejects apps that ask for more.",
    everyScopeNeeded:
      "This list asks for every scope that Klaviyo has; the app's API calls need {{needed}}. Klaviyo's review rejects apps that ask for more.",
    everyWrite:
      "This list asks for every write scope that Klaviyo has. Ask for those that the app needs: Klaviyo's review rejects apps that ask for more.",
    everyWriteNeeded:
      "This list asks for every write scope that Klaviyo has; the app's API calls need {{needed}}. Klaviyo's review rejects apps that ask for more.",
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    return listsOf(picture.apps).flatMap(({ app, requests }) => {
      const list = requests.find((request) => breadthOf(picture.catalog, names(request)) !== null);
      const breadth = list && breadthOf(picture.catalog, names(list));
      if (!list || !breadth) return [];
      const needed = app.callsComplete ? app.needed.filter((name) => name !== REQUIRED_SCOPE) : [];
      return judge(app, list, {
        messageId: needed.length === 0 ? breadth : `${breadth}Needed`,
        data: { needed: scopeList(needed) },
      });
    });
  },
});

function breadthOf(catalog: Catalog, asked: ReadonlySet<string>): "everyScope" | "everyWrite" | null {
  if (SOURCES.some((source) => hasAll(catalog, asked, source, false))) return "everyScope";
  return SOURCES.some((source) => hasAll(catalog, asked, source, true)) ? "everyWrite" : null;
}

function hasAll(
  catalog: Catalog,
  asked: ReadonlySet<string>,
  source: Provenance,
  onlyWrite: boolean,
): boolean {
  return catalog
    .scopes()
    .filter(({ provenance, access }) => provenance.includes(source) && (!onlyWrite || access === "write"))
    .every(({ name }) => asked.has(name));
}
