/** YAML of every dialect: the documents as the `yaml` package composes them, with places of our own (see yaml-scalars). */
import type * as Yaml from "yaml";
import type { Document, Node, Scalar } from "yaml";
import { yaml } from "./parsers.js";
import type { Alias, ErrorCode, Pair, YAMLMap, YAMLSeq } from "yaml";
import type { Expression, MapEntry, Problem, Range, StringExpression } from "../form.js";
import { addProblem, Budget, MAX_DEPTH, numberNode, TOO_DEEP, TOO_MANY, unknown, type Content } from "./content.js";
import { interpolate } from "./interpolation.js";
import { stringNode, type Placed } from "./placed-text.js";
import { yamlComments } from "./yaml-comments.js";
import { isTooDeep } from "./yaml-depth.js";
import { placeBlock, placeDoubleQuoted, placePlain, placeSingleQuoted } from "./yaml-scalars.js";
import { MASK, maskActions } from "./yaml-templates.js";

// The package is loaded with the first YAML file; its tests of a node's kind keep their types.
const isAlias = ((node: unknown) => yaml().isAlias(node)) as typeof Yaml.isAlias;
const isMap = ((node: unknown) => yaml().isMap(node)) as typeof Yaml.isMap;
const isScalar = ((node: unknown) => yaml().isScalar(node)) as typeof Yaml.isScalar;
const isSeq = ((node: unknown) => yaml().isSeq(node)) as typeof Yaml.isSeq;

/** Values that all aliases of a file together may stand for: an alias bomb stops here. */
const MAX_ALIASED = 10_000;

/** The package's own messages quote the file, which may hold secrets. */
const WRONG: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: "an alias names no anchor before it",
  BAD_DIRECTIVE: "a `%` directive is malformed",
  BAD_DQ_ESCAPE: "an escape in double quotes is malformed",
  BAD_INDENT: "the indentation is inconsistent",
  BAD_SCALAR_START: "a plain value starts with a character that must be quoted",
  BLOCK_AS_IMPLICIT_KEY: "a nested mapping starts on the line of its key",
  BLOCK_IN_FLOW: "a block collection stands inside `[]` or `{}`",
  MISSING_CHAR: "a quote, bracket, colon or comma is missing",
  MULTILINE_IMPLICIT_KEY: "a key spans lines",
  MULTIPLE_ANCHORS: "a node has two anchors",
  MULTIPLE_TAGS: "a node has two tags",
  TAB_AS_INDENT: "a tab indents a line",
};

export function lowerYaml(text: string): Content {
  const problems: Problem[] = [];
  const masked = maskActions(text);
  const { Parser, Composer } = yaml();
  const tokens = [...new Parser().parse(masked)];
  if (isTooDeep(tokens)) {
    addProblem(problems, text, [0, text.length], `the file is ${TOO_DEEP}`, "Nest it less.");
    return { data: null, problems, comments: [] };
  }
  // Duplicate keys are kept: comparing each key with all others is quadratic, and every entry can matter here.
  const options = { keepSourceTokens: true, prettyErrors: false, uniqueKeys: false, logLevel: "silent" } as const;
  const documents = [...new Composer(options).compose(tokens)];
  for (const document of documents)
    for (const error of document.errors)
      addProblem(
        problems,
        text,
        error.pos,
        WRONG[error.code] ?? "the YAML is malformed",
        "Correct it; the rest of the file was read.",
      );
  const reader = new YamlReader(text, masked);
  const contents = documents.flatMap((document) => reader.document(document));
  if (reader.cut) addProblem(problems, text, [0, text.length], `the file has ${TOO_MANY}`, "The rest was not read.");
  const [first] = contents;
  const data: Expression | null =
    first === undefined || contents.length === 1
      ? (first ?? null)
      : { kind: "list", range: [0, text.length], items: contents, style: "block" };
  return { data, problems, comments: yamlComments(masked) };
}

class YamlReader {
  /** Whether something was left out because it was too much. */
  cut = false;
  private readonly budget = new Budget();
  private readonly aliasBudget = new Budget(MAX_ALIASED);
  private targets = new Map<Alias, Node>();
  /** Anchored nodes being expanded, to stop at an alias inside its own anchor. */
  private readonly expanding = new Set<Node>();

  constructor(
    private readonly text: string,
    private readonly masked: string,
  ) {}

  document(document: Document.Parsed): Expression[] {
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === null)) return [];
    this.targets = aliasTargets(contents);
    return [this.node(contents, 0)];
  }

  private node(node: Node, depth: number): Expression {
    const range = rangeOf(node);
    if (!this.budget.take() || (this.expanding.size > 0 && !this.aliasBudget.take())) {
      this.cut = true;
      return unknown(range, TOO_MANY);
    }
    if (depth >= MAX_DEPTH) return unknown(range, TOO_DEEP);
    if (isAlias(node)) return this.alias(node, range, depth);
    const value = isMap(node)
      ? this.map(node, range, depth)
      : isSeq(node)
        ? this.list(node, range, depth)
        : isScalar(node)
          ? this.scalar(node, range)
          : unknown(range, "not a YAML value");
    const { tag } = node;
    if (tag === undefined || tag.startsWith("tag:yaml.org,2002:") || tag === "!") return value;
    return unknown([range[0], range[1]], /^![\w!:.-]{0,60}$/.test(tag) ? `tag ${tag}` : "tag", [value]);
  }

  private alias(alias: Alias, range: Range, depth: number): Expression {
    const target = this.targets.get(alias);
    if (!target) return unknown(range, "alias without an anchor");
    if (this.expanding.has(target)) return unknown(range, "alias inside its own anchor");
    this.expanding.add(target);
    const value = this.node(target, depth + 1);
    this.expanding.delete(target);
    return value;
  }

  private list(list: YAMLSeq, range: Range, depth: number): Expression {
    const items = list.items.map((item) => this.item(item, range, depth + 1));
    return { kind: "list", range, items, style: list.flow === true ? "flow" : "block" };
  }

  /** `[a: b]` holds a pair: a map of one entry. */
  private item(item: unknown, around: Range, depth: number): Expression {
    if (isPair(item)) {
      const entry = this.entry(item, around, depth + 1);
      return { kind: "map", range: [entry.range[0], entry.range[1]], entries: [entry] };
    }
    return isNode(item) ? this.node(item, depth) : { kind: "literal", range: [around[0], around[0]], value: null };
  }

  private map(map: YAMLMap, range: Range, depth: number): Expression {
    const merged: MapEntry[] = [];
    const own: MapEntry[] = [];
    for (const pair of map.items) {
      if (isMergeKey(pair.key)) merged.push(...this.merge(pair, range, depth + 1));
      else own.push(this.entry(pair, range, depth + 1));
    }
    // A map's own keys win over merged ones wherever they stand, so in order of precedence they come last.
    return { kind: "map", range, entries: [...merged, ...own] };
  }

  /** `<<: *a` and `<<: [*a, *b]`; of several the first wins, so they are spread last to first. */
  private merge(pair: Pair, around: Range, depth: number): MapEntry[] {
    const { value } = pair;
    const sources: unknown[] = isSeq(value) ? [...value.items].reverse() : [value];
    const start = isNode(pair.key) ? rangeOf(pair.key)[0] : around[0];
    return sources.filter(isNode).map((source): MapEntry => {
      const end = rangeOf(source)[1];
      return { kind: "spread", range: [start, end], key: null, value: this.node(source, depth) };
    });
  }

  private entry(pair: Pair, around: Range, depth: number): MapEntry {
    const key = isNode(pair.key) ? this.key(pair.key, depth) : unknown([around[0], around[0]], "no key");
    const keyRange = isNode(pair.key) ? rangeOf(pair.key) : key.range;
    if (!isNode(pair.value)) {
      const value: Expression = { kind: "literal", range: [keyRange[1], keyRange[1]], value: null };
      return { kind: "value", range: [keyRange[0], keyRange[1]], key, value };
    }
    const value = this.node(pair.value, depth);
    const end = Math.max(keyRange[1], rangeOf(pair.value)[1]);
    return { kind: "value", range: [Math.min(keyRange[0], end), end], key, value };
  }

  /** Keys are strings whatever they look like: `8080:`, `true:`. */
  private key(node: Node, depth: number): Expression {
    if (!isScalar(node)) return this.node(node, depth);
    return this.string(node, rangeOf(node), true) ?? unknown(rangeOf(node), "unreadable key");
  }

  private scalar(node: Scalar, range: Range): Expression {
    const { value } = node;
    if (typeof value === "string") return this.string(node, range, false) ?? unknown(range, "unreadable scalar");
    if (typeof value === "number") return numberNode(range, value);
    if (typeof value === "boolean" || value === null) return { kind: "literal", range, value };
    return unknown(range, "a value that JSON does not have");
  }

  private string(node: Scalar, range: Range, isKey: boolean): Expression | null {
    const placed = this.place(node, range);
    // Where our reading and the parser's differ our places cannot be trusted.
    if (!placed || (!isKey && placed.value !== node.value)) return null;
    const quote = node.srcToken?.type === "block-scalar" || node.type?.startsWith("QUOTE") === true;
    const string = stringNode(placed, range, quote ? this.text.charAt(range[0]) : "");
    return interpolate(this.unmasked(string));
  }

  private place(node: Scalar, [start, end]: Range): Placed | null {
    const token = node.srcToken;
    if (!token) return placePlain(this.masked, start, end);
    switch (token.type) {
      case "block-scalar":
        return placeBlock(this.masked, token);
      case "double-quoted-scalar":
        return placeDoubleQuoted(this.masked, start, end);
      case "single-quoted-scalar":
        return placeSingleQuoted(this.masked, start, end);
      case "scalar":
        return placePlain(this.masked, start, end);
      default:
        return null;
    }
  }

  /** Puts the text of hidden template actions back. */
  private unmasked(string: StringExpression): StringExpression {
    if (!string.value.includes(MASK)) return string;
    const { at } = string;
    const value = [...string.value.split("")]
      .map((character, index) =>
        character === MASK ? this.text.charAt(typeof at === "number" ? at + index : (at[index] ?? 0)) : character,
      )
      .join("");
    return { ...string, value };
  }
}

function isNode(value: unknown): value is Node {
  return isAlias(value) || isMap(value) || isSeq(value) || isScalar(value);
}

function isPair(value: unknown): value is Pair {
  return typeof value === "object" && value !== null && "key" in value && "value" in value && !isNode(value);
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === "<<" && key.type === "PLAIN";
}

/** From the first to the last character: the package counts what follows a block collection as part of it. */
function rangeOf(node: Node): Range {
  const { range } = node;
  if (!range) return [0, 0];
  let last: Node = node;
  for (let child = lastChild(last); child; child = lastChild(last)) last = child;
  return [range[0], Math.max(range[0], last.range?.[1] ?? range[1])];
}

/** The node that a block collection ends with; null for nodes that have an end of their own. */
function lastChild(node: Node): Node | null {
  if ((!isMap(node) && !isSeq(node)) || node.flow === true) return null;
  const item: unknown = node.items.at(-1);
  const end = isPair(item) ? (isNode(item.value) && !isEmptyScalar(item.value) ? item.value : item.key) : item;
  return isNode(end) ? end : null;
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.range?.[0] === node.range?.[1];
}

/** For each alias the last node before it that has its anchor, as YAML wants it. */
function aliasTargets(contents: Node): Map<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const open: unknown[] = [contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) targets.set(node, target);
      continue;
    }
    if (isPair(node)) {
      open.push(node.value, node.key);
      continue;
    }
    if (!isNode(node)) continue;
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isMap(node) || isSeq(node)) for (let i = node.items.length - 1; i >= 0; i--) open.push(node.items[i]);
  }
  return targets;
}
