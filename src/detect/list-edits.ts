/** Edits of scope lists that keep the list's own style: its quotes, separators and layout. */
import type { Edit, Place, RequestedToken, FoundRequest } from "./types.js";
import type { Expression, ListExpression } from "../lower/form.js";
import { offsetAt } from "../evaluate/text.js";
import type { TextChunk } from "../evaluate/values.js";
import type { Piece, Separator } from "./list-words.js";
import type { Reader } from "./scope-list.js";

/** Takes a token out: an element of a list with its comma, or a word of a text with one space. */
export function removalOf(pieces: readonly Piece[], place: Place): Edit | null {
  const [piece, ...more] = pieces;
  if (piece === undefined || more.length > 0) return null;
  const { chunk } = piece;
  const { item } = chunk;
  // Each has its number before it.
  if (item?.list.style === "apart") return null;
  const isWholeItem = item !== null && chunk.text.slice(piece.start, piece.end).trim() === chunk.text.trim();
  if (item !== null && isWholeItem && item.item.kind === "string" && item.list.items.includes(item.item)) {
    return { file: item.file, range: elementRange(item.list, item.item), text: "" };
  }
  if (
    item !== null &&
    isWholeItem &&
    item.list.items.includes(item.item) &&
    item.item.kind !== "conditional"
  ) {
    return { file: item.file, range: elementRange(item.list, item.item), text: "" };
  }
  if (place.range[1] - place.range[0] !== piece.end - piece.start) return null;
  // One separator goes with the word: the one behind it, or the one before the last word.
  const before = chunk.text.slice(0, piece.start);
  const after = chunk.text.slice(piece.end);
  const behind = /^(?:[ ,;|+]|%20)+/.exec(after)?.[0].length ?? 0;
  const inFront = /(?:[ ,;|+]|%20)+$/.exec(before)?.[0].length ?? 0;
  if (behind === 0 && inFront === 0) return null;
  const from = behind > 0 ? piece.start : piece.start - inFront;
  const to = behind > 0 ? piece.end + behind : piece.end;
  const start = offsetAt(chunk, from);
  const end = offsetAt(chunk, to);
  if (start === null || end === null || end < start) return null;
  return { file: chunk.file, range: [start, end], text: "" };
}

/** From an element to the next one, or from the one before the last. */
function elementRange(list: ListExpression, item: Expression): [number, number] {
  const index = list.items.indexOf(item);
  const next = list.items[index + 1];
  const before = list.items[index - 1];
  if (next !== undefined) return [item.range[0], next.range[0]];
  if (before !== undefined) return [before.range[1], item.range[1]];
  return [item.range[0], item.range[1]];
}

/** Where a scope can be put in: before the first token, in the list's own style. */
export function insertionInto(
  chunk: TextChunk | null,
  tokens: readonly RequestedToken[],
  /** `own`: what stands between the tokens of a list that is split before it is sent. */
  how: { own: string | null; separators: readonly Separator[] },
  reader: Reader,
): FoundRequest["insertion"] {
  const [first] = tokens;
  if (chunk === null || first === undefined) return null;
  const { item } = chunk;
  if (item !== null) {
    if (item.list.style === "apart") return null;
    const element = item.list.items.find((one) => one.kind === "string");
    const [head] = item.list.items;
    if (element?.kind !== "string" || head === undefined) return null;
    const offset = head.range[0];
    const form = reader.form(item.file);
    const line = form === undefined ? 0 : lineOf(form.lines, offset);
    const isBlock = item.list.style === "block";
    const ownLine = form !== undefined && line !== lineOf(form.lines, item.list.range[0]);
    const quote = element.quote;
    const start = form?.lines[line] ?? offset;
    if (isBlock) {
      // The list begins with its first dash.
      const [dash] = item.list.range;
      const gap = dash >= start && dash < offset ? offset - dash : 2;
      const indent = " ".repeat(Math.max(0, offset - start - gap));
      return { file: item.file, offset, prefix: quote, suffix: `${quote}\n${indent}-${" ".repeat(gap - 1)}` };
    }
    return {
      file: item.file,
      offset,
      prefix: quote,
      suffix: `${quote},${standsInWord(chunk) ? "" : ownLine ? `\n${" ".repeat(Math.max(0, offset - start))}` : " "}`,
    };
  }
  const start = first.place;
  const between = textBetween(tokens, chunk);
  // `"a,b".split(",")`: what stands there is not what goes out.
  const isSplit =
    between !== null &&
    between.text !== "" &&
    !how.separators.some((one) => startsAt(one, chunk.file, between.at));
  if (isSplit && !/^\s*[,;|]?\s*$/.test(between.text)) return null;
  const isSpace = between !== null && /^(?:%20|\+)$/.test(between.text);
  const separator = how.own ?? (isSplit || isSpace ? between.text : " ");
  if (separator.includes(" ") && standsInWord(chunk)) return null;
  return { file: start.file, offset: start.range[0], prefix: "", suffix: separator };
}

/** Whether a text is written where no blank can be: unquoted in a Dockerfile or a shell's file. */
export function standsInWord({ owners }: TextChunk): boolean {
  return owners.some(({ node }) => node.kind === "string" && node.isWord === true);
}

/** What is written between the first two tokens, where both stand in one text: `%20` and `+` stay what they are. */
function textBetween(
  tokens: readonly RequestedToken[],
  chunk: TextChunk,
): { text: string; at: number } | null {
  const [first, second] = tokens;
  if (first === undefined || second === undefined || second.place.file !== chunk.file) return null;
  const node = chunk.owners.find((owner) => owner.node.kind === "string")?.node;
  if (node?.kind !== "string" || typeof node.at !== "number") return null;
  const [from, to] = [first.place.range[1], second.place.range[0]];
  if (from < node.at || to > node.at + node.value.length) return null;
  return { text: node.value.slice(from - node.at, to - node.at), at: from };
}

function startsAt({ pieces }: Separator, file: string, at: number): boolean {
  const [piece] = pieces;
  return piece !== undefined && piece.chunk.file === file && offsetAt(piece.chunk, piece.start) === at;
}

function lineOf(lines: readonly number[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
