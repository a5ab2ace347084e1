/** `this` and `super` in a frame. */
import { parentOf } from "../link/parent-of.js";
import type { MemberExpression } from "../lower/form.js";
import type { Evaluator } from "./evaluator.js";
import { type Frame } from "./frames.js";
import { getMember, keysOf, type Reading } from "./members.js";
import { evaluateMap } from "./literals.js";
import { componentOf, optionsAround } from "./vue-options.js";
import { ancestors } from "./ancestors.js";
import { classOf, ownMember } from "./class-fields.js";
import { unknown, UNDEFINED, type Origin, type Value } from "./values.js";

/** `this` in a frame: what it was called on, or an instance of the class nobody in particular made. */
export function selfValue(evaluator: Evaluator, frame: Frame, origin: Origin): Value[] {
  for (let at: Frame | null = frame; at !== null; at = at.parent) {
    if (at.self !== null) return [at.self];
    if (at.fn < 0) return [UNDEFINED];
    const form = evaluator.program.form(at.file);
    const fn = form.functions[at.fn];
    if (fn === undefined) break;
    // A field's arrow sees the instance that its initialiser was given.
    if (fn.style === "arrow" && (fn.cls < 0 || (at.parent !== null && at.parent.self !== null))) continue;
    if (fn.cls >= 0) return [classSelf(evaluator, at, fn.cls)];
    const index = evaluator.program.index(at.file);
    const map = parentOf(index, index.functionNode(at.fn), "map");
    if (map !== null) {
      const outer = at.parent ?? evaluator.moduleFrame(at.file);
      const options = optionsAround(evaluator, at.file, map);
      return [options === null ? evaluateMap(evaluator, map, outer) : componentOf(evaluator, options, outer)];
    }
    break;
  }
  return [unknown("decided by the caller", origin, { name: "this" })];
}

function classSelf(evaluator: Evaluator, frame: Frame, cls: number): Value {
  const form = evaluator.program.form(frame.file);
  const outer = evaluator.rootFrame(frame.file, form.classes[cls]?.fn ?? -1);
  const member = form.classes[cls]?.members.find(
    (one) => one.value?.kind === "function" && one.value.fn === frame.fn,
  );
  if (member?.static === true) return { kind: "class", file: frame.file, cls, frame: frame.parent ?? outer };
  return { kind: "instance", file: frame.file, cls, frame: frame.parent ?? outer, args: null, call: null };
}

/** `super.name`: looked up from the parent of the class in whose body it stands. */
export function superValues(evaluator: Evaluator, node: MemberExpression, frame: Frame): Value[] {
  const at: Reading = { file: frame.file, range: node.range, node, frame };
  const [self] = selfValue(evaluator, frame, at);
  const functions = evaluator.program.form(frame.file).functions;
  const cls = classOf(functions, frame.fn);
  const form = evaluator.program.form(frame.file).classes[cls];
  if (form?.parent == null) return [unknown("decided by the class", at)];
  const parents = evaluator.evaluate(form.parent, evaluator.rootFrame(frame.file, form.fn));
  return parents.flatMap((parent): Value[] => {
    const { property } = node;
    if (parent.kind === "external" && self?.kind === "instance" && property.kind === "string")
      return [{ ...parent, path: [...parent.path, "prototype", property.value], self }];
    if (parent.kind !== "class") return [unknown("of a class that is not known", at)];
    if (self?.kind !== "instance")
      return getMember(evaluator, [parent], keysOf(evaluator, node.property, frame), at);
    const { chain } = ancestors(evaluator, self);
    const position = chain.findIndex((one) => one.file === parent.file && one.cls === parent.cls);
    const name = node.property.kind === "string" ? node.property.value : null;
    if (position < 0 || name === null) return [unknown("decided by the class", at)];
    for (const ancestor of chain.slice(position)) {
      const found = ownMember(evaluator, ancestor, self, name, at);
      if (found !== null) return found;
    }
    return [UNDEFINED];
  });
}
