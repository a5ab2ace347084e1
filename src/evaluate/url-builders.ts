/** Functions that build a URL of its parts: Node's `url`, axios, ufo and query-string. */
import { first, type Builtin } from "./builtin.js";
import type { Evaluator } from "./evaluator.js";
import { objectEntries } from "./literals.js";
import { joinText, textChoice } from "./strings.js";
import { outline, plainText, stringOf } from "./text.js";
import { paramsFrom, paramsToChunks, urlFrom, urlToChunks } from "./urls.js";
import { always, unknown, type Thunk, type Value } from "./values.js";

/** `withQuery(url, object)` of ufo, `queryString.stringifyUrl({ url, query })`. */
export const withQuery: Builtin = (evaluator, args, at, node) => {
  const base = first(args);
  const query = (args[1]?.() ?? []).map((value) =>
    stringOf(paramsToChunks(evaluator, paramsFrom(evaluator, value, at))),
  );
  return joinText(evaluator, [base, [stringOf([plainText("?")])], query], { kind: "computed", ...at, node });
};

export const stringifyUrl: Builtin = (evaluator, args, at, node) =>
  first(args).flatMap((value) => {
    const parts = partsOf(evaluator, value);
    if (parts === null) return [unknown("a URL that is not known", at)];
    return (
      withQuery(evaluator, [parts.get("url") ?? always([]), parts.get("query") ?? always([])], at, node) ?? []
    );
  });

/** `axios.getUri({ baseURL, url, params })`; `base` is what an instance was made with. */
export const getUri =
  (base: Thunk | null): Builtin =>
  (evaluator, args, at, node) =>
    first(args).flatMap((value) => {
      const parts = partsOf(evaluator, value);
      if (parts === null) return [unknown("a URL that is not known", at)];
      const given = parts.get("baseURL") ?? base;
      const path = parts.get("url")?.() ?? [];
      const whole =
        given === null || /^https?:/i.test(outline(textChoice(evaluator, path, at)))
          ? path
          : joinText(evaluator, [given(), path], { kind: "computed", ...at, node });
      const params = parts.get("params");
      return params === undefined ? whole : (withQuery(evaluator, [always(whole), params], at, node) ?? []);
    });

/** `url.format({ protocol, host, pathname, query })`, `url.format(new URL(…))`. */
export const formatUrl: Builtin = (evaluator, args, at, node) =>
  first(args).flatMap((value): Value[] => {
    if (value.kind === "string") return [value];
    if (value.kind === "url") return [stringOf(urlToChunks(evaluator, value))];
    const parts = partsOf(evaluator, value);
    if (parts === null) return [unknown("a URL that is not known", at)];
    const text = (key: string): Value[] => parts.get(key)?.() ?? [];
    const has = (key: string): boolean => parts.has(key);
    const shape = (key: string): string => outline(textChoice(evaluator, text(key), at));
    const pieces: Value[][] = [];
    const add = (mark: string): void => {
      pieces.push([stringOf([plainText(mark)])]);
    };
    if (has("protocol")) {
      pieces.push(text("protocol"));
      add(shape("protocol").endsWith(":") ? "//" : "://");
    } else if (has("host") || has("hostname")) add("//");
    pieces.push(text(has("host") ? "host" : "hostname"));
    if (has("pathname") && !shape("pathname").startsWith("/")) add("/");
    pieces.push(text("pathname"));
    if (has("search")) {
      if (!shape("search").startsWith("?")) add("?");
      pieces.push(text("search"));
    } else if (has("query")) {
      add("?");
      pieces.push(
        text("query").map((query) =>
          query.kind === "string"
            ? query
            : stringOf(paramsToChunks(evaluator, paramsFrom(evaluator, query, at))),
        ),
      );
    }
    return joinText(
      evaluator,
      pieces.filter((piece) => piece.length > 0),
      { kind: "computed", ...at, node },
    );
  });

/** `url.resolve(base, path)`. */
export const resolveUrl: Builtin = (evaluator, args, at) => {
  const base = first(args);
  return (args[1]?.() ?? []).map((path) => {
    const url = urlFrom(evaluator, path, base, at);
    return url.kind === "url" ? stringOf(urlToChunks(evaluator, url)) : url;
  });
};

function partsOf(evaluator: Evaluator, value: Value): Map<string, Thunk> | null {
  if (value.kind !== "object") return null;
  return new Map(objectEntries(evaluator, value).map((entry) => [entry.key, entry.get]));
}
