import type { TSESTree } from "@typescript-eslint/utils";

import type { Binding, Expression, FileForm, MapEntry, NameExpression, Range } from "../form.js";
import { findName, Scope } from "./scope.js";
import { plainString } from "./strings.js";

/** No form is nested deeper than this, so that every stage may recurse over it. */
const MAX_DEPTH = 400;

/** What one file's lowering carries along: the form it fills, and where in the code it stands. */
export class Context {
  scope: Scope;
  /** The function being lowered; -1 at module level. */
  fn = -1;
  /** The class whose field initializer is being lowered, outside of any function in it; else -1. */
  fieldClass = -1;
  /** Where exports of the enclosing namespace go; null at module level. */
  namespaceExports: MapEntry[] | null = null;
  private depth = 0;
  private readonly referenced = new Set<number>();

  constructor(
    readonly form: FileForm,
    readonly text: string,
  ) {
    this.scope = new Scope(null, -1);
  }

  /** Declares a name in `scope`; a second declaration of the name there is the same variable. */
  declare(scope: Scope, name: string, range: Range, kind: Binding["kind"]): number {
    const known = scope.names.get(name);
    if (known !== undefined) return known;
    const index = this.form.bindings.length;
    this.form.bindings.push({ name, range, kind, fn: scope.fn, type: null });
    scope.names.set(name, index);
    return index;
  }

  /** The variable a name means here; -1 for a global. */
  bindingOf(name: string): number {
    const found = findName(this.scope, name);
    return typeof found === "number" ? found : -1;
  }

  isReferenced(binding: number): boolean {
    return this.referenced.has(binding);
  }

  /** A reference to `name`; inside an enum, a sibling member is a member of the enum. */
  reference(name: string, range: Range): Expression {
    const found = findName(this.scope, name);
    if (typeof found === "object") {
      const object = this.name(found.name, range, found.binding);
      return { kind: "member", range, object, property: plainString(this.text, range, name) };
    }
    return this.name(name, range, found);
  }

  name(name: string, range: Range, binding: number): NameExpression {
    if (binding >= 0) this.referenced.add(binding);
    return { kind: "name", range: [range[0], range[1]], name, binding };
  }

  /** Runs `body` in a new scope inside the current one. */
  inScope<T>(fn: number, body: (scope: Scope) => T): T {
    const outer = this.scope;
    this.scope = new Scope(outer, fn);
    try {
      return body(this.scope);
    } finally {
      this.scope = outer;
    }
  }

  /** Runs `body` `levels` deeper; answers null instead where that would be too deep. */
  deeper<T>(levels: number, body: () => T): T | null {
    if (!this.fits(levels)) return null;
    this.depth += levels;
    try {
      return body();
    } finally {
      this.depth -= levels;
    }
  }

  fits(levels: number): boolean {
    return this.depth + levels <= MAX_DEPTH;
  }
}

/** A fresh copy of a node's range. */
export function rangeOf(node: { range: readonly [number, number] }): Range {
  return [node.range[0], node.range[1]];
}

/** The name alone: parsers let an identifier's range cover its type annotation, and some its decorators too. */
export function identifierRange(ctx: Context, node: TSESTree.Identifier): Range {
  const decorators = listOf(node.decorators);
  const from = decorators.at(-1)?.range[1] ?? node.range[0];
  const start = decorators.length > 0 ? ctx.text.indexOf(node.name, from) : from;
  const isVerbatim = start >= 0 && ctx.text.startsWith(node.name, start);
  return isVerbatim ? [start, start + node.name.length] : rangeOf(node);
}

/** Lists that parsers of plain JavaScript leave out. */
export function listOf<T>(list: readonly T[] | null | undefined): readonly T[] {
  return list ?? [];
}
