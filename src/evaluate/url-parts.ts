/** A URL whose parts are set: `url.search = …`, `Object.assign(url, { search: … })`. */
import type { Evaluator } from "./evaluator.js";
import { objectEntries } from "./literals.js";
import type { Reading } from "./members.js";
import { chunksOf } from "./strings.js";
import { knownChunks, plainText, sliceText } from "./text.js";
import { paramsFrom, urlOf } from "./urls.js";
import { parseQuery } from "./query-text.js";
import type { Chunk, Thunk, UrlValue, Value } from "./values.js";

const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^/]*/i;

/** What stands behind the host; of a URL that somebody gives that is not known. */
function pathOf([head, ...rest]: readonly Chunk[]): Chunk[] {
  if (head?.kind === "text") {
    const origin = ORIGIN.exec(head.text)?.[0].length ?? 0;
    return origin < head.text.length ? [sliceText(head, origin, head.text.length), ...rest] : rest;
  }
  const [next] = rest;
  if (head?.kind !== "unknown" || (next?.kind === "text" && next.text.startsWith("/"))) return rest;
  return [{ ...head, value: { ...head.value, name: "pathname" } }, ...rest];
}

/** The URL with one of its parts set. */
export function withPart(
  evaluator: Evaluator,
  url: UrlValue,
  key: string,
  value: Value,
  at: Reading,
): UrlValue {
  const chunks = chunksOf(evaluator, value, at);
  switch (key) {
    case "search": {
      const params =
        value.kind === "params"
          ? value
          : { ...paramsFrom(evaluator, undefined, url.origin), ...parseQuery(chunks) };
      return { ...url, params };
    }
    case "href":
      return { ...urlOf(chunks, at), origin: url.origin };
    case "host":
    case "hostname": {
      const host = knownChunks(chunks);
      // What the host is not known to be is not the one it was.
      const head = host === null ? [plainText("https://"), ...chunks] : [plainText(`https://${host}`)];
      return { ...url, base: [...head, ...pathOf(url.base)] };
    }
    case "pathname": {
      const [head] = url.base;
      const host = head?.kind === "text" ? ORIGIN.exec(head.text)?.[0] : undefined;
      if (head?.kind !== "text" || host === undefined) return url;
      const base = { ...head, text: host, at: typeof head.at === "number" ? head.at : null };
      return { ...url, base: [base, ...chunks] };
    }
    default:
      return url;
  }
}

/** What `Object.assign` makes of a URL: the keys of the objects are its parts. */
export function assignParts(
  evaluator: Evaluator,
  url: UrlValue,
  sources: readonly Thunk[],
  at: Reading,
): UrlValue[] {
  const entries = sources
    .flatMap((source) => source())
    .flatMap((source) => (source.kind === "object" ? objectEntries(evaluator, source) : []));
  return entries.reduce<UrlValue[]>(
    (urls, { key, get }) =>
      urls.flatMap((one) => get().map((value) => withPart(evaluator, one, key, value, at))),
    [url],
  );
}
