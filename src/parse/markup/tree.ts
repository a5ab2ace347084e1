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

/** All code in the markup, in order. */
export function codesIn(parts: readonly MarkupPart[]): Code[] {
  return parts.flatMap((part) => (part.kind === "code" ? [part] : codesOf(part)));
}

function codesOf({ attributes, children }: MarkupElement): Code[] {
  const own = attributes.flatMap(({ value }): Code[] => {
    if (value.kind === "quoted") return [];
    return value.kind === "code" ? [value] : value.codes;
  });
  return [...own, ...codesIn(children)];
}

function statementOf(text: string, part: MarkupPart, nodes: Nodes): Made[] {
  const made =
    part.kind === "element" ? elementOf(text, part, nodes) : (nodes.get(part) as unknown as Made | undefined);
  if (made === undefined) return [];
  const names = part.kind === "code" ? part.names : codesOf(part).flatMap((code) => code.names);
  const statement = made.type === "BlockStatement" ? made : expressionStatement(made);
  return names.length === 0 ? [statement] : [scoped(part.range, names, statement)];
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

/** The names that the markup declares stand for what is only known at run time. */
function scoped(range: Span, names: readonly LocalName[], statement: Made): Made {
  const unique = [...new Map(names.map((local) => [local.name, local])).values()];
  const declarations = unique.map((local): Made => {
    const id: Made = { type: "Identifier", range: [...local.range], name: local.name };
    const init: Made = { type: "variable of the markup", range: [...local.range] };
    return { type: "VariableDeclarator", range: [...local.range], id, init };
  });
  const variables: Made = { type: "VariableDeclaration", range: [...range], kind: "const", declarations };
  return { type: "BlockStatement", range: [...range], body: [variables, statement] };
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
