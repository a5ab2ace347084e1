/** Walking the form: the direct children of each node, in source order. */
import type { Expression, MapExpression, Pattern, Statement } from "./form.js";

/** The direct sub-expressions, without those inside patterns, functions and classes. */
export function childExpressions(node: Expression): Expression[] {
  switch (node.kind) {
    case "template":
      return [...node.quasis, ...node.expressions];
    case "tagged":
      return [node.tag, node.template];
    case "list":
      return node.items;
    case "map":
      return node.entries.flatMap((entry) => (entry.key === null ? [entry.value] : [entry.key, entry.value]));
    case "member":
      return [node.object, node.property];
    case "call":
      return [node.callee, ...node.args];
    case "binary":
    case "logical":
      return [node.left, node.right];
    case "conditional":
      return [node.test, node.then, node.else];
    case "unary":
    case "await":
    case "spread":
      return [node.argument];
    case "assign":
      return [...patternExpressions(node.target), node.value];
    case "import":
      return [node.source];
    case "sequence":
      return node.expressions;
    case "typed":
      return [node.value];
    case "unknown":
      return node.parts;
    default:
      return [];
  }
}

/** The expressions written inside a pattern: keys, defaults, assignment targets. */
export function patternExpressions(pattern: Pattern): Expression[] {
  const own = pattern.default === null ? [] : [pattern.default];
  switch (pattern.kind) {
    case "bind":
      return own;
    case "target":
      return [pattern.expression, ...own];
    case "object":
      return [
        ...pattern.entries.flatMap((entry) => [entry.key, ...patternExpressions(entry.value)]),
        ...(pattern.rest === null ? [] : patternExpressions(pattern.rest)),
        ...own,
      ];
    case "array":
      return [
        ...pattern.items.flatMap((item) => (item === null ? [] : patternExpressions(item))),
        ...(pattern.rest === null ? [] : patternExpressions(pattern.rest)),
        ...own,
      ];
  }
}

/** The expressions that stand directly in a statement, not those of nested statements. */
export function statementExpressions(statement: Statement): Expression[] {
  switch (statement.kind) {
    case "expression":
      return [statement.expression];
    case "let":
      return [
        ...patternExpressions(statement.target),
        ...(statement.value === null ? [] : [statement.value]),
      ];
    case "if":
      return [statement.test];
    case "switch":
      return [
        statement.subject,
        ...statement.cases.flatMap((branch) => (branch.test === null ? [] : [branch.test])),
      ];
    case "loop":
      return [
        ...(statement.target === null ? [] : patternExpressions(statement.target)),
        ...(statement.subject === null ? [] : [statement.subject]),
        ...(statement.update === null ? [] : [statement.update]),
      ];
    case "return":
      return statement.value === null ? [] : [statement.value];
    case "throw":
      return [statement.value];
    default:
      return [];
  }
}

/** The statements nested directly in a statement. */
export function childStatements(statement: Statement): Statement[] {
  switch (statement.kind) {
    case "if":
      return [...statement.then, ...statement.else];
    case "switch":
      return statement.cases.flatMap((branch) => branch.body);
    case "loop":
    case "block":
      return statement.body;
    case "try":
      return [...statement.body, ...statement.handler, ...statement.finalizer];
    default:
      return [];
  }
}

/** The entries of a map whose keys are written out. */
export function namedEntries({ entries }: MapExpression): { key: string; value: Expression }[] {
  return entries.flatMap(({ key, value }) => (key?.kind === "string" ? [{ key: key.value, value }] : []));
}
