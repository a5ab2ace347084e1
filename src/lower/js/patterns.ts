import type { TSESTree } from "@typescript-eslint/utils";

import type { Expression, Pattern, TypeForm } from "../form.js";
import { identifierRange, rangeOf, type Context } from "./context.js";
import { lowerExpression, lowerNamed, tooDeep } from "./expressions.js";
import { lowerKey } from "./objects.js";
import { lowerAnnotation, memberType } from "./types.js";

/** A declared or assigned pattern. Written types go to the variables it declares; `type` is what is known from outside. */
export function lowerPattern(ctx: Context, node: TSESTree.Node, type: TypeForm | null = null): Pattern {
  const lowered = ctx.deeper(1, () => patternOf(ctx, node, type));
  return lowered ?? targetOf(tooDeep(node), null);
}

function patternOf(ctx: Context, node: TSESTree.Node, type: TypeForm | null): Pattern {
  switch (node.type) {
    case "Identifier":
      return lowerIdentifier(ctx, node, type);
    case "ObjectPattern":
      return lowerObjectPattern(ctx, node, lowerAnnotation(ctx, node.typeAnnotation) ?? type);
    case "ArrayPattern":
      return lowerArrayPattern(ctx, node, lowerAnnotation(ctx, node.typeAnnotation) ?? type);
    case "AssignmentPattern": {
      const pattern = lowerPattern(ctx, node.left, type);
      const name = node.left.type === "Identifier" ? node.left.name : "";
      return { ...pattern, default: lowerNamed(ctx, node.right, name) };
    }
    case "TSParameterProperty":
      return lowerPattern(ctx, node.parameter, type);
    case "RestElement":
      return lowerPattern(ctx, node.argument, lowerAnnotation(ctx, node.typeAnnotation) ?? type);
    case "TSAsExpression":
    case "TSTypeAssertion":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
      return lowerPattern(ctx, node.expression, type);
    default:
      return targetOf(lowerExpression(ctx, node), null);
  }
}

function targetOf(expression: Expression, value: Expression | null): Pattern {
  return { kind: "target", range: [expression.range[0], expression.range[1]], expression, default: value };
}

function lowerIdentifier(ctx: Context, node: TSESTree.Identifier, type: TypeForm | null): Pattern {
  const range = identifierRange(ctx, node);
  const index = ctx.bindingOf(node.name);
  const binding = ctx.form.bindings[index];
  if (!binding) return targetOf(ctx.reference(node.name, range), null);
  binding.type ??= lowerAnnotation(ctx, node.typeAnnotation) ?? type;
  return { kind: "bind", range, binding: index, default: null };
}

function lowerObjectPattern(ctx: Context, node: TSESTree.ObjectPattern, type: TypeForm | null): Pattern {
  const entries: { key: Expression; value: Pattern }[] = [];
  let rest: Pattern | null = null;
  for (const property of node.properties) {
    if (property.type === "RestElement") {
      rest = lowerPattern(ctx, property.argument);
      continue;
    }
    const key = lowerKey(ctx, property.key, property.computed);
    const memberOf = type && key.kind === "string" ? memberType(structuredClone(type), key.value) : null;
    entries.push({ key, value: lowerPattern(ctx, property.value, memberOf) });
  }
  return { kind: "object", range: rangeOf(node), entries, rest, default: null };
}

function lowerArrayPattern(ctx: Context, node: TSESTree.ArrayPattern, type: TypeForm | null): Pattern {
  const element = type?.kind === "array" ? type.element : null;
  const items: (Pattern | null)[] = [];
  let rest: Pattern | null = null;
  for (const item of node.elements) {
    if (item?.type === "RestElement") rest = lowerPattern(ctx, item.argument);
    else items.push(item && lowerPattern(ctx, item, element && structuredClone(element)));
  }
  return { kind: "array", range: rangeOf(node), items, rest, default: null };
}
