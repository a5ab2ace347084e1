import type { TSESTree } from "@typescript-eslint/utils";

import type { TypeDeclaration, TypeForm } from "../form.js";
import { listOf, rangeOf, type Context } from "./context.js";
import { lowerExpression } from "./expressions.js";
import { lowerAnnotation, lowerType, lowerTypeArguments } from "./types.js";

/** Keeps a type alias or interface with the file's types, by name. */
export function declareType(
  ctx: Context,
  node: TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeAliasDeclaration,
): void {
  const declaration: TypeDeclaration = { name: node.id.name, range: rangeOf(node), type: null, extends: [] };
  ctx.form.types.push(declaration);
  if (node.type === "TSTypeAliasDeclaration") {
    declaration.type = lowerType(ctx, node.typeAnnotation);
    return;
  }
  declaration.type = { kind: "object", members: lowerMembers(ctx, node.body.body) };
  declaration.extends = listOf(node.extends).map((parent) => heritageType(ctx, parent));
}

/** A type that a class implements or an interface extends. */
export function heritageType(
  ctx: Context,
  node: TSESTree.TSInterfaceHeritage | TSESTree.TSClassImplements,
): TypeForm {
  const name = lowerExpression(ctx, node.expression);
  return { kind: "reference", name, args: lowerTypeArguments(ctx, node.typeArguments) };
}

/** The members of an object type or interface that have a fixed name and a type that tells something. */
export function lowerMembers(
  ctx: Context,
  nodes: readonly TSESTree.TypeElement[],
): { key: string; type: TypeForm }[] {
  const members: { key: string; type: TypeForm }[] = [];
  for (const node of nodes) {
    if (node.type !== "TSPropertySignature" && node.type !== "TSMethodSignature") continue;
    const key = staticKey(node.key, node.computed);
    const type = key === null ? null : memberForm(ctx, node);
    if (key !== null && type) members.push({ key, type });
  }
  return members;
}

function memberForm(
  ctx: Context,
  node: TSESTree.TSPropertySignature | TSESTree.TSMethodSignature,
): TypeForm | null {
  if (node.type === "TSPropertySignature") return lowerAnnotation(ctx, node.typeAnnotation);
  const returns = lowerAnnotation(ctx, node.returnType);
  return node.kind === "method" ? { kind: "function", returns } : returns;
}

function staticKey(key: TSESTree.Node, computed: boolean): string | null {
  if (key.type === "Identifier" && !computed) return key.name;
  return key.type === "Literal" && typeof key.value === "string" ? key.value : null;
}
