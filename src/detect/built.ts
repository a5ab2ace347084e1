/** Methods that give out what other methods of their object were told before: `link.client("x").scopes("lists:read").toString()`. */
import { settersOf, thisSteps } from "../link/setters.js";
import type { CallGraph } from "./call-graph.js";
import { enclosingClass } from "./instances.js";
import { askedOfThis, classChain } from "./this-reads.js";

/** Whether a method reads a field that others of its class change: who calls it tells what they were called with. */
export function asksBuilt(graph: CallGraph, root: { file: string; fn: number }): boolean {
  const { evaluator } = graph;
  const cls = enclosingClass(evaluator, root);
  if (cls < 0) return false;
  return graph.remember(`asks built ${root.file}#${String(root.fn)}`, false, () => {
    const changed = new Set(
      classChain(evaluator, root.file, cls).flatMap(({ file, form }) => {
        const index = evaluator.program.index(file);
        const setters = settersOf(index);
        return form.members.flatMap(({ value }) =>
          value?.kind === "function" && value.fn !== root.fn && setters.has(value.fn)
            ? (thisSteps(index).get(value.fn) ?? []).flatMap((step) =>
                step.kind === "effect" ? [step.name] : [],
              )
            : [],
        );
      }),
    );
    return changed.size > 0 && askedOfThis(evaluator, root, cls).some((name) => changed.has(name));
  });
}
