import type { Edit, Malformation, MalformationKind, Place } from "../src/audit/picture.js";
import { distinctBy, judge, listsOf, placeKey, related } from "../src/audit/judge.js";
import type { WrittenList } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import type { Judgement } from "../src/audit/rule.js";
import { scopeList } from "../src/audit/words.js";

/** Reports each way in which a list is not what Klaviyo wants: one list of scopes, separated by single spaces. */
export default defineRule({
  name: "no-malformed-scope-list",
  meta: {
    type: "problem",
    description: "Require one space-separated list of scopes",
    recommended: "error",
    strict: "error",
    fixable: true,
    hasSuggestions: false,
  },
  messages: {
    comma: "These scopes are separated by commas. Klaviyo wants one list separated by spaces.",
    semicolon: "These scopes are separated by semicolons. Klaviyo wants one list separated by spaces.",
    pipe: "These scopes are separated by pipes. Klaviyo wants one list separated by spaces.",
    newline:
      "This list of scopes goes out with line breaks in it. Klaviyo wants one list separated by spaces.",
    duplicate: "This list asks for {{scopes}} more than once.",
    upperCase: "Klaviyo's scopes are lower case: {{scopes}} should be too.",
    straySpace:
      "This list of scopes goes out with spaces that separate nothing. Klaviyo wants single spaces between scopes.",
    doubleEncoding:
      "This list of scopes is URL-encoded twice, so that Klaviyo receives escapes instead of scopes. Encode it once.",
    noSeparator:
      "These scopes run together with nothing between them. Klaviyo wants one list separated by spaces.",
  },
  schema: null,
  defaultOptions: {},
  check: ({ picture }) => listsOf(picture.apps).flatMap(judgeList),
});

const MESSAGES: Record<MalformationKind, string> = {
  comma: "comma",
  semicolon: "semicolon",
  pipe: "pipe",
  newline: "newline",
  duplicate: "duplicate",
  "upper-case": "upperCase",
  "stray-space": "straySpace",
  "double-encoding": "doubleEncoding",
  "no-separator": "noSeparator",
};

const SEPARATORS: ReadonlySet<MalformationKind> = new Set(["comma", "semicolon", "pipe"]);

/** How many of a list's faults of one kind are pointed to. */
const MOST_RELATED = 4;

/** One finding for each kind: a list with nine commas has one fault. */
function judgeList({ app, requests }: WrittenList): Judgement[] {
  const kinds = new Map<MalformationKind, Malformation[]>();
  for (const malformation of requests.flatMap((request) => request.malformations)) {
    const same = kinds.get(malformation.kind);
    if (same === undefined) kinds.set(malformation.kind, [malformation]);
    else same.push(malformation);
  }
  return [...kinds].map(([kind, all]) => {
    const malformations = distinctBy(all, ({ place }) => placeKey(place)).sort(byOffset);
    const texts = [...new Set(malformations.map(({ text }) => text.trim()))];
    const [only] = texts;
    // What reads an entry that only its name tells is not in view, and may split it.
    const isSplit = SEPARATORS.has(kind) && requests.every(({ site }) => site === null);
    const ofTokens = kind === "duplicate" || kind === "upper-case";
    return judge(app, primaryPlace(requests[0], malformations), {
      messageId: MESSAGES[kind],
      confidence: isSplit ? "low" : "high",
      data: ofTokens ? { scopes: scopeList(texts) } : {},
      scope: ofTokens && texts.length === 1 && only !== undefined ? only.toLowerCase() : null,
      fix: isSplit ? null : fixOf(malformations),
      related: malformations.slice(0, MOST_RELATED).map(({ place }) => related(place, "here")),
    });
  });
}

function byOffset(a: Malformation, b: Malformation): number {
  return a.place.range[0] - b.place.range[0];
}

/** The fault itself where there is one; the list where it holds them all; else the first of them. */
function primaryPlace(list: Place, malformations: readonly Malformation[]): Place {
  const places = malformations.map(({ place }) => place);
  const inside = places.every(
    ({ file, range }) => file === list.file && range[0] >= list.range[0] && range[1] <= list.range[1],
  );
  return places.length > 1 && inside ? list : (places[0] ?? list);
}

/** Half a fix would leave the fault: where one of them cannot be mended, none is. */
function fixOf(malformations: readonly Malformation[]): Edit[] | null {
  if (malformations.some(({ edits }) => edits.length === 0)) return null;
  const edits = malformations.flatMap((malformation) => malformation.edits);
  return distinctBy(edits, (edit) => `${placeKey(edit)} ${edit.text}`);
}
