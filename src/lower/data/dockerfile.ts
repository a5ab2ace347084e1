/**
 * `ENV` and `ARG` of Dockerfiles, as one flat map in the order they are written; all other instructions are passed over.
 * Source of the grammar: https://docs.docker.com/reference/dockerfile/
 */
import type { MapExpression, Problem, StringExpression } from "../form.js";
import { addProblem, Budget, splitLines, TOO_MANY, type Comment, type Content, type Line } from "./content.js";
import { interpolate } from "./interpolation.js";
import { isBlank, PlacedText, stringNode, type Placed } from "./placed-text.js";

/** The characters of an instruction after its keyword, continuations removed, with their offsets. */
interface Logical {
  text: string;
  at: number[];
  end: number;
}

export function lowerDockerfile(text: string): Content {
  return new DockerfileReader(text).read();
}

class DockerfileReader {
  private readonly problems: Problem[] = [];
  private readonly comments: Comment[] = [];
  private readonly budget = new Budget();
  private readonly map: MapExpression;
  private readonly lines: Line[];
  private readonly escape: string;
  /** Lines that hold one word and so may close a here-document, last first. */
  private readonly delimiterLines = new Map<string, number[]>();

  constructor(private readonly text: string) {
    this.map = { kind: "map", range: [0, text.length], entries: [] };
    this.lines = splitLines(text);
    this.escape = /^\uFEFF?#[ \t]*escape[ \t]*=[ \t]*`/i.test(text) ? "`" : "\\";
    for (let i = this.lines.length - 1; i >= 0; i--) this.indexDelimiter(i);
  }

  read(): Content {
    let index = 0;
    while (index < this.lines.length) index = this.instruction(index);
    if (this.budget.spent)
      addProblem(this.problems, this.text, [0, this.text.length], `the file has ${TOO_MANY}`, "The rest was not read.");
    return { data: this.map, problems: this.problems, comments: this.comments };
  }

  /** Reads the instruction that starts on line `index` and answers with the line after it. */
  private instruction(index: number): number {
    const line = this.lines[index];
    if (!line) return index + 1;
    const start = this.skipBlanks(line.start + (line.start === 0 && this.text.startsWith("\uFEFF") ? 1 : 0), line.end);
    if (start === line.end) return index + 1;
    if (this.text[start] === "#") {
      this.comment(start, line.end);
      return index + 1;
    }
    let wordEnd = start;
    while (wordEnd < line.end && /[A-Za-z]/.test(this.text.charAt(wordEnd))) wordEnd++;
    const word = this.text.slice(start, wordEnd).toUpperCase();
    const { logical, next } = this.logicalLine(index, wordEnd);
    if (word === "ENV" || word === "ARG") this.entries(logical, word === "ENV");
    if (word === "RUN" || word === "COPY" || word === "ADD") return this.afterHeredocs(logical.text, next);
    return next;
  }

  private logicalLine(first: number, from: number): { logical: Logical; next: number } {
    const characters: string[] = [];
    const at: number[] = [];
    let end = from;
    for (let index = first; index < this.lines.length; index++) {
      const line = this.lines[index];
      if (!line) break;
      const start = index === first ? from : line.start;
      const content = this.skipBlanks(start, line.end);
      if (index > first && (content === line.end || this.text[content] === "#")) {
        // Comments and, though deprecated, empty lines may stand between continued lines.
        if (content < line.end) this.comment(content, line.end);
        continue;
      }
      let lineEnd = line.end;
      while (lineEnd > start && isBlank(this.text.charAt(lineEnd - 1))) lineEnd--;
      const continued = lineEnd > start && this.text[lineEnd - 1] === this.escape;
      if (continued) lineEnd--;
      for (let i = start; i < lineEnd; i++) {
        characters.push(this.text.charAt(i));
        at.push(i);
      }
      end = lineEnd;
      if (!continued) return { logical: { text: characters.join(""), at, end }, next: index + 1 };
    }
    return { logical: { text: characters.join(""), at, end }, next: this.lines.length };
  }

  private indexDelimiter(index: number): void {
    const line = this.lines[index];
    const word = line ? this.text.slice(line.start, line.end).trim() : "";
    if (!/^[A-Za-z_]\w{0,60}$/.test(word)) return;
    const lines = this.delimiterLines.get(word);
    if (lines) lines.push(index);
    else this.delimiterLines.set(word, [index]);
  }

  /** The line after the here-documents that an instruction opens. */
  private afterHeredocs(instruction: string, next: number): number {
    let index = next;
    for (const [, delimiter = ""] of instruction.matchAll(/<<-?["']?([A-Za-z_]\w{0,60})["']?/g)) {
      const lines = this.delimiterLines.get(delimiter) ?? [];
      while (lines.length > 0 && (lines.at(-1) ?? 0) < index) lines.pop();
      const close = lines.pop();
      if (close === undefined) return index;
      index = close + 1;
    }
    return index;
  }

  private entries(logical: Logical, allowsOldForm: boolean): void {
    let i = skip(logical.text, 0);
    const firstKeyEnd = keyEnd(logical.text, i);
    if (firstKeyEnd === i) {
      const offset = logical.at[i] ?? logical.end;
      addProblem(this.problems, this.text, [offset, logical.end], "a variable name is expected", "Write `KEY=value`.");
      return;
    }
    if (allowsOldForm && logical.text[firstKeyEnd] !== "=") {
      // `ENV KEY the rest of the line`.
      const value = skip(logical.text, firstKeyEnd);
      let end = logical.text.length;
      while (end > value && isBlank(logical.text.charAt(end - 1))) end--;
      this.put(logical, i, firstKeyEnd, value, end);
      return;
    }
    while (i < logical.text.length) {
      const end = keyEnd(logical.text, i);
      if (end === i || logical.text[end] !== "=") {
        // `ARG KEY` has no default; whatever else stands here is not ours to judge.
        i = skip(logical.text, Math.max(end, i + 1));
        continue;
      }
      const valueEnd = wordEndAt(logical.text, end + 1, this.escape);
      this.put(logical, i, end, end + 1, valueEnd, true);
      i = skip(logical.text, valueEnd);
    }
  }

  private put(logical: Logical, keyStart: number, keyStop: number, start: number, end: number, isWord = false): void {
    if (!this.budget.take()) return;
    const key = this.slice(logical, keyStart, keyStop);
    const { node, placed } = this.value(logical, start, end);
    if (isWord && node.quote === "") node.isWord = true;
    const value =
      node.quote === "'" ? node : interpolate(node, { inert: placed.inert, bare: true });
    this.map.entries.push({ kind: "value", range: [key.range[0], Math.max(key.range[1], node.range[1])], key, value });
  }

  private slice(logical: Logical, start: number, end: number): StringExpression {
    const placed = new PlacedText();
    for (let i = start; i < end; i++) placed.add(logical.text.charAt(i), logical.at[i] ?? logical.end);
    const stop = offsetAfter(logical, end);
    return stringNode(placed.finish(stop), [logical.at[start] ?? stop, stop], "");
  }

  /** Removes quotes and escapes; `quote` is the delimiter where one pair of quotes encloses the whole value. */
  private value(logical: Logical, start: number, end: number): { node: StringExpression; placed: Placed } {
    const { text } = logical;
    const placed = new PlacedText();
    let open = "";
    let pieces = 0;
    let last = start;
    for (let i = start; i < end; i++) {
      const character = text.charAt(i);
      const offset = logical.at[i] ?? logical.end;
      if (character === open) {
        open = "";
        continue;
      }
      if (open === "" && (character === '"' || character === "'")) {
        open = character;
        pieces += i === start ? 1 : 2;
        continue;
      }
      if (character === this.escape && open !== "'" && i + 1 < end) {
        const next = text.charAt(i + 1);
        // In double quotes a backslash before any other character is itself.
        if (open === "" || next === '"' || next === "$" || next === this.escape) {
          placed.add(next, offset, next === "$");
          i++;
          last = i + 1;
          continue;
        }
      }
      placed.add(character, offset, open === "'");
      last = i + 1;
    }
    const quote = text.charAt(start);
    const enclosed = pieces === 1 && end - start >= 2 && (quote === '"' || quote === "'") && text[end - 1] === quote;
    const stop = offsetAfter(logical, end);
    const finished = placed.finish(placed.length === 0 ? stop : offsetAfter(logical, last));
    return { node: stringNode(finished, [logical.at[start] ?? stop, stop], enclosed ? quote : ""), placed: finished };
  }

  private comment(start: number, end: number): void {
    this.comments.push({ range: [start, end], text: this.text.slice(start, end) });
  }

  private skipBlanks(from: number, end: number): number {
    let i = from;
    while (i < end && isBlank(this.text.charAt(i))) i++;
    return i;
  }
}

/** Source offset after the character before index `end`. */
function offsetAfter(logical: Logical, end: number): number {
  const before = logical.at[end - 1];
  return before === undefined ? (logical.at[0] ?? logical.end) : before + 1;
}

function skip(text: string, from: number): number {
  let i = from;
  while (i < text.length && isBlank(text.charAt(i))) i++;
  return i;
}

function keyEnd(text: string, start: number): number {
  if (!/[A-Za-z_]/.test(text.charAt(start))) return start;
  let i = start + 1;
  while (i < text.length && /[\w.-]/.test(text.charAt(i))) i++;
  return i;
}

/** End of the word at `start`: quotes and escapes keep blanks in it. */
function wordEndAt(text: string, start: number, escape: string): number {
  let open = "";
  let i = start;
  for (; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === escape && open !== "'") i++;
    else if (character === open) open = "";
    else if (open === "" && (character === '"' || character === "'")) open = character;
    else if (open === "" && isBlank(character)) break;
  }
  return Math.min(i, text.length);
}
