/** URL and URLSearchParams: built, read, changed, and turned back into text with every character's place kept. */
import type { Evaluator } from "./evaluator.js";
import { flatten, itemsOf, listOf } from "./literals.js";
import { encodeChunks } from "./percent.js";
import { cutQuery, parseQuery } from "./query-text.js";
import { chunksOf, textChoice } from "./strings.js";
import { knownChunks, knownTexts, plainText, sliceText, stringOf } from "./text.js";
import {
  always,
  isUnknown,
  unknown,
  UNDEFINED,
  type Chunk,
  type Origin,
  type ParamsEntry,
  type ParamsValue,
  type UrlValue,
  type Value,
} from "./values.js";

export function emptyParams(origin: Origin): ParamsValue {
  return { kind: "params", entries: [], rest: [], raw: false, origin };
}

/** `new URLSearchParams(init)`: of text, an object, pairs, or another one. */
export function paramsFrom(evaluator: Evaluator, init: Value | undefined, origin: Origin): ParamsValue {
  const params = emptyParams(origin);
  if (init === undefined) return params;
  switch (init.kind) {
    case "params":
      return { ...init, origin };
    case "string":
      return { ...params, ...parseQuery(init.chunks) };
    case "object": {
      const { entries, open } = flatten(evaluator, init, 0);
      return {
        ...params,
        entries: entries.map((entry): ParamsEntry => ({
          key: [stringOf([plainText(entry.key)])],
          value: entry.get,
          optional: entry.optional,
        })),
        rest: open.map((value) =>
          isUnknown(value) ? value : unknown("a set of parameters that is not known", origin),
        ),
      };
    }
    case "list": {
      for (const item of init.items) {
        if (item.rest) {
          params.rest.push(...item.values().filter(isUnknown));
          continue;
        }
        for (const pair of item.values()) {
          const [key, value] = itemsOf(evaluator, pair, origin);
          if (key === undefined || value === undefined) continue;
          params.entries.push({ key: key.values(), value: value.values, optional: item.optional });
        }
      }
      return params;
    }
    case "unknown":
      return { ...params, rest: [init] };
    case "primitive":
      return params;
    default:
      return { ...params, rest: [unknown("a set of parameters that is not known", origin)] };
  }
}

/** `append`, `set`, `delete` of URLSearchParams, FormData, Headers. */
export function changeParams(
  params: ParamsValue,
  method: string,
  key: Value[],
  value: () => Value[],
): ParamsValue {
  const names = knownTexts(key).texts;
  const others = params.entries.filter(
    (entry) => !knownTexts(entry.key).texts.some((name) => names.includes(name)),
  );
  if (method === "delete") return { ...params, entries: others };
  const entry: ParamsEntry = { key, value, optional: false };
  return { ...params, entries: method === "set" ? [...others, entry] : [...params.entries, entry] };
}

/** `new URL(text, base)`. */
export function urlFrom(
  evaluator: Evaluator,
  text: Value,
  base: readonly Value[] | null,
  origin: Origin,
): Value {
  if (text.kind === "url") return { ...text, origin };
  return urlOf(resolveBase(evaluator, chunksOf(evaluator, text, origin), base, origin), origin);
}

export function urlOf(chunks: Chunk[], origin: Origin): UrlValue {
  const { head, query } = cutQuery(chunks);
  const params = emptyParams(origin);
  return {
    kind: "url",
    base: head,
    params: query === null ? params : { ...params, ...parseQuery(query) },
    origin,
  };
}

/** A path is taken from the base's host on; an absolute URL stands alone. */
function resolveBase(
  evaluator: Evaluator,
  path: Chunk[],
  base: readonly Value[] | null,
  origin: Origin,
): Chunk[] {
  if (base === null) return path;
  const [head, ...more] = path;
  if (head?.kind === "text" && /^[a-z][a-z\d+.-]*:\/\//i.test(head.text)) return path;
  // What an answer names as the next place to go is a URL of its own.
  if (head?.kind === "unknown" && head.value.nextPage === true && more.length === 0) return path;
  const whole = textChoice(evaluator, base, origin);
  const baseHead = cutQuery(whole).head;
  const first = baseHead[0];
  if (first?.kind !== "text") return [...baseHead, ...path];
  const host = hostLength(baseHead);
  if (host === null) return [...baseHead, ...path];
  if (head?.kind === "text" && head.text.startsWith("/")) return [...headOf(baseHead, host), ...path];
  if (head === undefined) return baseHead;
  // `./lists` is `lists`.
  if (head.kind === "text" && head.text.startsWith("./"))
    return resolveBase(evaluator, [sliceText(head, 2, head.text.length), ...more], base, origin);
  // A relative path replaces what follows the base's last slash.
  const text = knownChunks(baseHead);
  if (text !== null) {
    const kept = text.slice(0, Math.max(text.lastIndexOf("/") + 1, host));
    const glue = kept.endsWith("/") ? [] : [plainText("/")];
    return [...headOf(baseHead, kept.length), ...glue, ...path];
  }
  const last = baseHead.at(-1);
  if (last?.kind === "text") {
    return [...baseHead.slice(0, -1), sliceText(last, 0, last.text.lastIndexOf("/") + 1), ...path];
  }
  return [...baseHead, plainText("/"), ...path];
}

/** The length of scheme and host, which several pieces may spell; null where they are not all known. */
function hostLength(chunks: readonly Chunk[]): number | null {
  const hidden = chunks.findIndex((chunk) => chunk.kind !== "text");
  const text = knownChunks(hidden < 0 ? chunks : chunks.slice(0, hidden)) ?? "";
  const length = /^[a-z][a-z\d+.-]*:\/\/[^/]*/i.exec(text)?.[0].length;
  if (length === undefined) return null;
  // What is hidden may go on with the host.
  return hidden >= 0 && length === text.length ? null : length;
}

/** The first characters of a text. */
function headOf(chunks: readonly Chunk[], length: number): Chunk[] {
  const out: Chunk[] = [];
  let left = length;
  for (const chunk of chunks) {
    if (left <= 0 || chunk.kind !== "text") break;
    out.push(sliceText(chunk, 0, Math.min(left, chunk.text.length)));
    left -= chunk.text.length;
  }
  return out;
}

export function paramsToChunks(evaluator: Evaluator, params: ParamsValue): Chunk[] {
  const out: Chunk[] = [];
  const encode = (chunks: Chunk[]): Chunk[] => (params.raw ? chunks : encodeChunks(chunks, "form"));
  for (const entry of params.entries) {
    const values = entry
      .value()
      .filter((value) => !(value.kind === "primitive" && value.value === undefined));
    if (values.length === 0) continue;
    const pair: Chunk[] = [
      ...encode(textChoice(evaluator, entry.key, params.origin)),
      plainText("="),
      ...encode(textChoice(evaluator, values, params.origin)),
    ];
    const piece: Chunk[] = out.length === 0 ? pair : [plainText("&"), ...pair];
    if (entry.optional) {
      out.push({
        kind: "choice",
        alternatives: [
          { chunks: [], when: [] },
          { chunks: piece, when: [] },
        ],
      });
    } else {
      out.push(...piece);
    }
  }
  for (const rest of params.rest) {
    if (out.length > 0) out.push(plainText("&"));
    out.push({ kind: "unknown", value: rest });
  }
  return out;
}

export function urlToChunks(evaluator: Evaluator, url: UrlValue): Chunk[] {
  const query = paramsToChunks(evaluator, url.params);
  return query.length === 0 ? url.base : [...url.base, plainText("?"), ...query];
}

/** Properties and read-only methods of URL and URLSearchParams. */
export function urlProperty(
  evaluator: Evaluator,
  object: UrlValue | ParamsValue,
  key: string,
  at: Origin,
): Value[] {
  if (object.kind === "params") {
    return [unknown("computed at run time", at)];
  }
  switch (key) {
    case "searchParams":
      return [withHidden(object)];
    case "href":
      return [stringOf(urlToChunks(evaluator, object))];
    case "search": {
      const query = paramsToChunks(evaluator, withHidden(object));
      return [stringOf(query.length === 0 ? [] : [plainText("?"), ...query])];
    }
    case "origin":
    case "host":
    case "hostname":
    case "pathname": {
      const [first] = object.base;
      if (first?.kind === "unknown" && key === "pathname") return [{ ...first.value, name: key }];
      if (first?.kind !== "text") return [unknown("computed at run time", at)];
      const match = /^([a-z][a-z\d+.-]*:\/\/)([^/]*)/i.exec(first.text);
      if (match === null) return [unknown("computed at run time", at)];
      const scheme = match[1]?.length ?? 0;
      const end = match[0].length;
      if (key === "origin") return [stringOf([sliceText(first, 0, end)])];
      if (key === "pathname")
        return [stringOf([sliceText(first, end, first.text.length), ...object.base.slice(1)])];
      return [stringOf([sliceText(first, scheme, end)])];
    }
    case "hash":
      return [object.base.at(-1)?.kind === "unknown" ? unknown("computed at run time", at) : stringOf([])];
    default:
      return [unknown("computed at run time", at)];
  }
}

/** The parameters as they are read: of a URL that somebody else gives there may be more. */
function withHidden({ base, params }: UrlValue): ParamsValue {
  const last = base.at(-1);
  return last?.kind === "unknown" ? { ...params, rest: [...params.rest, last.value] } : params;
}

export function urlMethod(
  evaluator: Evaluator,
  object: UrlValue | ParamsValue,
  method: string,
  args: readonly (() => Value[])[],
  at: Origin,
): Value[] | null {
  if (object.kind === "url") {
    if (/^(?:add|set)?(?:query|search)(?:param)?$/i.test(method) && args.length > 0)
      return [withQuery(evaluator, object, method, args, at)];
    return method === "toString" || method === "toJSON" || method === "valueOf"
      ? [stringOf(urlToChunks(evaluator, object))]
      : null;
  }
  switch (method) {
    case "toString":
      return [stringOf(paramsToChunks(evaluator, object))];
    case "get": {
      const names = knownTexts(args[0]?.() ?? []).texts;
      const found = object.entries.filter((entry) =>
        knownTexts(entry.key).texts.some((name) => names.includes(name)),
      );
      const values = found.flatMap((entry) => entry.value());
      return values.length > 0 ? values : object.rest.length > 0 ? [...object.rest] : [UNDEFINED];
    }
    case "entries":
      return [{ kind: "list", items: itemsOf(evaluator, object, at), node: null, file: at.file, set: false }];
    case "keys":
    case "values":
      return [
        listOf(
          object.entries.map((entry) => (method === "keys" ? always(entry.key) : entry.value)),
          at.file,
        ),
      ];
    default:
      return null;
  }
}

/** `addQuery({ … })`, `addQuery(name, value)`, `query({ … })` of URI.js and its like: the URL with more parameters. */
function withQuery(
  evaluator: Evaluator,
  url: UrlValue,
  method: string,
  args: readonly (() => Value[])[],
  at: Origin,
): UrlValue {
  const first = args[0]?.() ?? [];
  const [value] = first;
  const second = args[1];
  if (second !== undefined) {
    return {
      ...url,
      params: changeParams(url.params, /^set/i.test(method) ? "set" : "append", first, second),
    };
  }
  const added = paramsFrom(evaluator, value, at);
  const kept = /^(?:query|search)$/i.test(method) ? [] : url.params.entries;
  return {
    ...url,
    params: {
      ...url.params,
      entries: [...kept, ...added.entries],
      rest: [...url.params.rest, ...added.rest],
    },
  };
}
