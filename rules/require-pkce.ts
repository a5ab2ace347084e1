import type { AuthorizationRequest, Edit, Picture, Place } from "../src/audit/picture.js";
import { distinctBy, judge, placeKey } from "../src/audit/judge.js";
import type { Said } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import type { Suggestion } from "../src/audit/rule.js";
import { code } from "../src/audit/words.js";

const METHOD = "S256";

/** Reports each authorization request that is in view as a whole and does not use PKCE with S256. */
export default defineRule({
  name: "require-pkce",
  meta: {
    type: "problem",
    description: "Require PKCE with S256 in every authorization request",
    recommended: "error",
    strict: "error",
    fixable: false,
    hasSuggestions: true,
  },
  messages: {
    missing:
      "This authorization request has no `code_challenge`. Klaviyo requires PKCE with `S256` of every app, also of those with a client secret.",
    missingOption:
      "{{because}}, so that this authorization request has no `code_challenge`. Klaviyo requires PKCE with `S256` of every app, also of those with a client secret.",
    noMethod:
      "This authorization request has a `code_challenge` but no `code_challenge_method`, which means `plain`. Klaviyo requires `S256`.",
    wrongMethod: "Klaviyo requires PKCE with `S256`, not {{method}}.",
    replaceMethod: "Replace with `S256`.",
    addPkce: "{{description}}",
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    // Several requests may go out by one place, of which not all lack something.
    const faulty = picture.apps.flatMap((app) =>
      app.requests.flatMap(({ authorization }) => {
        const said = authorization === null ? null : fault(picture, authorization);
        return authorization === null || said === null ? [] : { app, authorization, said };
      }),
    );
    return distinctBy(faulty, ({ authorization }) => placeKey(authorization)).flatMap(({ app, said }) =>
      judge(app, said.place, said),
    );
  },
});

function fault(picture: Picture, authorization: AuthorizationRequest): (Said & { place: Place }) | null {
  const { methodPlace } = authorization;
  switch (authorization.pkce) {
    case "missing":
      return {
        place: authorization,
        ...(authorization.because === undefined
          ? { messageId: "missing" }
          : { messageId: "missingOption", data: { because: authorization.because } }),
        suggestions: addition(authorization),
      };
    case "no-method":
      return { place: authorization, messageId: "noMethod", suggestions: addition(authorization) };
    case "plain": {
      const replacement = methodPlace && replaceMethod(picture, methodPlace);
      return {
        place: methodPlace ?? authorization,
        messageId: "wrongMethod",
        data: { method: code(methodPlace === null ? "plain" : writtenMethod(picture, methodPlace).name) },
        suggestions:
          replacement !== null
            ? [{ messageId: "replaceMethod", data: {}, edits: [replacement] }]
            : addition(authorization),
      };
    }
    case "S256":
    case "unknown":
      return null;
  }
}

function addition({ pkceEdit }: AuthorizationRequest): Suggestion[] {
  if (pkceEdit === null) return [];
  return [{ messageId: "addPkce", data: { description: pkceEdit.description }, edits: [pkceEdit.edit] }];
}

/** Anything but a plain word is left to a person. */
function replaceMethod(picture: Picture, { file, range }: Place): Edit | null {
  const { quote, name } = writtenMethod(picture, { file, range });
  return /^[\w-]+$/.test(name) ? { file, range, text: quote + METHOD + quote } : null;
}

/** The place may hold the method with its quotes or without. */
function writtenMethod(picture: Picture, { file, range }: Place): { quote: string; name: string } {
  const text = picture.text(file)?.slice(range[0], range[1]) ?? "";
  const quote = /^["'`]/.exec(text)?.[0] ?? "";
  return { quote, name: quote === "" ? text : text.slice(1, -1) };
}
