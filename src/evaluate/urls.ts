/** URL and URLSearchParams: built, read, changed, and turned back into text with every character's place kept. */
import type { Evaluator } from "./evaluator.js";
import { flatten, itemsOf, listOf } from "./literals.js";
import { chunksOf, textChoice } from "./strings.js";
import {
  choose,
  knownChunks,
  knownTexts,
  mapCharacters,
  mapChunks,
  plainText,
  sliceText,
  splitChunks,
  stringOf,
} from "./text.js";
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

/** Splits at the first `?` outside choices, and drops the fragment. */
export function cutQuery(chunks: readonly Chunk[]): { head: Chunk[]; query: Chunk[] | null } {
  const head: Chunk[] = [];
  let query: Chunk[] | null = null;
  for (const chunk of chunks) {
    if (chunk.kind === "text") {
      const hash = chunk.text.indexOf("#");
      const text = hash < 0 ? chunk : sliceText(chunk, 0, hash);
      const mark: number = query === null ? text.text.indexOf("?") : -1;
      if (mark >= 0) {
        if (mark > 0) head.push(sliceText(text, 0, mark));
        query = mark + 1 < text.text.length ? [sliceText(text, mark + 1, text.text.length)] : [];
      } else if (text.text.length > 0) {
        (query ?? head).push(text);
      }
      if (hash >= 0) break;
    } else {
      (query ?? head).push(chunk);
    }
  }
  return { head, query };
}

/** `a=1&b=2` as pairs; text that hides pairs (unknown or a choice between `&`s) is kept as `rest` or split inside. */
export function parseQuery(chunks: readonly Chunk[]): Pick<ParamsValue, "entries" | "rest"> {
  const entries: ParamsEntry[] = [];
  const rest: Extract<Value, { kind: "unknown" }>[] = [];
  const cut =
    (separator: string) =>
    (text: string): [number, number][] => {
      const out: [number, number][] = [];
      for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1))
        out.push([at, at + 1]);
      return out;
    };
  const pieces = splitChunks(chunks.length > 0 ? stripMark(chunks) : chunks, cut("&"));
  for (const piece of pieces) {
    if (piece.length === 0) continue;
    const [head] = piece;
    const alone = piece.length === 1;
    if (alone && head?.kind === "unknown") {
      rest.push(head.value);
      continue;
    }
    if (head?.kind === "choice" && piece.every((chunk) => chunk.kind === "choice")) {
      for (const chunk of piece) {
        for (const alternative of chunk.alternatives) {
          const inner = parseQuery(alternative.chunks);
          entries.push(...inner.entries.map((entry) => ({ ...entry, optional: true })));
          rest.push(...inner.rest);
        }
      }
      continue;
    }
    const { name, value, tails } = splitPair(piece);
    entries.push({
      key: [stringOf(decodeChunks(name))],
      value: always([stringOf(decodeChunks(value))]),
      optional: false,
    });
    for (const tail of tails) {
      const inner = parseQuery(tail);
      entries.push(...inner.entries.map((entry) => ({ ...entry, optional: true })));
      rest.push(...inner.rest);
    }
  }
  return { entries, rest };
}

function stripMark(chunks: readonly Chunk[]): Chunk[] {
  const [head, ...tail] = chunks;
  return head?.kind === "text" && head.text.startsWith("?")
    ? [sliceText(head, 1, head.text.length), ...tail]
    : [...chunks];
}

/** One pair; a choice in the value may bring further pairs: `scope=a${more ? "&prompt=x" : ""}`. */
function splitPair(piece: readonly Chunk[]): { name: Chunk[]; value: Chunk[]; tails: Chunk[][] } {
  const name: Chunk[] = [];
  const value: Chunk[] = [];
  const tails: Chunk[][] = [];
  let inValue = false;
  for (const chunk of piece) {
    if (chunk.kind === "text" && !inValue) {
      const equals = chunk.text.indexOf("=");
      if (equals < 0) {
        name.push(chunk);
        continue;
      }
      inValue = true;
      if (equals > 0) name.push(sliceText(chunk, 0, equals));
      if (equals + 1 < chunk.text.length) value.push(sliceText(chunk, equals + 1, chunk.text.length));
      continue;
    }
    if (inValue && chunk.kind === "choice") {
      const kept: typeof chunk.alternatives = [];
      for (const alternative of chunk.alternatives) {
        const [first] = alternative.chunks;
        if (first?.kind === "text" && first.text.startsWith("&")) {
          tails.push([sliceText(first, 1, first.text.length), ...alternative.chunks.slice(1)]);
          kept.push({ ...alternative, chunks: [] });
        } else {
          kept.push(alternative);
        }
      }
      value.push(...choose(kept));
      continue;
    }
    (inValue ? value : name).push(chunk);
  }
  return { name, value, tails };
}

/** Form-decoding: `+` and `%20` are spaces; each character keeps the place of what it was written as. */
export function decodeChunks(chunks: readonly Chunk[]): Chunk[] {
  return mapChunks(chunks, (chunk) => {
    if (!/[%+]/.test(chunk.text)) return [chunk];
    let text = "";
    const at: number[] = [];
    const offset = (index: number): number =>
      chunk.at === null ? 0 : typeof chunk.at === "number" ? chunk.at + index : (chunk.at[index] ?? 0);
    for (let i = 0; i < chunk.text.length;) {
      const run = /^(?:%[\da-f]{2})+/i.exec(chunk.text.slice(i, i + 12))?.[0];
      const decoded = run === undefined ? null : decodeOne(run);
      if (decoded === null) {
        const character = chunk.text[i] ?? "";
        text += character === "+" ? " " : character;
        at.push(offset(i));
        i += 1;
        continue;
      }
      for (const unit of decoded.text.split("")) {
        text += unit;
        at.push(offset(i));
      }
      i += decoded.length;
    }
    at.push(offset(chunk.text.length));
    return [{ ...chunk, text, at: chunk.at === null ? null : at }];
  });
}

/** The first character of a run of escapes. */
function decodeOne(run: string): { text: string; length: number } | null {
  for (const length of [3, 6, 9, 12]) {
    if (length > run.length) return null;
    try {
      return { text: decodeURIComponent(run.slice(0, length)), length };
    } catch {
      // A character of several bytes: take one more.
    }
  }
  return null;
}

export function encodeChunks(chunks: readonly Chunk[], style: "component" | "uri" | "form"): Chunk[] {
  return mapChunks(chunks, (chunk) => [
    mapCharacters(chunk, (character) => encodeCharacter(character, style)),
  ]);
}

function encodeCharacter(character: string, style: "component" | "uri" | "form"): string {
  if (/[A-Za-z0-9_.*-]/.test(character)) return character;
  if (style === "form" && character === " ") return "+";
  try {
    return style === "uri" ? encodeURI(character) : encodeURIComponent(character);
  } catch {
    // Half of a surrogate pair: it cannot stand in a scope; kept as it is.
    return character;
  }
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
