/**
 * YAML scalars with the place of every character. The values follow the `yaml` package's own resolution (YAML 1.2,
 * chapters 7.3 and 8.1) step by step; only the places are ours.
 */
import type { CST } from "yaml";
import { PlacedText, type Placed } from "./placed-text.js";

interface SourceLine {
  start: number;
  /** Before the line break. */
  end: number;
}

/** `[start, end)` cut at `\n` and `\r\n`; a lone `\r` is content. */
function linesOf(text: string, start: number, end: number): SourceLine[] {
  const lines: SourceLine[] = [];
  let from = start;
  for (let i = start; i < end; i++) {
    if (text[i] !== "\n") continue;
    lines.push({ start: from, end: i > from && text[i - 1] === "\r" ? i - 1 : i });
    from = i + 1;
  }
  lines.push({ start: from, end });
  return lines;
}

/** A plain scalar, possibly over several lines. */
export function placePlain(text: string, start: number, end: number): Placed {
  const placed = new PlacedText();
  return placed.finish(fold(placed, text, start, end, false));
}

/** A single-quoted scalar; the range covers the quotes. */
export function placeSingleQuoted(text: string, start: number, end: number): Placed {
  const placed = new PlacedText();
  const inner = end - 1 > start && text[end - 1] === "'" ? end - 1 : end;
  return placed.finish(fold(placed, text, start + 1, inner, true));
}

/** Folds lines: one break is a space, more are breaks. Answers with the end of the last character. */
function fold(placed: PlacedText, text: string, start: number, end: number, quoted: boolean): number {
  const lines = linesOf(text, start, end);
  let separator = "";
  let lastEnd = start;
  lines.forEach((line, index) => {
    const last = index === lines.length - 1;
    let from = line.start;
    let to = line.end;
    if (index > 0) while (from < to && isBlankAt(text, from)) from++;
    if (!last) while (to > from && isBlankAt(text, to - 1)) to--;
    if (index > 0 && !last && from === to) {
      if (separator === "\n") placed.add("\n", lastEnd);
      else separator = "\n";
      return;
    }
    placed.add(separator, lastEnd);
    addLine(placed, text, from, to, quoted);
    separator = " ";
    lastEnd = to;
  });
  return lastEnd;
}

function addLine(placed: PlacedText, text: string, from: number, to: number, quoted: boolean): void {
  for (let i = from; i < to; i++) {
    placed.add(text.charAt(i), i);
    if (quoted && text[i] === "'" && text[i + 1] === "'" && i + 1 < to) i++;
  }
}

function isBlankAt(text: string, i: number): boolean {
  return text[i] === " " || text[i] === "\t";
}

const ESCAPES = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["e", "\x1b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["N", "\u0085"],
  ["_", "\u00a0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
  [" ", " "],
  ['"', '"'],
  ["/", "/"],
  ["\\", "\\"],
  ["\t", "\t"],
]);

const HEX_DIGITS = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

/** A double-quoted scalar; the range covers the quotes. */
export function placeDoubleQuoted(text: string, start: number, end: number): Placed {
  const placed = new PlacedText();
  const inner = end - 1 > start && text[end - 1] === '"' ? end - 1 : end;
  let i = start + 1;
  while (i < inner) {
    const character = text.charAt(i);
    if (character === "\n" || (character === "\r" && text[i + 1] === "\n" && i + 1 < inner)) {
      i = addFoldedBreaks(placed, text, i, i, inner);
    } else if (character === "\\") {
      i = addEscape(placed, text, i, end);
    } else if (isBlankAt(text, i)) {
      let after = i + 1;
      while (after < inner && isBlankAt(text, after)) after++;
      const breaks = after < inner && (text[after] === "\n" || text.startsWith("\r\n", after));
      if (breaks) {
        i = addFoldedBreaks(placed, text, i, after, inner);
      } else {
        placed.addVerbatim(text, i, after);
        i = after;
      }
    } else {
      placed.add(character, i);
      i++;
    }
  }
  return placed.finish(inner);
}

/** Folds the line breaks and blanks from `from` on (`text[from]` starts a break); their place is `at`. */
function addFoldedBreaks(placed: PlacedText, text: string, at: number, from: number, end: number): number {
  let breaks = 0;
  let i = from;
  while (i < end) {
    if (text[i] === "\n") breaks++;
    else if (text[i] === "\r" ? text[i + 1] !== "\n" : !isBlankAt(text, i)) break;
    i++;
  }
  placed.add(breaks > 1 ? "\n".repeat(breaks - 1) : " ", at);
  return i;
}

function addEscape(placed: PlacedText, text: string, i: number, end: number): number {
  const letter = text.charAt(i + 1);
  if (i + 1 >= end) return end;
  const simple = ESCAPES.get(letter);
  if (simple !== undefined) {
    placed.add(simple, i);
    return i + 2;
  }
  if (letter === "\n" || (letter === "\r" && text[i + 2] === "\n")) {
    let after = i + (letter === "\n" ? 2 : 3);
    while (after < end && isBlankAt(text, after)) after++;
    return after;
  }
  const digits = HEX_DIGITS.get(letter);
  if (digits !== undefined) {
    const hex = text.slice(i + 2, Math.min(end, i + 2 + digits));
    const code = hex.length === digits && /^[0-9a-fA-F]+$/.test(hex) ? parseInt(hex, 16) : Infinity;
    placed.add(code <= 0x10ffff ? String.fromCodePoint(code) : text.slice(i, i + 2 + digits), i);
    return Math.min(end, i + 2 + digits);
  }
  placed.add(text.slice(i, i + 2), i);
  return i + 2;
}

interface BlockLine {
  indentStart: number;
  contentStart: number;
  end: number;
  crlf: boolean;
}

/** A literal (`|`) or folded (`>`) block scalar; null where its header cannot be read. */
export function placeBlock(text: string, token: CST.BlockScalar): Placed | null {
  let header = "";
  let bodyStart = token.offset;
  for (const prop of token.props) {
    if (prop.type === "block-scalar-header") header = prop.source;
    if ("source" in prop) bodyStart += prop.source.length;
  }
  if (header === "") return null;
  const { indent: headerIndent, chomp } = readHeader(header);
  const lines = token.source === "" ? [] : blockLines(text, bodyStart, bodyStart + token.source.length);
  return placeBlockLines(text, lines, { folded: header.startsWith(">"), headerIndent, chomp, parent: token.indent, bodyStart });
}

function readHeader(source: string): { indent: number; chomp: string } {
  let indent = 0;
  let chomp = "";
  for (const character of source.slice(1)) {
    if (chomp === "" && (character === "-" || character === "+")) chomp = character;
    else if (indent === 0 && character >= "1" && character <= "9") indent = Number(character);
  }
  return { indent, chomp };
}

function blockLines(text: string, start: number, end: number): BlockLine[] {
  const lines: BlockLine[] = [];
  let from = start;
  while (from <= end) {
    let lineEnd = text.indexOf("\n", from);
    if (lineEnd === -1 || lineEnd > end) lineEnd = end;
    let contentStart = from;
    while (contentStart < lineEnd && text[contentStart] === " ") contentStart++;
    const crlf = lineEnd > contentStart && text[lineEnd - 1] === "\r";
    lines.push({ indentStart: from, contentStart, end: crlf ? lineEnd - 1 : lineEnd, crlf });
    if (lineEnd === end) break;
    from = lineEnd + 1;
  }
  return lines;
}

interface BlockStyle {
  folded: boolean;
  headerIndent: number;
  chomp: string;
  /** Indentation of the node that holds the scalar. */
  parent: number;
  bodyStart: number;
}

function placeBlockLines(text: string, lines: BlockLine[], style: BlockStyle): Placed {
  const placed = new PlacedText();
  let stop = lines.length;
  while (stop > 0 && isEmpty(lines[stop - 1])) stop--;
  if (stop === 0) {
    const breaks = style.chomp === "+" && lines.length > 0 ? Math.max(1, lines.length - 1) : 0;
    placed.add("\n".repeat(breaks), style.bodyStart);
    return placed.finish(lines.at(-1)?.end ?? style.bodyStart);
  }
  let trim = style.parent + style.headerIndent;
  let first = 0;
  for (let i = 0; i < stop; i++) {
    const line = lines[i];
    if (!line) break;
    const indent = line.contentStart - line.indentStart;
    if (isEmpty(line)) {
      if (style.headerIndent === 0 && indent > trim) trim = indent;
    } else {
      if (style.headerIndent === 0) trim = indent;
      first = i;
      break;
    }
  }
  for (let i = lines.length - 1; i >= stop; i--) {
    const line = lines[i];
    if (line && line.contentStart - line.indentStart > trim) stop = i + 1;
  }

  for (const line of lines.slice(0, first)) {
    const from = Math.min(line.contentStart, line.indentStart + trim);
    placed.addVerbatim(text, from, line.contentStart);
    placed.add("\n", line.end);
  }
  let separator = "";
  let moreIndented = false;
  let lastEnd = lines[first]?.indentStart ?? style.bodyStart;
  for (const line of lines.slice(first, stop)) {
    const indent = line.contentStart - line.indentStart;
    const empty = isEmpty(line);
    // A line less indented than the first is an error; the parser reads it from its first character on.
    const from = !empty && indent < trim ? line.contentStart : line.indentStart + Math.min(indent, trim);
    if (!style.folded) {
      placed.add(separator, lastEnd);
      placed.addVerbatim(text, from, line.end);
      separator = "\n";
      lastEnd = line.end;
    } else if ((indent > trim && from < line.contentStart) || text[line.contentStart] === "\t") {
      if (separator === " ") separator = "\n";
      else if (!moreIndented && separator === "\n") separator = "\n\n";
      placed.add(separator, lastEnd);
      placed.addVerbatim(text, from, line.end);
      separator = "\n";
      lastEnd = line.end;
      moreIndented = true;
    } else if (empty) {
      if (separator === "\n") placed.add("\n", lastEnd);
      else separator = "\n";
    } else {
      placed.add(separator, lastEnd);
      placed.addVerbatim(text, line.contentStart, line.end);
      separator = " ";
      lastEnd = line.end;
      moreIndented = false;
    }
  }
  if (style.chomp === "-") return placed.finish(lastEnd);
  const breakEnd = text[lastEnd] === "\r" ? lastEnd + 2 : text[lastEnd] === "\n" ? lastEnd + 1 : lastEnd;
  if (style.chomp === "") {
    placed.add("\n", lastEnd);
    return placed.finish(breakEnd);
  }
  let end = lastEnd;
  let endsWithBreak = false;
  for (const line of lines.slice(stop)) {
    placed.add("\n", end);
    const from = Math.min(line.contentStart, line.indentStart + trim);
    placed.addVerbatim(text, from, line.contentStart);
    endsWithBreak = from === line.contentStart;
    end = line.end;
  }
  if (!endsWithBreak) placed.add("\n", end);
  return placed.finish(Math.max(end, breakEnd));
}

function isEmpty(line: BlockLine | undefined): boolean {
  return line === undefined || line.contentStart >= line.end;
}
