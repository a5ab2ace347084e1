/** Methods that ask for what a class below says anew: `this.scopes()`, of which one says `["lists:read"]` and another more. */
import type { ClassMember } from "../lower/form.js";
import { classForm, subclasses } from "../evaluate/ancestors.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { CallGraph } from "./call-graph.js";
import { enclosingClass } from "./instances.js";
import { askedOfThis, classChain, memberName } from "./this-reads.js";

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
  const members = classChain(evaluator, root.file, cls).flatMap(({ form }) =>
    form.members.flatMap((one) => nameOf(one) ?? []),
  );
  return askedOfThis(evaluator, root, cls).filter((name) => members.includes(name));
}

/** The name of a member that says something; of what is only declared there is nothing to say anew. */
function nameOf(member: ClassMember): string | null {
  return member.value === null ? null : memberName(member);
}
