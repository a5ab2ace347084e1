/**
 * What changes a variable, by when it runs: in the course of the function that declares it, or at some other time. Worked
 * out once for each activation: what a variable is read as often as it is changed must not cost the product.
 */
import { parentOf } from "../link/parent-of.js";
import { once } from "../link/reads.js";
import type { Effect, Variable } from "../link/file-index.js";
import type { Expression, Range } from "../lower/form.js";
import { writes } from "./effects.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { atCalls } from "./local-calls.js";

export interface VariableEffects {
  /** In the course of the function. */
  own: PlacedEffects;
  /** In functions that run at another time. */
  elsewhere: readonly Effect[];
  /** Of those what sets it anew. */
  writtenElsewhere: readonly Effect[];
}

const known = new WeakMap<Frame, Map<Variable, () => VariableEffects>>();

/** @param home The activation that holds the variable. */
export function effectsOn(evaluator: Evaluator, variable: Variable, home: Frame): VariableEffects {
  const inHome = known.get(home) ?? new Map<Variable, () => VariableEffects>();
  known.set(home, inHome);
  const found = inHome.get(variable) ?? once(() => findEffects(evaluator, variable, home));
  inHome.set(variable, found);
  return found();
}

function findEffects(evaluator: Evaluator, variable: Variable, home: Frame): VariableEffects {
  const all = atCalls(
    evaluator.program.index(home.file),
    home.fn,
    variable.effects.filter((effect) => writes(evaluator, effect, home)),
  );
  const isOwn = new Set(all.filter(({ node, fn }) => inCourse(evaluator, home, node, fn) !== null));
  const elsewhere = withoutCalls(all.filter((effect) => !isOwn.has(effect)));
  return {
    own: new PlacedEffects([...isOwn]),
    elsewhere,
    writtenElsewhere: elsewhere.filter(
      ({ kind }) => kind === "write" || (kind === "member-write" && home.fn >= 0),
    ),
  };
}

/** What functions do that others call at some other time stands in the functions themselves. */
function withoutCalls(effects: readonly Effect[]): Effect[] {
  return [...new Set(effects.flatMap((effect) => (effect.kind === "called" ? effect.effects : [effect])))];
}

/**
 * The node in the declaring function in whose course a node runs; null when it is in a function that runs at another
 * time. Functions that are passed right where they are written (callbacks) run there.
 */
export function inCourse(evaluator: Evaluator, home: Frame, node: Expression, fn: number): Expression | null {
  const index = evaluator.program.index(home.file);
  const form = evaluator.program.form(home.file);
  let at = node;
  let owner = fn;
  while (owner !== home.fn) {
    if (owner < 0) return null;
    const holder = index.functionNode(owner);
    if (holder === undefined) return null;
    if (parentOf(index, holder, "call") === null) return null;
    at = holder;
    owner = form.functions[owner]?.parent ?? -1;
  }
  return at;
}

/** Effects in the order in which they begin. */
export class PlacedEffects {
  readonly #sorted: readonly Effect[];

  constructor(effects: readonly Effect[]) {
    this.#sorted = [...effects].sort((a, b) => a.node.range[0] - b.node.range[0]);
  }

  get size(): number {
    return this.#sorted.length;
  }

  hasWithin([start, end]: Readonly<Range>): boolean {
    for (let at = this.#firstFrom(start); at < this.#sorted.length; at++) {
      const range = this.#sorted[at]?.node.range;
      if (range === undefined || range[0] > end) return false;
      if (range[1] <= end) return true;
    }
    return false;
  }

  within([start, end]: Readonly<Range>): Effect[] {
    const out: Effect[] = [];
    for (let at = this.#firstFrom(start); at < this.#sorted.length; at++) {
      const effect = this.#sorted[at];
      if (effect === undefined || effect.node.range[0] > end) break;
      if (effect.node.range[1] <= end) out.push(effect);
    }
    return out;
  }

  #firstFrom(start: number): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle]?.node.range[0] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
