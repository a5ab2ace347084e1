/** What instances have: fields, what constructors and methods assign to `this`, methods, getters. */
import type { AssignExpression, CallExpression, ClassForm, ClassMember, Expression } from "../lower/form.js";
import type { Evaluator } from "./evaluator.js";
import { activationOf, filled, isEmptyTable, put } from "./filled.js";
import { makeFrame, type Frame } from "./frames.js";
import { callFunction } from "./functions.js";
import { fieldAfter, fieldEffects, heldElsewhere, isSetter } from "./history.js";
import { applyEffect } from "./effects.js";
import { mergeStates } from "./merge.js";
import { getProperty, type Reading } from "./members.js";
import { wayOf } from "./conditions.js";
import { typedValues, valuesOfType } from "./types.js";
import { ancestors, classForm, subclasses, type Ancestor } from "./ancestors.js";
import { under, unknown, type InstanceValue, type Thunk, type Value } from "./values.js";

/** What is assigned to `this.<name>` anywhere in a class. */
export function assignments(
  evaluator: Evaluator,
  file: string,
  cls: number,
  name: string,
): { node: AssignExpression; fn: number }[] {
  const form = evaluator.program.form(file);
  return evaluator.program.index(file).assigns.filter(({ node, fn }) => {
    if (node.target.kind !== "target" || node.target.expression.kind !== "member") return false;
    const { object, property } = node.target.expression;
    if (object.kind !== "this" || property.kind !== "string" || property.value !== name) return false;
    return classOf(form.functions, fn) === cls;
  });
}

/** `Object.assign(this, { … })` anywhere in a class. */
function mergedInto(evaluator: Evaluator, file: string, cls: number): { node: CallExpression; fn: number }[] {
  const form = evaluator.program.form(file);
  return evaluator.program.index(file).calls.filter(({ node, fn }) => {
    const { callee, args } = node;
    if (callee.kind !== "member" || callee.property.kind !== "string" || args[0]?.kind !== "this")
      return false;
    if (callee.property.value !== "assign" || callee.object.kind !== "name") return false;
    return callee.object.name === "Object" && classOf(form.functions, fn) === cls;
  });
}

/** The class whose `this` a function sees: arrows look outwards. */
export function classOf(
  functions: readonly { style: string; cls: number; parent: number }[],
  fn: number,
): number {
  for (let at = fn; at >= 0;) {
    const one = functions[at];
    if (one === undefined) return -1;
    if (one.style !== "arrow") return one.cls;
    if (one.cls >= 0) return one.cls;
    at = one.parent;
  }
  return -1;
}

export function memberNamed(form: ClassForm, name: string, isStatic: boolean): ClassMember[] {
  return form.members.filter(
    (one) =>
      one.static === isStatic &&
      one.kind !== "constructor" &&
      one.key.kind === "string" &&
      one.key.value === name,
  );
}

/** `instance.name`: a field, what was assigned to it, a method bound to the instance, a getter's answer. */
export function instanceMember(
  evaluator: Evaluator,
  instance: InstanceValue,
  name: string,
  at: Reading,
): Value[] {
  if (name === "constructor")
    return [{ kind: "class", file: instance.file, cls: instance.cls, frame: instance.frame }];
  const { chain, beyond } = ancestors(evaluator, instance);
  for (const ancestor of chain) {
    const found = ownMember(evaluator, ancestor, instance, name, at);
    if (found !== null) return found;
  }
  if (beyond.length > 0) {
    return beyond.map((value): Value =>
      value.kind === "external"
        ? { ...value, path: [...value.path, "prototype", name], self: instance }
        : unknown("of a class that is not known", at, { name }),
    );
  }
  const below = fromSubclasses(evaluator, instance, name, at);
  return below ?? [unset(instance, name, at)];
}

/** What nobody is seen to set; of a class alone it is left to those below it, as a parameter is to callers. */
function unset(instance: InstanceValue, name: string, at: Reading): Value {
  const parameter = instance.alone === true ? { file: at.file, fn: at.frame.fn, index: -1 } : null;
  return unknown("set at run time", at, { name, parameter });
}

export function ownMember(
  evaluator: Evaluator,
  ancestor: Ancestor,
  instance: InstanceValue,
  name: string,
  at: Reading,
): Value[] | null {
  const members = memberNamed(ancestor.form, name, false);
  const getter = members.find((one) => one.kind === "get");
  const method = members.find((one) => one.kind === "method");
  const inner = bodyFrame(ancestor, instance);
  if (getter?.value?.kind === "function") {
    const fn = {
      kind: "function" as const,
      file: ancestor.file,
      fn: getter.value.fn,
      frame: ancestor.outer,
      self: instance,
      bound: [],
    };
    return callFunction(evaluator, fn, [], { node: at.node, frame: at.frame });
  }
  if (method?.value?.kind === "function") {
    return [
      {
        kind: "function",
        file: ancestor.file,
        fn: method.value.fn,
        frame: ancestor.outer,
        self: instance,
        bound: [],
      },
    ];
  }
  const field = members.find((one) => one.kind === "field");
  const whole = instance.history?.whole === true;
  const assigned = assignedValues(evaluator, ancestor, instance, name, whole);
  const initial = field?.value == null ? [] : heldElsewhere(evaluator.evaluate(field.value, inner));
  const meaningful = initial.filter(
    (value) => !(value.kind === "primitive" && (value.value === null || value.value === undefined)),
  );
  // What the constructor assigns replaces the initial value.
  const before = assigned.constructed ? assigned.values : [...meaningful, ...assigned.values];
  if (before.length === 0 && field === undefined && !isAssigned(evaluator, ancestor, name)) return null;
  const after = fieldAfter(evaluator, instance, name, before, at);
  const values = whole ? after : withPushes(evaluator, after, ancestor, instance, name, at);
  const type = field?.type ?? null;
  if (values.length === 0) {
    const bare = unset(instance, name, at);
    if (type !== null)
      return (
        fromSubclasses(evaluator, instance, name, at) ?? valuesOfType(evaluator, bare, type, ancestor.file)
      );
    return initial.length > 0 ? initial : (fromSubclasses(evaluator, instance, name, at) ?? [bare]);
  }
  const typed = type === null ? values : typedValues(evaluator, values, type, inner);
  return typed.some(isEmptyTable)
    ? filled(typed, contentsOf(evaluator, ancestor, instance, name, at.frame))
    : typed;
}

function isAssigned(evaluator: Evaluator, { file, cls }: Ancestor, name: string): boolean {
  return assignments(evaluator, file, cls, name).length > 0;
}

/** @param constructorOnly What other methods assign is known from the object's history. */
function assignedValues(
  evaluator: Evaluator,
  ancestor: Ancestor,
  instance: InstanceValue,
  name: string,
  constructorOnly: boolean,
): { values: Value[]; constructed: boolean } {
  const values: Value[] = [];
  let constructed = false;
  for (const { node, fn } of assignments(evaluator, ancestor.file, ancestor.cls, name)) {
    const inConstructor = ancestor.constructor_ !== null && fn === ancestor.constructor_.fn;
    if (constructorOnly && !inConstructor && isSetter(evaluator, ancestor, fn)) continue;
    const frame = inConstructor ? ancestor.constructor_ : methodFrame(evaluator, ancestor, fn, instance);
    if (frame === null) continue;
    values.push(...heldElsewhere(evaluator.evaluate(node.value, frame)));
    if (inConstructor && node.operator === "=") constructed = true;
  }
  for (const { node, fn } of mergedInto(evaluator, ancestor.file, ancestor.cls)) {
    const inConstructor = ancestor.constructor_ !== null && fn === ancestor.constructor_.fn;
    const frame = inConstructor ? ancestor.constructor_ : methodFrame(evaluator, ancestor, fn, instance);
    if (frame === null) continue;
    for (const argument of node.args.slice(1)) {
      const at: Reading = { file: ancestor.file, range: argument.range, node: argument, frame };
      const merged = evaluator
        .evaluate(argument, frame)
        .filter((value) => value.kind === "object")
        .flatMap((value) => getProperty(evaluator, value, name, at));
      values.push(...merged.filter((value) => value.kind !== "primitive" || value.value !== undefined));
    }
  }
  return {
    values: values.filter(
      (value) => !(value.kind === "primitive" && value.value === null && values.length > 1),
    ),
    constructed,
  };
}

/** What any method of the class adds to a list in a field that begins empty, by whoever calls it. */
function withPushes(
  evaluator: Evaluator,
  values: Value[],
  ancestor: Ancestor,
  instance: InstanceValue,
  name: string,
  at: Reading,
): Value[] {
  if (!values.some((value) => value.kind === "list" && value.items.length === 0)) return values;
  const { functions } = evaluator.program.form(ancestor.file);
  return fieldEffects(evaluator, ancestor.file, name)
    .filter(({ kind, fn }) => kind === "method" && fn !== ancestor.constructor_?.fn)
    .filter(({ fn }) => classOf(functions, fn) === ancestor.cls)
    .reduce((state, effect) => {
      const frame = methodFrame(evaluator, ancestor, effect.fn, instance);
      return mergeStates(state, applyEffect(evaluator, effect, state, frame, at));
    }, values);
}

/** What the class puts into a table in one of its fields: `this.apis.set(shop, api)`, `this.apis[shop] = api`. */
function contentsOf(
  evaluator: Evaluator,
  ancestor: Ancestor,
  instance: InstanceValue,
  name: string,
  reader: Frame,
): Thunk[] {
  const { file, cls } = ancestor;
  const { functions } = evaluator.program.form(file);
  const { calls, assigns } = evaluator.program.index(file);
  const isField = (node: Expression): boolean =>
    node.kind === "member" &&
    node.object.kind === "this" &&
    node.property.kind === "string" &&
    node.property.value === name;
  const puts = [
    ...calls.flatMap(({ node: { callee, args }, fn }) =>
      callee.kind === "member" &&
      callee.property.kind === "string" &&
      callee.property.value === "set" &&
      isField(callee.object)
        ? [{ key: args[0], value: args[1], fn }]
        : [],
    ),
    ...assigns.flatMap(({ node: { target, value }, fn }) =>
      target.kind === "target" && target.expression.kind === "member" && isField(target.expression.object)
        ? [{ key: target.expression.property, value, fn }]
        : [],
    ),
  ];
  return puts
    .filter(({ fn }) => classOf(functions, fn) === cls)
    .flatMap(
      ({ key, value, fn }) =>
        put(
          evaluator,
          key,
          value,
          activationOf(reader, file, fn) ?? methodFrame(evaluator, ancestor, fn, instance),
        ) ?? [],
    );
}

const bodyFrames = new WeakMap<InstanceValue, Map<string, Frame>>();

function framed(instance: InstanceValue, key: string, make: () => Frame): Frame {
  const frames = bodyFrames.get(instance) ?? new Map<string, Frame>();
  bodyFrames.set(instance, frames);
  const found = frames.get(key) ?? make();
  frames.set(key, found);
  return found;
}

/** Field initialisers see the instance as `this`. */
function bodyFrame(ancestor: Ancestor, instance: InstanceValue): Frame {
  return framed(instance, `${ancestor.file}:${String(ancestor.cls)}`, () =>
    makeFrame({ ...ancestor.outer, self: instance }),
  );
}

/** A method run by nobody in particular, on this instance. */
function methodFrame(evaluator: Evaluator, ancestor: Ancestor, fn: number, instance: InstanceValue): Frame {
  return framed(instance, `${ancestor.file}#${String(fn)}`, () =>
    makeFrame({ ...evaluator.rootFrame(ancestor.file, fn), self: instance }),
  );
}

/** A name that only subclasses define (`abstract path`): what each of them says. */
function fromSubclasses(
  evaluator: Evaluator,
  instance: InstanceValue,
  name: string,
  at: Reading,
): Value[] | null {
  if (instance.call !== null || instance.alone === true) return null;
  const out: Value[] = [];
  for (const sub of subclasses(evaluator, instance.file, instance.cls)) {
    const form = classForm(evaluator, sub);
    if (form === undefined) continue;
    const has =
      memberNamed(form, name, false).some((one) => one.value !== null) ||
      assignments(evaluator, sub.file, sub.cls, name).length > 0;
    if (!has) continue;
    const value: InstanceValue = {
      kind: "instance",
      file: sub.file,
      cls: sub.cls,
      frame: evaluator.rootFrame(sub.file, form.fn),
      args: null,
      call: null,
    };
    // What one subclass says never meets what another says.
    const when = [
      {
        branch: `subclass of ${instance.file}#${String(instance.cls)}`,
        way: wayOf(`${sub.file}#${String(sub.cls)}`),
      },
    ];
    out.push(...getProperty(evaluator, value, name, at).flatMap((one) => under(one, when) ?? []));
  }
  return out.length > 0 ? out : null;
}
