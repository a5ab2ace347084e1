import type { TSESTree } from "@typescript-eslint/utils";

import type { Expression, TypeForm } from "../form.js";
import { identifierRange, listOf, rangeOf, type Context } from "./context.js";
import { lowerExpression, tooDeep } from "./expressions.js";
import { lowerMembers } from "./type-members.js";
import { plainString } from "./strings.js";

/** The type of an annotation; null where there is none, or none that tells a value. */
export function lowerAnnotation(
  ctx: Context,
  node: TSESTree.TSTypeAnnotation | null | undefined,
): TypeForm | null {
  return node ? lowerType(ctx, node.typeAnnotation) : null;
}

/** The written type arguments of a call; those that tell nothing are dropped from the end, and empty before others. */
export function lowerTypeArguments(
  ctx: Context,
  node: TSESTree.TSTypeParameterInstantiation | null | undefined,
): TypeForm[] {
  const forms = listOf(node?.params).map((param) => lowerType(ctx, param));
  const last = forms.findLastIndex((form) => form !== null);
  return forms.slice(0, last + 1).map((form) => form ?? { kind: "object", members: [] });
}

/** A written type; null where it tells nothing about a value. */
export function lowerType(ctx: Context, node: TSESTree.TypeNode): TypeForm | null {
  return ctx.deeper(1, () => typeOf(ctx, node));
}

function typeOf(ctx: Context, node: TSESTree.TypeNode): TypeForm | null {
  switch (node.type) {
    case "TSTypeReference":
      return lowerReference(ctx, node);
    case "TSLiteralType":
    case "TSUnionType":
      return unionOf(ctx, [node]);
    case "TSIntersectionType":
      return lowerIntersection(ctx, node.types);
    case "TSTypeLiteral":
      return { kind: "object", members: lowerMembers(ctx, node.members) };
    case "TSArrayType":
      return arrayOf(lowerType(ctx, node.elementType));
    case "TSTupleType":
      return arrayOf(unionOf(ctx, node.elementTypes.map(tupleElement)));
    case "TSTypeOperator":
      if (!node.typeAnnotation) return null;
      return node.operator === "keyof"
        ? lowerKeyof(ctx, node.typeAnnotation)
        : lowerType(ctx, node.typeAnnotation);
    case "TSTypeQuery":
      return node.exprName.type === "TSImportType"
        ? null
        : { kind: "typeof", name: entityName(ctx, node.exprName) };
    case "TSIndexedAccessType":
      return lowerIndexedAccess(ctx, node);
    case "TSFunctionType":
      return { kind: "function", returns: lowerAnnotation(ctx, node.returnType) };
    default:
      return null;
  }
}

function arrayOf(element: TypeForm | null): TypeForm | null {
  return element && { kind: "array", element };
}

function tupleElement(node: TSESTree.TypeNode): TSESTree.TypeNode {
  switch (node.type) {
    case "TSNamedTupleMember":
      return node.elementType;
    case "TSOptionalType":
      return node.typeAnnotation;
    default:
      return node;
  }
}

function lowerReference(ctx: Context, node: TSESTree.TSTypeReference): TypeForm | null {
  const args = listOf(node.typeArguments?.params);
  const [first] = args;
  if (node.typeName.type === "Identifier" && first && args.length === 1) {
    const { name } = node.typeName;
    if (name === "Array" || name === "ReadonlyArray") return arrayOf(lowerType(ctx, first));
    if (name === "Readonly" || name === "Required" || name === "Partial") return lowerType(ctx, first);
    if (name === "InstanceType" && first.type === "TSTypeQuery" && first.exprName.type !== "TSImportType") {
      return { kind: "reference", name: entityName(ctx, first.exprName), args: [] };
    }
  }
  return {
    kind: "reference",
    name: entityName(ctx, node.typeName),
    args: lowerTypeArguments(ctx, node.typeArguments),
  };
}

/** `A.B.C` in a type, as the expression that would name it. */
export function entityName(ctx: Context, node: TSESTree.EntityName): Expression {
  if (node.type === "Identifier") return ctx.reference(node.name, identifierRange(ctx, node));
  if (node.type === "ThisExpression") return { kind: "this", range: rangeOf(node) };
  const object = ctx.deeper(1, () => entityName(ctx, node.left)) ?? tooDeep(node);
  const property = plainString(ctx.text, rangeOf(node.right), node.right.name);
  return { kind: "member", range: rangeOf(node), object, property };
}

/** The literals of a union or, where it has none, its only member that can be a value's. */
function unionOf(ctx: Context, types: readonly TSESTree.TypeNode[]): TypeForm | null {
  const values: Expression[] = [];
  const others: TSESTree.TypeNode[] = [];
  let open = false;
  const todo = [...types].reverse();
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (node.type === "TSUnionType") {
      todo.push(...[...node.types].reverse());
    } else if (isLiteral(node)) {
      values.push(lowerExpression(ctx, node.literal));
    } else {
      open = true;
      if (!isNothing(node)) others.push(node);
    }
  }
  if (values.length > 0) return { kind: "literals", values, open };
  const [only] = others;
  return only && others.length === 1 ? lowerType(ctx, only) : null;
}

/** `null` is a literal type to the parsers, but no literal that a union is written for. */
function isLiteral(node: TSESTree.TypeNode): node is TSESTree.TSLiteralType {
  return node.type === "TSLiteralType" && node.literal.type === "Literal" && node.literal.value !== null;
}

function isNothing(node: TSESTree.TypeNode): boolean {
  if (node.type === "TSLiteralType") return true;
  return node.type === "TSNullKeyword" || node.type === "TSUndefinedKeyword" || node.type === "TSVoidKeyword";
}

/** Object types are merged; of other types the first that tells something stands for all. */
function lowerIntersection(ctx: Context, types: readonly TSESTree.TypeNode[]): TypeForm | null {
  const forms = types.map((type) => lowerType(ctx, type)).filter((form) => form !== null);
  const objects = forms.filter((form) => form.kind === "object");
  if (objects.length === forms.length && objects.length > 0) {
    return { kind: "object", members: objects.flatMap((form) => form.members) };
  }
  return forms.find((form) => form.kind !== "object") ?? null;
}

function lowerKeyof(ctx: Context, node: TSESTree.TypeNode): TypeForm | null {
  const form = lowerType(ctx, node);
  return form?.kind === "typeof" ? { kind: "keyof", name: form.name } : null;
}

function lowerIndexedAccess(ctx: Context, node: TSESTree.TSIndexedAccessType): TypeForm | null {
  const object = lowerType(ctx, node.objectType);
  if (!object) return null;
  const { indexType } = node;
  if (indexType.type === "TSLiteralType" && indexType.literal.type === "Literal") {
    const { value } = indexType.literal;
    return typeof value === "string" ? memberType(object, value) : { kind: "member", object, key: null };
  }
  return { kind: "member", object, key: null };
}

/** The type of a property; of a written object type its own member. */
export function memberType(object: TypeForm, key: string): TypeForm | null {
  if (object.kind !== "object") return { kind: "member", object, key };
  return object.members.find((member) => member.key === key)?.type ?? null;
}
