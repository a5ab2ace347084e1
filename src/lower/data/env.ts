/**
 * `.env` files as dotenv and the shells that source them read them, and Procfiles. Entries are one flat map.
 * Source of the grammar: https://github.com/motdotla/dotenv#rules
 */
import type { MapEntry, MapExpression, Problem, StringExpression } from "../form.js";
import { addProblem, Budget, MAX_NODES, TOO_MANY, type Comment, type Content } from "./content.js";
import { interpolate } from "./interpolation.js";
import { isBlank, PlacedText, stringNode, verbatimString, type Placed } from "./placed-text.js";

export interface EnvOptions {
  /** Lines that are no assignment are fine: `.envrc` is a script. */
  script?: boolean;
  /** `web: KEY=value command`: assignments stand before the command of a process. */
  procfile?: boolean;
}

export function lowerEnv(text: string, options: EnvOptions = {}): Content {
  return new EnvReader(text, options).read();
}

interface Value {
  node: StringExpression;
  placed: Placed;
  /** Offset after the value. */
  end: number;
}

class EnvReader {
  private readonly problems: Problem[] = [];
  private readonly comments: Comment[] = [];
  private readonly budget = new Budget(MAX_NODES);
  private readonly map: MapExpression;
  private readonly lastQuote = new Map<string, number>();

  constructor(
    private readonly text: string,
    private readonly options: EnvOptions,
  ) {
    this.map = { kind: "map", range: [0, text.length], entries: [] };
  }

  read(): Content {
    let i = this.text.startsWith("\uFEFF") ? 1 : 0;
    while (i < this.text.length) {
      if (this.budget.spent) {
        addProblem(this.problems, this.text, [i, i], `the file has ${TOO_MANY}`, "The rest was not read.");
        break;
      }
      i = this.skipLineBreak(this.line(i));
    }
    return { data: this.map, problems: this.problems, comments: this.comments };
  }

  /** Reads the line at `start`, more of them where a quoted value spans lines, and answers with the offset it ends at. */
  private line(start: number): number {
    const lineEnd = this.lineEnd(start);
    let i = this.skipBlanks(start, lineEnd);
    if (i === lineEnd) return lineEnd;
    if (this.text[i] === "#") return this.comment(i, lineEnd);
    // Whoever exports is a shell.
    const isShell =
      this.options.script === true || (this.text.startsWith("export", i) && isBlank(this.text.charAt(i + 6)));
    if (this.text.startsWith("export", i) && isBlank(this.text.charAt(i + 6))) i = this.skipBlanks(i + 6, lineEnd);
    const keyEnd = keyEndAt(this.text, i, lineEnd);
    const separator = this.skipBlanks(keyEnd, lineEnd);
    if (this.options.procfile === true && keyEnd > i && this.text[separator] === ":")
      return this.process(separator + 1, lineEnd);
    const assigns =
      this.text[separator] === "=" || (this.text[separator] === ":" && this.isColonSeparator(separator, lineEnd));
    if (keyEnd === i || !assigns) {
      if (this.options.script !== true)
        addProblem(
          this.problems,
          this.text,
          [i, lineEnd],
          "this is no `KEY=value`",
          "Write it as one, quote values that span lines, or start the line with `#`.",
        );
      return lineEnd;
    }
    return this.assignment(i, keyEnd, separator + 1, lineEnd, isShell);
  }

  /** `KEY: value`; without the blank it is more likely a URL or a scope than an assignment. */
  private isColonSeparator(offset: number, lineEnd: number): boolean {
    return offset + 1 >= lineEnd || isBlank(this.text.charAt(offset + 1));
  }

  private assignment(keyStart: number, keyEnd: number, from: number, lineEnd: number, isShell: boolean): number {
    const valueStart = this.skipBlanks(from, lineEnd);
    const value = this.quoted(valueStart, lineEnd) ?? this.unquoted(valueStart, lineEnd);
    if (isShell && value.node.quote === "") value.node.isWord = true;
    this.put(keyStart, keyEnd, value);
    const rest = this.skipBlanks(value.end, this.lineEnd(value.end));
    return this.text[rest] === "#" ? this.comment(rest, this.lineEnd(rest)) : this.lineEnd(value.end);
  }

  private put(keyStart: number, keyEnd: number, { node, placed }: Value): void {
    this.budget.take();
    const literal = node.quote === "'";
    const entry: MapEntry = {
      kind: "value",
      range: [keyStart, Math.max(keyEnd, node.range[1])],
      key: verbatimString(this.text, keyStart, keyEnd),
      value: literal ? node : interpolate(node, { inert: placed.inert, bare: true }),
    };
    this.map.entries.push(entry);
  }

  private quoted(start: number, lineEnd: number): Value | null {
    const quote = this.text.charAt(start);
    if (start >= lineEnd || (quote !== '"' && quote !== "'" && quote !== "`")) return null;
    const close = this.closingQuote(start, quote);
    const after = close === -1 ? -1 : this.skipBlanks(close + 1, this.lineEnd(close + 1));
    if (after === -1 || (after < this.lineEnd(after) && this.text[after] !== "#")) {
      addProblem(
        this.problems,
        this.text,
        [start, lineEnd],
        close === -1 ? "a quoted value is not closed" : "text follows a quoted value",
        "Quote the whole value.",
      );
      return null;
    }
    const placed = quote === '"' ? decodeDoubleQuoted(this.text, start + 1, close) : verbatim(this.text, start + 1, close);
    return { node: stringNode(placed, [start, close + 1], quote), placed, end: close + 1 };
  }

  /** Offset of the quote that closes the one at `start`; -1 for none. A backslash escapes it, as dotenv has it. */
  private closingQuote(start: number, quote: string): number {
    // The last quote of the text bounds the search, so that unclosed ones do not make it quadratic.
    if (this.lastQuote.get(quote) === undefined) this.lastQuote.set(quote, this.text.lastIndexOf(quote));
    const last = this.lastQuote.get(quote) ?? -1;
    for (let i = start + 1; i <= last; i++) {
      if (this.text[i] === "\\") i++;
      else if (this.text[i] === quote) return i;
    }
    return -1;
  }

  /** Up to the end of the line, or to a `#` after a blank. */
  private unquoted(start: number, lineEnd: number): Value {
    let end = start;
    while (end < lineEnd && !(this.text[end] === "#" && (end === start || isBlank(this.text.charAt(end - 1))))) end++;
    while (end > start && isBlank(this.text.charAt(end - 1))) end--;
    const placed = verbatim(this.text, start, end);
    return { node: stringNode(placed, [start, end], ""), placed, end };
  }

  /** The assignments before a process's command. */
  private process(from: number, lineEnd: number): number {
    let i = this.skipBlanks(from, lineEnd);
    if (this.text.startsWith("env ", i)) i = this.skipBlanks(i + 4, lineEnd);
    for (;;) {
      const keyEnd = keyEndAt(this.text, i, lineEnd);
      if (keyEnd === i || this.text[keyEnd] !== "=") return lineEnd;
      const value = this.word(keyEnd + 1, lineEnd);
      this.put(i, keyEnd, value);
      i = this.skipBlanks(value.end, lineEnd);
      if (i >= lineEnd) return lineEnd;
    }
  }

  /** One word of a shell command: quoted, or up to a blank. */
  private word(start: number, lineEnd: number): Value {
    const quote = this.text.charAt(start);
    if (quote === '"' || quote === "'") {
      const close = this.closingQuote(start, quote);
      if (close !== -1 && close < lineEnd) {
        const placed = quote === '"' ? decodeDoubleQuoted(this.text, start + 1, close) : verbatim(this.text, start + 1, close);
        return { node: stringNode(placed, [start, close + 1], quote), placed, end: close + 1 };
      }
    }
    let end = start;
    while (end < lineEnd && !isBlank(this.text.charAt(end))) end++;
    const placed = verbatim(this.text, start, end);
    return { node: { ...stringNode(placed, [start, end], ""), isWord: true }, placed, end };
  }

  private comment(start: number, end: number): number {
    this.comments.push({ range: [start, end], text: this.text.slice(start, end) });
    return end;
  }

  private skipBlanks(from: number, end: number): number {
    let i = from;
    while (i < end && isBlank(this.text.charAt(i))) i++;
    return i;
  }

  private lineEnd(from: number): number {
    let i = from;
    while (i < this.text.length && this.text[i] !== "\n" && this.text[i] !== "\r") i++;
    return i;
  }

  private skipLineBreak(offset: number): number {
    return this.text.startsWith("\r\n", offset) ? offset + 2 : offset + 1;
  }
}

/** End of the name that starts at `start`; `start` itself for none. */
function keyEndAt(text: string, start: number, end: number): number {
  if (start >= end || !/[A-Za-z_]/.test(text.charAt(start))) return start;
  let i = start + 1;
  while (i < end && /[\w.-]/.test(text.charAt(i))) i++;
  return i;
}

function verbatim(text: string, start: number, end: number): Placed {
  const placed = new PlacedText();
  let i = start;
  while (i < end) {
    // A line break is one character whatever the file's style.
    if (text.startsWith("\r\n", i)) {
      placed.add("\n", i);
      i += 2;
    } else {
      if (text[i] === "$" && text[i - 1] === "\\") placed.add("$", i, true);
      else placed.add(text.charAt(i), i);
      i++;
    }
  }
  return placed.finish(end);
}

const ESCAPES = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["'", "'"],
  ["`", "`"],
  ["\\", "\\"],
  ["$", "$"],
]);

function decodeDoubleQuoted(text: string, start: number, end: number): Placed {
  const placed = new PlacedText();
  let i = start;
  while (i < end) {
    const escaped = text[i] === "\\" && i + 1 < end ? ESCAPES.get(text.charAt(i + 1)) : undefined;
    if (escaped !== undefined) {
      placed.add(escaped, i, escaped === "$");
      i += 2;
    } else if (text[i] === "\\" && (text[i + 1] === "\n" || text.startsWith("\r\n", i + 1))) {
      // A shell joins lines that end in a backslash.
      i += text[i + 1] === "\n" ? 2 : 3;
    } else if (text.startsWith("\r\n", i)) {
      placed.add("\n", i);
      i += 2;
    } else {
      placed.add(text.charAt(i), i);
      i++;
    }
  }
  return placed.finish(end);
}
