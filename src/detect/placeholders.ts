/**
 * Placeholders in texts of code: what a template engine, a formatter or a `replace` fills in before the text is sent.
 * What stands there then is not known here, unless the evaluation has seen it filled in.
 */
import { mapChunks, offsetAt, sliceText } from "../evaluate/text.js";
import type { Place } from "./types.js";
import { unknown, type Chunk, type TextChunk } from "../evaluate/values.js";

/** In brackets, wherever they stand, spaces and all: `${a.join(" ")}`, `{{ scopes }}`, `<%= scopes %>`, `#{scopes}`, `{0}`. */
const BRACKETED =
  /[$#]?\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|<%.{0,200}?%>|[$#]\{[^{}]{0,200}(?:\{[^{}]{0,200}\}[^{}]{0,200}){0,4}\}|\{[\w.$-]{0,60}\}|<[\w -]{1,60}>/g;
/** A whole word: `%s`, `%SCOPES%`, `$SCOPES`, `:scope`, `__SCOPES__`, `@@SCOPES@@`. */
const WORD =
  /(?<![^\s,;|+])(?:%(?:25)?s|%(?:25)?\w{1,60}%(?:25)?|\$\w{1,60}|:scopes?|__\w{1,60}__|@@\w{1,60}@@)(?![^\s,;|+])/g;

/** Whether something is filled in to a text before it is sent. */
export function isTemplate(text: string): boolean {
  return [BRACKETED, WORD].some((pattern) => text.search(pattern) >= 0);
}

const MAY_HOLD = /[{<%$:_@]/;

/** Puts an unknown part where a placeholder stands. @param fallback Where the text is used, if it is written nowhere. */
export function withPlaceholders(chunks: readonly Chunk[], fallback: Place): Chunk[] {
  return cutOut(cutOut(chunks, BRACKETED, fallback), WORD, fallback);
}

function cutOut(chunks: readonly Chunk[], pattern: RegExp, fallback: Place): Chunk[] {
  return mapChunks(chunks, (chunk) => {
    if (!MAY_HOLD.test(chunk.text)) return [chunk];
    const out: Chunk[] = [];
    let from = 0;
    for (const { index, 0: text } of chunk.text.matchAll(pattern)) {
      const to = index + text.length;
      if (index > from) out.push(sliceText(chunk, from, index));
      out.push({ kind: "unknown", value: unknown("a placeholder", placeOf(chunk, index, to) ?? fallback) });
      from = to;
    }
    if (from < chunk.text.length || out.length === 0) out.push(sliceText(chunk, from, chunk.text.length));
    return out;
  });
}

function placeOf(chunk: TextChunk, start: number, end: number): Place | null {
  const [from, to] = [offsetAt(chunk, start), offsetAt(chunk, end)];
  return from === null || to === null ? null : { file: chunk.file, range: [from, to] };
}
