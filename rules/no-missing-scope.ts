import { suggestScope } from "../src/catalog/suggest.js";
import type { ApiCall, App, Picture } from "../src/audit/picture.js";
import {
  exists,
  isBlankEntry,
  judge,
  placeKey,
  related,
  requestedHere,
  REQUIRED_SCOPE,
  suggestConfiguring,
  suggestReplacement,
  suggestRequesting,
  SUGGESTIONS,
  tokensOf,
} from "../src/audit/judge.js";
import type { Said } from "../src/audit/judge.js";
import { needsNoScope } from "../src/audit/need.js";
import { defineRule } from "../src/audit/rule.js";
import type { Judgement } from "../src/audit/rule.js";
import { code, list, orList, unresolvedWords } from "../src/audit/words.js";

/** Reports each API call and each scope that it needs and the app does not request (or, with no request, has not configured). */
export default defineRule({
  name: "no-missing-scope",
  meta: {
    type: "problem",
    description: "Disallow API calls that need a scope the app does not request",
    recommended: "error",
    strict: "error",
    fixable: false,
    hasSuggestions: true,
  },
  messages: {
    missing:
      "This API call ({{operation}}) needs {{scope}}, which the app does not request: customers get a 403.",
    missingUnsure:
      "This API call ({{operation}}) needs {{scope}}, which is not among the requested scopes that could be resolved ({{doubt}}): without it customers get a 403.",
    missingTwice:
      "This API call ({{operation}}) needs {{scope}}, which the app neither requests nor has configured: customers get a 403. Klaviyo ignores what is requested and not configured, so add it to both.",
    missingTwiceUnsure:
      "This API call ({{operation}}) needs {{scope}}, which is not configured and not among the requested scopes that could be resolved ({{doubt}}): without it in both customers get a 403.",
    unconfigured:
      "This API call ({{operation}}) needs {{scope}}, which is not in the app's configured set: customers get a 403.",
    replaceScope: SUGGESTIONS.replaceScope,
    removeScope: SUGGESTIONS.removeScope,
    requestScope: SUGGESTIONS.requestScope,
    requestEverywhere: SUGGESTIONS.requestEverywhere,
    configureScope: SUGGESTIONS.configureScope,
  },
  schema: null,
  defaultOptions: {},
  check: ({ picture }) => picture.apps.flatMap((app) => judgeApp(picture, app)),
});

function judgeApp(picture: Picture, app: App): Judgement[] {
  const granted = grantedScopes(app);
  if (granted === null) return [];
  const needs = neededScopes(app).filter(({ scope }) => !granted.has(scope));
  const doubt = doubtOf(picture, app);
  // Many calls lack the same few scopes.
  const said = new Map(
    [...new Set(needs.map(({ scope }) => scope))].map((scope) => [
      scope,
      hasKnownRequest(app) ? sayUnrequested(picture, app, scope) : sayUnconfigured(app, scope),
    ]),
  );
  return needs.flatMap(({ scope, calls: [call, ...others] }) => {
    const operations = [call, ...others].flatMap(({ candidates }) => candidates);
    const [only] = operations;
    const saying = said.get(scope);
    if (saying === undefined) return [];
    return [
      judge(app, call, {
        ...saying,
        data: { operation: orList(operations), scope: code(scope), doubt },
        scope,
        operation: operations.length === 1 && only !== undefined ? only.id : null,
      }),
    ];
  });
}

/** What the app's tokens can hold: what is requested, else what is configured; null where neither is known. */
function grantedScopes(app: App): Set<string> | null {
  if (hasKnownRequest(app)) return new Set(app.requested);
  return app.configured && new Set(app.configured.scopes.map(({ name }) => name));
}

/** A request of which nothing is known is none to compare with. */
function hasKnownRequest(app: App): boolean {
  return app.requests.some(
    (request) => !isBlankEntry(request) && (request.complete || request.tokens.length > 0),
  );
}

/** Each place that calls the API with each scope it needs. One place that can be two operations needs a scope once. */
function neededScopes(app: App): { scope: string; calls: [ApiCall, ...ApiCall[]] }[] {
  const needs = new Map<string, { scope: string; calls: [ApiCall, ...ApiCall[]] }>();
  for (const call of app.calls) {
    if (needsNoScope(call)) continue;
    for (const scope of call.scopes) {
      if (scope === REQUIRED_SCOPE) continue;
      const key = `${scope} ${placeKey(call)}`;
      const known = needs.get(key);
      if (known === undefined) needs.set(key, { scope, calls: [call] });
      else known.calls.push(call);
    }
  }
  return [...needs.values()];
}

function sayUnrequested(picture: Picture, app: App, scope: string): Said {
  const mistaken = tokensOf(app).filter(
    ({ token: { name } }) => !exists(picture, name) && suggestScope(name, picture.catalog)?.name === scope,
  );
  const [only, ...others] = mistaken;
  const sure = app.requestsComplete;
  const lacking = isConfigured(app, scope) ? null : app.configured;
  const kind = lacking === null ? "missing" : "missingTwice";
  return {
    messageId: sure ? kind : `${kind}Unsure`,
    confidence: sure ? "high" : "low",
    suggestions: [
      ...(only !== undefined && others.length === 0
        ? suggestReplacement(only, scope)
        : suggestRequesting(app, scope)),
      ...(lacking === null ? [] : suggestConfiguring(lacking, scope)),
    ],
    related: [
      ...mistaken.map(({ token }) => related(token.place, `probably meant as ${code(scope)}`)),
      ...requestedHere(app, sure ? "requested here, without it" : "requested here"),
      ...(lacking === null ? [] : [related(lacking, "the configured set, without it")]),
    ],
  };
}

/** Whether a scope is in the app's Scopes field, as far as that is known. */
function isConfigured(app: App, scope: string): boolean {
  return app.configured === null || app.configured.scopes.some(({ name }) => name === scope);
}

function sayUnconfigured(app: App, scope: string): Said {
  const set = app.configured;
  return {
    messageId: "unconfigured",
    suggestions: set === null ? [] : suggestConfiguring(set, scope),
    related: set === null ? [] : [related(set, "the configured set")],
  };
}

function doubtOf(picture: Picture, app: App): string {
  const parts = app.requests.flatMap(({ unresolved }) => unresolved);
  return (
    list([...new Set(parts.map((part) => unresolvedWords(picture, part)))], { most: 2 }) ||
    "a part is unknown"
  );
}
