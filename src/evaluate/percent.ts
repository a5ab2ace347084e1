/** Text escaped for a URL and back, each character with the place of what it was written as. */
import { mapCharacters, mapChunks } from "./text.js";
import type { Chunk } from "./values.js";

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
