import type { TSESTree } from "@typescript-eslint/utils";

import type { Binding } from "../form.js";
import { identifierRange, type Context } from "./context.js";

/** The names of an enum's members, which its initializers may use bare. */
export interface EnumNames {
  binding: number;
  name: string;
  members: ReadonlySet<string>;
}

/** One lexical scope: the variables declared in it, by name. */
export class Scope {
  readonly names = new Map<string, number>();
  enumNames: EnumNames | null = null;

  constructor(
    readonly parent: Scope | null,
    /** The function whose scope this is part of; -1 for the module. */
    readonly fn: number,
  ) {}
}

/** The variable or enum that `name` means in `from`; -1 for a global. */
export function findName(from: Scope, name: string): number | EnumNames {
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    if (scope.enumNames?.members.has(name)) return scope.enumNames;
    const found = scope.names.get(name);
    if (found !== undefined) return found;
  }
  return -1;
}

/** Declares every name that a pattern binds. */
export function declarePattern(
  ctx: Context,
  scope: Scope,
  pattern: TSESTree.Node,
  kind: Binding["kind"],
): void {
  for (const id of boundIdentifiers(pattern)) ctx.declare(scope, id.name, identifierRange(ctx, id), kind);
}

/** The identifiers that a pattern binds, in order. */
export function boundIdentifiers(pattern: TSESTree.Node): TSESTree.Identifier[] {
  const found: TSESTree.Identifier[] = [];
  const todo: (TSESTree.Node | null)[] = [pattern];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    switch (node?.type) {
      case "Identifier":
        found.push(node);
        break;
      case "ObjectPattern":
        todo.push(...node.properties.map((p) => (p.type === "Property" ? p.value : p)).reverse());
        break;
      case "ArrayPattern":
        todo.push(...[...node.elements].reverse());
        break;
      case "AssignmentPattern":
        todo.push(node.left);
        break;
      case "RestElement":
        todo.push(node.argument);
        break;
      case "TSParameterProperty":
        todo.push(node.parameter);
        break;
      default:
    }
  }
  return found;
}

/** Declares the `var`s of a function's or the module's body in `scope`, from however deep in its blocks. */
export function hoistVars(ctx: Context, scope: Scope, body: readonly TSESTree.Node[]): void {
  const todo: (TSESTree.Node | null | undefined)[] = [...body].reverse();
  while (todo.length > 0) {
    const node = todo.pop();
    if (node?.type === "VariableDeclaration") {
      if (node.kind !== "var" || node.declare) continue;
      for (const { id } of node.declarations) declarePattern(ctx, scope, id, "var");
    } else if (node) {
      todo.push(...nestedStatements(node).reverse());
    }
  }
}

/** The statements directly inside a statement, where `var`s may stand. */
function nestedStatements(node: TSESTree.Node): (TSESTree.Node | null | undefined)[] {
  switch (node.type) {
    case "BlockStatement":
      return [...node.body];
    case "IfStatement":
      return [node.consequent, node.alternate];
    case "ForStatement":
      return [node.init, node.body];
    case "ForInStatement":
    case "ForOfStatement":
      return [node.left, node.body];
    case "WhileStatement":
    case "DoWhileStatement":
    case "LabeledStatement":
    case "WithStatement":
      return [node.body];
    case "SwitchStatement":
      return node.cases.flatMap((branch) => branch.consequent);
    case "TryStatement":
      return [node.block, node.handler?.body, node.finalizer];
    case "ExportNamedDeclaration":
      return [node.declaration];
    default:
      return [];
  }
}

/** Declares what a block's own statements declare: `let`, `const`, functions, classes, imports, enums, namespaces. */
export function declareLexical(ctx: Context, scope: Scope, body: readonly TSESTree.Node[]): void {
  for (const statement of body) {
    const isExport =
      statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration";
    const node = isExport ? statement.declaration : statement;
    if (node) declareStatement(ctx, scope, node);
  }
}

function declareStatement(ctx: Context, scope: Scope, node: TSESTree.Node): void {
  switch (node.type) {
    case "VariableDeclaration":
      if (node.kind === "var" || node.declare) return;
      for (const { id } of node.declarations) {
        declarePattern(ctx, scope, id, node.kind === "let" ? "let" : "const");
      }
      return;
    case "FunctionDeclaration":
    case "ClassDeclaration":
      if (node.declare || !node.id) return;
      declarePattern(ctx, scope, node.id, node.type === "ClassDeclaration" ? "class" : "function");
      return;
    case "TSEnumDeclaration":
      if (!node.declare) declarePattern(ctx, scope, node.id, "enum");
      return;
    case "TSModuleDeclaration":
      declareNamespace(ctx, scope, node);
      return;
    case "ImportDeclaration":
      for (const { local } of node.specifiers) declarePattern(ctx, scope, local, "import");
      return;
    case "TSImportEqualsDeclaration":
      declarePattern(ctx, scope, node.id, "const");
      return;
    case "LabeledStatement":
      if (ctx.form.file.endsWith(".svelte")) declareReactive(ctx, scope, node);
      return;
    default:
  }
}

function declareNamespace(ctx: Context, scope: Scope, node: TSESTree.TSModuleDeclaration): void {
  if (node.declare) return;
  let id: TSESTree.Node = node.id;
  while (id.type === "TSQualifiedName") id = id.left;
  if (id.type === "Identifier") declarePattern(ctx, scope, id, "namespace");
}

/** Svelte's `$: x = …` declares `x` where nothing else does. */
function declareReactive(ctx: Context, scope: Scope, node: TSESTree.LabeledStatement): void {
  if (node.label.name !== "$" || node.body.type !== "ExpressionStatement") return;
  const { expression } = node.body;
  if (expression.type === "AssignmentExpression") declarePattern(ctx, scope, expression.left, "let");
}
