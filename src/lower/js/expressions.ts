import type { TSESTree } from "@typescript-eslint/utils";

import type { CallExpression, Expression, FunctionExpression, TypedExpression } from "../form.js";
import { lowerClassExpression } from "./classes.js";
import { identifierRange, listOf, rangeOf, type Context } from "./context.js";
import { lowerFunction } from "./functions.js";
import { lowerJsxElement, lowerJsxFragment } from "./jsx.js";
import { lowerLiteral, lowerTagged, lowerTemplate } from "./literals.js";
import { lowerKey, lowerObject } from "./objects.js";
import { lowerAssignment, lowerBinaryChain, lowerUnary, lowerUpdate } from "./operators.js";
import { lowerType, lowerTypeArguments } from "./types.js";

/** Any node that stands where an expression may; what has no place in the form becomes unknown, with its parts. */
export function lowerExpression(ctx: Context, node: TSESTree.Node): Expression {
  return lowerNamed(ctx, node, "");
}

/** As `lowerExpression`; `name` is what a nameless function or class written here is called. */
export function lowerNamed(ctx: Context, node: TSESTree.Node, name: string): Expression {
  return ctx.deeper(1, () => expressionOf(ctx, node, name)) ?? tooDeep(node);
}

/** What stands for code that is nested deeper than the form allows. */
export function tooDeep(node: TSESTree.Node): Expression {
  return unknown(node, "nested too deeply", []);
}

/** An expression the form has no place for; `parts` may still hold calls. */
export function unknown(node: TSESTree.Node, reason: string, parts: Expression[]): Expression {
  return { kind: "unknown", range: rangeOf(node), reason, parts };
}

function expressionOf(ctx: Context, node: TSESTree.Node, name: string): Expression {
  const range = rangeOf(node);
  switch (node.type) {
    case "Identifier":
      return ctx.reference(node.name, identifierRange(ctx, node));
    case "Literal":
      return lowerLiteral(ctx, node);
    case "TemplateLiteral":
      return lowerTemplate(ctx, node);
    case "TaggedTemplateExpression":
      return lowerTagged(ctx, node);
    case "MemberExpression":
      return lowerMember(ctx, node);
    case "CallExpression":
    case "NewExpression":
      return lowerCall(ctx, node);
    case "ObjectExpression":
      return lowerObject(ctx, node);
    case "ArrayExpression":
      return lowerArray(ctx, node);
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return lowerFunctionExpression(ctx, node, name);
    case "ClassExpression":
      return lowerClassExpression(ctx, node, name);
    case "BinaryExpression":
    case "LogicalExpression":
      return lowerBinaryChain(ctx, node);
    case "AssignmentExpression":
      return lowerAssignment(ctx, node);
    case "UnaryExpression":
      return lowerUnary(ctx, node);
    case "UpdateExpression":
      return lowerUpdate(ctx, node);
    case "ConditionalExpression": {
      const test = lowerExpression(ctx, node.test);
      const then = lowerNamed(ctx, node.consequent, name);
      return { kind: "conditional", range, test, then, else: lowerNamed(ctx, node.alternate, name) };
    }
    case "AwaitExpression":
      return { kind: "await", range, argument: lowerExpression(ctx, node.argument) };
    case "SequenceExpression": {
      const expressions = node.expressions.map((part) => lowerExpression(ctx, part));
      const [first, last, ...more] = expressions;
      // `(0, module.send)(url)`, as compilers write a call without `this`.
      if (first?.kind === "literal" && last !== undefined && more.length === 0) return last;
      return { kind: "sequence", range, expressions };
    }
    case "SpreadElement":
      return { kind: "spread", range, argument: lowerExpression(ctx, node.argument) };
    case "ThisExpression":
      return { kind: "this", range };
    case "Super":
      return { kind: "super", range };
    case "ImportExpression":
      return { kind: "import", range, source: lowerExpression(ctx, node.source) };
    case "MetaProperty":
      return { kind: "meta", range, name: `${node.meta.name}.${node.property.name}` };
    case "JSXElement":
      return lowerJsxElement(ctx, node);
    case "JSXFragment":
      return lowerJsxFragment(ctx, node);
    case "TSAsExpression":
    case "TSTypeAssertion":
    case "TSSatisfiesExpression":
      return lowerTyped(ctx, node, name);
    case "ChainExpression":
    case "TSNonNullExpression":
    case "TSInstantiationExpression":
      return lowerNamed(ctx, node.expression, name);
    case "YieldExpression":
      return unknown(node, "yield", node.argument ? [lowerExpression(ctx, node.argument)] : []);
    default:
      return unknown(node, `unsupported syntax (${node.type})`, []);
  }
}

function lowerFunctionExpression(
  ctx: Context,
  node: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression,
  name: string,
): FunctionExpression {
  const style = node.type === "ArrowFunctionExpression" ? "arrow" : "function";
  return lowerFunction(ctx, node, { name: node.id?.name ?? name, style });
}

function lowerMember(ctx: Context, node: TSESTree.MemberExpression): Expression {
  const object = lowerExpression(ctx, node.object);
  return {
    kind: "member",
    range: rangeOf(node),
    object,
    property: lowerKey(ctx, node.property, node.computed),
  };
}

function lowerCall(ctx: Context, node: TSESTree.CallExpression | TSESTree.NewExpression): CallExpression {
  return {
    kind: "call",
    range: rangeOf(node),
    callee: lowerExpression(ctx, node.callee),
    args: node.arguments.map((argument) => lowerExpression(ctx, argument)),
    style: node.type === "NewExpression" ? "new" : "call",
    typeArgs: lowerTypeArguments(ctx, node.typeArguments),
  };
}

function lowerArray(ctx: Context, node: TSESTree.ArrayExpression): Expression {
  const items = node.elements.map((item): Expression =>
    item
      ? lowerExpression(ctx, item)
      : { kind: "literal", range: [node.range[0], node.range[0]], value: null },
  );
  return { kind: "list", range: rangeOf(node), items };
}

/** `as const` says nothing that the value does not. */
function lowerTyped(
  ctx: Context,
  node: TSESTree.TSAsExpression | TSESTree.TSSatisfiesExpression | TSESTree.TSTypeAssertion,
  name: string,
): Expression {
  const value = lowerNamed(ctx, node.expression, name);
  const { typeAnnotation: written } = node;
  if (
    written.type === "TSTypeReference" &&
    written.typeName.type === "Identifier" &&
    written.typeName.name === "const"
  ) {
    return value;
  }
  const satisfies = node.type === "TSSatisfiesExpression";
  const typed: TypedExpression = {
    kind: "typed",
    range: rangeOf(node),
    value,
    type: lowerType(ctx, written),
    satisfies,
  };
  return typed;
}

/** The decorators of a declaration; parsers of plain JavaScript leave the list out. */
export function lowerDecorators(
  ctx: Context,
  nodes: readonly TSESTree.Decorator[] | undefined,
): Expression[] {
  return listOf(nodes).map((node) => lowerExpression(ctx, node.expression));
}
