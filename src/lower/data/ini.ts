/**
 * INI in its common dialects (Windows, git, Python's configparser, PHP): sections become nested maps; keys before the
 * first section stand at the top.
 */
import type { MapExpression, Problem } from "../form.js";
import { addProblem, Budget, splitLines, TOO_MANY, type Comment, type Content, type Line } from "./content.js";
import { interpolate } from "./interpolation.js";
import { isBlank, PlacedText, stringNode, verbatimString } from "./placed-text.js";

export function lowerIni(text: string): Content {
  return new IniReader(text).read();
}

class IniReader {
  private readonly problems: Problem[] = [];
  private readonly comments: Comment[] = [];
  private readonly budget = new Budget();
  private readonly root: MapExpression;
  private section: MapExpression;
  private readonly lines: Line[];

  constructor(private readonly text: string) {
    this.root = { kind: "map", range: [0, text.length], entries: [] };
    this.section = this.root;
    this.lines = splitLines(text);
  }

  read(): Content {
    let index = 0;
    while (index < this.lines.length) index = this.line(index);
    if (this.budget.spent)
      addProblem(this.problems, this.text, [0, this.text.length], `the file has ${TOO_MANY}`, "The rest was not read.");
    return { data: this.root, problems: this.problems, comments: this.comments };
  }

  private line(index: number): number {
    const line = this.lines[index];
    if (!line) return index + 1;
    const from = line.start + (line.start === 0 && this.text.startsWith("\uFEFF") ? 1 : 0);
    const start = this.skipBlanks(from, line.end);
    if (start === line.end) return index + 1;
    const first = this.text.charAt(start);
    if (first === "#" || first === ";") {
      this.comments.push({ range: [start, line.end], text: this.text.slice(start, line.end) });
      return index + 1;
    }
    if (first === "[") {
      this.openSection(start, line.end);
      return index + 1;
    }
    return this.entry(index, start, line);
  }

  /** `[name]`, and git's `[name "sub"]` as a map in a map. */
  private openSection(start: number, lineEnd: number): void {
    const close = this.text.slice(start, lineEnd).indexOf("]");
    if (close === -1) {
      addProblem(this.problems, this.text, [start, lineEnd], "a section is not closed", "Close it with `]`.");
      return;
    }
    const end = start + close;
    let nameEnd = end;
    const quote = this.text.slice(start, end).indexOf('"');
    let parent = this.root;
    if (quote > 1 && this.text[end - 1] === '"' && start + quote < end - 1) {
      parent = this.child(this.root, start + 1, this.trimEnd(start + 1, start + quote), lineEnd);
      this.section = this.child(parent, start + quote + 1, end - 1, lineEnd);
      return;
    }
    const nameStart = this.skipBlanks(start + 1, end);
    nameEnd = this.trimEnd(nameStart, nameEnd);
    this.section = this.child(parent, nameStart, nameEnd, lineEnd);
  }

  private child(parent: MapExpression, start: number, end: number, stop: number): MapExpression {
    const map: MapExpression = { kind: "map", range: [start, stop], entries: [] };
    if (this.budget.take())
      parent.entries.push({ kind: "value", range: [start, stop], key: verbatimString(this.text, start, end), value: map });
    return map;
  }

  private entry(index: number, start: number, line: Line): number {
    let separator = start;
    while (separator < line.end && this.text[separator] !== "=" && this.text[separator] !== ":") separator++;
    const keyEnd = this.trimEnd(start, separator);
    if (separator === line.end || keyEnd === start) {
      // A key without a value is a flag in some dialects.
      if (keyEnd === start)
        addProblem(this.problems, this.text, [start, line.end], "a key is missing", "Write `key = value`.");
      return index + 1;
    }
    const indent = start - line.start;
    const placed = new PlacedText();
    const valueStart = this.skipBlanks(separator + 1, line.end);
    let end = this.valueEnd(valueStart, line.end);
    const quote = this.text.charAt(valueStart);
    if ((quote === '"' || quote === "'") && end - valueStart >= 2 && this.text[end - 1] === quote) {
      placed.addVerbatim(this.text, valueStart + 1, end - 1);
      this.put(start, keyEnd, placed, [valueStart, end], end - 1, quote);
      return index + 1;
    }
    let next = index + 1;
    let joined = end > valueStart && this.text[end - 1] === "\\";
    placed.addVerbatim(this.text, valueStart, joined ? end - 1 : end);
    for (; next < this.lines.length; next++) {
      const more = this.lines[next];
      if (!more) break;
      const moreStart = this.skipBlanks(more.start, more.end);
      if (!joined && !this.continues(more, moreStart, indent)) break;
      const moreEnd = this.valueEnd(moreStart, more.end);
      const lineJoins = moreEnd > moreStart && this.text[moreEnd - 1] === "\\";
      if (!joined && placed.length > 0) placed.add("\n", end);
      placed.addVerbatim(this.text, moreStart, lineJoins ? moreEnd - 1 : moreEnd);
      joined = lineJoins;
      end = moreEnd;
    }
    this.put(start, keyEnd, placed, [valueStart, end], end, "");
    return next;
  }

  /** configparser: a line indented deeper than its key goes on with the value. Other dialects indent keys, with `=`. */
  private continues(line: Line, contentStart: number, indent: number): boolean {
    if (contentStart === line.end || contentStart - line.start <= indent) return false;
    const first = this.text.charAt(contentStart);
    return first !== "#" && first !== ";" && first !== "[" && !this.text.slice(contentStart, line.end).includes("=");
  }

  private put(
    keyStart: number,
    keyEnd: number,
    placed: PlacedText,
    range: [number, number],
    contentEnd: number,
    quote: string,
  ): void {
    if (!this.budget.take()) return;
    const finished = placed.finish(contentEnd);
    this.section.entries.push({
      kind: "value",
      range: [keyStart, range[1]],
      key: verbatimString(this.text, keyStart, keyEnd),
      value: interpolate(stringNode(finished, range, quote)),
    });
    this.section.range = [this.section.range[0], Math.max(this.section.range[1], range[1])];
  }

  /** End of a value that may be followed by a comment: a `;` or `#` after a blank. */
  private valueEnd(start: number, lineEnd: number): number {
    const quote = this.text.charAt(start);
    let i = start;
    if (quote === '"' || quote === "'") {
      const close = this.text.slice(start + 1, lineEnd).indexOf(quote);
      if (close !== -1) i = start + 1 + close + 1;
    }
    while (i < lineEnd && !(isCommentMark(this.text.charAt(i)) && i > start && isBlank(this.text.charAt(i - 1)))) i++;
    return this.trimEnd(start, i);
  }

  private skipBlanks(from: number, end: number): number {
    let i = from;
    while (i < end && isBlank(this.text.charAt(i))) i++;
    return i;
  }

  private trimEnd(start: number, end: number): number {
    let i = end;
    while (i > start && isBlank(this.text.charAt(i - 1))) i--;
    return i;
  }
}

function isCommentMark(character: string): boolean {
  return character === ";" || character === "#";
}
