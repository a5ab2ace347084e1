/**
 * A scope list as it goes out: its tokens with the place of every character, what is wrong with the way it is
 * written, and the edits that change it. Klaviyo wants one space-separated list
 * (https://developers.klaviyo.com/en/docs/set_up_oauth).
 */
import type {
  Edit,
  Malformation,
  MalformationKind,
  Place,
  RequestedToken,
  FoundRequest,
  Unresolved,
} from "./types.js";
import type { FileForm } from "../lower/form.js";
import { decodeChunks } from "../evaluate/urls.js";
import { mapChunks, offsetAt, outline } from "../evaluate/text.js";
import type { Chunk, Condition, Owner, TextChunk, UnknownValue } from "../evaluate/values.js";
import { insertionInto, removalOf } from "./list-edits.js";
import { withPlaceholders } from "./placeholders.js";

/** What a list of chunks says. */
export interface ReadList {
  place: Place;
  tokens: RequestedToken[];
  unresolved: Unresolved[];
  malformations: Malformation[];
  insertion: FoundRequest["insertion"];
}

/**
 * How a list goes out: as the one text Klaviyo reads, as a list that a library joins with spaces, or as a text that what
 * takes it splits at commas and joins with spaces.
 */
export type Delivery = "text" | "list" | "commas";

interface Piece {
  chunk: TextChunk;
  start: number;
  end: number;
}

/** A token while it is read: pieces of text that touch. */
interface Word {
  pieces: Piece[];
  optional: boolean;
  unknown: UnknownValue | null;
}

interface Separator {
  text: string;
  pieces: Piece[];
  /** Stands before the first or after the last token. */
  outer: boolean;
}

export interface Reader {
  form(file: string): FileForm | undefined;
}

/** Reads a list; null where no text of it is written in the project and nothing is unknown. */
export function readList(
  chunks: readonly Chunk[],
  delivery: Delivery,
  context: { all: readonly Chunk[]; fallback: Place; reader: Reader; isSent: boolean },
): ReadList | null {
  const decodedTwice = delivery === "text" && /%(?:20|2B|3A)/i.test(outline(chunks));
  const written = withPlaceholders(decodedTwice ? decodeChunks(chunks) : chunks, context.fallback);
  const read = itemsOfList(written, context.all);
  const { words, separators } = split(read);
  const unresolved = words.flatMap((word): Unresolved[] =>
    word.unknown === null
      ? []
      : [{ file: word.unknown.file, range: word.unknown.range, reason: word.unknown.reason }],
  );
  const known = words.filter((word) => word.unknown === null && word.pieces.length > 0);
  const tokens: RequestedToken[] = [];
  for (const word of known) {
    const place = placeOfPieces(word.pieces);
    if (place === null) continue;
    const text = word.pieces.map(textOf).join("");
    tokens.push({
      name: text.toLowerCase(),
      text,
      place,
      optional: word.optional,
      removal: removalOf(
        word.pieces.map((piece) => ({ chunk: piece.chunk, start: piece.start, end: piece.end })),
        place,
      ),
      replacement: isPlain(word.pieces) ? place : null,
    });
  }
  // What one text makes several tokens of cannot lose one of them.
  const shared = tokens.filter(
    ({ removal }) =>
      removal !== null &&
      tokens.filter((one) => one.removal !== null && samePlace(one.removal, removal)).length > 1,
  );
  for (const token of shared) token.removal = null;
  const place =
    placeOfList(known, read, context.all) ?? (unresolved[0] === undefined ? null : context.fallback);
  if (place === null) return null;
  return {
    place,
    tokens,
    unresolved,
    malformations: malformationsOf(tokens, separators, place, {
      decodedTwice,
      delivery,
      isSent: context.isSent,
    }),
    insertion: insertionInto(
      known[0]?.pieces[0]?.chunk ?? null,
      tokens,
      { delivery, own: delivery === "commas" || !context.isSent ? markBetween(separators) : null },
      context.reader,
    ),
  };
}

/** The mark that a list which is not sent as it is has between its tokens: `,` or `; `. */
function markBetween(separators: readonly Separator[]): string | null {
  const inner = separators.find(({ outer }) => !outer)?.text ?? "";
  return /^[,;|] ?$/.test(inner) ? inner : null;
}

/** Whether a place lies within another one, or is it. */
export function standsIn(inner: Place, outer: Place): boolean {
  return inner.file === outer.file && inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}

export function samePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.range[0] === b.range[0] && a.range[1] === b.range[1];
}

function textOf(piece: Piece): string {
  return piece.chunk.text.slice(piece.start, piece.end);
}

const SEPARATOR = /[\s,;|+]+/g;

function split(chunks: readonly Chunk[]): { words: Word[]; separators: Separator[] } {
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

function isPlain(pieces: readonly Piece[]): boolean {
  const place = placeOfPieces(pieces);
  return (
    place !== null &&
    place.range[1] - place.range[0] === pieces.map(textOf).join("").length &&
    pieces.length === 1
  );
}

function placeOfPieces(pieces: readonly Piece[]): Place | null {
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
function placeOfList(words: readonly Word[], chunks: readonly Chunk[], all: readonly Chunk[]): Place | null {
  const pieces = words.flatMap((word) => word.pieces).filter((piece) => piece.chunk.at !== null);
  const [first] = pieces;
  if (first === undefined) return null;
  const outside = textChunks(all).filter((chunk) => chunk.text !== "" && !contains(chunks, chunk));
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

function textChunks(chunks: readonly Chunk[]): TextChunk[] {
  return chunks.flatMap((chunk) =>
    chunk.kind === "text"
      ? [chunk]
      : chunk.kind === "choice"
        ? chunk.alternatives.flatMap((alternative) => textChunks(alternative.chunks))
        : [],
  );
}

/**
 * Text that is an item of a larger list, such as that of the URL's parameters, is no item of the scope list: a literal
 * that stands in an item of that list and is no part of the scopes tells.
 */
function itemsOfList(chunks: readonly Chunk[], all: readonly Chunk[]): Chunk[] {
  const larger = new Set(
    textChunks(all)
      .filter((chunk) => chunk.item !== null && chunk.text.trim() !== "" && !contains(chunks, chunk))
      .map((chunk) => chunk.item?.list),
  );
  return mapChunks(chunks, (chunk) => [larger.has(chunk.item?.list) ? { ...chunk, item: null } : chunk]);
}

/** Whether a piece of text is (a part of) what the list is made of, by its place. */
function contains(chunks: readonly Chunk[], chunk: TextChunk): boolean {
  const start = offsetAt(chunk, 0);
  if (start === null) return true;
  return textChunks(chunks).some((own) => {
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
  const here = textChunks(chunks).filter((chunk) => hasOwner(chunk, owner));
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

function malformationsOf(
  tokens: readonly RequestedToken[],
  separators: readonly Separator[],
  place: Place,
  how: { decodedTwice: boolean; delivery: Delivery; isSent: boolean },
): Malformation[] {
  const out: Malformation[] = [];
  const bySeparator: [MalformationKind, RegExp][] = [
    ["comma", /,/],
    ["semicolon", /;/],
    ["pipe", /\|/],
    ["newline", /[\n\r]/],
  ];
  for (const [kind, pattern] of bySeparator) {
    if (kind === "comma" && how.delivery === "commas") continue;
    const bad = separators.filter((separator) => pattern.test(separator.text));
    const [first] = bad;
    if (first === undefined) continue;
    // The line break that a block of YAML ends with: what reads the entry mostly trims it.
    if (kind === "newline" && !how.isSent && bad.every(({ outer }) => outer)) continue;
    out.push({
      kind,
      place: separatorPlace(bad, place),
      text: first.text,
      edits: kind === "newline" ? (foldedBlock(bad) ?? editsOf(bad, place)) : editsOf(bad, place),
    });
  }
  const stray = separators.filter(
    (separator) =>
      /^[^\S\n\r]+$/.test(separator.text) &&
      (separator.outer || separator.text.length > 1 || separator.text !== " "),
  );
  const [firstStray] = stray;
  if (how.delivery === "text" && firstStray !== undefined && !out.some((one) => one.kind === "newline")) {
    out.push({
      kind: "stray-space",
      place: separatorPlace(stray, place),
      text: firstStray.text,
      edits: editsOf(stray, place),
    });
  }
  if (how.decodedTwice) out.push({ kind: "double-encoding", place, text: "%2520", edits: [] });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.text !== token.name) {
      out.push({
        kind: "upper-case",
        place: token.place,
        text: token.text,
        edits: token.replacement === null ? [] : [{ ...token.replacement, text: token.name }],
      });
    }
    if (seen.has(token.name) && !token.optional) {
      out.push({
        kind: "duplicate",
        place: token.place,
        text: token.name,
        edits: token.removal === null ? [] : [token.removal],
      });
    }
    seen.add(token.name);
  }
  out.push(...runTogether(tokens, separators, place));
  return out;
}

/** `accounts:readprofiles:read`: two tokens with nothing between them. */
function runTogether(
  tokens: readonly RequestedToken[],
  separators: readonly Separator[],
  list: Place,
): Malformation[] {
  if (separators.some((separator) => separator.text === ""))
    return [{ kind: "no-separator", place: list, text: "", edits: [] }];
  return tokens.flatMap((token): Malformation[] => {
    const match = /^[a-z-]+:(?:read|write)(?=[a-z-]+:(?:read|write))/.exec(token.name);
    if (match === null) return [];
    return [{ kind: "no-separator", place: token.place, text: token.text, edits: [] }];
  });
}

/** A separator written apart from the list (`join(",")`) is where the fault is; otherwise the list. */
function separatorPlace(separators: readonly Separator[], list: Place): Place {
  const places = separators.flatMap((separator) => placeOfPieces(separator.pieces) ?? []);
  const [first] = places;
  if (first === undefined) return list;
  const apart = places.every((one) => one.file === first.file && one.range[0] === first.range[0]);
  return apart && !standsIn(first, list) ? first : list;
}

/**
 * A block of YAML (`|`) whose lines are to be one: it is folded (`>-`). Those of Terraform's heredocs stay as they are. Null for
 * line breaks that stand elsewhere.
 */
function foldedBlock(separators: readonly Separator[]): Edit[] | null {
  const nodes = separators.flatMap(({ pieces }) =>
    pieces.map(({ chunk }) => chunk.owners.find(({ node }) => node.kind === "string") ?? null),
  );
  const isBlock = (owner: Owner | null): boolean =>
    owner?.node.kind === "string" && /^(?:[|>]|<<)$/.test(owner.node.quote);
  if (!nodes.some(isBlock)) return null;
  const [first] = nodes;
  const node = first?.node;
  if (first == null || node?.kind !== "string" || node.quote !== "|") return [];
  const isOne =
    nodes.every((owner) => owner?.node === node) && !/\n\s*\n|^\s|\n[ \t]/.test(node.value.trimEnd());
  // Without a line break at the end it says `|-` already.
  const sign = node.value.endsWith("\n") ? ">-" : ">";
  return isOne ? [{ file: first.file, range: [node.range[0], node.range[0] + 1], text: sign }] : [];
}

/** A space for each, nothing for one at an end; no edit where one of them cannot be mended where it is written. */
function editsOf(separators: readonly Separator[], list: Place): Edit[] {
  const edits: Edit[] = [];
  for (const { pieces, outer } of separators) {
    const place = placeOfPieces(pieces);
    if (place === null) return [];
    // What joins the items also stands between those of other lists: without it they would run together.
    if (outer && !standsIn(place, list)) return [];
    edits.push({ file: place.file, range: place.range, text: outer ? "" : " " });
  }
  return unique(edits);
}

function unique(edits: Edit[]): Edit[] {
  return edits.filter(
    (one, index) =>
      edits.findIndex((other) => other.file === one.file && other.range[0] === one.range[0]) === index,
  );
}

/** The whole lists that a value can be: alternatives that stand for all of it are lists of their own. */
export function wholeLists(chunks: readonly Chunk[], when: readonly Condition[] = []): WholeList[] {
  // `"${SCOPES:-a b}"`: a template that is all default.
  const [only, ...more] = chunks.filter((chunk) => chunk.kind !== "text" || chunk.text !== "");
  if (only === undefined) return [];
  if (more.length === 0 && only.kind === "choice") {
    const filled = only.alternatives.filter((alternative) => alternative.chunks.length > 0);
    const [first] = filled;
    if (filled.length < only.alternatives.length && filled.length === 1 && first !== undefined)
      return [{ chunks: [...first.chunks], when: [...when, ...first.when] }];
    return filled.flatMap((alternative) => wholeLists(alternative.chunks, [...when, ...alternative.when]));
  }
  return [{ chunks: [...chunks], when }];
}

/** One of the lists that a value can be, and the branches in which it is. */
export interface WholeList {
  chunks: Chunk[];
  when: readonly Condition[];
}
