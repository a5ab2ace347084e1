/** What classes have themselves: static fields and methods, and what is assigned to them. */
import type { ClassForm } from "../lower/form.js";
import { rootedAt } from "../link/file-index.js";
import type { Evaluator } from "./evaluator.js";
import { makeFrame } from "./frames.js";
import { callFunction } from "./functions.js";
import { getProperty, type Reading } from "./members.js";
import { typedValues, valuesOfType } from "./types.js";
import { classForm } from "./ancestors.js";
import { assignments, memberNamed } from "./class-fields.js";
import { unknown, UNDEFINED, type ClassValue, type Value } from "./values.js";

/** `Class.name`: static fields and methods, inherited ones too, and `Class.name = …`. */
export function staticMember(
  evaluator: Evaluator,
  value: ClassValue,
  name: string,
  at: Reading,
  depth = 0,
): Value[] {
  const form = classForm(evaluator, value);
  if (form === undefined || depth > 10) return [UNDEFINED];
  const members = memberNamed(form, name, true);
  const method = members.find((one) => one.kind !== "field" && one.value?.kind === "function");
  if (method?.value?.kind === "function") {
    const fn = {
      kind: "function" as const,
      file: value.file,
      fn: method.value.fn,
      frame: value.frame,
      self: value,
      bound: [],
    };
    return method.kind === "get" ? callFunction(evaluator, fn, [], { node: at.node, frame: at.frame }) : [fn];
  }
  const field = members.find((one) => one.kind === "field");
  const initial =
    field?.value == null ? [] : evaluator.evaluate(field.value, makeFrame({ ...value.frame, self: value }));
  const written = [
    ...initial.filter((one) => one.kind !== "primitive" || (one.value !== null && one.value !== undefined)),
    ...writtenToStatic(evaluator, value, form, name),
  ];
  const type = field?.type ?? null;
  if (written.length > 0)
    return type === null ? written : typedValues(evaluator, written, type, evaluator.moduleFrame(value.file));
  if (type !== null)
    return valuesOfType(evaluator, unknown("set at run time", at, { name }), type, value.file);
  if (initial.length > 0) return initial;
  if (form.parent !== null) {
    return evaluator
      .evaluate(form.parent, value.frame)
      .flatMap((parent) =>
        parent.kind === "class"
          ? staticMember(evaluator, parent, name, at, depth + 1)
          : getProperty(evaluator, parent, name, at),
      );
  }
  return [UNDEFINED];
}

/** What is assigned to a static: `Class.name = …` anywhere in its file, `this.name = …` in a static method. */
function writtenToStatic(evaluator: Evaluator, value: ClassValue, form: ClassForm, name: string): Value[] {
  const byName = evaluator.program.index(value.file).assigns.filter(({ node }) => {
    if (node.target.kind !== "target" || form.binding < 0) return false;
    const rooted = rootedAt(node.target.expression);
    const [key, ...more] = rooted?.keys ?? [];
    if (rooted?.binding !== form.binding || more.length > 0) return false;
    return key?.kind === "string" && key.value === name;
  });
  const ofThis = assignments(evaluator, value.file, value.cls, name).filter(({ fn }) =>
    isStatic(evaluator, value, form, fn),
  );
  return [
    ...byName.flatMap(({ node, fn }) => evaluator.evaluate(node.value, evaluator.rootFrame(value.file, fn))),
    ...ofThis.flatMap(({ node, fn }) =>
      evaluator.evaluate(node.value, makeFrame({ ...evaluator.rootFrame(value.file, fn), self: value })),
    ),
  ];
}

/** Whether a function is a static method of a class, or an arrow in one. */
function isStatic(evaluator: Evaluator, { file }: ClassValue, form: ClassForm, fn: number): boolean {
  const { functions } = evaluator.program.form(file);
  for (let at = fn; at >= 0; at = functions[at]?.parent ?? -1) {
    const member = form.members.find((one) => one.value?.kind === "function" && one.value.fn === at);
    if (member !== undefined) return member.static;
    if (functions[at]?.style !== "arrow") return false;
  }
  return false;
}
