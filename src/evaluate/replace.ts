/** `text.replace(pattern, replacement)`, also with a function that makes what is put in. */
import type { Evaluator } from "./evaluator.js";
import { callBack } from "./functions.js";
import { isTooLong, matcher, type Match } from "./patterns.js";
import { textChoice } from "./strings.js";
import type { Reading } from "./members.js";
import { knownChunks, knownText, mapChunks, replaced, sliceText, stringOf } from "./text.js";
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

/** What is put in for a match. */
type Put = (chunk: TextChunk, match: Match) => Chunk[];

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
  let done = false;
  const chunks = mapChunks(value.chunks, (chunk) => {
    const matches = done && !all ? [] : pattern.find(chunk.text);
    if (matches.length === 0) return [chunk];
    done = true;
    const out: Chunk[] = [];
    let from = 0;
    for (const match of matches) {
      const [[start, end]] = match;
      if (start > from) out.push(sliceText(chunk, from, start));
      out.push(...put(chunk, match));
      from = end;
    }
    if (from < chunk.text.length) out.push(sliceText(chunk, from, chunk.text.length));
    return out;
  });
  return [{ ...value, chunks }];
}

/** Null for a replacement that quotes what it does not match. */
function putFor(evaluator: Evaluator, replacements: readonly Value[], at: Reading): Put | null {
  const [only, ...others] = replacements;
  const text = only !== undefined && others.length === 0 ? knownText(only) : null;
  if (text !== null && /\$[<`']/.test(text)) return null;
  // Words are written where the replacement is; separators, and what quotes the old text, stand in its place.
  if (text !== null && (!/[a-z]/i.test(text) || /\$[$&\d]/.test(text)))
    return (chunk, match) => written(chunk, match, text);
  if (only !== undefined && others.length === 0 && makesText(only)) {
    let calls = 0;
    return (chunk, match) => {
      calls += 1;
      const made = calls > MOST_CALLS ? [] : callBack(evaluator, only, matched(chunk, match), at);
      // `values[key] ?? ""`, `values[key] ?? match`: nobody means what stands nowhere.
      const nothing: readonly (string | null)[] = ["", chunk.text.slice(...match[0])];
      const meant = made.filter((value) => !nothing.includes(knownText(value)));
      const texts = meant.length > 0 ? meant : made;
      return texts.length > 0 ? textChoice(evaluator, texts, at) : [notKnown(at)];
    };
  }
  // `"/lists/:id".replace(":id", id)`: what is put in may be unknown, where it goes is not.
  const put =
    replacements.every(isText) && only !== undefined
      ? textChoice(evaluator, replacements, at)
      : [notKnown(at)];
  return () => put;
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
