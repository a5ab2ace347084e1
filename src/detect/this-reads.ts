/** What a method reads of `this`, by itself and by the other methods of its object that it calls. */
import { childExpressions, patternExpressions, statementExpressions } from "../lower/walk.js";
import type { ClassMember, Expression } from "../lower/form.js";
import { ancestors, classForm, type Ancestor } from "../evaluate/ancestors.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { FileIndex } from "../link/file-index.js";
import { perKey } from "../link/per-key.js";

/** A class and those above it. */
export function classChain(evaluator: Evaluator, file: string, cls: number): Ancestor[] {
  const frame = evaluator.rootFrame(file, classForm(evaluator, { file, cls })?.fn ?? -1);
  return ancestors(evaluator, { kind: "instance", file, cls, frame, args: null, call: null }).chain;
}

/** The names that the method in which a function stands reads of `this` on its way. */
export function askedOfThis(evaluator: Evaluator, root: { file: string; fn: number }, cls: number): string[] {
  const chain = classChain(evaluator, root.file, cls);
  const asked = new Set<string>();
  const queue = [methodAround(evaluator, root, cls)];
  for (const { file, fn } of queue) {
    for (const name of readsOfThis(evaluator.program.index(file)).get(fn) ?? []) {
      if (asked.has(name)) continue;
      asked.add(name);
      const owner = chain.find(({ form }) => form.members.some((member) => memberName(member) === name));
      if (owner === undefined) continue;
      for (const member of owner.form.members)
        if (memberName(member) === name && member.value?.kind === "function")
          queue.push({ file: owner.file, fn: member.value.fn });
    }
  }
  return [...asked];
}

export function memberName({ key, kind, static: isStatic }: ClassMember): string | null {
  if (isStatic || key.kind !== "string") return null;
  return kind === "method" || kind === "get" || kind === "field" ? key.value : null;
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
