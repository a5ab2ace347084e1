/** Making and changing text: concatenation, conversion, the methods of strings. */
import type { Evaluator } from "./evaluator.js";
import { plainItem } from "./items.js";
import { leadsOn } from "./next-page.js";
import { says, slice } from "./parts-of-text.js";
import { isTooLong, matcher } from "./patterns.js";
import { isOfProject } from "./project-paths.js";
import { paramsToChunks, urlToChunks } from "./urls.js";
import {
  choose,
  expand,
  isOversized,
  knownTexts,
  mapCharacters,
  mapChunks,
  replaced,
  own,
  plainText,
  sliceText,
  splitChunks,
  stringOf,
  trimChunks,
} from "./text.js";
import {
  primitive,
  under,
  unknown,
  type Chunk,
  type ListValue,
  type Origin,
  type Owner,
  type ParamsValue,
  type StringValue,
  type Thunk,
  type UrlValue,
  type Value,
  always,
  type ListItem,
} from "./values.js";

/** `a + b + …` and templates: one text in which a part that has several values is a choice. */
export function joinText(evaluator: Evaluator, parts: readonly Value[][], owner: Owner): Value[] {
  const chunks = parts.flatMap((values) => textChoice(evaluator, values, owner));
  return [stringOf(own(bounded(chunks, owner), owner))];
}

function bounded(chunks: Chunk[], origin: Origin): Chunk[] {
  if (!isOversized(chunks)) return chunks;
  return [{ kind: "unknown", value: unknown("too much to follow", origin, { exhausted: true }) }];
}

/** Several values as text in one place. */
export function textChoice(evaluator: Evaluator, values: readonly Value[], origin: Origin): Chunk[] {
  if (values.length === 0) return [{ kind: "unknown", value: unknown("without a value", origin) }];
  const present = values.filter(
    (value) =>
      !(value.kind === "primitive" && (value.value === undefined || value.value === null)) &&
      !(value.kind === "unknown" && value.maybe === true),
  );
  return choose(
    (present.length > 0 ? present : values).map((value) => ({
      chunks: chunksOf(evaluator, value, origin),
      when: value.when ?? [],
    })),
  );
}

/** A value as text, the way a template turns it into text. */
export function chunksOf(evaluator: Evaluator, value: Value, origin: Origin): Chunk[] {
  switch (value.kind) {
    case "string":
      return value.chunks;
    case "primitive":
      // `${beta && "x:read"}`: false here stands for "nothing"; to print it would be a fault of another kind.
      return value.value === false || value.value === undefined || value.value === null
        ? []
        : [plainText(String(value.value))];
    case "list":
    case "params":
    case "url":
      return evaluator.into(
        value,
        () => heldAsText(evaluator, value, origin),
        () => [{ kind: "unknown", value: unknown("too much to follow", origin, { exhausted: true }) }],
      );
    case "unknown":
      return [{ kind: "unknown", value }];
    case "external":
      return [
        {
          kind: "unknown",
          value: unknown(
            value.module === ""
              ? `the global \`${value.path.join(".")}\``
              : `what the package \`${value.module}\` gives`,
            origin,
            {
              name: value.path.at(-1) ?? "",
              ...(isOfProject(value) ? { ofProject: true } : {}),
              ...(leadsOn(value) ? { nextPage: true } : {}),
            },
          ),
        },
      ];
    case "object":
      return [{ kind: "unknown", value: unknown("an object where a text is wanted", origin) }];
    case "result":
      return [
        {
          kind: "unknown",
          value: unknown(
            "answered at run time",
            value.node === null ? origin : { file: value.file, range: value.node.range },
            leadsOn(value)
              ? { name: "location", nextPage: true }
              : isOfProject(value)
                ? { ofProject: true }
                : {},
          ),
        },
      ];
    default:
      return [{ kind: "unknown", value: unknown("no text", origin) }];
  }
}

function heldAsText(
  evaluator: Evaluator,
  value: ListValue | ParamsValue | UrlValue,
  origin: Origin,
): Chunk[] {
  if (value.kind === "list") return joinItems(evaluator, value.items, [stringOf([plainText(",")])], origin);
  return value.kind === "params" ? paramsToChunks(evaluator, value) : urlToChunks(evaluator, value);
}

/** `list.join(separator)`. */
export function joinItems(
  evaluator: Evaluator,
  items: readonly ListItem[],
  separator: readonly Value[],
  origin: Origin,
): Chunk[] {
  const between = textChoice(evaluator, separator, origin);
  const texts = items.map((item) => {
    const alternatives = item.values().map((value) => ({
      chunks: withItem(chunksOf(evaluator, value, origin), item),
      when: value.when ?? [],
    }));
    return item.rest && alternatives.length === 0 ? [] : choose(alternatives);
  });
  const firm = items.findIndex((item) => !item.optional || item.rest);
  const joined = items.flatMap((item, position): Chunk[] => {
    const text = texts[position] ?? [];
    const isOptional = item.optional && !item.rest;
    // What comes before the first item that is surely there brings the separator after it, the others before.
    if (position < firm) return [maybe([...text, ...between], item.loose === true, item)];
    const piece = position === Math.max(firm, 0) ? text : [...between, ...text];
    return isOptional ? [maybe(piece, firm < 0 || item.loose === true, item)] : piece;
  });
  return bounded(joined, origin);
}

function maybe(chunks: Chunk[], approximate: boolean, { branch }: ListItem): Chunk {
  return {
    kind: "choice",
    ...(approximate ? { approximate } : {}),
    alternatives: [
      { chunks: [], when: [], ...(branch?.surely === true ? { unless: branch.when } : {}) },
      { chunks, when: branch?.when ?? [] },
    ],
  };
}

function withItem(chunks: Chunk[], item: ListItem): Chunk[] {
  const { origin } = item;
  if (origin === null) return chunks;
  return mapChunks(chunks, (chunk) => [{ ...chunk, item: chunk.item ?? origin }]);
}

/** A method of a string; null where it is none that we know. */
export function stringMethod(
  evaluator: Evaluator,
  value: StringValue,
  method: string,
  args: readonly Thunk[],
  origin: Origin & { owner: Owner },
): Value[] | null {
  const changed = (chunks: Chunk[]): Value[] => [{ ...value, chunks }];
  switch (method) {
    case "toString":
    case "valueOf":
    case "normalize":
    case "toWellFormed":
    case "trimmed":
      return [value];
    case "trim":
      return changed(trimChunks(value.chunks, { start: true, end: true }));
    case "trimStart":
    case "trimLeft":
      return changed(trimChunks(value.chunks, { start: true, end: false }));
    case "trimEnd":
    case "trimRight":
      return changed(trimChunks(value.chunks, { start: false, end: true }));
    case "toLowerCase":
    case "toLocaleLowerCase":
      return changed(mapChunks(value.chunks, (chunk) => [mapCharacters(chunk, (c) => c.toLowerCase())]));
    case "toUpperCase":
    case "toLocaleUpperCase":
      return changed(mapChunks(value.chunks, (chunk) => [mapCharacters(chunk, (c) => c.toUpperCase())]));
    case "concat":
      return joinText(evaluator, [[value], ...args.map((argument) => argument())], origin.owner);
    case "split":
      return split(value, args, origin);
    case "slice":
    case "substring":
    case "substr":
      return slice(value, args, method, origin);
    case "startsWith":
    case "endsWith":
    case "includes": {
      const { texts, complete } = knownTexts(args[0]?.() ?? []);
      const answers = new Set(texts.map((wanted) => says(value.chunks, method, wanted)));
      const [answer = null] = answers;
      const isSure = complete && answers.size === 1 && answer !== null;
      return [isSure ? primitive(answer) : unknown("computed at run time", origin)];
    }
    default:
      return null;
  }
}

function split(value: StringValue, args: readonly Thunk[], origin: Origin): Value[] {
  const pattern = matcher(args[0]?.() ?? [], true);
  if (pattern === null || isTooLong(value, pattern)) return [unknown("split at run time", origin)];
  const find = (text: string): [number, number][] => pattern.find(text).map(([whole]) => whole);
  const listOf = (chunks: readonly Chunk[]): ListValue => ({
    kind: "list",
    items: splitItems(chunks, find),
    node: null,
    file: origin.file,
    set: false,
  });
  if (!differsByBranch(value.chunks, find)) return [listOf(value.chunks)];
  const { expansions, overflow } = expand(value.chunks);
  if (overflow) return [listOf(value.chunks)];
  return expansions.flatMap(({ chunks, when }) => under(listOf(chunks), when) ?? []);
}

/** Whether a text splits into other lists from branch to branch, not into one list with optional items. */
function differsByBranch(chunks: readonly Chunk[], find: (text: string) => [number, number][]): boolean {
  const solid = chunks.filter((chunk) => chunk.kind !== "text" || chunk.text !== "");
  return solid.some((chunk, position) => {
    if (chunk.kind !== "choice" || !isCut(chunk, find)) return false;
    // Branches with nothing beside them are whole lists, not parts of one.
    if (solid.length === 1) return true;
    // Choices within choices have no list of their own to become.
    if (
      chunk.alternatives.some(({ chunks: inner }) =>
        inner.some((one) => one.kind === "choice" && isCut(one, find)),
      )
    )
      return true;
    const before = solid[position - 1];
    const after = solid[position + 1];
    return (
      (before !== undefined && splitChunks([before], find).at(-1)?.length !== 0) ||
      (after !== undefined && splitChunks([after], find)[0]?.length !== 0)
    );
  });
}

/** Whether a separator stands in any branch of it, however deep. */
function isCut(chunk: Chunk, find: (text: string) => [number, number][]): boolean {
  if (chunk.kind === "text") return find(chunk.text).length > 0;
  return (
    chunk.kind === "choice" && chunk.alternatives.some(({ chunks }) => chunks.some((one) => isCut(one, find)))
  );
}

/** The pieces of a text as list items; those that stand only in one branch are optional. */
function splitItems(chunks: readonly Chunk[], find: (text: string) => [number, number][]): ListItem[] {
  const items: ListItem[] = [];
  let run: Chunk[] = [];
  let open = false;
  const flush = (): void => {
    for (const piece of splitChunks(run, find)) {
      items.push(plainItem(always([stringOf(piece)])));
    }
    run = [];
  };
  for (const chunk of chunks) {
    if (chunk.kind !== "choice" || !isCut(chunk, find)) {
      run.push(chunk);
      open = true;
      continue;
    }
    if (open) flush();
    open = false;
    for (const alternative of chunk.alternatives) {
      for (const piece of splitChunks(alternative.chunks, find)) {
        if (piece.length === 0) continue;
        items.push({
          values: always([stringOf(piece)]),
          optional: true,
          rest: false,
          loose: true,
          ...(alternative.when.length === 0 ? {} : { branch: { when: alternative.when, surely: true } }),
          origin: null,
        });
      }
    }
  }
  if (open || items.length === 0) flush();
  return items;
}

/** Takes the common indentation of a tagged template off; with `oneLine` the line breaks too. */
export function tidy(value: StringValue, oneLine: boolean): StringValue {
  const find = (text: string): [number, number][] =>
    [...text.matchAll(/\n[ \t]*/g)].map((match): [number, number] => [
      match.index,
      match.index + match[0].length,
    ]);
  const chunks = mapChunks(value.chunks, (chunk) => {
    const out: Chunk[] = [];
    let from = 0;
    for (const [start, end] of find(chunk.text)) {
      if (start > from) out.push(sliceText(chunk, from, start));
      out.push(replaced(chunk, start, end, oneLine ? " " : "\n"));
      from = end;
    }
    if (from < chunk.text.length) out.push(sliceText(chunk, from, chunk.text.length));
    return out;
  });
  return { ...value, chunks: trimChunks(chunks, { start: true, end: true }) };
}
