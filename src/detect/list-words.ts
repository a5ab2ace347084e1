/** The words of a text that may be a scope list, and what stands between them, with the place of every character. */
import type { Chunk, TextChunk, UnknownValue } from "../evaluate/values.js";

export interface Piece {
  chunk: TextChunk;
  start: number;
  end: number;
}

/** A token while it is read: pieces of text that touch. */
export interface Word {
  pieces: Piece[];
  optional: boolean;
  unknown: UnknownValue | null;
}

export interface Separator {
  text: string;
  pieces: Piece[];
  /** Stands before the first or after the last token. */
  outer: boolean;
}

/** The text of a piece, as it goes out. */
export function textOf(piece: Piece): string {
  return piece.chunk.text.slice(piece.start, piece.end);
}

const SEPARATOR = /[\s,;|+]+/g;

/** The words of a text in their order, and the separators between and around them. */
export function readWords(chunks: readonly Chunk[]): { words: Word[]; separators: Separator[] } {
  const words: Word[] = [];
  const separators: Separator[] = [];
  let current = null as Word | null;
  let ended = true as boolean;
  const close = (): void => {
    if (current !== null && (current.pieces.length > 0 || current.unknown !== null)) words.push(current);
    current = null;
  };
  const addText = (chunk: TextChunk, start: number, end: number, optional: boolean): void => {
    if (start >= end) return;
    const before = current?.pieces.at(-1);
    // Two elements of a list with nothing between them: `scopes.join("")`.
    if (before !== undefined && start === 0 && isOtherItem(before.chunk, chunk)) {
      close();
      separators.push({ text: "", pieces: [], outer: false });
    }
    current ??= { pieces: [], optional, unknown: null };
    current.pieces.push({ chunk, start, end });
    ended = false;
  };
  const walk = (run: readonly Chunk[], optional: boolean): void => {
    for (const chunk of run) {
      if (chunk.kind === "unknown") {
        current ??= { pieces: [], optional, unknown: null };
        current.unknown ??= chunk.value;
        ended = false;
        continue;
      }
      if (chunk.kind === "choice") {
        const glues = chunk.alternatives.some((alternative) => {
          const [first] = alternative.chunks;
          return first !== undefined && !(first.kind === "text" && /^[\s,;|+]/.test(first.text));
        });
        // `"a b" + (beta ? " c" : "")` ends the word; `"a:" + (all ? "write" : "read")` goes on with it.
        if (!glues) close();
        const before: Word | null = current;
        for (const alternative of chunk.alternatives) {
          current = before === null ? null : { ...before, pieces: [...before.pieces] };
          walk(alternative.chunks, chunk.alternatives.length > 1 || optional);
          close();
        }
        current = null;
        continue;
      }
      let from = 0;
      for (const match of chunk.text.matchAll(SEPARATOR)) {
        addText(chunk, from, match.index, optional);
        const first = words.length === 0 && current === null;
        close();
        separators.push({
          text: match[0],
          pieces: [{ chunk, start: match.index, end: match.index + match[0].length }],
          outer: first,
        });
        ended = true;
        from = match.index + match[0].length;
      }
      addText(chunk, from, chunk.text.length, optional);
    }
  };
  walk(chunks, false);
  close();
  // Nothing was read since the last separator: it stands at the end.
  if (ended) {
    const last = separators.at(-1);
    if (last !== undefined) last.outer = true;
  }
  return { words, separators };
}

function isOtherItem(a: TextChunk, b: TextChunk): boolean {
  return (
    a.item !== null && b.item !== null && a.item.item !== b.item.item && /:(?:read|write)$/i.test(a.text)
  );
}
