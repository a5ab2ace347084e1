import type { TSESTree } from "@typescript-eslint/utils";

import type { Expression, MapEntry, Range, Statement, StringExpression } from "../form.js";
import { identifierRange, rangeOf, type Context } from "./context.js";
import { lowerExpression } from "./expressions.js";
import { lowerKey } from "./objects.js";
import { bindTo } from "./statements.js";
import { plainString, templateText } from "./strings.js";

/** An enum is a variable whose value is the map of its members. */
export function lowerEnum(ctx: Context, node: TSESTree.TSEnumDeclaration): Statement {
  const { name } = node.id;
  const binding = ctx.bindingOf(name);
  const { members } = node.body;
  const entries = ctx.inScope(ctx.fn, (scope) => {
    scope.enumNames = {
      binding,
      name,
      members: new Set(members.map((member) => memberKey(ctx, member).value)),
    };
    let previous: MapEntry | null = null;
    return members.map((member) => {
      previous = lowerEnumMember(ctx, member, previous, node.id);
      return previous;
    });
  });
  const value: Expression = { kind: "map", range: rangeOf(node.body), entries };
  return { kind: "let", range: rangeOf(node), target: bindTo(ctx, node.id), value };
}

function lowerEnumMember(
  ctx: Context,
  node: TSESTree.TSEnumMember,
  previous: MapEntry | null,
  owner: TSESTree.Identifier,
): MapEntry {
  const key = memberKey(ctx, node);
  const value = node.initializer
    ? lowerExpression(ctx, node.initializer)
    : nextNumber(ctx, rangeOf(node.id), previous, identifierRange(ctx, owner), owner.name);
  return { range: rangeOf(node), key, value, kind: "value" };
}

/** The value of a member without an initializer: one more than that of the member before it. */
function nextNumber(
  ctx: Context,
  range: Range,
  previous: MapEntry | null,
  ownerAt: Range,
  owner: string,
): Expression {
  if (previous?.key?.kind !== "string") return { kind: "literal", range, value: 0 };
  if (previous.value.kind === "literal" && typeof previous.value.value === "number") {
    return { kind: "literal", range, value: previous.value.value + 1 };
  }
  const { value: name, range: at } = previous.key;
  const object = ctx.name(owner, ownerAt, ctx.bindingOf(owner));
  const left: Expression = {
    kind: "member",
    range: [...range],
    object,
    property: plainString(ctx.text, at, name),
  };
  const right: Expression = { kind: "literal", range: [...range], value: 1 };
  return { kind: "binary", range, operator: "+", left, right };
}

/** `A`, `'a-b'`, `['a-b']` or a template without parts. */
function memberKey(ctx: Context, node: TSESTree.TSEnumMember): StringExpression {
  const id: TSESTree.Node = node.id;
  const key = lowerKey(ctx, id, false);
  if (key.kind === "string") return key;
  const [start, end] = rangeOf(id);
  return templateText(ctx.text, [start + 1, end - 1]);
}
