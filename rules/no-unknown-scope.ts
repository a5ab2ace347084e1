import { knownResource, suggestScope } from "../src/catalog/suggest.js";
import type { Picture } from "../src/audit/picture.js";
import {
  allTokens,
  existenceOf,
  judge,
  resourceOf,
  suggestRemoval,
  suggestReplacement,
  SUGGESTIONS,
} from "../src/audit/judge.js";
import type { WrittenToken } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import type { Judgement, Suggestion } from "../src/audit/rule.js";
import { code, scopeList } from "../src/audit/words.js";

/** Reports each token that is no scope of Klaviyo's, unless it may be one that our catalog is too old to know. */
export default defineRule({
  name: "no-unknown-scope",
  meta: {
    type: "problem",
    description: "Disallow scopes that Klaviyo does not have",
    recommended: "error",
    strict: "error",
    fixable: false,
    hasSuggestions: true,
  },
  messages: {
    unknownScope: "Klaviyo has no scope {{scope}}. Did you mean {{name}}?",
    unknownAccess: "Klaviyo has no scope {{scope}}: for {{resource}} there is only {{names}}.",
    notAScope:
      "{{scope}} is no scope of Klaviyo's, so it cannot be granted: those are written `resource:read` or `resource:write`.",
    replaceScope: SUGGESTIONS.replaceScope,
    removeScope: SUGGESTIONS.removeScope,
  },
  schema: null,
  defaultOptions: {},
  check: ({ picture }) => allTokens(picture).flatMap((written) => judgeToken(picture, written)),
});

function judgeToken(picture: Picture, written: WrittenToken): Judgement[] {
  const { app, token } = written;
  const scope = token.name;
  switch (existenceOf(picture, scope)) {
    case "near": {
      const name = suggestScope(scope, picture.catalog)?.name ?? scope;
      return [
        judge(app, token.place, {
          messageId: "unknownScope",
          data: { scope: code(scope), name: code(name) },
          scope,
          suggestions: suggestReplacement(written, name),
        }),
      ];
    }
    case "known-resource-unknown-access": {
      const resource = knownResource(scope, picture.catalog) ?? resourceOf(scope);
      const existing = picture.catalog.scopes().filter((other) => other.resource === resource);
      return [
        judge(app, token.place, {
          messageId: "unknownAccess",
          data: {
            scope: code(scope),
            resource: code(resource),
            names: scopeList(existing.map(({ name }) => name)),
          },
          scope,
          suggestions: existing.flatMap(({ name }) => suggestReplacement(written, name)).filter(isFirst),
        }),
      ];
    }
    case "not-a-scope":
      return [
        judge(app, token.place, {
          messageId: "notAScope",
          data: { scope: code(scope) },
          scope,
          suggestions: suggestRemoval(written),
        }),
      ];
    case "known":
    case "allowed":
    case "unlisted":
      return [];
  }
}

/** Where both accesses are requested already, both suggestions are the same removal. */
function isFirst(one: Suggestion, at: number, all: readonly Suggestion[]): boolean {
  return (
    all.findIndex((other) => other.messageId === one.messageId && other.data.name === one.data.name) === at
  );
}
