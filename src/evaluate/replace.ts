/** `text.replace(pattern, replacement)`, also with a function that makes what is put in. */
import type { Evaluator } from "./evaluator.js";
import { callBack } from "./functions.js";
import { isTooLong, matcher, type Match, type Matcher } from "./patterns.js";
import { textChoice } from "./strings.js";
import type { Reading } from "./members.js";
import {
  expand,
  knownChunks,
  knownText,
  outline,
  plainText,
  replaced,
  sliceText,
  stringOf,
  textsIn,
  unknownsIn,
} from "./text.js";
import {
  UNDEFINED,
  unknown,
  type Chunk,
  type StringValue,
  type TextChunk,
  type Thunk,
  type Value,
} from "./values.js";

/** More places than this of one text are not filled in by calling a function. */
const MOST_CALLS = 40;

/** A text that can be more texts than this is not spelt out. */
const MOST_TEXTS = 256;

/** What is put in for a match. */
interface Put {
  /** It says something of what it replaces. */
  quotes: boolean;
  make: (chunk: TextChunk, match: Match) => Chunk[];
}

export function replace(
  evaluator: Evaluator,
  value: StringValue,
  args: readonly Thunk[],
  all: boolean,
  at: Reading,
): Value[] {
  const pattern = matcher(args[0]?.() ?? [], all);
  const put = putFor(evaluator, args[1]?.() ?? [], at);
  if (pattern === null || put === null || isTooLong(value, pattern)) {
    const known = knownChunks(value.chunks);
    // Not knowing the change, the text is not known either; a text without scopes keeps its own reason.
    return known === null ? [value] : [unknown("replaced at run time", at)];
  }
  const change = { pattern, put };
  if (!isAcrossEdges(value.chunks, pattern)) return [{ ...value, chunks: whole(value.chunks, change) }];
  // What is found may lie over the edge of a choice, or at it: it is looked for in each text that there may be.
  const { expansions, overflow } = expand(value.chunks, MOST_TEXTS);
  if (overflow || expansions.some(({ chunks }) => isTooLong(stringOf(chunks), pattern)))
    return [unknown("replaced at run time", at)];
  const marked = { pattern, put: { quotes: put.quotes, make: () => [plainText(MARK)] } };
  const apart = new Set(
    expand(whole(value.chunks, marked), MOST_TEXTS).expansions.map(({ chunks }) => outline(chunks)),
  );
  const texts = new Set(expansions.map(({ chunks }) => outline(whole(chunks, marked))));
  if (apart.size === texts.size && [...texts].every((text) => apart.has(text)))
    return [{ ...value, chunks: whole(value.chunks, change) }];
  const [first = [], ...others] = expansions.map(({ chunks }) => whole(chunks, change));
  return others.every((other) => outline(other) === outline(first))
    ? [{ ...value, chunks: first }]
    : [unknown("replaced at run time", at)];
}

/** Stands for what is put in. */
const MARK = "\uE001";

function whole(chunks: readonly Chunk[], change: { pattern: Matcher; put: Put }): Chunk[] {
  return changed(chunks, change, { before: false, after: false }).chunks;
}

/** Whether a pattern can find more, or less, where the choices of a text are spelt out than within each branch. */
function isAcrossEdges(chunks: readonly Chunk[], pattern: Matcher): boolean {
  const solid = chunks.filter((chunk) => chunk.kind !== "text" || chunk.text !== "");
  const choices = solid.filter((chunk) => chunk.kind === "choice");
  if (choices.length === 0 || unknownsIn(chunks).length > 0) return false;
  // Branches with nothing beside them are whole texts.
  if (solid.length === 1)
    return choices.some(({ alternatives }) =>
      alternatives.some((alternative) => isAcrossEdges(alternative.chunks, pattern)),
    );
  const { find, all, atom } = pattern;
  if (atom === null || !all) return true;
  if (atom === "one") return false;
  // A run of blanks is one where no two of its parts meet.
  const found = textsIn(chunks).map(({ text }) => ({ text, matches: find(text) }));
  const isAtStart = found.some(({ matches }) => matches.some(([[start]]) => start === 0));
  return isAtStart && found.some(({ text, matches }) => matches.some(([[, end]]) => end === text.length));
}

/** Stands for a part of a text that is not spelt out. */
const OPAQUE = "\uE000";

/**
 * The chunks of a text with what is found replaced: found in the whole of it, so that `^` and `$` stand at its ends alone,
 * whatever it is put together of.
 * @param edges Whether something stands before and after the chunks, which are a branch of a text then.
 */
function changed(
  chunks: readonly Chunk[],
  change: { pattern: Matcher; put: Put },
  edges: { before: boolean; after: boolean },
): { chunks: Chunk[]; isDone: boolean } {
  const { pattern, put } = change;
  const parts = chunks.map((chunk) => (chunk.kind === "text" ? chunk.text : OPAQUE));
  const flat = `${edges.before ? OPAQUE : ""}${parts.join("")}${edges.after ? OPAQUE : ""}`;
  const first = edges.before ? 1 : 0;
  const last = flat.length - (edges.after ? 1 : 0);
  const isKnown = !flat.includes(OPAQUE);
  const matches = pattern.find(flat).filter(([[start, end]]) => {
    if (start < first || end > last) return false;
    return isKnown || !flat.slice(start, end).includes(OPAQUE) || (pattern.sweeps && !put.quotes);
  });
  const out: Chunk[] = [];
  let isDone = false;
  let from = first;
  for (const [index, chunk] of chunks.entries()) {
    const start = from;
    const end = start + (parts[index]?.length ?? 0);
    from = end;
    if (chunk.kind === "text") {
      let kept = start;
      for (const match of isDone && !pattern.all ? [] : matches) {
        const [[begin, stop]] = match;
        if (begin >= end || stop <= start) continue;
        if (begin > kept) out.push(sliceText(chunk, kept - start, begin - start));
        // What goes over several chunks is put in where it begins.
        if (begin >= start) out.push(...put.make(...within(chunk, start, match, flat)));
        kept = Math.min(stop, end);
      }
      if (kept < end) out.push(sliceText(chunk, kept - start, end - start));
      continue;
    }
    const over = matches.find(([[begin, stop]]) => begin <= start && stop >= end);
    if (over !== undefined) {
      if (over[0][0] === start) out.push(...put.make(plainText(""), [[0, 0]]));
      continue;
    }
    const isLater = !pattern.all && (isDone || (matches[0]?.[0][0] ?? Infinity) < start);
    if (chunk.kind === "unknown" || isLater) {
      out.push(chunk);
      continue;
    }
    const inner = chunk.alternatives.map((alternative) => ({
      alternative,
      made: changed(alternative.chunks, change, { before: start > 0, after: end < flat.length }),
    }));
    isDone ||= inner.every(({ made }) => made.isDone);
    const alternatives = inner.map(({ alternative, made }) => ({ ...alternative, chunks: made.chunks }));
    out.push({ ...chunk, alternatives });
  }
  return { chunks: out, isDone: isDone || matches.length > 0 };
}

/** A match as one of the chunk that it begins in, or of all that it goes over. */
function within(chunk: TextChunk, start: number, match: Match, flat: string): [TextChunk, Match] {
  const [[begin, stop]] = match;
  const isInside = stop <= start + chunk.text.length;
  const by = isInside ? start : begin;
  const moved = match.map((range) => range && [range[0] - by, range[1] - by]) as unknown as Match;
  if (isInside) return [chunk, moved];
  return [{ ...chunk, text: flat.slice(begin, stop), at: null }, moved];
}

/** Null for a replacement that quotes what it does not match. */
function putFor(evaluator: Evaluator, replacements: readonly Value[], at: Reading): Put | null {
  const [only, ...others] = replacements;
  const text = only !== undefined && others.length === 0 ? knownText(only) : null;
  if (text !== null && /\$[<`']/.test(text)) return null;
  // Words are written where the replacement is; separators, and what quotes the old text, stand in its place.
  if (text !== null && (!/[a-z]/i.test(text) || /\$[$&\d]/.test(text)))
    return { quotes: text.includes("$"), make: (chunk, match) => written(chunk, match, text) };
  if (only !== undefined && others.length === 0 && makesText(only)) {
    let calls = 0;
    const make: Put["make"] = (chunk, match) => {
      calls += 1;
      const made = calls > MOST_CALLS ? [] : callBack(evaluator, only, matched(chunk, match), at);
      // `values[key] ?? ""`, `values[key] ?? match`: nobody means what stands nowhere.
      const nothing: readonly (string | null)[] = ["", chunk.text.slice(...match[0])];
      const meant = made.filter((value) => !nothing.includes(knownText(value)));
      const texts = meant.length > 0 ? meant : made;
      return texts.length > 0 ? textChoice(evaluator, texts, at) : [notKnown(at)];
    };
    return { quotes: true, make };
  }
  // `"/lists/:id".replace(":id", id)`: what is put in may be unknown, where it goes is not.
  const put =
    replacements.every(isText) && only !== undefined
      ? textChoice(evaluator, replacements, at)
      : [notKnown(at)];
  return { quotes: false, make: () => put };
}

function notKnown(at: Reading): Chunk {
  return { kind: "unknown", value: unknown("replaced at run time", at) };
}

/** What the function is given: the match, then its groups. */
function matched(chunk: TextChunk, match: Match): Value[][] {
  return match.map((range) => [
    range === null ? UNDEFINED : stringOf([sliceText(chunk, range[0], range[1])]),
  ]);
}

/** A text for a match, `$&` and `$1` in it filled in. */
function written(chunk: TextChunk, match: Match, pattern: string): Chunk[] {
  const text = pattern.replace(/\$(?:([$&])|(\d))/g, (whole, sign: string | undefined, digit: string) => {
    if (sign === "$") return "$";
    const index = sign === "&" ? 0 : Number(digit);
    const range = match[index];
    if (range === undefined || (index === 0 && sign !== "&")) return whole;
    return range === null ? "" : chunk.text.slice(...range);
  });
  return text === "" ? [] : [replaced(chunk, ...match[0], text)];
}

/** A function, written here or handed over by name: `replace(/ /g, encodeURIComponent)`. */
function makesText(value: Value): boolean {
  return value.kind === "function" || (value.kind === "external" && !isText(value));
}

function isText(value: Value): boolean {
  switch (value.kind) {
    case "string":
    case "unknown":
    case "result":
      return true;
    case "external":
      return value.result !== null || value.path.length > 1;
    default:
      return false;
  }
}
