/** Which functions change the object that they are called on, or what a function around them holds: a builder's methods. */
import type { Expression, FileForm, Pattern } from "../lower/form.js";
import { pathFrom, type Effect, type FileIndex } from "./file-index.js";
import { perKey } from "./per-key.js";
import { addTo } from "../source/multimap.js";

/** One thing that a function does to `this`: an effect on a field, or a call of another method. */
export type ThisStep =
  { kind: "effect"; name: string; effect: Effect } | { kind: "call"; method: string; effect: Effect };

/** What each function of a file does to `this`, in the order of the text. */
export const thisSteps = perKey((index: FileIndex): ReadonlyMap<number, ThisStep[]> => {
  const steps = new Map<number, ThisStep[]>();
  const add = (fn: number, step: ThisStep): void => {
    addTo(steps, fn, step);
  };
  for (const { node, fn } of index.assigns) {
    const [name, ...keys] = keysOfThis(targetOf(node.target)) ?? [];
    if (name?.kind !== "string") continue;
    const effect: Effect =
      keys.length === 0 ? { kind: "write", node, path: [], fn } : { kind: "member-write", node, keys, fn };
    add(fn, { kind: "effect", name: name.value, effect });
  }
  for (const { node, fn } of index.calls) {
    if (node.callee.kind !== "member" || node.callee.property.kind !== "string") continue;
    const method = node.callee.property.value;
    const path = keysOfThis(node.callee.object);
    if (path === null) continue;
    const [name, ...keys] = path;
    const effect: Effect = { kind: "method", node, keys, method, fn };
    if (name === undefined) add(fn, { kind: "call", method, effect });
    else if (name.kind === "string") add(fn, { kind: "effect", name: name.value, effect });
  }
  for (const list of steps.values()) list.sort((a, b) => a.effect.node.range[1] - b.effect.node.range[1]);
  return steps;
});

function targetOf(target: Pattern): Expression | null {
  return target.kind === "target" ? target.expression : null;
}

/** The keys of `this.a.b`; null where an expression is rooted elsewhere. */
function keysOfThis(node: Expression | null): Expression[] | null {
  if (node === null) return null;
  const { root, keys } = pathFrom(node);
  return root.kind === "this" ? keys : null;
}

const settersIn = new WeakMap<FileForm, ReadonlySet<number>>();

/** The functions of a file, other than constructors, that set a field of `this`, or a variable of a function around them. */
export function settersOf(index: FileIndex): ReadonlySet<number> {
  const { form } = index;
  const known = settersIn.get(form);
  if (known !== undefined) return known;
  const setters = new Set<number>();
  const isSetter = (fn: number): boolean => fn >= 0 && form.functions[fn]?.style !== "constructor";
  for (const [fn, steps] of thisSteps(index))
    if (isSetter(fn) && steps.some(({ kind }) => kind === "effect")) setters.add(fn);
  form.bindings.forEach(({ fn: owner }, binding) => {
    if (owner < 0) return;
    for (const { kind, fn } of index.variable(binding).effects)
      if (fn !== owner && isSetter(fn) && kind !== "passed" && kind !== "ran") setters.add(fn);
  });
  // A method that only calls others: `post(body) { return this.method("POST").send(body); }`.
  for (let before = -1; before !== setters.size;) {
    before = setters.size;
    const names = new Set([...setters].map((fn) => form.functions[fn]?.name));
    for (const [fn, steps] of thisSteps(index))
      if (isSetter(fn) && steps.some((step) => step.kind === "call" && names.has(step.method)))
        setters.add(fn);
  }
  settersIn.set(form, setters);
  return setters;
}

/** Their names: what is called by another name changes nothing. */
export function setterNames(index: FileIndex): string[] {
  return [...settersOf(index)].flatMap((fn) => index.form.functions[fn]?.name || []);
}
