/** `@Inject(TOKEN) http`: what the container gives is what a parameter or field is without a value, so it stands as its default. */
import type { TSESTree } from "@typescript-eslint/utils";

import type { Expression, Pattern } from "../form.js";
import type { Context } from "./context.js";
import { lowerExpression } from "./expressions.js";

interface Decorated {
  decorators?: TSESTree.Decorator[];
}

/** Pattern with what is injected; without, where it has a default of its own. */
export function withInjected(ctx: Context, node: Decorated, pattern: Pattern): Pattern {
  const injected = pattern.default === null ? lowerInjected(ctx, node) : null;
  return injected === null ? pattern : { ...pattern, default: injected };
}

export function lowerInjected(ctx: Context, node: Decorated): Expression | null {
  const decorator = node.decorators?.find(isInjected);
  return decorator === undefined ? null : lowerExpression(ctx, decorator.expression);
}

/** The decorators that are lowered where they stand. */
export function besideInjected({ decorators }: Decorated): TSESTree.Decorator[] | undefined {
  return decorators?.filter((decorator) => !isInjected(decorator));
}

function isInjected({ expression }: TSESTree.Decorator): boolean {
  return (
    expression.type === "CallExpression" &&
    expression.callee.type === "Identifier" &&
    expression.callee.name === "Inject" &&
    expression.arguments.length > 0
  );
}
