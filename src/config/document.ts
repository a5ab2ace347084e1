/** The config file as a tree of values with their places, and the errors found in it. */
import { createScanner, parseTree, type Node, type ParseError } from "jsonc-parser";
import type { Range } from "../lower/form.js";
import { didYouMean, quoted } from "./nearest.js";

export interface ConfigError {
  /** Absolute path of the config file. */
  file: string;
  range: Range;
  /** 1-based. */
  line: number;
  /** 1-based, UTF-16 units. */
  column: number;
  /** What is wrong: a sentence that quotes the wrong thing. */
  message: string;
  /** What is likely right, as a sentence; null where the message says it. */
  help: string | null;
}

/** A string of the file and where it stands. */
export interface PlacedString {
  value: string;
  node: Node;
}

/** A package.json may be deep, but nobody writes this by hand. */
const MAX_DEPTH = 100;
const MAX_ERRORS = 50;

export class ConfigDocument {
  readonly errors: ConfigError[] = [];
  readonly #lines: number[];

  /** @param text Without a byte order mark. */
  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    this.#lines = lineStarts(text);
  }

  /** The root value; null where the text is no JSON with comments. Then `errors` says where it breaks. */
  parse(): Node | null {
    const deep = tooDeepAt(this.text);
    if (deep !== null) {
      this.error([deep, deep + 1], `The file is nested more than ${String(MAX_DEPTH)} levels deep.`);
      return null;
    }
    const problems: ParseError[] = [];
    const root = parseTree(this.text, problems, { allowTrailingComma: true, disallowComments: false });
    if (problems.length === 0 && root !== undefined) return root;
    // What follows the first syntax error is mostly its consequence.
    const [first] = problems;
    const [message, help] =
      this.text.trim() === "" ? EMPTY : (SYNTAX.get(first?.error ?? 0) ?? ["This is no JSON.", null]);
    const at = first?.offset ?? 0;
    this.error([at, at + (first?.length ?? 0)], message, help);
    return null;
  }

  error(at: Node | Range, message: string, help: string | null = null): void {
    if (this.errors.length >= MAX_ERRORS) return;
    const range = "type" in at ? rangeOf(at) : at;
    this.errors.push({ file: this.file, range, ...this.#position(range[0]), message, help });
  }

  /** Reports that a value has the wrong type. `wanted` completes "must be …". */
  wrongType(node: Node, what: string, wanted: string, help: string | null = null): void {
    this.error(node, `${what} must be ${wanted}, not ${describe(node)}.`, help);
  }

  /**
   * The entries of an object by key, in the order written. Reports other types, repeated keys, and keys that are not
   * among `known` (null: any).
   */
  object(
    node: Node,
    what: string,
    known: readonly string[] | null,
  ): Map<string, { key: Node; value: Node }> | null {
    if (node.type !== "object") {
      this.wrongType(node, what, "an object");
      return null;
    }
    const entries = new Map<string, { key: Node; value: Node }>();
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (key === undefined || value === undefined) continue;
      const name = String(key.value);
      if (entries.has(name)) this.error(key, `The key ${quoted(name)} stands here twice.`);
      else if (known !== null && !known.includes(name)) {
        this.error(key, `${what} has no key ${quoted(name)}.`, didYouMean(name, known));
      } else entries.set(name, { key, value });
    }
    return entries;
  }

  /** A string; null and an error for anything else. */
  string(node: Node, what: string): string | null {
    if (node.type === "string") return String(node.value);
    this.wrongType(node, what, "a string");
    return null;
  }

  /** A string with something in it; null and an error for anything else. */
  words(node: Node, what: string): string | null {
    const value = this.string(node, what);
    if (value === null || value.trim() !== "") return value;
    this.error(node, `${what} must not be empty.`);
    return null;
  }

  /** The strings of an array; errors for anything else, with the others kept. */
  strings(node: Node, what: string): PlacedString[] {
    if (node.type !== "array") {
      const help = node.type === "string" ? `Write [${JSON.stringify(node.value)}].` : null;
      this.wrongType(node, what, "an array of strings", help);
      return [];
    }
    return (node.children ?? []).flatMap((child) => {
      const value = this.words(child, `Each entry of ${what}`);
      return value === null ? [] : [{ value, node: child }];
    });
  }

  #position(offset: number): { line: number; column: number } {
    const index = this.#lines.findLastIndex((start) => start <= offset);
    return { line: index + 1, column: offset - (this.#lines[index] ?? 0) + 1 };
  }
}

export function rangeOf(node: Node): Range {
  return [node.offset, node.offset + node.length];
}

function describe(node: Node): string {
  if (node.type === "string") return `the string ${quoted(String(node.value))}`;
  if (node.type === "array") return "an array";
  return node.type === "object" ? "an object" : quoted(String(node.value));
}

const EMPTY = ["The file is empty.", "The least config is `{}`."] as const;

/** What jsonc-parser reports, by `ParseErrorCode`. */
const SYNTAX: ReadonlyMap<number, readonly [message: string, help: string | null]> = new Map<
  number,
  readonly [string, string | null]
>([
  [1, ["This is no JSON value.", "Names and strings stand in double quotes."]],
  [2, ["This is no number.", null]],
  [3, ["A key in double quotes is expected here.", null]],
  [4, ["A value is expected here.", null]],
  [5, ["A colon is expected here, after the key.", null]],
  [6, ["A comma is expected here.", "Put a comma between entries."]],
  [7, ["A closing `}` is expected here.", null]],
  [8, ["A closing `]` is expected here.", null]],
  [9, ["The file should end here.", "It has more than one value."]],
  [11, ["This comment is never closed.", null]],
  [12, ["This string is never closed.", null]],
  [13, ["This number is not finished.", null]],
  [14, ["This is no Unicode escape.", String.raw`Write \u and four hexadecimal digits.`]],
  [15, ["This is no escape.", String.raw`Write \\ for a backslash.`]],
  [16, ["This character must be escaped in a string.", null]],
]);

/** jsonc-parser's `SyntaxKind`, a const enum, of which only the types are shipped. */
const TOKEN = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, end: 17 };

/** The offset of a bracket that opens one level too many; the parser recurses, so it must not see it. */
function tooDeepAt(text: string): number | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let token: number = scanner.scan(); token !== TOKEN.end; token = scanner.scan()) {
    if (token === TOKEN.openBrace || token === TOKEN.openBracket) depth++;
    else if (token === TOKEN.closeBrace || token === TOKEN.closeBracket) depth--;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
  return null;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return starts;
}
