/**
 * `.env` files as an ESLint language: lines and comments, no more; the rules read the text themselves.
 * https://eslint.org/docs/latest/extend/languages
 */
import type { Language, OkParseResult, SourceLocation, SourceRange } from "@eslint/core";
import path from "node:path";
import { lowerSource } from "../api/own-files.js";
import { lineStarts, positionOf } from "../audit/lines.js";
import { NO_SCRIPT } from "./no-script.js";

interface Node {
  type: "Program" | "Comment";
  range: SourceRange;
  loc: SourceLocation;
}

/** The event that our rules listen to. */
export const ENV_FILE = "onEnvFile";

type DirectiveType = "disable" | "enable" | "disable-line" | "disable-next-line";

/** A comment of ESLint's, as it wants to be told of it. */
interface DisableDirective {
  type: DirectiveType;
  node: Node;
  value: string;
  justification: string;
}

/** The word, the rules, and after two or more hyphens the reason. */
const DIRECTIVE = /^eslint-(disable(?:-next-line|-line)?|enable)(?:\s|$)/;

interface Root extends Node {
  body: [];
  tokens: [];
  comments: [];
}

/** What ESLint needs of a source code object for a language without a syntax of its own. */
class EnvSourceCode {
  readonly lines: string[];
  readonly #starts: readonly number[];

  constructor(
    readonly text: string,
    readonly ast: Root,
    private readonly name: string,
  ) {
    Object.assign(this, NO_SCRIPT);
    this.#starts = lineStarts(text);
    this.lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  }

  getLoc(node: Node): SourceLocation {
    return node.loc;
  }

  getRange(node: Node): SourceRange {
    return node.range;
  }

  getLocFromIndex(index: number): { line: number; column: number } {
    return positionOf(this.#starts, index);
  }

  getIndexFromLoc({ line, column }: { line: number; column: number }): number {
    return (this.#starts[line - 1] ?? 0) + column - 1;
  }

  /** So that ESLint itself mutes what its comments name, and tells which of them mute nothing. */
  getDisableDirectives(): { directives: DisableDirective[]; problems: [] } {
    const directives = lowerSource(this.name, this.text).directives.flatMap(
      ({ text, range: [from, to] }): DisableDirective[] => {
        const [head, type] = DIRECTIVE.exec(text) ?? [];
        if (head === undefined) return [];
        const [value = "", ...reason] = text.slice(head.length).split(/(?:^|\s+)-{2,}(?:\s+|$)/);
        const loc = { start: this.getLocFromIndex(from), end: this.getLocFromIndex(to) };
        const node: Node = { type: "Comment", range: [from, to], loc };
        return [{ type: type as DirectiveType, node, value, justification: reason.join(" -- ") }];
      },
    );
    return { directives, problems: [] };
  }

  getLines(): string[] {
    return this.lines;
  }

  getParent(): undefined {
    return undefined;
  }

  getAncestors(): [] {
    return [];
  }

  getText(node?: Node, before = 0, after = 0): string {
    if (node === undefined) return this.text;
    return this.text.slice(Math.max(0, node.range[0] - before), node.range[1] + after);
  }

  /** One event and no node: rules for JavaScript look into every node they are shown, some into any at all. */
  *traverse(): Generator<{ kind: 2; target: typeof ENV_FILE; args: [Root] }> {
    yield { kind: 2, target: ENV_FILE, args: [this.ast] };
  }
}

export const envLanguage = {
  fileType: "text",
  lineStart: 1,
  columnStart: 1,
  nodeTypeKey: "type",
  visitorKeys: { Program: [] },
  defaultLanguageOptions: { parserOptions: {} },
  validateLanguageOptions() {
    // There are none.
  },
  parse(file): OkParseResult<Root> {
    const text = String(file.body);
    const starts = lineStarts(text);
    const loc = { start: positionOf(starts, 0), end: positionOf(starts, text.length) };
    const ast: Root = { type: "Program", range: [0, text.length], loc, body: [], tokens: [], comments: [] };
    return { ok: true, ast };
  },
  createSourceCode(file, { ast }: OkParseResult<Root>) {
    return new EnvSourceCode(String(file.body), ast, path.basename(file.path));
  },
} satisfies Language;
