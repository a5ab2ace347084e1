/** HCL's quoted templates and heredocs. */
import type { Expression, StringExpression } from "../form.js";
import { unknown } from "./content.js";
import type { HclScanner } from "./hcl-scanner.js";
import { interpolate } from "./interpolation.js";
import { VARIABLE_REASON } from "./settings.js";
import { PlacedText, stringNode } from "./placed-text.js";

const ESCAPES = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
]);

/** Reads a quoted template; `expression` reads what stands in `${…}`. */
export function readQuoted(scanner: HclScanner, expression: () => Expression): Expression {
  const start = scanner.position;
  scanner.position++;
  const quasis: StringExpression[] = [];
  const expressions: Expression[] = [];
  let placed = new PlacedText();
  let quasiStart = scanner.position;
  const closeQuasi = (): void => {
    quasis.push(stringNode(placed.finish(scanner.position), [quasiStart, scanner.position], '"'));
    placed = new PlacedText();
  };
  for (;;) {
    const { character } = scanner;
    if (scanner.done || character === "\n" || character === "\r") scanner.fail("a string is not closed");
    if (character === '"') break;
    if (scanner.at("${") || scanner.at("%{")) {
      closeQuasi();
      expressions.push(readPlaceholder(scanner, expression));
      quasiStart = scanner.position;
    } else if (scanner.at("$${") || scanner.at("%%{")) {
      placed.add(character, scanner.position);
      placed.add("{", scanner.position + 2);
      scanner.position += 3;
    } else if (character === "\\") {
      addEscape(placed, scanner);
    } else {
      placed.add(character, scanner.position);
      scanner.position++;
    }
  }
  closeQuasi();
  scanner.position++;
  const [first] = quasis;
  const [only] = expressions;
  if (!only && first) return { ...first, range: [start, scanner.position] };
  // `"${x}"` is x itself, whatever its type.
  if (only && expressions.length === 1 && quasis.every((quasi) => quasi.value === "")) return only;
  return { kind: "template", range: [start, scanner.position], quasis, expressions: expressions.map(asPart) };
}

function readPlaceholder(scanner: HclScanner, expression: () => Expression): Expression {
  const start = scanner.position;
  if (scanner.at("%{")) {
    // `%{ if … }` decides over the text around it.
    while (!scanner.done && scanner.character !== "}" && scanner.character !== "\n") scanner.position++;
    scanner.expect("}", "a template directive is not closed");
    return unknown([start, scanner.position], "template directive");
  }
  scanner.position += 2;
  scanner.accept("~");
  const value = expression();
  scanner.skip(true);
  scanner.accept("~");
  scanner.expect("}", "a `${` is not closed");
  return value;
}

function addEscape(placed: PlacedText, scanner: HclScanner): void {
  const { text, position } = scanner;
  const letter = text.charAt(position + 1);
  const digits = letter === "u" ? 4 : letter === "U" ? 8 : 0;
  const hex = text.slice(position + 2, position + 2 + digits);
  if (digits > 0 && hex.length === digits && /^[0-9a-fA-F]+$/.test(hex)) {
    const code = parseInt(hex, 16);
    if (code <= 0x10ffff) placed.add(String.fromCodePoint(code), position);
    scanner.position += 2 + digits;
    return;
  }
  const escaped = ESCAPES.get(letter);
  if (escaped === undefined) {
    placed.add("\\", position);
    scanner.position++;
    return;
  }
  placed.add(escaped, position);
  scanner.position += 2;
}

/** Inside text a reference is a variable that nobody here knows. */
function asPart(value: Expression): Expression {
  const name = referenceName(value);
  return name === null ? value : unknown([value.range[0], value.range[1]], VARIABLE_REASON + name);
}

function referenceName(value: Expression): string | null {
  if (value.kind === "name") return value.name;
  if (value.kind !== "member" || value.property.kind !== "string") return null;
  const object = referenceName(value.object);
  return object === null ? null : `${object}.${value.property.value}`;
}

/** Reads `<<EOT` or `<<-EOT`, the cursor being on the first `<`; null when this is no heredoc. */
export function readHeredoc(scanner: HclScanner): Expression | null {
  const { text } = scanner;
  const start = scanner.position;
  const opening = /<<(-?)([A-Za-z_][\w-]{0,60})\r?\n/y;
  opening.lastIndex = start;
  const match = opening.exec(text);
  if (!match) return null;
  const [whole, flush, delimiter] = match;
  const lines: { start: number; end: number; next: number }[] = [];
  let position = start + whole.length;
  for (;;) {
    if (position >= text.length) {
      scanner.position = text.length;
      scanner.fail("a heredoc is not closed");
    }
    const lineBreak = text.indexOf("\n", position);
    const next = lineBreak === -1 ? text.length : lineBreak + 1;
    let end = lineBreak === -1 ? text.length : lineBreak;
    if (end > position && text[end - 1] === "\r") end--;
    if (text.slice(position, end).trim() === delimiter) {
      scanner.position = end;
      break;
    }
    lines.push({ start: position, end, next });
    position = next;
  }
  const indent = flush === "-" ? commonIndent(text, lines) : 0;
  const placed = new PlacedText();
  for (const line of lines) {
    placed.addVerbatim(text, Math.min(line.start + indent, line.end), line.end);
    placed.add("\n", line.end);
  }
  const contentEnd = lines.at(-1)?.next ?? start + whole.length;
  return interpolate(stringNode(placed.finish(contentEnd), [start, scanner.position], "<<"));
}

function commonIndent(text: string, lines: readonly { start: number; end: number }[]): number {
  let common = Infinity;
  for (const line of lines) {
    let i = line.start;
    while (i < line.end && (text[i] === " " || text[i] === "\t")) i++;
    if (i < line.end) common = Math.min(common, i - line.start);
  }
  return Number.isFinite(common) ? common : 0;
}
