/** The query of a URL as text: where it begins, and the pairs in it. */
import { decodeChunks } from "./percent.js";
import { choose, sliceText, splitChunks, stringOf } from "./text.js";
import { always, type Chunk, type ParamsEntry, type ParamsValue, type Value } from "./values.js";

/** Splits at the first `?` outside choices, and drops the fragment. */
export function cutQuery(chunks: readonly Chunk[]): { head: Chunk[]; query: Chunk[] | null } {
  const head: Chunk[] = [];
  let query: Chunk[] | null = null;
  for (const chunk of chunks) {
    if (chunk.kind === "text") {
      const hash = chunk.text.indexOf("#");
      const text = hash < 0 ? chunk : sliceText(chunk, 0, hash);
      const mark: number = query === null ? text.text.indexOf("?") : -1;
      if (mark >= 0) {
        if (mark > 0) head.push(sliceText(text, 0, mark));
        query = mark + 1 < text.text.length ? [sliceText(text, mark + 1, text.text.length)] : [];
      } else if (text.text.length > 0) {
        (query ?? head).push(text);
      }
      if (hash >= 0) break;
    } else {
      (query ?? head).push(chunk);
    }
  }
  return { head, query };
}

/** `a=1&b=2` as pairs; text that hides pairs (unknown or a choice between `&`s) is kept as `rest` or split inside. */
export function parseQuery(chunks: readonly Chunk[]): Pick<ParamsValue, "entries" | "rest"> {
  const entries: ParamsEntry[] = [];
  const rest: Extract<Value, { kind: "unknown" }>[] = [];
  const cut =
    (separator: string) =>
    (text: string): [number, number][] => {
      const out: [number, number][] = [];
      for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1))
        out.push([at, at + 1]);
      return out;
    };
  const pieces = splitChunks(chunks.length > 0 ? stripMark(chunks) : chunks, cut("&"));
  for (const piece of pieces) {
    if (piece.length === 0) continue;
    const [head] = piece;
    const alone = piece.length === 1;
    if (alone && head?.kind === "unknown") {
      rest.push(head.value);
      continue;
    }
    if (head?.kind === "choice" && piece.every((chunk) => chunk.kind === "choice")) {
      for (const chunk of piece) {
        for (const alternative of chunk.alternatives) {
          const inner = parseQuery(alternative.chunks);
          entries.push(...inner.entries.map((entry) => ({ ...entry, optional: true })));
          rest.push(...inner.rest);
        }
      }
      continue;
    }
    const { name, value, tails } = splitPair(piece);
    entries.push({
      key: [stringOf(decodeChunks(name))],
      value: always([stringOf(decodeChunks(value))]),
      optional: false,
    });
    for (const tail of tails) {
      const inner = parseQuery(tail);
      entries.push(...inner.entries.map((entry) => ({ ...entry, optional: true })));
      rest.push(...inner.rest);
    }
  }
  return { entries, rest };
}

function stripMark(chunks: readonly Chunk[]): Chunk[] {
  const [head, ...tail] = chunks;
  return head?.kind === "text" && head.text.startsWith("?")
    ? [sliceText(head, 1, head.text.length), ...tail]
    : [...chunks];
}

/** One pair; a choice in the value may bring further pairs: `scope=a${more ? "&prompt=x" : ""}`. */
function splitPair(piece: readonly Chunk[]): { name: Chunk[]; value: Chunk[]; tails: Chunk[][] } {
  const name: Chunk[] = [];
  const value: Chunk[] = [];
  const tails: Chunk[][] = [];
  let inValue = false;
  for (const chunk of piece) {
    if (chunk.kind === "text" && !inValue) {
      const equals = chunk.text.indexOf("=");
      if (equals < 0) {
        name.push(chunk);
        continue;
      }
      inValue = true;
      if (equals > 0) name.push(sliceText(chunk, 0, equals));
      if (equals + 1 < chunk.text.length) value.push(sliceText(chunk, equals + 1, chunk.text.length));
      continue;
    }
    if (inValue && chunk.kind === "choice") {
      const kept: typeof chunk.alternatives = [];
      for (const alternative of chunk.alternatives) {
        const [first] = alternative.chunks;
        if (first?.kind === "text" && first.text.startsWith("&")) {
          tails.push([sliceText(first, 1, first.text.length), ...alternative.chunks.slice(1)]);
          kept.push({ ...alternative, chunks: [] });
        } else {
          kept.push(alternative);
        }
      }
      value.push(...choose(kept));
      continue;
    }
    (inValue ? value : name).push(chunk);
  }
  return { name, value, tails };
}
