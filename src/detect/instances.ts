/** Methods as the instances of their class have them: what `this` is where nobody calls the method itself. */
import { classForm, subclasses } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { makeFrame, type Frame } from "../evaluate/frames.js";
import type { InstanceValue } from "../evaluate/values.js";
import type { CallGraph } from "./call-graph.js";

/** A method as the instances of its class have it. */
export function instanceRoots(graph: CallGraph, root: { file: string; fn: number }, start: Frame): Frame[] {
  const { evaluator } = graph;
  const fn = evaluator.program.form(root.file).functions[root.fn];
  const cls = enclosingClass(evaluator, root);
  if (fn === undefined || cls < 0) return [];
  const isArrow = fn.style === "arrow";
  return instancesOf(graph, root.file, cls)
    .map((instance) =>
      makeFrame({
        ...start,
        self: isArrow ? null : instance,
        parent: withSelf(start.parent, instance, isArrow),
      }),
    )
    .slice(0, 40);
}

function withSelf(frame: Frame | null, instance: InstanceValue, wanted: boolean): Frame | null {
  return frame === null || !wanted ? frame : makeFrame({ ...frame, self: instance });
}

function enclosingClass(evaluator: Evaluator, root: { file: string; fn: number }): number {
  const { functions } = evaluator.program.form(root.file);
  for (let at = root.fn; at >= 0; at = functions[at]?.parent ?? -1) {
    const one = functions[at];
    if (one === undefined) return -1;
    if (one.cls >= 0) return one.cls;
    if (one.style !== "arrow") return -1;
  }
  return -1;
}

/** The instances of a class, or of its subclasses, that the program makes. */
function instancesOf(graph: CallGraph, file: string, cls: number, depth = 0): InstanceValue[] {
  return graph.remember<InstanceValue[]>(`instances ${file}@${String(cls)}`, [], () =>
    findInstances(graph, file, cls, depth),
  );
}

function findInstances(graph: CallGraph, file: string, cls: number, depth: number): InstanceValue[] {
  const { evaluator } = graph;
  const form = classForm(evaluator, { file, cls });
  if (form === undefined || depth > 4) return [];
  const out: InstanceValue[] = [];
  const constructor_ = form.members.find((one) => one.kind === "constructor")?.value;
  if (constructor_?.kind === "function") {
    for (const caller of graph.callers(file, constructor_.fn)) {
      if (caller.node.style !== "new") continue;
      for (const frame of graph.framesOf(caller.file, caller.fn, 2)) {
        for (const value of evaluator.within(() => evaluator.evaluate(caller.node, frame))) {
          if (value.kind === "instance") out.push(value);
        }
      }
    }
  }
  for (const sub of subclasses(evaluator, file, cls)) {
    const inner = instancesOf(graph, sub.file, sub.cls, depth + 1);
    if (inner.length > 0) out.push(...inner);
    else {
      const subForm = classForm(evaluator, sub);
      out.push({
        kind: "instance",
        file: sub.file,
        cls: sub.cls,
        frame: evaluator.rootFrame(sub.file, subForm?.fn ?? -1),
        args: null,
        call: null,
      });
    }
  }
  return out.slice(0, 40);
}
