import type { TSESTree } from "@typescript-eslint/utils";

import type { Expression, Range, TemplateExpression } from "../form.js";
import { rangeOf, type Context } from "./context.js";
import { lowerExpression, unknown } from "./expressions.js";
import { attributeText, jsxAttributeString, stringLiteral, templateText } from "./strings.js";

/** A string, number, boolean, null, BigInt or regular expression. */
export function lowerLiteral(ctx: Context, node: TSESTree.Literal): Expression {
  const range = rangeOf(node);
  if ("regex" in node) return { kind: "regex", range, source: node.regex.pattern, flags: node.regex.flags };
  if ("bigint" in node) return lowerBigInt(node, node.bigint);
  if (typeof node.value === "string") {
    return hasEntities(node) ? jsxAttributeString(ctx.text, range) : stringLiteral(ctx.text, range);
  }
  // JSON has no infinity.
  if (typeof node.value === "number" && !Number.isFinite(node.value))
    return unknown(node, "number out of range", []);
  return { kind: "literal", range, value: node.value };
}

function lowerBigInt(node: TSESTree.Literal, digits: string): Expression {
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) return unknown(node, "number out of range", []);
  return { kind: "literal", range: rangeOf(node), value };
}

export function lowerTemplate(ctx: Context, node: TSESTree.TemplateLiteral): TemplateExpression {
  return {
    kind: "template",
    range: rangeOf(node),
    quasis: node.quasis.map((quasi) =>
      hasEntities(quasi)
        ? attributeText(ctx.text, rangeOf(quasi))
        : templateText(ctx.text, quasiRange(ctx, quasi)),
    ),
    expressions: node.expressions.map((part) => lowerExpression(ctx, part)),
  };
}

export function lowerTagged(ctx: Context, node: TSESTree.TaggedTemplateExpression): Expression {
  const tag = lowerExpression(ctx, node.tag);
  const raw = node.quasi.quasis.map((quasi) => quasi.value.raw.replace(/\r\n?/g, "\n"));
  return { kind: "tagged", range: rangeOf(node), tag, template: lowerTemplate(ctx, node.quasi), raw };
}

/** Some parsers let a quasi's range cover the delimiters around it, others do not; the text tells which. */
function quasiRange(ctx: Context, quasi: TSESTree.TemplateElement): Range {
  const [start, end] = quasi.range;
  const text = ctx.text.slice(start, end).replace(/\r\n?/g, "\n");
  if (text === quasi.value.raw.replace(/\r\n?/g, "\n")) return [start, end];
  return [start + 1, quasi.tail ? end - 1 : end - 2];
}

/** Our own parser marks what stands in an attribute of a component's markup, where `&amp;` is `&`. */
function hasEntities(node: TSESTree.Node): boolean {
  return "entities" in node && node.entities === true;
}
