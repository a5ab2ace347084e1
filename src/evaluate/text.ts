/** Operations on text that knows where it is written: slicing, joining, mapping, expanding choices. */
import type { Range, StringExpression } from "../lower/form.js";
import { implies } from "./items.js";
import {
  conjoin,
  type Chunk,
  type ChoiceChunk,
  type Condition,
  type ItemOrigin,
  type ListItem,
  type Owner,
  type StringValue,
  type TextChunk,
  type UnknownValue,
  type Value,
} from "./values.js";

/** Alternatives that one text may expand to before we stop counting. */
export const MAX_EXPANSIONS = 64;

export function literalText(file: string, node: StringExpression, range: Range = node.range): TextChunk {
  const owner: Owner = { kind: "literal", file, range, node };
  return { kind: "text", text: node.value, file, at: node.at, owners: [owner], item: null };
}

/** Text that no source text spells: a separator made by a method, a number. */
export function plainText(text: string): TextChunk {
  return { kind: "text", text, file: "", at: null, owners: [], item: null };
}

export function stringOf(chunks: Chunk[]): StringValue {
  return { kind: "string", chunks };
}

/** Runs of text, with all branches of all choices, that one text may consist of; more than any list of scopes. */
const MAX_RUNS = 2_000;

const runs = new WeakMap<ChoiceChunk, number>();

/** Whether a text has outgrown the budget: texts that are built from themselves in loops double with each round. */
export function isOversized(chunks: readonly Chunk[]): boolean {
  return countRuns(chunks) > MAX_RUNS;
}

function countRuns(chunks: readonly Chunk[]): number {
  let count = 0;
  for (const chunk of chunks) {
    if (chunk.kind !== "choice") {
      count += 1;
      continue;
    }
    let inner = runs.get(chunk);
    if (inner === undefined) {
      inner = chunk.alternatives.reduce((sum, alternative) => sum + countRuns(alternative.chunks), 1);
      runs.set(chunk, inner);
    }
    count += inner;
  }
  return count;
}

/** Source offset of character `index`, or of the end for `index === length`; null for made text. */
export function offsetAt(chunk: TextChunk, index: number): number | null {
  if (chunk.at === null) return null;
  return typeof chunk.at === "number" ? chunk.at + index : (chunk.at[index] ?? null);
}

export function sliceText(chunk: TextChunk, start: number, end: number): TextChunk {
  const at =
    chunk.at === null
      ? null
      : typeof chunk.at === "number"
        ? chunk.at + start
        : chunk.at.slice(start, end + 1);
  return { ...chunk, text: chunk.text.slice(start, end), at };
}

/** New text in the place of old: all of it maps to the old text's place. */
export function replaced(chunk: TextChunk, start: number, end: number, text: string): TextChunk {
  const from = offsetAt(chunk, start);
  const to = offsetAt(chunk, end);
  if (from === null || to === null) return { ...plainText(text), owners: chunk.owners };
  const at = Array.from({ length: text.length }, () => from);
  return { ...chunk, text, at: [...at, to] };
}

/** Replaces each character by a text; every character of the new text keeps the old one's place. */
export function mapCharacters(chunk: TextChunk, change: (character: string) => string): TextChunk {
  const mapped = chunk.text.split("").map(change);
  const text = mapped.join("");
  if (chunk.at === null || text.length === chunk.text.length) {
    if (mapped.every((part) => part.length === 1)) return { ...chunk, text };
  }
  if (chunk.at === null) return { ...chunk, text };
  const at: number[] = [];
  mapped.forEach((part, index) => {
    for (let i = 0; i < part.length; i++) at.push(offsetAt(chunk, index) ?? 0);
  });
  at.push(offsetAt(chunk, chunk.text.length) ?? 0);
  return { ...chunk, text, at };
}

/** Applies `change` to every run of text, in choices too. */
export function mapChunks(chunks: readonly Chunk[], change: (chunk: TextChunk) => Chunk[]): Chunk[] {
  return chunks.flatMap((chunk): Chunk[] => {
    if (chunk.kind === "text") return change(chunk);
    if (chunk.kind === "unknown") return [chunk];
    return [
      {
        ...chunk,
        alternatives: chunk.alternatives.map((alternative) => ({
          ...alternative,
          chunks: mapChunks(alternative.chunks, change),
        })),
      },
    ];
  });
}

/** Every run of text, those in choices too. */
export function textsIn(chunks: readonly Chunk[]): TextChunk[] {
  return chunks.flatMap((chunk) => {
    if (chunk.kind === "text") return [chunk];
    return chunk.kind === "choice" ? chunk.alternatives.flatMap((one) => textsIn(one.chunks)) : [];
  });
}

/** Every unknown part, those in choices too. */
export function unknownsIn(chunks: readonly Chunk[]): UnknownValue[] {
  return chunks.flatMap((chunk) =>
    chunk.kind === "unknown"
      ? [chunk.value]
      : chunk.kind === "choice"
        ? chunk.alternatives.flatMap((alternative) => unknownsIn(alternative.chunks))
        : [],
  );
}

/** Adds an outer owner to all text: the template, concatenation or list it now stands in. */
export function own(chunks: readonly Chunk[], owner: Owner): Chunk[] {
  return mapChunks(chunks, (chunk) =>
    chunk.owners.length > 16 || chunk.owners.some((one) => one.node === owner.node && one.kind === owner.kind)
      ? [chunk]
      : [{ ...chunk, owners: [...chunk.owners, owner] }],
  );
}

/** The values of a list's item; text that is taken item by item still knows its list. */
export function itemValues(item: ListItem): Value[] {
  const { origin } = item;
  const values = item.values();
  if (origin === null) return values;
  return values.map((one) => (one.kind === "string" ? { ...one, chunks: itemise(one.chunks, origin) } : one));
}

function itemise(chunks: readonly Chunk[], item: ItemOrigin): Chunk[] {
  return mapChunks(chunks, (chunk) => [{ ...chunk, item: chunk.item ?? item }]);
}

/** One place in a text where several values may stand: no choice when there is but one. */
export function choose(alternatives: ChoiceChunk["alternatives"]): Chunk[] {
  const distinct = alternatives.filter(
    (alternative, index) =>
      !alternatives.slice(0, index).some((other) => sameChunks(other.chunks, alternative.chunks)),
  );
  const [only] = distinct;
  if (only === undefined) return [];
  if (distinct.length === 1 && only.when.length === 0) return only.chunks;
  if (distinct.length === 1 && alternatives.length > 1) return only.chunks;
  return [{ kind: "choice", alternatives: distinct }];
}

function sameChunks(a: readonly Chunk[], b: readonly Chunk[]): boolean {
  return (
    a.length === b.length &&
    a.every((chunk, index) => {
      const other = b[index];
      if (other === undefined) return false;
      if (chunk === other) return true;
      if (chunk.kind === "text" && other.kind === "text") {
        return (
          chunk.text === other.text && chunk.file === other.file && offsetAt(chunk, 0) === offsetAt(other, 0)
        );
      }
      if (chunk.kind === "unknown" && other.kind === "unknown") {
        return chunk.value.file === other.value.file && chunk.value.range[0] === other.value.range[0];
      }
      return false;
    })
  );
}

/** One way a text can be: no choices left. */
export interface Expansion {
  chunks: Exclude<Chunk, ChoiceChunk>[];
  when: readonly Condition[];
}

/**
 * All texts that a run of chunks can be, those with contradicting conditions left out.
 * `overflow` is set when there are others: more than `limit`, or some that a choice does not spell out.
 */
export function expand(
  chunks: readonly Chunk[],
  limit = MAX_EXPANSIONS,
): { expansions: Expansion[]; overflow: boolean } {
  let current: Expansion[] = [{ chunks: [], when: [] }];
  let overflow = false;
  for (const chunk of chunks) {
    if (chunk.kind !== "choice") {
      for (const expansion of current) expansion.chunks.push(chunk);
      continue;
    }
    overflow ||= chunk.approximate === true;
    const next: Expansion[] = [];
    for (const alternative of chunk.alternatives) {
      const inner = expand(alternative.chunks, limit);
      overflow ||= inner.overflow;
      for (const expansion of current) {
        for (const part of inner.expansions) {
          const both = conjoin(expansion.when, alternative.when);
          const when = both === null ? null : conjoin(both, part.when);
          if (when === null) continue;
          if (alternative.unless !== undefined && implies(when, alternative.unless)) continue;
          if (next.length >= limit) overflow = true;
          else next.push({ chunks: [...expansion.chunks, ...part.chunks], when });
        }
      }
    }
    current = next;
  }
  return { expansions: current, overflow };
}

/** The text where it is fully known and one; null otherwise. */
export function knownText(value: Value): string | null {
  if (value.kind !== "string") return null;
  return knownChunks(value.chunks);
}

export function knownChunks(chunks: readonly Chunk[]): string | null {
  let out = "";
  for (const chunk of chunks) {
    if (chunk.kind !== "text") return null;
    out += chunk.text;
  }
  return out;
}

/** All texts a list of values can be, as far as they are known; `complete` when all are. */
export function knownTexts(values: readonly Value[]): { texts: string[]; complete: boolean } {
  const texts: string[] = [];
  let complete = true;
  for (const value of values) {
    if (value.kind === "primitive" && typeof value.value === "number") {
      texts.push(String(value.value));
      continue;
    }
    if (value.kind !== "string") {
      complete = false;
      continue;
    }
    const { expansions, overflow } = expand(value.chunks, 16);
    if (overflow) complete = false;
    for (const expansion of expansions) {
      const text = knownChunks(expansion.chunks);
      if (text === null) complete = false;
      else texts.push(text);
    }
  }
  return { texts, complete };
}

/** What `outline` writes between the alternatives of a choice. */
export const BRANCH = "\u0001";

/** The known text with unknown parts shown as `mark`: for quick looks such as "does it name Klaviyo's host". */
export function outline(chunks: readonly Chunk[], mark = "\u0000"): string {
  return chunks
    .map((chunk) =>
      chunk.kind === "text"
        ? chunk.text
        : chunk.kind === "unknown"
          ? mark
          : chunk.alternatives.map((alternative) => outline(alternative.chunks, mark)).join(BRANCH),
    )
    .join("");
}

/** Cuts runs of text so that each piece matches or does not match `isCut`; the cut characters are dropped. */
export function splitChunks(
  chunks: readonly Chunk[],
  cut: (text: string) => [start: number, end: number][],
): Chunk[][] {
  const pieces: Chunk[][] = [[]];
  for (const chunk of chunks) {
    if (chunk.kind === "text") {
      let from = 0;
      for (const [start, end] of cut(chunk.text)) {
        if (start > from) pieces.at(-1)?.push(sliceText(chunk, from, start));
        pieces.push([]);
        from = end;
      }
      if (from < chunk.text.length) pieces.at(-1)?.push(sliceText(chunk, from, chunk.text.length));
    } else {
      pieces.at(-1)?.push(chunk);
    }
  }
  return pieces;
}

/** Takes characters off both ends, in choices that stand there too. */
export function trimChunks(chunks: readonly Chunk[], sides: { start: boolean; end: boolean }): Chunk[] {
  let out = [...chunks];
  if (sides.start) out = trimOneSide(out, "start");
  if (sides.end) out = trimOneSide(out, "end");
  return out;
}

function trimOneSide(chunks: Chunk[], side: "start" | "end"): Chunk[] {
  const out = [...chunks];
  for (;;) {
    const edge = side === "start" ? out[0] : out.at(-1);
    if (edge === undefined || edge.kind === "unknown") return out;
    const index = side === "start" ? 0 : out.length - 1;
    if (edge.kind === "choice") return trimChoice(out, edge, side);
    const kept = side === "start" ? edge.text.trimStart() : edge.text.trimEnd();
    if (kept.length > 0) {
      out[index] =
        side === "start"
          ? sliceText(edge, edge.text.length - kept.length, edge.text.length)
          : sliceText(edge, 0, kept.length);
      return out;
    }
    out.splice(index, 1);
  }
}

/** Where a branch at the edge comes to nothing, what stands next to it is the edge in that branch, and only there. */
function trimChoice(chunks: Chunk[], edge: ChoiceChunk, side: "start" | "end"): Chunk[] {
  const rest = side === "start" ? chunks.slice(1) : chunks.slice(0, -1);
  const trimmed = edge.alternatives.map((alternative) => ({
    ...alternative,
    chunks: trimOneSide(alternative.chunks, side),
  }));
  const join = (inner: Chunk[], outer: Chunk[]): Chunk[] =>
    side === "start" ? [...inner, ...outer] : [...outer, ...inner];
  if (trimmed.every((alternative) => alternative.chunks.length > 0)) {
    return join([{ ...edge, alternatives: trimmed }], rest);
  }
  // The white space beside it goes into the branches that keep it, so that the rest stays one text for all of them.
  const next = side === "start" ? rest[0] : rest.at(-1);
  const kept = next?.kind === "text" ? (side === "start" ? next.text.trimStart() : next.text.trimEnd()) : "";
  if (next?.kind === "text" && kept !== "") {
    const { length } = next.text;
    const space = length - kept.length;
    const [white, solid] =
      side === "start"
        ? [sliceText(next, 0, space), sliceText(next, space, length)]
        : [sliceText(next, kept.length, length), sliceText(next, 0, kept.length)];
    const beyond = side === "start" ? rest.slice(1) : rest.slice(0, -1);
    const alternatives = trimmed.map((alternative) => ({
      ...alternative,
      chunks:
        alternative.chunks.length === 0 || space === 0
          ? alternative.chunks
          : join(alternative.chunks, [white]),
    }));
    return join([{ ...edge, alternatives }], join([solid], beyond));
  }
  const outer = trimOneSide(rest, side);
  const alternatives = trimmed.map((alternative) => ({
    ...alternative,
    chunks: alternative.chunks.length === 0 ? outer : join(alternative.chunks, rest),
  }));
  return [{ ...edge, alternatives }];
}
