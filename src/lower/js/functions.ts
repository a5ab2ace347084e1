import type { TSESTree } from "@typescript-eslint/utils";

import type { Expression, FunctionExpression, FunctionForm, Pattern, Range, Statement } from "../form.js";
import { identifierRange, rangeOf, type Context } from "./context.js";
import { lowerExpression } from "./expressions.js";
import { withInjected } from "./injected.js";
import { lowerPattern } from "./patterns.js";
import { declareLexical, declarePattern, hoistVars } from "./scope.js";
import { lowerStatements } from "./statements.js";
import { plainString } from "./strings.js";
import { lowerAnnotation } from "./types.js";

export type FunctionNode =
  | TSESTree.ArrowFunctionExpression
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.StaticBlock;

interface FunctionTraits {
  name: string;
  style: FunctionForm["style"];
  /** The class whose member this is. */
  cls?: number;
}

/** Lowers a function with all in it; answers the expression that stands for it. */
export function lowerFunction(ctx: Context, node: FunctionNode, traits: FunctionTraits): FunctionExpression {
  const fn = ctx.form.functions.length;
  const isArrow = node.type === "ArrowFunctionExpression";
  const form: FunctionForm = {
    range: rangeOf(node),
    name: traits.name,
    params: [],
    rest: null,
    body: [],
    style: traits.style,
    async: node.type !== "StaticBlock" && node.async,
    generator: node.type !== "StaticBlock" && node.generator,
    parent: ctx.fn,
    // An arrow in a field's initializer has the class's `this`.
    cls: traits.cls ?? (isArrow ? ctx.fieldClass : -1),
    returns: null,
  };
  ctx.form.functions.push(form);

  const outer = { fn: ctx.fn, fieldClass: ctx.fieldClass, namespaceExports: ctx.namespaceExports };
  Object.assign(ctx, { fn, fieldClass: -1, namespaceExports: null });
  try {
    withOwnName(ctx, node, fn, form, () => {
      ctx.inScope(fn, () => {
        fillFunction(ctx, node, form);
      });
    });
  } finally {
    Object.assign(ctx, outer);
  }
  return { kind: "function", range: rangeOf(node), fn };
}

/** The name of a function expression is a variable that only the function itself sees. */
function withOwnName(
  ctx: Context,
  node: FunctionNode,
  fn: number,
  form: FunctionForm,
  body: () => void,
): void {
  if (node.type !== "FunctionExpression" || !node.id) {
    body();
    return;
  }
  const { id } = node;
  ctx.inScope(fn, (scope) => {
    const range = identifierRange(ctx, id);
    const binding = ctx.declare(scope, id.name, range, "function");
    body();
    if (!ctx.isReferenced(binding)) return;
    const target: Pattern = { kind: "bind", range, binding, default: null };
    form.body.unshift({
      kind: "let",
      range: rangeOf(id),
      target,
      value: { kind: "function", range: rangeOf(node), fn },
    });
  });
}

function fillFunction(ctx: Context, node: FunctionNode, form: FunctionForm): void {
  if (node.type === "StaticBlock") {
    form.body = lowerBody(ctx, node.body);
    return;
  }
  const params = node.params.filter((param) => !(param.type === "Identifier" && param.name === "this"));
  for (const param of params) declarePattern(ctx, ctx.scope, param, "param");
  for (const param of params) {
    const pattern = withInjected(ctx, param, lowerPattern(ctx, param));
    if (param.type === "RestElement") form.rest = pattern;
    else form.params.push(pattern);
  }
  form.returns = lowerAnnotation(ctx, node.returnType);
  if (node.body.type !== "BlockStatement") {
    form.body = [{ kind: "return", range: rangeOf(node.body), value: lowerExpression(ctx, node.body) }];
    return;
  }
  form.body = withParameterProperties(ctx, params, lowerBody(ctx, node.body.body));
}

/** The statements of a function's or the module's body, in the current scope. */
export function lowerBody(ctx: Context, statements: readonly TSESTree.Node[]): Statement[] {
  hoistVars(ctx, ctx.scope, statements);
  declareLexical(ctx, ctx.scope, statements);
  return lowerStatements(ctx, statements);
}

/** Puts `this.x = x` for `constructor(private x)` at the head, after the call of `super` where that comes first. */
function withParameterProperties(
  ctx: Context,
  params: readonly TSESTree.Parameter[],
  body: Statement[],
): Statement[] {
  const assignments = params.flatMap((param) => {
    const id = parameterPropertyName(param);
    return id ? [assignToThis(ctx, id)] : [];
  });
  const at = isSuperCall(body[0]) ? 1 : 0;
  return [...body.slice(0, at), ...assignments, ...body.slice(at)];
}

/** The name that a parameter property declares as a field. */
export function parameterPropertyName(param: TSESTree.Parameter): TSESTree.Identifier | null {
  if (param.type !== "TSParameterProperty") return null;
  const { parameter } = param;
  return parameter.type === "AssignmentPattern" ? parameter.left : parameter;
}

function assignToThis(ctx: Context, id: TSESTree.Identifier): Statement {
  const at = (): Range => identifierRange(ctx, id);
  const member: Expression = {
    kind: "member",
    range: at(),
    object: { kind: "this", range: at() },
    property: plainString(ctx.text, at(), id.name),
  };
  const target: Pattern = { kind: "target", range: at(), expression: member, default: null };
  const value = ctx.reference(id.name, at());
  return {
    kind: "expression",
    range: at(),
    expression: { kind: "assign", range: at(), operator: "=", target, value },
  };
}

function isSuperCall(statement: Statement | undefined): boolean {
  if (statement?.kind !== "expression" || statement.expression.kind !== "call") return false;
  return statement.expression.callee.kind === "super";
}
