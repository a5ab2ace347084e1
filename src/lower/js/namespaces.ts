import type { TSESTree } from "@typescript-eslint/utils";

import type { Expression, MapEntry, Statement } from "../form.js";
import { rangeOf, type Context } from "./context.js";
import { lowerBody } from "./functions.js";
import { bindTo } from "./statements.js";
import { plainString } from "./strings.js";

/** A namespace: its statements as a block, then the map of what it exports as a variable. */
export function lowerNamespace(ctx: Context, node: TSESTree.TSModuleDeclaration): Statement[] {
  const names = namesOf(node.id);
  const [first, ...inner] = names;
  if (!first || !node.body) return [];
  const outerExports = ctx.namespaceExports;
  const entries: MapEntry[] = [];
  ctx.namespaceExports = entries;
  const statements = node.body.body;
  const body = ctx.inScope(ctx.fn, () => lowerBody(ctx, statements));
  ctx.namespaceExports = outerExports;

  let value: Expression = { kind: "map", range: rangeOf(node), entries };
  for (const name of inner.reverse()) {
    const key = plainString(ctx.text, rangeOf(name), name.name);
    value = {
      kind: "map",
      range: rangeOf(node),
      entries: [{ range: rangeOf(node), key, value, kind: "value" }],
    };
  }
  const declaration: Statement = { kind: "let", range: rangeOf(node), target: bindTo(ctx, first), value };
  return [{ kind: "block", range: rangeOf(node), label: null, body }, declaration];
}

/** `A.B.C` from the outside in; none for `module 'x'`. */
function namesOf(id: TSESTree.Node): TSESTree.Identifier[] {
  const names: TSESTree.Identifier[] = [];
  let node = id;
  while (node.type === "TSQualifiedName") {
    names.unshift(node.right);
    node = node.left;
  }
  return node.type === "Identifier" ? [node, ...names] : [];
}
