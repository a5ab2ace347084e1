/** Cuts the line of code around a token out of a file, ready to print. */
import { graphemesOf } from "./graphemes.js";
import stringWidth from "./width.js";
import { visible } from "./safe.js";
import type { FormatContext } from "./context.js";
import type { Position, Span } from "./types.js";

/** One line of code in three parts, already printable; `…` stands for what was cut. */
export interface Excerpt {
  line: number;
  before: string;
  token: string;
  after: string;
  /** The token goes on in the following lines. */
  continues: boolean;
}

// The same ends of line that ESLint and our positions count.
const LINE_END = /\r\n|[\r\n\u2028\u2029]/;

/** Lines of the context's files, each file split once. */
export class SourceLines {
  readonly #files = new Map<string, readonly string[]>();
  constructor(private readonly context: Pick<FormatContext, "source">) {}

  /** The 1-based line, without its end; undefined when the file or the line is not there. */
  line(file: string, line: number): string | undefined {
    let lines = this.#files.get(file);
    if (lines === undefined) {
      lines = this.context.source(file)?.split(LINE_END) ?? [];
      this.#files.set(file, lines);
    }
    return lines[line - 1];
  }

  /** The word that starts at `position`, as a span; one character where no word does. */
  wordAt(position: Position): Span {
    const rest = (this.line(position.file, position.line) ?? "").slice(
      position.column - 1,
      position.column + 79,
    );
    const length = /^[\w$]+/.exec(rest)?.[0].length ?? 1;
    const { file, line, column } = position;
    return { file, line, column, endLine: line, endColumn: column + length };
  }

  /** The first line of `span`, cut to `columns` terminal cells around it; undefined without source. */
  excerpt(span: Span, columns: number): Excerpt | undefined {
    const text = this.line(span.file, span.line);
    return text === undefined ? undefined : excerptOf(text, span, columns);
  }
}

interface Cell {
  text: string;
  width: number;
}

function cellsOf(text: string): Cell[] {
  return graphemesOf(text.replaceAll("\t", "  ")).map((grapheme) => {
    const shown = visible(grapheme);
    return { text: shown, width: stringWidth(shown) };
  });
}

const widthOf = (cells: readonly Cell[]): number => cells.reduce((sum, cell) => sum + cell.width, 0);
const textOf = (cells: readonly Cell[]): string => cells.map((cell) => cell.text).join("");

/** The first cells that fit in `columns`, with `…` when some do not. */
function head(cells: readonly Cell[], columns: number): Cell[] {
  if (widthOf(cells) <= columns) return [...cells];
  const kept: Cell[] = [];
  let room = columns - 1;
  for (const cell of cells) {
    room -= cell.width;
    if (room < 0) break;
    kept.push(cell);
  }
  return columns < 1 ? [] : [...kept, { text: "…", width: 1 }];
}

const tail = (cells: readonly Cell[], columns: number): Cell[] =>
  head([...cells].reverse(), columns).reverse();

function excerptOf(text: string, span: Span, columns: number): Excerpt {
  const continues = span.endLine > span.line;
  const start = Math.min(span.column - 1, text.length);
  const end = continues ? text.length : Math.max(start, Math.min(span.endColumn - 1, text.length));
  // Minified lines may be megabytes long: look only at what can be shown.
  const reach = columns * 2;
  const indent = text.length - text.trimStart().length;
  const before = cellsOf(text.slice(Math.max(Math.min(indent, start), start - reach), start));
  const token = head(cellsOf(text.slice(start, Math.min(end, start + reach))), columns - 2);
  const after = cellsOf(text.slice(end, end + reach).trimEnd());

  const room = columns - widthOf(token);
  const roomBefore = Math.max(Math.floor(room / 2), room - widthOf(after));
  const shownBefore = tail(before, roomBefore);
  const shownAfter = head(after, room - widthOf(shownBefore));
  return {
    line: span.line,
    before: textOf(shownBefore),
    token: textOf(token),
    after: textOf(shownAfter),
    continues,
  };
}
