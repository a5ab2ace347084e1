/** Text collected character by character with the place each was written at: what `StringExpression.at` needs. */
import type { Range, StringExpression } from "../form.js";

export interface Placed {
  value: string;
  at: number | number[];
  /** Indexes of characters that start no interpolation although they look so (`\$`, single-quoted text). */
  inert: ReadonlySet<number>;
}

export class PlacedText {
  private readonly parts: string[] = [];
  private readonly at: number[] = [];
  private readonly inert = new Set<number>();

  get length(): number {
    return this.at.length;
  }

  /** Adds characters that one escape, fold or character at `offset` stands for. */
  add(characters: string, offset: number, inert = false): void {
    for (let i = 0; i < characters.length; i++) {
      if (inert) this.inert.add(this.at.length);
      this.at.push(offset);
    }
    this.parts.push(characters);
  }

  /** Adds `text[start, end)` as it is written. */
  addVerbatim(text: string, start: number, end: number, inert = false): void {
    for (let i = start; i < end; i++) {
      if (inert) this.inert.add(this.at.length);
      this.at.push(i);
    }
    this.parts.push(text.slice(start, end));
  }

  /** Drops spaces and tabs at the end, but nothing before index `floor`. Answers with the new end of the last character. */
  trimEnd(end: number, floor = 0): number {
    const value = this.parts.join("");
    let keep = value.length;
    while (keep > floor && isBlank(value.charAt(keep - 1))) keep--;
    const newEnd = keep < value.length ? (this.at[keep] ?? end) : end;
    this.parts.splice(0, this.parts.length, value.slice(0, keep));
    this.at.length = keep;
    return newEnd;
  }

  /** `end` is where the last character ends in the source. */
  finish(end: number): Placed {
    const value = this.parts.join("");
    const first = this.at[0] ?? end;
    const contiguous =
      this.at.every((offset, index) => offset === first + index) && end === first + this.at.length;
    return { value, at: contiguous ? first : [...this.at, end], inert: this.inert };
  }
}

export function isBlank(character: string): boolean {
  return character === " " || character === "\t";
}

export function stringNode(placed: Placed, range: Range, quote: string): StringExpression {
  return { kind: "string", range, value: placed.value, at: placed.at, quote };
}

/** A key or value written without delimiters or escapes. */
export function verbatimString(text: string, start: number, end: number): StringExpression {
  return { kind: "string", range: [start, end], value: text.slice(start, end), at: start, quote: "" };
}

/** Source offset of character `index`; `index === value.length` is the end of the last. */
export function sourceOffset(node: Pick<StringExpression, "at" | "range">, index: number): number {
  return typeof node.at === "number" ? node.at + index : (node.at[index] ?? node.range[1]);
}

/** The characters `[start, end)` of a string as a string of their own: its range is their place, without quotes. */
export function sliceString(node: StringExpression, start: number, end: number): StringExpression {
  const at = typeof node.at === "number" ? node.at + start : compact(node.at.slice(start, end + 1));
  return {
    kind: "string",
    range: [sourceOffset(node, start), sourceOffset(node, end)],
    value: node.value.slice(start, end),
    at,
    quote: node.quote,
    ...(node.isWord === true && { isWord: true }),
  };
}

function compact(at: number[]): number | number[] {
  const [first] = at;
  return first !== undefined && at.every((offset, index) => offset === first + index) ? first : at;
}
