/** A document as a terminal shows it. */
import { noCommands, visible } from "../report/safe.js";
import stringWidth from "../report/width.js";
import { hasColor } from "./terminal.js";
import type { Block, Inline } from "./document.js";
import type { Terminal } from "./terminal.js";

export interface TextStyle {
  bold(text: string): string;
  cyan(text: string): string;
}

export const PLAIN: TextStyle = { bold: (text) => text, cyan: (text) => text };

/** @param columns where lines break; without it they do not, so that a pipe gets a sentence a line. */
export function toText(blocks: readonly Block[], style: TextStyle, columns = Infinity): string {
  return noCommands(`${blocks.map((block) => textBlock(block, style, columns)).join("\n\n")}\n`);
}

function textBlock(block: Block, style: TextStyle, columns: number): string {
  switch (block.kind) {
    case "heading":
      return style.bold(textInlines(block.text, PLAIN));
    case "paragraph":
      return wrapped("", block.text, style, columns);
    case "list":
      return block.items.map((item) => wrapped("  - ", item, style, columns)).join("\n");
    case "table": {
      const plain = [block.head, ...block.rows.map((cells) => cells.map((cell) => textInlines(cell, PLAIN)))];
      const widths = block.head.map((_, column) =>
        Math.max(...plain.map((cells) => stringWidth(cells[column] ?? ""))),
      );
      const pad = (cells: readonly string[]) =>
        `  ${cells.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - stringWidth(cell))).join("  ")}`.trimEnd();
      return plain.map((cells, row) => (row === 0 ? style.bold(pad(cells)) : pad(cells))).join("\n");
    }
  }
}

function textInlines(text: readonly Inline[], style: TextStyle): string {
  return piecesOf(text, style)
    .map(({ shown, paint }) => paint(shown))
    .join("");
}

interface Piece {
  shown: string;
  paint: (text: string) => string;
  /** Kept on one line: people copy it. */
  whole: boolean;
}

function piecesOf(text: readonly Inline[], style: TextStyle): Piece[] {
  return text.map((part) => {
    if (typeof part === "string") return { shown: visible(part), paint: (plain) => plain, whole: false };
    return "code" in part
      ? { shown: visible(part.code), paint: (plain) => style.cyan(plain), whole: true }
      : { shown: visible(part.strong), paint: (plain) => style.bold(plain), whole: false };
  });
}

/** The text after `start`, broken at spaces; the following lines are indented as far. A long word stays whole. */
function wrapped(start: string, text: readonly Inline[], style: TextStyle, columns: number): string {
  if (columns === Infinity) return start + textInlines(text, style);
  const lines: string[] = [];
  let line = start;
  let used = stringWidth(start);
  let empty = true;
  let gap = "";
  for (const word of wordsOf(piecesOf(text, style))) {
    if (word === null) {
      gap += " ";
      continue;
    }
    const width = word.reduce((sum, { shown }) => sum + stringWidth(shown), 0);
    if (!empty && used + gap.length + width > columns) {
      lines.push(line);
      line = " ".repeat(start.length);
      used = start.length;
      gap = "";
    }
    line += gap + word.map(({ shown, paint }) => paint(shown)).join("");
    used += gap.length + width;
    gap = "";
    empty = false;
  }
  return [...lines, line].join("\n");
}

/** Pieces that no space divides; null for each space between them. */
function wordsOf(pieces: readonly Piece[]): (Piece[] | null)[] {
  const words: (Piece[] | null)[] = [];
  for (const piece of pieces) {
    const parts = piece.whole ? [piece.shown] : piece.shown.split(" ");
    parts.forEach((shown, index) => {
      if (index > 0) words.push(null);
      if (shown === "") return;
      const last = words.at(-1);
      if (last) last.push({ ...piece, shown });
      else words.push([{ ...piece, shown }]);
    });
  }
  return words;
}

/** What stdout can show: bold and colour where it may have them, lines as long as the terminal is wide. */
export async function textFor(blocks: readonly Block[], color: boolean, terminal: Terminal): Promise<string> {
  const { stdout, env } = terminal;
  const columns = stdout.columns !== undefined && stdout.columns > 20 ? stdout.columns : undefined;
  if (!(await hasColor(stdout, env, color))) return toText(blocks, PLAIN, columns);
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: 1 });
  const style = { bold: (text: string) => chalk.bold(text), cyan: (text: string) => chalk.cyan(text) };
  return toText(blocks, style, columns);
}
