/** What reading one data file yields, and the few things every reader of one needs. */
import type { Expression, LiteralExpression, Problem, Range, UnknownExpression } from "../form.js";

export interface Content {
  data: Expression | null;
  problems: Problem[];
  /** Text between (and with) the comment markers, and its place. */
  comments: Comment[];
}

export interface Comment {
  range: Range;
  /** With its markers. */
  text: string;
}

/** Levels of maps and lists we keep; nobody writes configuration deeper than this by hand. */
export const MAX_DEPTH = 100;

/** Values of one file we keep: enough for any configuration, too few for an alias bomb to hurt. */
export const MAX_NODES = 100_000;

/** Counts the values made of one file. */
export class Budget {
  private left: number;

  constructor(limit = MAX_NODES) {
    this.left = limit;
  }

  get spent(): boolean {
    return this.left <= 0;
  }

  /** Whether one more value may be made. */
  take(): boolean {
    this.left--;
    return this.left >= 0;
  }
}

export const TOO_DEEP = "nested too deeply";
export const TOO_MANY = "too many values";

export function unknown(range: Range, reason: string, parts: Expression[] = []): UnknownExpression {
  return { kind: "unknown", range, reason, parts };
}

/** A number as JSON can hold it: infinities and NaN have no place in the form. */
export function numberNode(range: Range, value: number): LiteralExpression | UnknownExpression {
  if (!Number.isFinite(value)) return unknown(range, "not a finite number");
  return { kind: "literal", range, value: Object.is(value, -0) ? 0 : value };
}

/** Offset of the first character of each line; lines end at `\n`, `\r\n` or `\r`. */
export function lineOffsets(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** One line of a line-oriented format; `end` is before the line break, `next` after it. */
export interface Line {
  start: number;
  end: number;
  next: number;
}

export function splitLines(text: string): Line[] {
  const starts = lineOffsets(text);
  return starts.map((start, index) => {
    const next = starts[index + 1] ?? text.length;
    let end = next;
    while (end > start && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
    return { start, end, next };
  });
}

/** 1-based line of an offset, for messages. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  const end = Math.min(offset, text.length);
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) line++;
  }
  return line;
}

/** Problems of a hostile file are as many as its lines; the first ones tell enough. */
export const MAX_PROBLEMS = 20;

/**
 * Notes what could not be read at `range`. Messages never quote the file: the text there may be a secret.
 * `wrong` says what is wrong, `remedy` what to do.
 */
export function addProblem(problems: Problem[], text: string, range: Range, wrong: string, remedy: string): void {
  if (problems.length >= MAX_PROBLEMS) return;
  const start = Math.max(0, Math.min(range[0], text.length));
  const end = Math.max(start, Math.min(range[1], text.length));
  problems.push({ range: [start, end], message: `Line ${String(lineOf(text, start))}: ${wrong}. ${remedy}` });
}
