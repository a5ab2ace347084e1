/** URLs that stand inside a larger text: a link in HTML that is sent, "Open https://… in your browser". */
import { sliceText } from "../evaluate/text.js";
import type { Chunk } from "../evaluate/values.js";

const SCHEME = /https?:\/\//gi;
/** What encloses a URL in a text, and what then ends it. */
const CLOSING = new Map([
  ['"', /"/],
  ["'", /'/],
  ["`", /`/],
  ["(", /\)/],
  ["<", />/],
  ["[", /\]/],
]);
/** The end of a URL that nothing encloses: a new line, or white space before a word that is neither scope nor parameter. */
const END = /[\r\n]|\s(?!\S*[:=&])/;

/** A page may hold many links; more than that is no page that is written by hand. */
const MAX_URLS = 40;

/**
 * The URLs inside a text, each from its `http://` to where it ends. Null when the text itself is one; without those of
 * prose that only quotes them: nothing encloses such a URL and nothing is put in.
 */
export function embeddedUrls(chunks: readonly Chunk[]): Chunk[][] | null {
  const shown = chunks.filter((chunk) => chunk.kind !== "text" || chunk.text !== "");
  const out: Chunk[][] = [];
  for (const [position, chunk] of shown.entries()) {
    if (chunk.kind !== "text") continue;
    for (const match of chunk.text.matchAll(SCHEME)) {
      if (position === 0 && match.index === 0) return null;
      if (out.length >= MAX_URLS) return out;
      const opening =
        match.index > 0 ? (chunk.text[match.index - 1] ?? "") : lastCharacter(shown[position - 1]);
      const closing = CLOSING.get(opening);
      const rest = [sliceText(chunk, match.index, chunk.text.length), ...shown.slice(position + 1)];
      const url = upTo(closing ?? END, rest);
      if (closing !== undefined || url.length > 1) out.push(url);
    }
  }
  return out.length > 0 ? out : null;
}

function lastCharacter(chunk: Chunk | undefined): string {
  return chunk?.kind === "text" ? chunk.text.slice(-1) : "";
}

function upTo(end: RegExp, chunks: readonly Chunk[]): Chunk[] {
  const out: Chunk[] = [];
  for (const chunk of chunks) {
    const at = chunk.kind === "text" ? (end.exec(chunk.text)?.index ?? -1) : -1;
    if (chunk.kind !== "text" || at < 0) {
      out.push(chunk);
      continue;
    }
    if (at > 0) out.push(sliceText(chunk, 0, at));
    break;
  }
  return out;
}
