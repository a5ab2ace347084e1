import type { TSESTree } from "@typescript-eslint/utils";

import type { Expression, Pattern, Statement } from "../form.js";
import { lowerClassDeclaration } from "./classes.js";
import { identifierRange, rangeOf, type Context } from "./context.js";
import { lowerEnum } from "./enums.js";
import { lowerExpression, lowerNamed, tooDeep, unknown } from "./expressions.js";
import { lowerFunction } from "./functions.js";
import { lowerFor, lowerForEach, lowerWhile } from "./loops.js";
import {
  lowerExport,
  lowerExportAll,
  lowerExportDefault,
  lowerImport,
  lowerImportEquals,
} from "./modules.js";
import { lowerNamespace } from "./namespaces.js";
import { lowerPattern } from "./patterns.js";
import { declareLexical, declarePattern } from "./scope.js";
import { declareType } from "./type-members.js";

/** Statements whose names are declared already, in the current scope. */
export function lowerStatements(ctx: Context, nodes: readonly TSESTree.Node[]): Statement[] {
  return nodes.flatMap((node) => lowerStatement(ctx, node));
}

/** Statements in a scope of their own. */
export function lowerBlock(ctx: Context, nodes: readonly TSESTree.Node[]): Statement[] {
  return ctx.inScope(ctx.fn, (scope) => {
    declareLexical(ctx, scope, nodes);
    return lowerStatements(ctx, nodes);
  });
}

/** A loop's body, a branch: one statement, or the statements of its block. */
export function lowerBranch(ctx: Context, node: TSESTree.Node | null): Statement[] {
  if (!node) return [];
  return lowerBlock(ctx, node.type === "BlockStatement" ? node.body : [node]);
}

/** One statement may lower to several (declarators, decorators) or to none (types). */
export function lowerStatement(ctx: Context, node: TSESTree.Node): Statement[] {
  const lowered = ctx.deeper(1, () => statementOf(ctx, node));
  return lowered ?? [{ kind: "expression", range: rangeOf(node), expression: tooDeep(node) }];
}

function statementOf(ctx: Context, node: TSESTree.Node): Statement[] {
  const range = rangeOf(node);
  switch (node.type) {
    case "ExpressionStatement":
      return [{ kind: "expression", range, expression: lowerExpression(ctx, node.expression) }];
    case "VariableDeclaration":
      return lowerVariables(ctx, node);
    case "FunctionDeclaration":
      return lowerFunctionDeclaration(ctx, node);
    case "ClassDeclaration":
      return node.declare ? [] : lowerClassDeclaration(ctx, node);
    case "ReturnStatement":
      return [{ kind: "return", range, value: node.argument && lowerExpression(ctx, node.argument) }];
    case "IfStatement": {
      const test = lowerExpression(ctx, node.test);
      const then = lowerBranch(ctx, node.consequent);
      return [{ kind: "if", range, test, then, else: lowerBranch(ctx, node.alternate) }];
    }
    case "BlockStatement":
      return [{ kind: "block", range, label: null, body: lowerBlock(ctx, node.body) }];
    case "ForStatement":
      return [lowerFor(ctx, node)];
    case "ForOfStatement":
    case "ForInStatement":
      return [lowerForEach(ctx, node)];
    case "WhileStatement":
    case "DoWhileStatement":
      return [lowerWhile(ctx, node)];
    case "SwitchStatement":
      return [lowerSwitch(ctx, node)];
    case "TryStatement":
      return [lowerTry(ctx, node)];
    case "ThrowStatement":
      return [{ kind: "throw", range, value: lowerExpression(ctx, node.argument) }];
    case "BreakStatement":
    case "ContinueStatement": {
      const style = node.type === "BreakStatement" ? "break" : "continue";
      return [{ kind: "jump", range, style, label: node.label?.name ?? null }];
    }
    case "LabeledStatement":
      return [{ kind: "block", range, label: node.label.name, body: lowerStatement(ctx, node.body) }];
    case "WithStatement": {
      const object = unknown(node, "with", [lowerExpression(ctx, node.object)]);
      return [{ kind: "expression", range, expression: object }, ...lowerBranch(ctx, node.body)];
    }
    case "TSEnumDeclaration":
      return node.declare ? [] : [lowerEnum(ctx, node)];
    case "TSModuleDeclaration":
      return node.declare ? [] : lowerNamespace(ctx, node);
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      declareType(ctx, node);
      return [];
    case "ImportDeclaration":
      lowerImport(ctx, node);
      return [];
    case "TSImportEqualsDeclaration":
      return lowerImportEquals(ctx, node);
    case "ExportNamedDeclaration":
    case "TSExportAssignment":
      return lowerExport(ctx, node);
    case "ExportDefaultDeclaration":
      return lowerExportDefault(ctx, node);
    case "ExportAllDeclaration":
      lowerExportAll(ctx, node);
      return [];
    case "EmptyStatement":
    case "DebuggerStatement":
    case "TSDeclareFunction":
    case "TSNamespaceExportDeclaration":
      return [];
    default:
      return [{ kind: "expression", range, expression: lowerExpression(ctx, node) }];
  }
}

/** One `let` for each declarator. */
function lowerVariables(ctx: Context, node: TSESTree.VariableDeclaration): Statement[] {
  if (node.declare) return [];
  return node.declarations.map((declarator): Statement => {
    const target = lowerPattern(ctx, declarator.id);
    const name = declarator.id.type === "Identifier" ? declarator.id.name : "";
    const value = declarator.init ? lowerNamed(ctx, declarator.init, name) : null;
    return { kind: "let", range: rangeOf(declarator), target, value };
  });
}

function lowerFunctionDeclaration(ctx: Context, node: TSESTree.FunctionDeclaration): Statement[] {
  if (!node.id) return [];
  const value = lowerFunction(ctx, node, { name: node.id.name, style: "function" });
  return [{ kind: "let", range: rangeOf(node), target: bindTo(ctx, node.id), value }];
}

/** The pattern of a declared name. */
export function bindTo(ctx: Context, id: TSESTree.Identifier): Pattern {
  return { kind: "bind", range: identifierRange(ctx, id), binding: ctx.bindingOf(id.name), default: null };
}

function lowerSwitch(ctx: Context, node: TSESTree.SwitchStatement): Statement {
  const subject = lowerExpression(ctx, node.discriminant);
  const cases = ctx.inScope(ctx.fn, (scope) => {
    for (const branch of node.cases) declareLexical(ctx, scope, branch.consequent);
    return node.cases.map((branch) => ({
      test: branch.test && lowerExpression(ctx, branch.test),
      body: lowerStatements(ctx, branch.consequent),
    }));
  });
  return { kind: "switch", range: rangeOf(node), subject, cases };
}

function lowerTry(ctx: Context, node: TSESTree.TryStatement): Statement {
  const body = lowerBlock(ctx, node.block.body);
  const handler = node.handler ? lowerHandler(ctx, node.handler) : [];
  const finalizer = node.finalizer ? lowerBlock(ctx, node.finalizer.body) : [];
  return { kind: "try", range: rangeOf(node), body, handler, finalizer };
}

/** What is caught is a variable of unknown value. */
function lowerHandler(ctx: Context, node: TSESTree.CatchClause): Statement[] {
  return ctx.inScope(ctx.fn, (scope) => {
    const { param } = node;
    if (!param) return lowerBlock(ctx, node.body.body);
    declarePattern(ctx, scope, param, "catch");
    const value: Expression = unknown(param, "caught error", []);
    const caught: Statement = { kind: "let", range: rangeOf(param), target: lowerPattern(ctx, param), value };
    return [caught, ...lowerBlock(ctx, node.body.body)];
  });
}
