/** Where a list is written: in one literal, as items of a list, put together from several. */
import { mapChunks, offsetAt, textsIn } from "../evaluate/text.js";
import type { Chunk, Owner, TextChunk } from "../evaluate/values.js";
import { textOf, type Piece, type Word } from "./list-words.js";
import type { Place } from "./types.js";

/** Whether a word is written in one piece and goes out as it is written. */
export function isPlain(pieces: readonly Piece[]): boolean {
  const place = placeOfPieces(pieces);
  return (
    place !== null &&
    place.range[1] - place.range[0] === pieces.map(textOf).join("").length &&
    pieces.length === 1
  );
}

/** From the first piece to the last; null where nothing of them is written in the project. */
export function placeOfPieces(pieces: readonly Piece[]): Place | null {
  const first = pieces.find((piece) => piece.chunk.at !== null);
  const last = pieces.findLast((piece) => piece.chunk.at !== null && piece.chunk.file === first?.chunk.file);
  if (first === undefined || last === undefined) return null;
  const start = offsetAt(first.chunk, first.start);
  const end = offsetAt(last.chunk, last.end);
  if (start === null || end === null) return null;
  if (end < start || (first !== last && end - start > 400)) {
    const firstEnd = offsetAt(first.chunk, first.end) ?? start;
    return { file: first.chunk.file, range: [start, firstEnd] };
  }
  return { file: first.chunk.file, range: [start, end] };
}

/** Where the list is written: the smallest expression that holds all of it and nothing else, or its first to last token. */
export function placeOfList(
  words: readonly Word[],
  chunks: readonly Chunk[],
  all: readonly Chunk[],
): Place | null {
  const pieces = words.flatMap((word) => word.pieces).filter((piece) => piece.chunk.at !== null);
  const [first] = pieces;
  if (first === undefined) return null;
  const outside = textsIn(all).filter((chunk) => chunk.text !== "" && !contains(chunks, chunk));
  const isWhole = (owner: Owner): boolean =>
    pieces.every((piece) => hasOwner(piece.chunk, owner)) &&
    !outside.some((chunk) => hasOwner(chunk, owner)) &&
    !partOfLiteral(owner, chunks);
  // The list literal of all elements, first; a list that was joined from several; then the literal, template or concatenation that is all of it.
  const owners = first.chunk.owners.filter((owner) => owner.kind !== "computed");
  const { item } = first.chunk;
  if (item !== null && pieces.every((piece) => piece.chunk.item?.list === item.list)) {
    return { file: item.file, range: item.list.range };
  }
  const list = owners.find((owner) => owner.kind === "list" && isWhole(owner));
  if (list !== undefined) return { file: list.file, range: list.range };
  const unknownsToo = first.chunk.owners.filter((owner) => owner.kind !== "computed" && isWhole(owner));
  // With unknown parts the smallest text around all of it is meant, not the literal before them.
  const wanted = chunks.some((chunk) => chunk.kind === "unknown")
    ? (unknownsToo.find((owner) => owner.kind !== "literal") ?? unknownsToo[0])
    : unknownsToo[0];
  if (wanted !== undefined) return { file: wanted.file, range: wanted.range };
  const file = first.chunk.file;
  const here = pieces.filter((piece) => piece.chunk.file === file);
  // Whole literals are taken with their quotes.
  const literal = (piece: Piece): Owner | undefined =>
    piece.chunk.owners.find(
      (owner) =>
        owner.kind === "literal" &&
        !outside.some((chunk) => hasOwner(chunk, owner)) &&
        !partOfLiteral(owner, chunks),
    );
  const starts = here.map((piece) => literal(piece)?.range[0] ?? offsetAt(piece.chunk, piece.start) ?? 0);
  const ends = here.map((piece) => literal(piece)?.range[1] ?? offsetAt(piece.chunk, piece.end) ?? 0);
  return { file, range: [Math.min(...starts), Math.max(...ends)] };
}

function hasOwner(chunk: TextChunk, owner: Owner): boolean {
  return chunk.owners.some((one) => one.node === owner.node && one.file === owner.file);
}

/**
 * Text that is an item of a larger list, such as that of the URL's parameters, is no item of the scope list: a literal
 * that stands in an item of that list and is no part of the scopes tells.
 */
export function itemsOfList(chunks: readonly Chunk[], all: readonly Chunk[]): Chunk[] {
  const larger = new Set(
    textsIn(all)
      .filter((chunk) => chunk.item !== null && chunk.text.trim() !== "" && !contains(chunks, chunk))
      .map((chunk) => chunk.item?.list),
  );
  return mapChunks(chunks, (chunk) => [larger.has(chunk.item?.list) ? { ...chunk, item: null } : chunk]);
}

/** Whether a piece of text is (a part of) what the list is made of, by its place. */
function contains(chunks: readonly Chunk[], chunk: TextChunk): boolean {
  const start = offsetAt(chunk, 0);
  if (start === null) return true;
  return textsIn(chunks).some((own) => {
    const from = offsetAt(own, 0);
    const to = offsetAt(own, own.text.length);
    return (
      own.file === chunk.file &&
      from !== null &&
      to !== null &&
      from <= start &&
      start < Math.max(to, from + 1)
    );
  });
}

/** A literal of which the list is only a part: `"https://…?scope=a%20b&state=x"`. */
function partOfLiteral(owner: Owner, chunks: readonly Chunk[]): boolean {
  if (owner.node.kind !== "string") return false;
  const length = owner.node.value.length;
  const here = textsIn(chunks).filter((chunk) => hasOwner(chunk, owner));
  const used = here.reduce((sum, chunk) => sum + chunk.text.length, 0);
  const from = Math.min(...here.map((chunk) => offsetAt(chunk, 0) ?? Infinity));
  const valueStart = typeof owner.node.at === "number" ? owner.node.at : (owner.node.at[0] ?? 0);
  const valueEnd = typeof owner.node.at === "number" ? owner.node.at + length : (owner.node.at.at(-1) ?? 0);
  const to = Math.max(...here.map((chunk) => offsetAt(chunk, chunk.text.length) ?? 0));
  // Trimmed white space at the ends does not make it a part.
  return (
    used < length &&
    (from > valueStart || to < valueEnd) &&
    /[^\s]/.test(cutOff(owner.node.value, from - valueStart, to - valueStart))
  );
}

function cutOff(value: string, from: number, to: number): string {
  return value.slice(0, Math.max(0, from)) + value.slice(Math.max(0, to));
}
