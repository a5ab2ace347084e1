/** Methods that ask for what a class below says anew: `this.scopes()`, of which one says `["lists:read"]` and another more. */
import { childExpressions, patternExpressions, statementExpressions } from "../lower/walk.js";
import type { ClassMember, Expression } from "../lower/form.js";
import { ancestors, classForm, subclasses } from "../evaluate/ancestors.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { FileIndex } from "../link/file-index.js";
import { perKey } from "../link/per-key.js";
import type { CallGraph } from "./call-graph.js";
import { enclosingClass } from "./instances.js";

/** Whether a method, or one of `this` that it calls, reads a member that its class has and one below it has again. */
export function asksOverridden(graph: CallGraph, root: { file: string; fn: number }): boolean {
  const { evaluator } = graph;
  const cls = enclosingClass(evaluator, root);
  if (cls < 0 || subclasses(evaluator, root.file, cls).length === 0) return false;
  return graph.remember(`asks below ${root.file}#${String(root.fn)}`, false, () => {
    const anew = saidBelow(evaluator, root.file, cls);
    return anew.size > 0 && membersAsked(evaluator, root, cls).some((name) => anew.has(name));
  });
}

/** The members with something in them that the classes below have, at any depth. */
function saidBelow(evaluator: Evaluator, file: string, cls: number, depth = 0): Set<string> {
  const below = depth > 4 ? [] : subclasses(evaluator, file, cls);
  return new Set(
    below.flatMap((sub) => [
      ...(classForm(evaluator, sub)?.members ?? []).flatMap((one) => nameOf(one) ?? []),
      ...saidBelow(evaluator, sub.file, sub.cls, depth + 1),
    ]),
  );
}

/** What is read of `this` on the way, and stands in the class or above it. */
function membersAsked(evaluator: Evaluator, root: { file: string; fn: number }, cls: number): string[] {
  const form = classForm(evaluator, { file: root.file, cls });
  const { chain } = ancestors(evaluator, {
    kind: "instance",
    file: root.file,
    cls,
    frame: evaluator.rootFrame(root.file, form?.fn ?? -1),
    args: null,
    call: null,
  });
  const asked = new Set<string>();
  const queue = [methodAround(evaluator, root, cls)];
  for (const { file, fn } of queue) {
    for (const name of readsOfThis(evaluator.program.index(file)).get(fn) ?? []) {
      if (asked.has(name)) continue;
      const owner = chain.find((one) => one.form.members.some((member) => nameOf(member) === name));
      if (owner === undefined) continue;
      asked.add(name);
      for (const { value } of owner.form.members.filter((member) => nameOf(member) === name))
        if (value?.kind === "function") queue.push({ file: owner.file, fn: value.fn });
    }
  }
  return [...asked];
}

/** The method in which a function stands: what it reads is at hand inside it. */
function methodAround(
  evaluator: Evaluator,
  { file, fn }: { file: string; fn: number },
  cls: number,
): { file: string; fn: number } {
  const { functions } = evaluator.program.form(file);
  let at = fn;
  for (let one = functions[at]; one !== undefined && one.cls !== cls; one = functions[at]) at = one.parent;
  return { file, fn: at };
}

/** The name of a member that says something; of what is only declared there is nothing to say anew. */
function nameOf({ key, kind, static: isStatic, value }: ClassMember): string | null {
  if (isStatic || value === null || key.kind !== "string") return null;
  return kind === "method" || kind === "get" || kind === "field" ? key.value : null;
}

/** The members that each function of a file, and those inside it, read of `this`. */
const readsOfThis = perKey(({ form, statements }: FileIndex): Map<number, Set<string>> => {
  const reads = new Map<number, Set<string>>();
  const read = (fn: number, nodes: readonly Expression[]): void => {
    const left = [...nodes];
    for (let node = left.pop(); node !== undefined; node = left.pop()) {
      left.push(...childExpressions(node));
      if (node.kind !== "member" || node.object.kind !== "this" || node.property.kind !== "string") continue;
      for (let at = fn; at >= 0; at = form.functions[at]?.parent ?? -1)
        reads.set(at, (reads.get(at) ?? new Set()).add(node.property.value));
    }
  };
  for (const { node, fn } of statements) read(fn, statementExpressions(node));
  form.functions.forEach(({ params }, fn) => {
    read(fn, params.flatMap(patternExpressions));
  });
  return reads;
});
