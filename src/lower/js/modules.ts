import type { TSESTree } from "@typescript-eslint/utils";

import type { Expression, ExportForm, Range, Statement } from "../form.js";
import { decoratorsOf, lowerClass } from "./classes.js";
import { identifierRange, listOf, rangeOf, type Context } from "./context.js";
import { lowerExpression, lowerNamed } from "./expressions.js";
import { lowerFunction } from "./functions.js";
import { boundIdentifiers } from "./scope.js";
import { lowerStatement, bindTo } from "./statements.js";
import { plainString } from "./strings.js";
import { entityName } from "./types.js";

/** Records the names that an import declares; `import 'x'` records the module alone. */
export function lowerImport(ctx: Context, node: TSESTree.ImportDeclaration): void {
  const source = node.source.value;
  if (node.specifiers.length === 0) {
    ctx.form.imports.push({ range: rangeOf(node), source, imported: "*", binding: -1, typeOnly: false });
  }
  for (const specifier of node.specifiers) {
    const isTypeSpecifier = specifier.type === "ImportSpecifier" && specifier.importKind === "type";
    ctx.form.imports.push({
      range: rangeOf(specifier),
      source,
      imported: importedName(specifier),
      binding: ctx.bindingOf(specifier.local.name),
      typeOnly: node.importKind === "type" || isTypeSpecifier,
    });
  }
}

function importedName(node: TSESTree.ImportClause): string {
  if (node.type === "ImportSpecifier") return moduleName(node.imported);
  return node.type === "ImportDefaultSpecifier" ? "default" : "*";
}

/** `import x = require('y')` is a call of `require`, `import x = A.B` a member. */
export function lowerImportEquals(ctx: Context, node: TSESTree.TSImportEqualsDeclaration): Statement[] {
  const { moduleReference: reference } = node;
  const value =
    reference.type === "TSExternalModuleReference" ? requireCall(ctx, reference) : entityName(ctx, reference);
  return [{ kind: "let", range: rangeOf(node), target: bindTo(ctx, node.id), value }];
}

function requireCall(ctx: Context, node: TSESTree.TSExternalModuleReference): Expression {
  const at = node.range[0];
  const callee: Expression = {
    kind: "name",
    range: [at, at + "require".length],
    name: "require",
    binding: -1,
  };
  const args = [lowerExpression(ctx, node.expression)];
  return { kind: "call", range: rangeOf(node), callee, args, style: "call", typeArgs: [] };
}

/** `export …` of names or a declaration, and `export =`; answers the declaration's statements. */
export function lowerExport(
  ctx: Context,
  node: TSESTree.ExportNamedDeclaration | TSESTree.TSExportAssignment,
): Statement[] {
  if (node.type === "TSExportAssignment") {
    addExport(ctx, "=", rangeOf(node), lowerExpression(ctx, node.expression));
    return [];
  }
  for (const specifier of listOf(node.specifiers)) lowerSpecifier(ctx, specifier, node.source);
  if (!node.declaration) return [];
  const statements = lowerStatement(ctx, node.declaration);
  for (const id of declaredNames(node.declaration)) {
    const range = identifierRange(ctx, id);
    addExport(ctx, id.name, range, ctx.reference(id.name, range));
  }
  return statements;
}

function lowerSpecifier(
  ctx: Context,
  node: TSESTree.ExportSpecifier,
  source: TSESTree.StringLiteral | null,
): void {
  const range = rangeOf(node);
  const name = moduleName(node.exported);
  if (source) {
    ctx.form.exports.push({
      kind: "from",
      range,
      name,
      source: source.value,
      imported: moduleName(node.local),
    });
  } else {
    addExport(ctx, name, range, ctx.reference(moduleName(node.local), rangeOf(node.local)));
  }
}

/** In a namespace an export is a member of the namespace's map. */
function addExport(ctx: Context, name: string, range: Range, value: Expression): void {
  if (ctx.namespaceExports) {
    ctx.namespaceExports.push({ range, key: plainString(ctx.text, range, name), value, kind: "value" });
  } else {
    ctx.form.exports.push({ kind: "local", range, name, value });
  }
}

/** The names that an exported declaration gives at run time. */
function declaredNames(node: TSESTree.NamedExportDeclarations): TSESTree.Identifier[] {
  if ("declare" in node && node.declare) return [];
  switch (node.type) {
    case "VariableDeclaration":
      return node.declarations.flatMap(({ id }) => boundIdentifiers(id));
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return node.id ? [node.id] : [];
    case "TSEnumDeclaration":
    case "TSImportEqualsDeclaration":
      return [node.id];
    case "TSModuleDeclaration": {
      let id: TSESTree.Node = node.id;
      while (id.type === "TSQualifiedName") id = id.left;
      return id.type === "Identifier" ? [id] : [];
    }
    default:
      return [];
  }
}

/** `export default …`: a named function or class is declared as well; anything else is only exported. */
export function lowerExportDefault(ctx: Context, node: TSESTree.ExportDefaultDeclaration): Statement[] {
  const { declaration } = node;
  const range = rangeOf(node);
  switch (declaration.type) {
    case "FunctionDeclaration":
      if (!declaration.id) {
        addExport(
          ctx,
          "default",
          range,
          lowerFunction(ctx, declaration, { name: "default", style: "function" }),
        );
        return [];
      }
      break;
    case "ClassDeclaration":
      if (!declaration.id) {
        const decorators = decoratorsOf(ctx, declaration);
        addExport(ctx, "default", range, lowerClass(ctx, declaration, "default", -1));
        return decorators.map((expression) => ({
          kind: "expression",
          range: [...expression.range],
          expression,
        }));
      }
      break;
    case "TSInterfaceDeclaration":
    case "TSDeclareFunction":
      return lowerStatement(ctx, declaration);
    default:
      addExport(ctx, "default", range, lowerNamed(ctx, declaration, "default"));
      return [];
  }
  const statements = lowerStatement(ctx, declaration);
  addExport(ctx, "default", range, ctx.reference(declaration.id.name, identifierRange(ctx, declaration.id)));
  return statements;
}

export function lowerExportAll(ctx: Context, node: TSESTree.ExportAllDeclaration): void {
  const range = rangeOf(node);
  const source = node.source.value;
  const all: ExportForm = { kind: "all", range, source };
  ctx.form.exports.push(
    node.exported ? { kind: "from", range, name: moduleName(node.exported), source, imported: "*" } : all,
  );
}

/** An exported name may be an identifier or a string. */
function moduleName(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === "Identifier" ? node.name : node.value;
}
