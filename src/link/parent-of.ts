/** What stands around a node, where it is of a kind. */
import type { CallExpression, Expression, Statement } from "../lower/form.js";
import type { FileIndex } from "./file-index.js";

type Node = Expression | Statement;

/** The parent of a node, if it is of the kind; null for any other, and for a node that is not there. */
export function parentOf<K extends Node["kind"]>(
  index: FileIndex,
  node: object | undefined,
  kind: K,
): Extract<Node, { kind: K }> | null {
  const parent = node === undefined ? undefined : (index.parent(node) as Partial<Node> | undefined);
  return parent?.kind === kind ? (parent as Extract<Node, { kind: K }>) : null;
}

/** The call of a method of what a node is: `node.method(…)`. */
export function methodCallOn(index: FileIndex, node: Expression): CallExpression | null {
  const member = parentOf(index, node, "member");
  const call = member === null ? null : parentOf(index, member, "call");
  return call !== null && call.callee === member ? call : null;
}
