/** Functions beside a variable that change it where they are called: `const add = (name, value) => url.searchParams.append(name, value)`. */
import { parentOf } from "../link/parent-of.js";
import type { CallExpression } from "../lower/form.js";
import type { Effect, FileIndex, Given } from "../link/file-index.js";
import { perKey } from "../link/per-key.js";
import { readsOf } from "../link/reads-of.js";
import { addTo } from "../source/multimap.js";
import { isEach } from "./each.js";

interface Use {
  node: CallExpression;
  given: Given;
}

/** A variable's effects, those inside such functions moved to where these run. */
export function atCalls(index: FileIndex, home: number, effects: readonly Effect[]): Effect[] {
  const inside = new Map<number, Effect[]>();
  for (const effect of effects) if (effect.fn !== home) addTo(inside, effect.fn, effect);
  const moved = new Map<number, Effect[]>();
  // What somebody is handed may run at any other time as well.
  const staying = new Set<number>();
  for (const [fn, own] of inside) {
    const uses = index.form.functions[fn]?.parent === home ? usesOf(index, fn) : null;
    if (uses?.some(({ given }) => given === "unknown") === true) staying.add(fn);
    if (uses !== null)
      moved.set(
        fn,
        uses.map((use) => ({
          kind: "called",
          body: fn,
          effects: own,
          fn: index.functionOf(use.node),
          ...use,
        })),
      );
  }
  return moved.size === 0
    ? [...effects]
    : [...effects.filter(({ fn }) => !moved.has(fn) || staying.has(fn)), ...[...moved.values()].flat()];
}

const usesIn = perKey<FileIndex, Map<number, Use[] | null>>(() => new Map());

/** The calls of a function, and those it is handed to; null where it is used in another way, and may run at any time. */
function usesOf(index: FileIndex, fn: number): Use[] | null {
  const known = usesIn(index);
  const found = known.get(fn) ?? (known.has(fn) ? null : findUses(index, fn));
  known.set(fn, found);
  return found;
}

function findUses(index: FileIndex, fn: number): Use[] | null {
  const holder = index.functionNode(fn);
  const target = holder === undefined ? null : parentOf(index, holder, "let")?.target;
  if (target?.kind !== "bind") return null;
  const uses: Use[] = [];
  for (const read of readsOf(index, target.binding)) {
    const node = parentOf(index, read, "call");
    if (node === null || index.functionOf(node) === fn) return null;
    if (node.callee === read) uses.push({ node, given: "arguments" });
    else if (node.args.includes(read))
      uses.push({ node, given: isEach(node) && node.args[0] === read ? "items" : "unknown" });
    else return null;
  }
  return uses.length === 0 ? null : uses;
}
