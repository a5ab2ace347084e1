/** Methods as the instances of their class have them: what `this` is where nobody calls the method itself. */
import type { ClassForm, ClassMember } from "../lower/form.js";
import { ancestors, classForm, subclasses } from "../evaluate/ancestors.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { makeFrame, type Frame } from "../evaluate/frames.js";
import type { InstanceValue } from "../evaluate/values.js";
import type { CallGraph } from "./call-graph.js";

/**
 * A method as the instances of its class have it.
 * @param withClass Those of the class itself as well, where nobody is seen to make one.
 */
export function instanceRoots(
  graph: CallGraph,
  root: { file: string; fn: number },
  start: Frame,
  withClass = false,
): Frame[] {
  const { evaluator } = graph;
  const fn = evaluator.program.form(root.file).functions[root.fn];
  const cls = enclosingClass(evaluator, root);
  if (fn === undefined || cls < 0) return [];
  const isArrow = fn.style === "arrow";
  return [...(withClass ? ofClassItself(graph, root.file, cls) : []), ...instancesOf(graph, root.file, cls)]
    .filter((instance) => !isOverridden(graph, root, cls, instance))
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

export function hasSubclasses({ evaluator }: CallGraph, root: { file: string; fn: number }): boolean {
  const cls = enclosingClass(evaluator, root);
  return cls >= 0 && subclasses(evaluator, root.file, cls).length > 0;
}

/** Whether a subclass has another method in the place of this one: then its instances tell for which of them it runs. */
export function isOverriddenSomewhere(graph: CallGraph, root: { file: string; fn: number }): boolean {
  const { evaluator } = graph;
  const cls = enclosingClass(evaluator, root);
  if (cls < 0 || subclasses(evaluator, root.file, cls).length === 0) return false;
  return graph.remember(`overridden ${root.file}#${String(root.fn)}`, false, () =>
    instancesOf(graph, root.file, cls).some((instance) => isOverridden(graph, root, cls, instance)),
  );
}

/** Whether an instance's own class has another method in the place of this one, and never calls this one by `super`. */
function isOverridden(
  { evaluator }: CallGraph,
  root: { file: string; fn: number },
  cls: number,
  instance: InstanceValue,
): boolean {
  const { functions } = evaluator.program.form(root.file);
  let method = root.fn;
  while (method >= 0 && functions[method]?.cls !== cls) method = functions[method]?.parent ?? -1;
  const name = nameOfMethod(classForm(evaluator, { file: root.file, cls }), method);
  if (name === null) return false;
  const { chain } = ancestors(evaluator, instance);
  const own = chain.findIndex((one) => one.file === root.file && one.cls === cls);
  const below = chain.slice(0, Math.max(own, 0));
  return (
    below.some(({ form }) => form.members.some((one) => isMethodNamed(one, name))) &&
    !below.some(({ file }) => callsSuper(evaluator, file, name))
  );
}

function nameOfMethod(form: ClassForm | undefined, fn: number): string | null {
  const member = form?.members.find((one) => one.value?.kind === "function" && one.value.fn === fn);
  return member?.key.kind === "string" && !member.static && member.kind === "method"
    ? member.key.value
    : null;
}

function isMethodNamed({ key, kind, static: isStatic }: ClassMember, name: string): boolean {
  return kind === "method" && !isStatic && key.kind === "string" && key.value === name;
}

function callsSuper(evaluator: Evaluator, file: string, name: string): boolean {
  return evaluator.program
    .index(file)
    .calls.some(
      ({ node: { callee } }) =>
        callee.kind === "member" &&
        callee.object.kind === "super" &&
        callee.property.kind === "string" &&
        callee.property.value === name,
    );
}

export function enclosingClass(evaluator: Evaluator, root: { file: string; fn: number }): number {
  const { functions } = evaluator.program.form(root.file);
  for (let at = root.fn; at >= 0; at = functions[at]?.parent ?? -1) {
    const one = functions[at];
    if (one === undefined) return -1;
    if (one.cls >= 0) return one.cls;
    if (one.style !== "arrow") return -1;
  }
  return -1;
}

/** An instance of a class and of none below; none of one that is abstract, or of which instances are seen. */
function ofClassItself(graph: CallGraph, file: string, cls: number): InstanceValue[] {
  const form = classForm(graph.evaluator, { file, cls });
  if (form === undefined || form.abstract === true) return [];
  if (instancesOf(graph, file, cls).some((one) => one.file === file && one.cls === cls)) return [];
  const frame = graph.evaluator.rootFrame(file, form.fn);
  return [{ kind: "instance", file, cls, frame, args: null, call: null, alone: true }];
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
