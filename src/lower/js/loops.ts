import type { TSESTree } from "@typescript-eslint/utils";

import type { Pattern, Statement } from "../form.js";
import { rangeOf, type Context } from "./context.js";
import { lowerExpression } from "./expressions.js";
import { lowerPattern } from "./patterns.js";
import { declareLexical } from "./scope.js";
import { lowerBranch, lowerStatement } from "./statements.js";

/** `for (init; test; update)`: a block of the initializer and a while loop. */
export function lowerFor(ctx: Context, node: TSESTree.ForStatement): Statement {
  const range = rangeOf(node);
  return ctx.inScope(ctx.fn, (scope): Statement => {
    if (node.init) declareLexical(ctx, scope, [node.init]);
    const init = node.init ? lowerStatement(ctx, node.init) : [];
    const subject = node.test && lowerExpression(ctx, node.test);
    const update = node.update && lowerExpression(ctx, node.update);
    const body = lowerBranch(ctx, node.body);
    const loop: Statement = {
      kind: "loop",
      range: rangeOf(node),
      style: "while",
      target: null,
      subject,
      update,
      body,
    };
    return { kind: "block", range, label: null, body: [...init, loop] };
  });
}

export function lowerForEach(
  ctx: Context,
  node: TSESTree.ForInStatement | TSESTree.ForOfStatement,
): Statement {
  const style = node.type === "ForOfStatement" ? "of" : "in";
  const subject = lowerExpression(ctx, node.right);
  return ctx.inScope(ctx.fn, (scope): Statement => {
    declareLexical(ctx, scope, [node.left]);
    const target = lowerLoopTarget(ctx, node.left);
    const body = lowerBranch(ctx, node.body);
    return { kind: "loop", range: rangeOf(node), style, target, subject, update: null, body };
  });
}

function lowerLoopTarget(ctx: Context, node: TSESTree.Node): Pattern {
  if (node.type !== "VariableDeclaration") return lowerPattern(ctx, node);
  return lowerPattern(ctx, node.declarations[0].id);
}

export function lowerWhile(
  ctx: Context,
  node: TSESTree.DoWhileStatement | TSESTree.WhileStatement,
): Statement {
  const style = node.type === "DoWhileStatement" ? "do" : "while";
  const subject = lowerExpression(ctx, node.test);
  const body = lowerBranch(ctx, node.body);
  return { kind: "loop", range: rangeOf(node), style, target: null, subject, update: null, body };
}
