/** TOML, read by toml-eslint-parser, which stops at the first error: the faulty line is blanked and the rest read again. */
import type { AST } from "toml-eslint-parser";
import { toml } from "./parsers.js";
import type { Expression, ListExpression, MapEntry, MapExpression, Problem, Range, StringExpression } from "../form.js";
import { addProblem, Budget, MAX_DEPTH, numberNode, TOO_DEEP, TOO_MANY, unknown, type Content } from "./content.js";
import { interpolate } from "./interpolation.js";
import { verbatimString } from "./placed-text.js";
import { decodeTomlString } from "./toml-strings.js";

/** Faulty lines read around, before the file is given up. */
const MAX_FAULTS = 10;

/** Characters parsed again for that, at most: large files have a fault or two read around. */
const MAX_REPARSED = 1_000_000;

export function lowerToml(text: string): Content {
  const problems: Problem[] = [];
  let source = text.replace(/^\uFEFF/, " ");
  let attempt = tryParse(source);
  for (let count = 0; !attempt.program && count < MAX_FAULTS && count * source.length <= MAX_REPARSED; count++) {
    const repair = bestRepair(source, attempt.offset);
    if (!repair) break;
    addProblem(problems, text, repair.range, "this is not TOML", "Correct it; the other lines were read.");
    ({ source, attempt } = repair);
  }
  const { program, offset } = attempt;
  if (!program) {
    const [wrong, remedy] =
      offset === null ? [`the file is ${TOO_DEEP}`, "Nest it less."] : ["this is not TOML", "Nothing of the file was read."];
    addProblem(problems, text, offset === null ? [0, text.length] : [offset, offset + 1], wrong, remedy);
    return { data: null, problems, comments: [] };
  }
  const data = new TomlReader(source, problems).program(program);
  const comments = program.comments.map(({ range }) => ({ range, text: text.slice(range[0], range[1]) }));
  return { data, problems, comments };
}

interface Attempt {
  program: AST.TOMLProgram | null;
  /** Of the error; null where the parser ran out of stack. */
  offset: number | null;
}

function tryParse(source: string): Attempt {
  try {
    return { program: toml().parseTOML(source), offset: null };
  } catch (error) {
    const known = error instanceof Error && "index" in error && typeof error.index === "number";
    return { program: null, offset: known ? Math.min(Number(error.index), source.length) : null };
  }
}

interface Repair {
  source: string;
  attempt: Attempt;
  range: Range;
}

/**
 * Blanks the line of the error or, where the error is the first thing on its line, the line before it, which may only
 * break off there: whichever lets the parser come further. Null where neither changes anything.
 */
function bestRepair(source: string, offset: number | null): Repair | null {
  if (offset === null) return null;
  const own = lineAround(source, offset);
  const candidates = [own];
  const isFirst = source.slice(own[0], offset).trim() === "";
  if (isFirst) candidates.push(lineAround(source, lastTextBefore(source, own[0])));
  let best: Repair | null = null;
  for (const [start, end] of candidates) {
    const line = source.slice(start, end);
    if (line.trim() === "") continue;
    const blanked = source.slice(0, start) + line.replace(/\S/g, " ") + source.slice(end);
    const attempt = tryParse(blanked);
    if (!best || reach(attempt) > reach(best.attempt))
      best = { source: blanked, attempt, range: [start + line.search(/\S/), end] };
  }
  return best;
}

function reach(attempt: Attempt): number {
  return attempt.program ? Infinity : (attempt.offset ?? -1);
}

function lineAround(text: string, offset: number): Range {
  let start = offset;
  while (start > 0 && text[start - 1] !== "\n") start--;
  let end = offset;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
  return [start, end];
}

function lastTextBefore(text: string, offset: number): number {
  let i = offset;
  while (i > 0 && /\s/.test(text.charAt(i - 1))) i--;
  return Math.max(0, i - 1);
}

class TomlReader {
  private readonly budget = new Budget();
  private cut = false;

  constructor(
    private readonly text: string,
    private readonly problems: Problem[],
  ) {}

  program(program: AST.TOMLProgram): Expression {
    const root: MapExpression = { kind: "map", range: [0, this.text.length], entries: [] };
    for (const node of program.body[0].body) {
      if (node.type === "TOMLKeyValue") this.keyValue(root, node, 0);
      else this.table(root, node);
    }
    if (this.cut)
      addProblem(this.problems, this.text, [0, this.text.length], `the file has ${TOO_MANY}`, "The rest was not read.");
    return root;
  }

  private table(root: MapExpression, node: AST.TOMLTable): void {
    const table: MapExpression = { kind: "map", range: [node.range[0], node.range[1]], entries: [] };
    const keys = node.key.keys;
    const last = keys.at(-1);
    if (!last || !this.take()) return;
    const parent = this.descend(root, keys.slice(0, -1), node.range);
    if (!parent) return;
    if (node.kind === "array") {
      const list = findEntry(parent, keyName(last))?.value;
      if (list?.kind === "list") {
        list.items.push(table);
        list.range = [list.range[0], table.range[1]];
      } else {
        const items: ListExpression = { kind: "list", range: [table.range[0], table.range[1]], items: [table] };
        this.put(parent, last, items, node.range);
      }
      for (const entry of node.body) this.keyValue(table, entry, keys.length);
      return;
    }
    // `[a.b]` may stand before `[a]`: then `a` is there already.
    const existing = findEntry(parent, keyName(last))?.value;
    const target = existing?.kind === "map" ? existing : table;
    if (target === table) this.put(parent, last, table, node.range);
    for (const entry of node.body) this.keyValue(target, entry, keys.length);
  }

  private keyValue(map: MapExpression, node: AST.TOMLKeyValue, depth: number): void {
    const last = node.key.keys.at(-1);
    const parent = this.descend(map, node.key.keys.slice(0, -1), node.range);
    if (!last || !parent || !this.take()) return;
    this.put(parent, last, this.value(node.value, depth + node.key.keys.length), node.range);
  }

  /** The map that dotted keys lead to; maps on the way are made, the last table of an array of tables is taken. */
  private descend(map: MapExpression, keys: AST.TOMLKey["keys"], range: Range): MapExpression | null {
    let current = map;
    if (keys.length > MAX_DEPTH) return null;
    for (const key of keys) {
      const found = findEntry(current, keyName(key))?.value;
      const next = found?.kind === "list" ? found.items.at(-1) : found;
      if (next?.kind === "map") {
        current = next;
        continue;
      }
      if (!this.take()) return null;
      const made: MapExpression = { kind: "map", range: [range[0], range[1]], entries: [] };
      this.put(current, key, made, range);
      current = made;
    }
    return current;
  }

  private put(map: MapExpression, key: AST.TOMLBare | AST.TOMLQuoted, value: Expression, range: Range): void {
    const entry: MapEntry = { kind: "value", range: [range[0], range[1]], key: this.key(key), value };
    map.entries.push(entry);
    indexEntry(map, keyName(key), entry);
  }

  private key(node: AST.TOMLBare | AST.TOMLQuoted): StringExpression {
    return node.type === "TOMLBare"
      ? verbatimString(this.text, node.range[0], node.range[1])
      : decodeTomlString(this.text, node.range, node.style === "literal", false);
  }

  private value(node: AST.TOMLContentNode, depth: number): Expression {
    const range: Range = [node.range[0], node.range[1]];
    if (!this.take()) return unknown(range, TOO_MANY);
    if (depth >= MAX_DEPTH) return unknown(range, TOO_DEEP);
    if (node.type === "TOMLArray")
      return { kind: "list", range, items: node.elements.map((element) => this.value(element, depth + 1)) };
    if (node.type === "TOMLInlineTable") {
      const map: MapExpression = { kind: "map", range, entries: [] };
      for (const entry of node.body) this.keyValue(map, entry, depth + 1);
      return map;
    }
    switch (node.kind) {
      case "string":
        return interpolate(decodeTomlString(this.text, range, node.style === "literal", node.multiline));
      case "integer":
      case "float":
        return numberNode(range, node.value);
      case "boolean":
        return { kind: "literal", range, value: node.value };
      default:
        return unknown(range, "a date or time");
    }
  }

  private take(): boolean {
    if (this.budget.take()) return true;
    this.cut = true;
    return false;
  }
}

function keyName(key: AST.TOMLBare | AST.TOMLQuoted): string {
  return key.type === "TOMLBare" ? key.name : key.value;
}

/** Entries by name, so that a file of many tables is read in linear time. */
const indexes = new WeakMap<MapExpression, Map<string, MapEntry>>();

function indexEntry(map: MapExpression, name: string, entry: MapEntry): void {
  const index = indexes.get(map) ?? new Map<string, MapEntry>();
  indexes.set(map, index);
  if (!index.has(name)) index.set(name, entry);
}

function findEntry(map: MapExpression, name: string): MapEntry | undefined {
  return indexes.get(map)?.get(name);
}
