/** A small document — headings, paragraphs, lists, tables — as Markdown and as HTML; `document-text.ts` is for terminals. */
import { visible } from "../report/safe.js";

/** A run of text; `{ code }` is a name of the code, an API or the command line. */
export type Inline = string | { code: string } | { strong: string };

export type Block =
  | { kind: "heading"; level: 1 | 2 | 3; text: Inline[] }
  | { kind: "paragraph"; text: Inline[] }
  | { kind: "list"; items: Inline[][] }
  | { kind: "table"; head: string[]; rows: Inline[][][] };

export const heading = (level: 1 | 2 | 3, ...text: Inline[]): Block => ({ kind: "heading", level, text });
export const paragraph = (...text: Inline[]): Block => ({ kind: "paragraph", text });
export const list = (items: Inline[][]): Block => ({ kind: "list", items });
export const table = (head: string[], rows: Inline[][][]): Block => ({ kind: "table", head, rows });
export const code = (text: string): Inline => ({ code: text });
export const strong = (text: string): Inline => ({ strong: text });

/** `a`, `b` and `c` */
export function codes(names: readonly string[]): Inline[] {
  return names.flatMap((name, index) => {
    const before = index === 0 ? [] : [index === names.length - 1 ? " and " : ", "];
    return [...before, code(name)];
  });
}

/** Our sentences, in which backticks mark code. */
export function prose(sentence: string): Inline[] {
  return sentence
    .split(/`([^`]+)`/u)
    .map((part, index) => (index % 2 === 1 ? code(part) : part))
    .filter((part) => part !== "");
}

// ── Markdown ────────────────────────────────────────────────────────────────────────────────────────────────────

export function toMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(markdownBlock).join("\n\n")}\n`;
}

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${markdownInlines(block.text)}`;
    case "paragraph":
      return markdownInlines(block.text);
    case "list":
      return block.items.map((item) => `- ${markdownInlines(item)}`).join("\n");
    case "table": {
      const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
      return [
        row(block.head),
        row(block.head.map(() => "---")),
        ...block.rows.map((cells) => row(cells.map((cell) => markdownInlines(cell).replaceAll("|", "\\|")))),
      ].join("\n");
    }
  }
}

function markdownInlines(text: readonly Inline[]): string {
  return text
    .map((part) => {
      if (typeof part === "string") return escapeMarkdown(visible(part));
      return "code" in part
        ? markdownCode(visible(part.code))
        : `**${escapeMarkdown(visible(part.strong))}**`;
    })
    .join("");
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#&~]/gu, (character) => `\\${character}`);
}

/** A fence longer than any run of backticks inside. */
function markdownCode(text: string): string {
  const longest = Math.max(0, ...text.split(/[^`]+/u).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? fence + text + fence : `${fence} ${text} ${fence}`;
}

// ── HTML ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One self-contained page: no script, nothing from the network. */
export function toHtml(title: string, blocks: readonly Block[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid GrayText; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
h2, h3 { break-after: avoid; }
</style>
</head>
<body>
${blocks.map(htmlBlock).join("\n")}
</body>
</html>
`;
}

function htmlBlock(block: Block): string {
  switch (block.kind) {
    case "heading": {
      const tag = `h${String(block.level)}`;
      return `<${tag}>${htmlInlines(block.text)}</${tag}>`;
    }
    case "paragraph":
      return `<p>${htmlInlines(block.text)}</p>`;
    case "list":
      return `<ul>\n${block.items.map((item) => `<li>${htmlInlines(item)}</li>`).join("\n")}\n</ul>`;
    case "table": {
      const head = block.head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
      const rows = block.rows.map(
        (cells) => `<tr>${cells.map((cell) => `<td>${htmlInlines(cell)}</td>`).join("")}</tr>`,
      );
      return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join("\n")}\n</tbody>\n</table>`;
    }
  }
}

function htmlInlines(text: readonly Inline[]): string {
  return text
    .map((part) => {
      if (typeof part === "string") return escapeHtml(part);
      return "code" in part
        ? `<code>${escapeHtml(part.code)}</code>`
        : `<strong>${escapeHtml(part.strong)}</strong>`;
    })
    .join("");
}

const ENTITIES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

function escapeHtml(text: string): string {
  return visible(text).replaceAll(/[&<>"']/gu, (character) => ENTITIES.get(character) ?? character);
}
