/** Functions beside a variable that change it where they are called: `const add = (name, value) => url.searchParams.append(name, value)`. */
import { parentOf } from "../link/parent-of.js";
import type { CallExpression } from "../lower/form.js";
import type { Effect, FileIndex } from "../link/file-index.js";
import { perKey } from "../link/per-key.js";
import { readsOf } from "../link/reads-of.js";

/** A variable's effects, those inside such functions moved to the calls. */
export function atCalls(index: FileIndex, home: number, effects: readonly Effect[]): Effect[] {
  const inside = new Map<number, Effect[]>();
  for (const effect of effects)
    if (effect.fn !== home) inside.set(effect.fn, [...(inside.get(effect.fn) ?? []), effect]);
  const moved = new Map<number, Effect[]>();
  for (const [fn, own] of inside) {
    const calls = index.form.functions[fn]?.parent === home ? callsOf(index, fn) : null;
    if (calls !== null)
      moved.set(
        fn,
        calls.map((node) => ({ kind: "called", node, body: fn, effects: own, fn: index.functionOf(node) })),
      );
  }
  return moved.size === 0
    ? [...effects]
    : [...effects.filter((effect) => !moved.has(effect.fn)), ...[...moved.values()].flat()];
}

const callsIn = perKey<FileIndex, Map<number, CallExpression[] | null>>(() => new Map());

/** The calls of a function, all in the function around it; null where it is used in another way, and may run at any time. */
function callsOf(index: FileIndex, fn: number): CallExpression[] | null {
  const known = callsIn(index);
  const found = known.get(fn) ?? (known.has(fn) ? null : findCalls(index, fn));
  known.set(fn, found);
  return found;
}

function findCalls(index: FileIndex, fn: number): CallExpression[] | null {
  const home = index.form.functions[fn]?.parent ?? -1;
  const holder = index.functionNode(fn);
  const target = holder === undefined ? null : parentOf(index, holder, "let")?.target;
  if (target?.kind !== "bind") return null;
  const calls: CallExpression[] = [];
  for (const read of readsOf(index, target.binding)) {
    const call = parentOf(index, read, "call");
    if (call === null || call.callee !== read || index.functionOf(call) !== home) return null;
    calls.push(call);
  }
  return calls.length === 0 ? null : calls;
}
