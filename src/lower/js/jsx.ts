import type { TSESTree } from "@typescript-eslint/utils";

import type { CallExpression, Expression, MapEntry, Range, StringExpression } from "../form.js";
import { rangeOf, type Context } from "./context.js";
import { lowerExpression, tooDeep } from "./expressions.js";
import { jsxAttributeString, jsxText, plainString } from "./strings.js";
import { lowerTypeArguments } from "./types.js";

/** An element is a call of its tag with the map of its attributes. */
export function lowerJsxElement(ctx: Context, node: TSESTree.JSXElement): CallExpression {
  const { openingElement: opening } = node;
  const entries = opening.attributes.map((attribute) => lowerAttribute(ctx, attribute));
  const callee = lowerTag(ctx, opening.name);
  const typeArgs = lowerTypeArguments(ctx, opening.typeArguments);
  return elementCall(ctx, node, callee, entries, typeArgs);
}

/** A fragment is an element whose tag is the empty string. */
export function lowerJsxFragment(ctx: Context, node: TSESTree.JSXFragment): CallExpression {
  return elementCall(ctx, node, plainString(ctx.text, rangeOf(node.openingFragment), ""), [], []);
}

function elementCall(
  ctx: Context,
  node: TSESTree.JSXElement | TSESTree.JSXFragment,
  callee: Expression,
  attributes: MapEntry[],
  typeArgs: CallExpression["typeArgs"],
): CallExpression {
  const items = node.children.flatMap((child) => lowerChild(ctx, child));
  const entries = items.length > 0 ? [...attributes, childrenEntry(node, items)] : attributes;
  const args: Expression[] = [{ kind: "map", range: rangeOf(node), entries }];
  return { kind: "call", range: rangeOf(node), callee, args, style: "jsx", typeArgs };
}

function childrenEntry(node: TSESTree.JSXElement | TSESTree.JSXFragment, items: Expression[]): MapEntry {
  const first = node.children[0]?.range[0] ?? node.range[0];
  const last = node.children.at(-1)?.range[1] ?? node.range[1];
  const range: Range = [first, last];
  const key: StringExpression = {
    kind: "string",
    range: [first, first],
    value: "children",
    at: childrenAt(first),
    quote: "",
  };
  return { range, key, value: { kind: "list", range: [first, last], items }, kind: "value" };
}

/** The key is written nowhere: each of its characters stands before the first child. */
function childrenAt(offset: number): number[] {
  return new Array<number>("children".length + 1).fill(offset);
}

function lowerTag(ctx: Context, node: TSESTree.JSXTagNameExpression): Expression {
  const range = rangeOf(node);
  if (node.type === "JSXNamespacedName") return namespacedName(ctx, node);
  if (node.type === "JSXIdentifier") {
    if (node.name === "this") return { kind: "this", range };
    const isHost = /^[a-z]/.test(node.name) || node.name.includes("-");
    return isHost ? plainString(ctx.text, range, node.name) : ctx.reference(node.name, range);
  }
  const object = ctx.deeper(1, () => lowerTagObject(ctx, node.object)) ?? tooDeep(node);
  const property = plainString(ctx.text, rangeOf(node.property), node.property.name);
  return { kind: "member", range, object, property };
}

/** In `<motion.a>` a lower-case name is a variable, too. */
function lowerTagObject(ctx: Context, node: TSESTree.JSXTagNameExpression): Expression {
  if (node.type === "JSXIdentifier" && node.name !== "this") return ctx.reference(node.name, rangeOf(node));
  return lowerTag(ctx, node);
}

function namespacedName(ctx: Context, node: TSESTree.JSXNamespacedName): StringExpression {
  return plainString(ctx.text, rangeOf(node), `${node.namespace.name}:${node.name.name}`);
}

function lowerAttribute(ctx: Context, node: TSESTree.JSXAttribute | TSESTree.JSXSpreadAttribute): MapEntry {
  const range = rangeOf(node);
  if (node.type === "JSXSpreadAttribute") {
    return { range, key: null, value: lowerExpression(ctx, node.argument), kind: "spread" };
  }
  const { name } = node;
  const key =
    name.type === "JSXNamespacedName"
      ? namespacedName(ctx, name)
      : plainString(ctx.text, rangeOf(name), name.name);
  return { range, key, value: lowerAttributeValue(ctx, node), kind: "value" };
}

function lowerAttributeValue(ctx: Context, node: TSESTree.JSXAttribute): Expression {
  const { value } = node;
  if (!value) return { kind: "literal", range: rangeOf(node), value: true };
  if (value.type === "Literal") return jsxAttributeString(ctx.text, rangeOf(value));
  if (value.type !== "JSXExpressionContainer") return lowerExpression(ctx, value);
  return lowerExpression(ctx, value.expression);
}

function lowerChild(ctx: Context, node: TSESTree.JSXChild): Expression[] {
  switch (node.type) {
    case "JSXText": {
      const string = jsxText(ctx.text, rangeOf(node));
      return string ? [string] : [];
    }
    case "JSXExpressionContainer":
      return node.expression.type === "JSXEmptyExpression" ? [] : [lowerExpression(ctx, node.expression)];
    case "JSXSpreadChild":
      return [{ kind: "spread", range: rangeOf(node), argument: lowerExpression(ctx, node.expression) }];
    default:
      return [lowerExpression(ctx, node)];
  }
}
