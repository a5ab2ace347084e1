/** Markup as the syntax tree that JSX would have: what reads JSX reads Vue, Svelte and Astro. */
import type { TSESTree } from "@typescript-eslint/utils";

import type { Fragments } from "./fragments.js";
import type { Attribute, Code, LocalName, Markup, MarkupElement, MarkupPart, Mixed, Span } from "./types.js";

/** A node as a parser would have made it, as far as lowering looks at it. */
interface Made {
  type: string;
  range: [number, number];
  [field: string]: unknown;
}

type Nodes = Fragments["nodes"];

/**
 * The markup as one statement: a function that is never called here, as it runs after the script. Null where nothing
 * is in it.
 */
export function markupStatement(
  text: string,
  { parts }: Markup,
  nodes: Nodes,
): TSESTree.ProgramStatement | null {
  const statements = parts.flatMap((part) => statementOf(text, part, nodes));
  if (statements.length === 0) return null;
  const range: Span = [0, text.length];
  const made = expressionStatement(
    arrow(range, { type: "BlockStatement", range: [...range], body: statements }),
  );
  return made as unknown as TSESTree.ProgramStatement;
}

/** All code that is needed, each once; the lists that names stand for the items of come before their use. */
export function codesIn(parts: readonly MarkupPart[]): Code[] {
  const found = new Set<Code>();
  const add = (code: Code): void => {
    if (found.has(code)) return;
    for (const { of } of code.names) if (of !== null) add(of);
    found.add(code);
  };
  ownCodes(parts).forEach(add);
  return [...found];
}

function ownCodes(parts: readonly MarkupPart[]): Code[] {
  return parts.flatMap((part) => (part.kind === "code" ? [part] : codesOf(part)));
}

function codesOf({ attributes, children }: MarkupElement): Code[] {
  const own = attributes.flatMap(({ value }): Code[] => {
    if (value.kind === "quoted") return [];
    return value.kind === "code" ? [value] : value.codes;
  });
  return [...own, ...ownCodes(children)];
}

function statementOf(text: string, part: MarkupPart, nodes: Nodes): Made[] {
  const made =
    part.kind === "element" ? elementOf(text, part, nodes) : (nodes.get(part) as unknown as Made | undefined);
  if (made === undefined) return [];
  const names = part.kind === "code" ? part.names : codesOf(part).flatMap((code) => code.names);
  const statement = made.type === "BlockStatement" ? made : expressionStatement(made);
  return names.length === 0 ? [statement] : [scoped(part.range, names, statement, nodes)];
}

function elementOf(text: string, element: MarkupElement, nodes: Nodes): Made {
  const { range, tag, attributes, children } = element;
  const identifier = (span: Span): Made => ({
    type: "JSXIdentifier",
    range: [...span],
    name: text.slice(...span),
  });
  const made = attributes.flatMap((attribute): Made[] => {
    const value = valueOf(text, attribute, nodes);
    if (value === null) return [];
    const end = attribute.value.range[1];
    return [
      { type: "JSXAttribute", range: [attribute.name[0], end], name: identifier(attribute.name), value },
    ];
  });
  // The name of a component is a variable of JSX alone.
  const name: Made = { ...identifier(tag), name: text.slice(...tag).toLowerCase() };
  return {
    type: "JSXElement",
    range: [...range],
    openingElement: { type: "JSXOpeningElement", range: [...range], name, attributes: made },
    children: children.map((child) => elementOf(text, child, nodes)),
  };
}

function valueOf(text: string, { value }: Attribute, nodes: Nodes): Made | null {
  if (value.kind === "quoted")
    return { type: "Literal", range: [...value.range], value: text.slice(...value.range) };
  const expression = value.kind === "mixed" ? mixedOf(text, value, nodes) : nodes.get(value);
  if (expression === undefined || expression.type === "BlockStatement") return null;
  return { type: "JSXExpressionContainer", range: [...value.range], expression };
}

/** Text with code in it is a template. */
function mixedOf(text: string, { range, texts, codes }: Mixed, nodes: Nodes): Made {
  const quasis = texts.map((span, index): Made => {
    const raw = text.slice(...span);
    const tail = index === texts.length - 1;
    return { type: "TemplateElement", range: [...span], value: { raw, cooked: raw }, tail, entities: true };
  });
  const expressions = codes.map((code) => nodes.get(code) ?? missing(code));
  return { type: "TemplateLiteral", range: [...range], quasis, expressions };
}

/** Stands for code that does not parse. */
function missing({ range }: Code): Made {
  return { type: "broken code in the markup", range: [...range] };
}

function expressionStatement(expression: Made): Made {
  return { type: "ExpressionStatement", range: [...expression.range], expression };
}

/** Every use repeats the loops around it; real markup has two or three. */
const MOST_LOOPS = 8;

/** The names that the markup declares stand for the items of a list, or for what is only known at run time. */
function scoped(range: Span, names: readonly LocalName[], statement: Made, nodes: Nodes): Made {
  const all: LocalName[] = [];
  const add = (local: LocalName): void => {
    if (all.some((one) => one.name === local.name && one.range[0] === local.range[0])) return;
    local.of?.names.forEach(add);
    all.push(local);
  };
  names.forEach(add);
  const listOf = ({ of }: LocalName): Made | null => {
    const made =
      of === null || all.length > MOST_LOOPS ? undefined : (nodes.get(of) as unknown as Made | undefined);
    return made === undefined || made.type === "BlockStatement" ? null : made;
  };
  const inner = all.reduceRight((body, local) => {
    const list = listOf(local);
    return list === null ? body : loop(local, list, body);
  }, statement);
  const others = all.filter((local) => listOf(local) === null);
  if (others.length === 0) return inner;
  const unique = [...new Map(others.map((local) => [local.name, local])).values()];
  const declarations = unique.map((local) =>
    declarator(local, { type: "variable of the markup", range: [...local.range] }),
  );
  const variables: Made = { type: "VariableDeclaration", range: [...range], kind: "const", declarations };
  return { type: "BlockStatement", range: [...range], body: [variables, inner] };
}

/** `for (const plan of plans) { … }`, from the list to the code. */
function loop(local: LocalName, list: Made, body: Made): Made {
  const range: [number, number] = [
    Math.min(list.range[0], body.range[0]),
    Math.max(list.range[1], body.range[1]),
  ];
  const left: Made = {
    type: "VariableDeclaration",
    range: [...local.range],
    kind: "const",
    declarations: [declarator(local, null)],
  };
  const block: Made = { type: "BlockStatement", range: [...body.range], body: [body] };
  return { type: "ForOfStatement", range, await: false, left, right: list, body: block };
}

function declarator({ name, range }: LocalName, init: Made | null): Made {
  const id: Made = { type: "Identifier", range: [...range], name };
  return { type: "VariableDeclarator", range: [...range], id, init };
}

/** A function without a name and parameters. */
function arrow(range: Span, body: Made): Made {
  return {
    type: "ArrowFunctionExpression",
    range: [...range],
    params: [],
    body,
    async: true,
    generator: false,
    expression: false,
    id: null,
  };
}
