/** Many small pieces of code parsed together, each with its own place in the file. */
import type { TSESTree } from "@typescript-eslint/utils";

import { parseJs, type ParsedJs } from "../js.js";
import type { Code } from "./types.js";

export interface Fragments {
  /** What a piece of code is: an expression, or a block of statements. Those that do not parse are left out. */
  nodes: Map<Code, TSESTree.Expression | TSESTree.BlockStatement>;
  comments: ParsedJs["comments"];
}

/** A text with more broken pieces is no component, and each costs some parses. */
const MOST_BROKEN = 1000;

/**
 * Parses pieces of code out of a text. Where one is broken the others are found by halves, so that it costs no more than
 * some parses of the text.
 */
export function parseFragments(text: string, codes: readonly Code[], lang: "ts" | "tsx"): Fragments {
  const found: Fragments = { nodes: new Map(), comments: [] };
  let broken = 0;
  parseSome(codes);
  return found;

  function parseSome(some: readonly Code[]): void {
    const [first] = some;
    if (first === undefined || broken > MOST_BROKEN || parsedTogether(text, some, lang, found)) return;
    if (some.length > 1) {
      const middle = some.length >> 1;
      parseSome(some.slice(0, middle));
      parseSome(some.slice(middle));
    } else if (!first.statements || !parsedTogether(text, some, lang, found, true)) {
      broken++;
    }
  }
}

/** False where they do not parse; nothing is added then. */
function parsedTogether(
  text: string,
  codes: readonly Code[],
  lang: "ts" | "tsx",
  found: Fragments,
  asStatements = false,
): boolean {
  // Line breaks, for a comment up to the line's end.
  const [open, close] = asStatements ? ["async()=>{\n", "\n};\n"] : ["async()=>(\n", "\n);\n"];
  const starts: number[] = [];
  let joined = "";
  for (const code of codes) {
    starts.push(joined.length + open.length);
    const piece = text.slice(...code.range);
    joined += open + (code.entities ? withoutEntities(piece) : piece) + close;
  }
  const { program, comments, problems } = parseJs(`markup.${lang}`, joined);
  if (problems.length > 0 || program.body.length !== codes.length) return false;
  const bodies = program.body.map((statement, index) =>
    bodyOf(statement, (starts[index] ?? 0) - open.length),
  );
  if (bodies.includes(null)) return false;
  codes.forEach((code, index) => {
    const body = bodies[index];
    if (!body) return;
    shift(body, code.range[0] - (starts[index] ?? 0), code.entities ? text : null);
    found.nodes.set(code, body);
  });
  let index = 0;
  for (const { value, range } of comments) {
    while (index + 1 < starts.length && (starts[index + 1] ?? 0) <= range[0]) index++;
    const by = (codes[index]?.range[0] ?? 0) - (starts[index] ?? 0);
    found.comments.push({ value, range: [range[0] + by, range[1] + by] });
  }
  return true;
}

/** The body of the function around a piece; null where the piece closed it and opened something else. */
function bodyOf(
  statement: TSESTree.ProgramStatement,
  start: number,
): TSESTree.Expression | TSESTree.BlockStatement | null {
  if (statement.type !== "ExpressionStatement" || statement.range[0] !== start) return null;
  return statement.expression.type === "ArrowFunctionExpression" ? statement.expression.body : null;
}

const CHARACTERS = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
]);

/** As long as before: the characters that were meant, then blanks, so that `&amp;&amp;` is one operator. */
function withoutEntities(code: string): string {
  return code.replace(/(?:[&<>=]{0,3}&(?:amp|lt|gt);)+[<>=]{0,3}/g, (run) =>
    run.replace(/&\w+;/g, (entity) => CHARACTERS.get(entity) ?? entity).padEnd(run.length),
  );
}

/** A node of any kind, as the parser makes it: plain objects, lists and values. */
type Shiftable = Record<string, unknown> & { range?: [number, number]; start?: number; end?: number };

/**
 * Moves all places in a tree.
 * @param entities The text, where the strings in it may hold entities: they are marked.
 */
function shift(root: TSESTree.Node, by: number, entities: string | null): void {
  const todo: unknown[] = [root];
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (typeof item === "object" && item !== null) todo.push(item);
      continue;
    }
    const node = value as Shiftable;
    const { range } = node;
    if (Array.isArray(range)) {
      node.range = [range[0] + by, range[1] + by];
      if (entities !== null) markEntities(node as Shiftable & { range: [number, number] }, entities);
    }
    if (typeof node.start === "number") node.start += by;
    if (typeof node.end === "number") node.end += by;
    for (const key of Object.keys(node)) {
      const child = node[key];
      if (key !== "range" && typeof child === "object" && child !== null && !(child instanceof RegExp))
        todo.push(child);
    }
  }
}

const ENTITY = /&(?:#|\w+;)/;

/** Strings with entities mean other characters than those that are written: lowering decodes them. */
function markEntities(node: Shiftable & { range: [number, number] }, text: string): void {
  const { type, range } = node;
  if (type === "Literal" && ENTITY.test(text.slice(...range))) node["entities"] = true;
  if (type !== "TemplateElement") return;
  // Without the delimiters, which the parser counts in.
  const inner: [number, number] = [range[0] + 1, range[1] - (node["tail"] === true ? 1 : 2)];
  if (!ENTITY.test(text.slice(...inner))) return;
  Object.assign(node, { range: inner, entities: true });
}
