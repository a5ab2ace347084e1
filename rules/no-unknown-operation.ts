import { methodAsked } from "../src/catalog/path.js";
import { suggestPath } from "../src/catalog/suggest.js";
import type { PathSuggestion } from "../src/catalog/suggest.js";
import type { ApiCall, App, Edit, Picture, Place, SdkMistake } from "../src/audit/picture.js";
import { distinctBy, judge, placeKey } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import type { Judgement, Suggestion } from "../src/audit/rule.js";
import { code, list, quoted } from "../src/audit/words.js";

/** With more methods than this there is no telling which was meant. */
const MOST_METHODS = 2;

/** Reports each call to Klaviyo's API that no operation of the catalog matches. */
export default defineRule({
  name: "no-unknown-operation",
  meta: {
    type: "problem",
    description: "Disallow calls to operations that Klaviyo's API does not have",
    recommended: "warn",
    strict: "warn",
    fixable: false,
    hasSuggestions: true,
  },
  messages: {
    unknownOperation:
      "Klaviyo's API has no {{operation}} (revision {{revision}}): the call answers 404, and its scopes cannot be known.",
    unknownPath: "Klaviyo's API has no {{operation}}: the call answers 404. Did you mean {{path}}?",
    unknownHost:
      "{{host}} does not serve Klaviyo's API: the call fails. Did you mean `https://a.klaviyo.com`, with {{path}}?",
    unknownMethod: "Klaviyo's API has {{path}}, but not with {{method}}: only {{methods}}.",
    unknownMethodOfSdk:
      "{{className}} of `klaviyo-api` has no method {{name}}: the call fails, and its scopes cannot be known. Did you mean {{meant}}?",
    replaceSegment: "Replace {{from}} with {{to}}.",
    replaceMethod: "Replace {{from}} with {{to}}.",
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    return picture.apps.flatMap((app) =>
      distinctBy(
        app.calls.filter(({ note }) => note === "unknown-operation"),
        (call) => `${placeKey(call)} ${call.method ?? ""} ${call.path ?? ""}`,
      ).map((call) => judgeCall(picture, app, call)),
    );
  },
});

function judgeCall(picture: Picture, app: App, call: ApiCall): Judgement {
  if (call.host !== undefined) {
    const data = { host: code(call.host), path: code(call.path ?? "") };
    return judge(app, call, { messageId: "unknownHost", data });
  }
  if (call.mistaken !== undefined) return judgeMethod(app, call, call.mistaken);
  const meant =
    call.path === null
      ? null
      : (withApi(call.method, call.path, picture) ?? suggestPath(call.method, call.path, picture.catalog));
  const operation =
    call.path === null
      ? (quoted(picture, call) ?? "such operation")
      : code(call.method === null ? call.path : `${call.method} ${call.path}`);
  if (meant === null) {
    return judge(app, call, {
      messageId: "unknownOperation",
      data: { operation, revision: picture.catalog.revision },
    });
  }
  const methods = list(meant.methods.map(code));
  return judge(app, call, {
    messageId: meant.kind === "path" ? "unknownPath" : "unknownMethod",
    data: { operation, path: code(meant.path), method: code(call.method ?? ""), methods },
    suggestions:
      meant.kind === "path" ? replaceSegment(picture, call, meant) : replaceMethod(picture, call, meant),
  });
}

/** `https://a.klaviyo.com/profiles`: an operation's path, but for its `/api`. */
function withApi(method: string | null, path: string, { catalog }: Picture): PathSuggestion | null {
  const [, first = ""] = path.split("/");
  if (/^(?:api|client)$/i.test(first)) return null;
  const asked = methodAsked(method);
  const matching = catalog.operationsForPath(path).filter((one) => asked === null || one.method === asked);
  const [operation] = matching;
  if (operation === undefined) return null;
  return {
    kind: "path",
    path: operation.path,
    filled: `/api${path}`,
    methods: [operation.method],
    operation,
    replaced: [{ index: 0, from: first, to: `api/${first}` }],
  };
}

function judgeMethod(app: App, call: ApiCall, { className, name, meant, place }: SdkMistake): Judgement {
  return judge(app, call, {
    messageId: "unknownMethodOfSdk",
    data: { className: code(className), name: code(name), meant: code(meant) },
    suggestions: [
      {
        messageId: "replaceMethod",
        data: { from: code(name), to: code(meant) },
        edits: [{ ...place, text: meant }],
      },
    ],
  });
}

function replaceSegment(
  picture: Picture,
  { pathPlace }: ApiCall,
  { replaced }: Extract<PathSuggestion, { kind: "path" }>,
): Suggestion[] {
  const [only, ...others] = replaced;
  if (pathPlace === null || only === undefined || others.length > 0) return [];
  const edit = replaceOnce(picture, pathPlace, only.from, only.to);
  return edit === null
    ? []
    : [{ messageId: "replaceSegment", data: { from: code(only.from), to: code(only.to) }, edits: [edit] }];
}

function replaceMethod(
  picture: Picture,
  { method, methodPlace }: ApiCall,
  { methods }: Extract<PathSuggestion, { kind: "method" }>,
): Suggestion[] {
  if (method === null || methodPlace === null || methods.length > MOST_METHODS) return [];
  return methods.flatMap((to) => {
    const edit =
      replaceOnce(picture, methodPlace, method.toUpperCase(), to) ??
      replaceOnce(picture, methodPlace, method.toLowerCase(), to.toLowerCase());
    return edit === null
      ? []
      : [{ messageId: "replaceMethod", data: { from: code(method), to: code(to) }, edits: [edit] }];
  });
}

/** Writes `to` for the one `from` that stands at a place as a word of its own; null where there is none, or more. */
function replaceOnce(picture: Picture, { file, range }: Place, from: string, to: string): Edit | null {
  const text = picture.text(file)?.slice(range[0], range[1]);
  if (text === undefined || from === "") return null;
  const at = [...text.matchAll(/[\w-]+/g)].filter(([word]) => word === from).map(({ index }) => index);
  const [only, ...others] = at;
  if (only === undefined || others.length > 0) return null;
  const start = range[0] + only;
  return { file, range: [start, start + from.length], text: to };
}
