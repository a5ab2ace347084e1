import type { TSESTree } from "@typescript-eslint/utils";

import type { Expression, MapEntry } from "../form.js";
import { rangeOf, type Context } from "./context.js";
import { lowerExpression, lowerNamed } from "./expressions.js";
import { lowerFunction } from "./functions.js";
import { plainString, stringLiteral } from "./strings.js";

/** An object literal. */
export function lowerObject(ctx: Context, node: TSESTree.ObjectExpression): Expression {
  return {
    kind: "map",
    range: rangeOf(node),
    entries: node.properties.map((property) => lowerProperty(ctx, property)),
  };
}

function lowerProperty(ctx: Context, node: TSESTree.ObjectLiteralElement): MapEntry {
  if (node.type === "SpreadElement") {
    return { range: rangeOf(node), key: null, value: lowerExpression(ctx, node.argument), kind: "spread" };
  }
  const key = lowerKey(ctx, node.key, node.computed);
  const name = key.kind === "string" ? key.value : "";
  const kind = node.kind === "init" ? "value" : node.kind;
  return { range: rangeOf(node), key, value: lowerPropertyValue(ctx, node, name), kind };
}

function lowerPropertyValue(ctx: Context, node: TSESTree.Property, name: string): Expression {
  if (node.value.type !== "FunctionExpression") return lowerNamed(ctx, node.value, name);
  if (node.kind !== "init") return lowerFunction(ctx, node.value, { name, style: node.kind });
  return node.method
    ? lowerFunction(ctx, node.value, { name, style: "method" })
    : lowerNamed(ctx, node.value, name);
}

/** A property's or member's name: a string where it is fixed, else the computed expression. Numbers are as objects keep them. */
export function lowerKey(ctx: Context, key: TSESTree.Node, computed: boolean): Expression {
  if (computed) return lowerExpression(ctx, key);
  switch (key.type) {
    case "Identifier":
      return plainString(ctx.text, rangeOf(key), key.name);
    case "PrivateIdentifier":
      return plainString(ctx.text, rangeOf(key), `#${key.name}`);
    case "Literal":
      if (typeof key.value === "string") return stringLiteral(ctx.text, rangeOf(key));
      return plainString(ctx.text, rangeOf(key), String(key.value));
    default:
      return lowerExpression(ctx, key);
  }
}
