/** What the terminal can show: marks, colours, links, and lines that fit. Text given to it is made visible first. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Chalk, type ChalkInstance } from "chalk";
import { graphemesOf } from "./graphemes.js";
import stringWidth from "./width.js";
import { visible } from "./safe.js";
import { place } from "./words.js";
import type { FormatContext } from "./context.js";
import type { Mark } from "./matrix.js";
import type { Position } from "./types.js";

const UNICODE = {
  yes: "✓",
  no: "–",
  attention: "!",
  unsure: "?",
  error: "✖",
  warning: "▲",
  arrow: "→",
  hint: "✎",
};
const ASCII = {
  yes: "+",
  no: "-",
  attention: "!",
  unsure: "?",
  error: "x",
  warning: "!",
  arrow: "->",
  hint: "*",
};
const LINES = { unicode: { under: "━", bar: "│", rule: "─" }, ascii: { under: "^", bar: "|", rule: "-" } };

export type Marks = Record<Mark | keyof typeof UNICODE | keyof typeof LINES.unicode, string>;

export class Terminal {
  readonly chalk: ChalkInstance;
  readonly width: number;
  readonly marks: Marks;

  constructor(private readonly context: FormatContext) {
    this.chalk = new Chalk({ level: context.color ? 1 : 0 });
    // Narrower than this nothing reads well, wider than this no sentence does.
    this.width = Math.max(40, Math.min(context.width, 120));
    this.marks = context.unicode === false ? { ...ASCII, ...LINES.ascii } : { ...UNICODE, ...LINES.unicode };
  }

  /** Breaks visible text into lines of at most `columns`; words longer than a line are cut. */
  wrap(text: string, columns: number): string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of wordsOf(visible(text)).flatMap((part) => pieces(part, columns))) {
      const joined = line === "" ? word : `${line} ${word}`;
      if (line !== "" && stringWidth(joined) > columns) {
        lines.push(line);
        line = word;
      } else {
        line = joined;
      }
    }
    return [...lines, line];
  }

  /** Wrapped text after `first`; the following lines are indented as far. */
  hanging(first: string, text: string, paint: (line: string) => string = (line) => line): string {
    const indent = stringWidth(first);
    return this.wrap(text, this.width - indent)
      .map((line, index) => (index === 0 ? first : " ".repeat(indent)) + paint(line))
      .join("\n");
  }

  /** Code in backticks stands out. */
  readonly code = (text: string): string => text.replace(/`[^`]*`/g, (part) => this.chalk.bold(part));

  /** `src/auth.ts:3:17`, a link where the terminal can. Never cut: people click and copy it. */
  place(position: Position): string {
    const shown = this.chalk.cyan(visible(place(position)));
    const { root } = this.context;
    return root === undefined ? shown : this.link(shown, pathToFileURL(join(root, position.file)).href);
  }

  link(text: string, url: string | null): string {
    if (!this.context.hyperlinks || url === null) return text;
    return `\u001b]8;;${visible(url)}\u001b\\${text}\u001b]8;;\u001b\\`;
  }
}

/** Code in backticks stays together. */
function wordsOf(text: string): string[] {
  return text.match(/(?:`[^`]*`|[^ `]|`)+/g) ?? [];
}

function pieces(word: string, columns: number): string[] {
  if (stringWidth(word) <= columns) return [word];
  const parts: string[] = [];
  let part = "";
  let used = 0;
  for (const segment of graphemesOf(word)) {
    const width = stringWidth(segment);
    if (used + width > columns) {
      parts.push(part);
      part = "";
      used = 0;
    }
    part += segment;
    used += width;
  }
  return [...parts, part];
}
