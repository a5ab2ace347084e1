import type { TSESTree } from "@typescript-eslint/utils";

import type { AssignExpression, Expression } from "../form.js";
import { rangeOf, type Context } from "./context.js";
import { lowerExpression, lowerNamed, unknown } from "./expressions.js";
import { lowerKey } from "./objects.js";
import { lowerPattern } from "./patterns.js";

type BinaryNode = TSESTree.BinaryExpression | TSESTree.LogicalExpression;

/** `a + b + c …`: such chains lean left and may be long, so they are walked, not recursed into. */
export function lowerBinaryChain(ctx: Context, node: BinaryNode): Expression {
  const chain: BinaryNode[] = [];
  let first: TSESTree.Node = node;
  while (first.type === "BinaryExpression" || first.type === "LogicalExpression") {
    chain.push(first);
    first = first.left;
  }
  if (!ctx.fits(chain.length)) return lowerLongChain(ctx, node, first, chain);
  const leftmost = first;
  let left = ctx.deeper(chain.length - 1, () => lowerOperand(ctx, leftmost)) ?? lowerOperand(ctx, leftmost);
  for (const link of chain.reverse()) left = combine(link, left, lowerExpression(ctx, link.right));
  return left;
}

function lowerLongChain(
  ctx: Context,
  node: BinaryNode,
  first: TSESTree.Node,
  chain: BinaryNode[],
): Expression {
  const rights = chain.reverse().map((link) => lowerExpression(ctx, link.right));
  return unknown(node, "nested too deeply", [lowerOperand(ctx, first), ...rights]);
}

/** The left of `#x in object` is a name, no expression. */
function lowerOperand(ctx: Context, node: TSESTree.Node): Expression {
  return node.type === "PrivateIdentifier" ? lowerKey(ctx, node, false) : lowerExpression(ctx, node);
}

function combine(node: BinaryNode, left: Expression, right: Expression): Expression {
  const range = rangeOf(node);
  const { operator } = node;
  if (operator === "||" || operator === "&&" || operator === "??")
    return { kind: "logical", range, operator, left, right };
  return { kind: "binary", range, operator, left, right };
}

export function lowerUnary(ctx: Context, node: TSESTree.UnaryExpression): Expression {
  return {
    kind: "unary",
    range: rangeOf(node),
    operator: node.operator,
    argument: lowerExpression(ctx, node.argument),
  };
}

/** `x++` and `x--` as assignments of one more or less. */
export function lowerUpdate(ctx: Context, node: TSESTree.UpdateExpression): AssignExpression {
  const operator = node.operator === "++" ? "+=" : "-=";
  const target = lowerPattern(ctx, node.argument);
  return {
    kind: "assign",
    range: rangeOf(node),
    operator,
    target,
    value: { kind: "literal", range: rangeOf(node), value: 1 },
  };
}

export function lowerAssignment(ctx: Context, node: TSESTree.AssignmentExpression): AssignExpression {
  const target = lowerPattern(ctx, node.left);
  const value = lowerNamed(ctx, node.right, assignedName(node.left));
  return { kind: "assign", range: rangeOf(node), operator: assignOperator(node.operator), target, value };
}

function assignOperator(operator: string): AssignExpression["operator"] {
  switch (operator) {
    case "=":
    case "+=":
    case "-=":
    case "||=":
    case "&&=":
    case "??=":
      return operator;
    default:
      return "other";
  }
}

function assignedName(target: TSESTree.Node): string {
  if (target.type === "Identifier") return target.name;
  if (target.type !== "MemberExpression" || target.computed) return "";
  return target.property.type === "Identifier" ? target.property.name : "";
}
