import type { TSESTree } from "@typescript-eslint/utils";

import type {
  ClassExpression,
  ClassForm,
  ClassMember,
  Expression,
  Statement,
  StringExpression,
  TypeForm,
} from "../form.js";
import { identifierRange, listOf, rangeOf, type Context } from "./context.js";
import { lowerDecorators, lowerExpression, lowerNamed } from "./expressions.js";
import { lowerFunction, parameterPropertyName } from "./functions.js";
import { besideInjected, lowerInjected } from "./injected.js";
import { lowerKey } from "./objects.js";
import { plainString } from "./strings.js";
import { heritageType } from "./type-members.js";
import { lowerAnnotation } from "./types.js";

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** A class where an expression stands; its own name, if it has one, is seen inside it only. */
export function lowerClassExpression(ctx: Context, node: TSESTree.ClassExpression, name: string): Expression {
  const decorators = decoratorsOf(ctx, node);
  const lowered = ctx.inScope(ctx.fn, (scope) => {
    const binding = node.id ? ctx.declare(scope, node.id.name, identifierRange(ctx, node.id), "class") : -1;
    return lowerClass(ctx, node, node.id?.name ?? name, binding);
  });
  return decorators.length > 0
    ? { kind: "sequence", range: rangeOf(node), expressions: [...decorators, lowered] }
    : lowered;
}

/** A class declaration: its decorators as statements, then the class as a `let`. */
export function lowerClassDeclaration(ctx: Context, node: TSESTree.ClassDeclaration): Statement[] {
  const before = decoratorsOf(ctx, node).map((expression): Statement => ({
    kind: "expression",
    range: [...expression.range],
    expression,
  }));
  const { id } = node;
  if (!id) return before;
  const binding = ctx.bindingOf(id.name);
  const value = lowerClass(ctx, node, id.name, binding);
  const range = identifierRange(ctx, id);
  return [
    ...before,
    { kind: "let", range: rangeOf(node), target: { kind: "bind", range, binding, default: null }, value },
  ];
}

/** The decorators of the class, of its members and of their parameters. */
export function decoratorsOf(ctx: Context, node: ClassNode): Expression[] {
  return [
    ...lowerDecorators(ctx, node.decorators),
    ...node.body.body.flatMap((member) => {
      const isField = member.type === "PropertyDefinition";
      const own =
        "decorators" in member
          ? lowerDecorators(ctx, isField ? besideInjected(member) : member.decorators)
          : [];
      const params = member.type === "MethodDefinition" ? member.value.params : [];
      return [...own, ...params.flatMap((param) => lowerDecorators(ctx, besideInjected(param)))];
    }),
  ];
}

export function lowerClass(ctx: Context, node: ClassNode, name: string, binding: number): ClassExpression {
  const cls = ctx.form.classes.length;
  const form: ClassForm = {
    range: rangeOf(node),
    name,
    binding,
    parent: null,
    members: [],
    fn: ctx.fn,
    implements: [],
    ...(node.abstract ? { abstract: true as const } : {}),
  };
  ctx.form.classes.push(form);
  form.parent = node.superClass ? lowerExpression(ctx, node.superClass) : null;
  form.implements = listOf(node.implements).map((written) => heritageType(ctx, written));
  const outer = ctx.fieldClass;
  for (const member of node.body.body) {
    form.members.push(...lowerMember(ctx, member, cls));
    ctx.fieldClass = outer;
  }
  return { kind: "class", range: rangeOf(node), cls };
}

/** None for what has no run-time part; a constructor brings its parameter properties as fields. */
function lowerMember(ctx: Context, node: TSESTree.ClassElement, cls: number): ClassMember[] {
  switch (node.type) {
    case "MethodDefinition":
      return lowerMethod(ctx, node, cls);
    case "PropertyDefinition":
    case "AccessorProperty":
    case "TSAbstractPropertyDefinition":
    case "TSAbstractAccessorProperty":
      return [lowerField(ctx, node, cls)];
    case "TSAbstractMethodDefinition":
      return declaredMethod(ctx, node);
    case "StaticBlock": {
      const value = lowerFunction(ctx, node, { name: "", style: "method", cls });
      const key: StringExpression = plainString(ctx.text, [node.range[0], node.range[0]], "");
      return [{ range: rangeOf(node), key, static: true, kind: "static-block", value, type: null }];
    }
    default:
      return [];
  }
}

function lowerMethod(ctx: Context, node: TSESTree.MethodDefinition, cls: number): ClassMember[] {
  // An overload signature has no body. The type says that cannot be, the parsers say it can.
  if ((node.value as TSESTree.Node).type !== "FunctionExpression") return [];
  const key = lowerKey(ctx, node.key, node.computed);
  const name = key.kind === "string" ? key.value : "";
  const fields = node.kind === "constructor" ? parameterFields(ctx, node.value.params) : [];
  const value = lowerFunction(ctx, node.value as TSESTree.FunctionExpression, {
    name,
    style: node.kind,
    cls,
  });
  return [...fields, { range: rangeOf(node), key, static: node.static, kind: node.kind, value, type: null }];
}

/** An abstract method or accessor: a field whose type tells what it gives, if that tells anything. */
function declaredMethod(ctx: Context, node: TSESTree.TSAbstractMethodDefinition): ClassMember[] {
  const returns = lowerAnnotation(ctx, node.value.returnType);
  if (returns === null || node.kind === "set") return [];
  const type: TypeForm = node.kind === "get" ? returns : { kind: "function", returns };
  const key = lowerKey(ctx, node.key, node.computed);
  return [{ range: rangeOf(node), key, static: node.static, kind: "field", value: null, type }];
}

function parameterFields(ctx: Context, params: readonly TSESTree.Parameter[]): ClassMember[] {
  return params.flatMap((param): ClassMember[] => {
    const id = parameterPropertyName(param);
    if (!id) return [];
    const key = plainString(ctx.text, identifierRange(ctx, id), id.name);
    const type = lowerAnnotation(ctx, id.typeAnnotation);
    return [{ range: rangeOf(param), key, static: false, kind: "field", value: null, type }];
  });
}

function lowerField(
  ctx: Context,
  node:
    | TSESTree.AccessorProperty
    | TSESTree.PropertyDefinition
    | TSESTree.TSAbstractAccessorProperty
    | TSESTree.TSAbstractPropertyDefinition,
  cls: number,
): ClassMember {
  const key = lowerKey(ctx, node.key, node.computed);
  const type = lowerAnnotation(ctx, node.typeAnnotation);
  ctx.fieldClass = cls;
  const value = node.value
    ? lowerNamed(ctx, node.value, key.kind === "string" ? key.value : "")
    : lowerInjected(ctx, node);
  return { range: rangeOf(node), key, static: node.static, kind: "field", value, type };
}
