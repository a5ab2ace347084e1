/** Classes: fields, what constructors and methods assign to `this`, statics, inheritance. */
import type {
  AssignExpression,
  CallExpression,
  ClassForm,
  ClassMember,
  Expression,
  MapExpression,
  MemberExpression,
} from "../lower/form.js";
import { rootedAt } from "../link/file-index.js";
import { Filled, recorded, noteAll, type Recorded } from "../link/reads.js";
import type { Evaluator } from "./evaluator.js";
import { activationOf, filled, isEmptyTable, put } from "./filled.js";
import { makeFrame, type Frame } from "./frames.js";
import { callArguments, callFunction } from "./functions.js";
import { fieldAfter, fieldEffects, heldElsewhere, isSetter } from "./history.js";
import { applyEffect } from "./effects.js";
import { mergeStates } from "./merge.js";
import { getMember, getProperty, keysOf, type Reading } from "./members.js";
import { wayOf } from "./conditions.js";
import { evaluateMap } from "./literals.js";
import { componentOf, optionsAround } from "./vue-options.js";
import { typedValues, valuesOfType } from "./types.js";
import {
  under,
  unknown,
  UNDEFINED,
  type ClassValue,
  type InstanceValue,
  type Origin,
  type Thunk,
  type Value,
} from "./values.js";

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
    const holder = evaluator.program.index(at.file).functionNode(at.fn);
    const parent = holder === undefined ? undefined : evaluator.program.index(at.file).parent(holder);
    if (parent !== undefined && "kind" in parent && parent.kind === "map") {
      const outer = at.parent ?? evaluator.moduleFrame(at.file);
      const map = parent as MapExpression;
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

export function classForm(evaluator: Evaluator, value: { file: string; cls: number }): ClassForm | undefined {
  return evaluator.program.form(value.file).classes[value.cls];
}

/** One class of an instance's chain, with the frame of its constructor. */
export interface Ancestor {
  file: string;
  cls: number;
  form: ClassForm;
  /** Where the class was written. */
  outer: Frame;
  /** The constructor's activation; null where it has no constructor of its own. */
  constructor_: Frame | null;
}

/**
 * The classes of an instance from its own up; then what lies beyond the project, if anything, and the arguments that its
 * constructor is given, where they are known.
 */
export function ancestors(
  evaluator: Evaluator,
  instance: InstanceValue,
): { chain: Ancestor[]; beyond: Value[]; args: Thunk[] | null } {
  const chain: Ancestor[] = [];
  let file = instance.file;
  let cls = instance.cls;
  let outer = instance.frame;
  let args: Thunk[] | null = instance.args;
  for (let depth = 0; depth < 10; depth++) {
    const form = evaluator.program.form(file).classes[cls];
    if (form === undefined) return { chain, beyond: [], args: null };
    const frame = constructorFrame({ file, cls, form, outer }, args, instance);
    chain.push({ file, cls, form, outer, constructor_: frame });
    if (form.parent === null) return { chain, beyond: [], args: null };
    const parents = evaluator.evaluate(form.parent, outer);
    const parent = parents.find((value): value is ClassValue => value.kind === "class");
    if (frame !== null) args = superArguments(evaluator, file, frame);
    if (parent === undefined) return { chain, beyond: parents, args };
    ({ file, cls } = parent);
    outer = parent.frame;
  }
  return { chain, beyond: [], args: null };
}

const constructorFrames = new WeakMap<Frame, Map<string, { args: Thunk[] | null; frame: Frame }[]>>();

function constructorFrame(
  cls: { file: string; cls: number; form: ClassForm; outer: Frame },
  args: Thunk[] | null,
  self: InstanceValue,
): Frame | null {
  const member = cls.form.members.find((one) => one.kind === "constructor");
  if (member?.value?.kind !== "function") return null;
  const { fn } = member.value;
  const byFunction =
    constructorFrames.get(cls.outer) ?? new Map<string, { args: Thunk[] | null; frame: Frame }[]>();
  constructorFrames.set(cls.outer, byFunction);
  const key = `${cls.file}:${String(fn)}`;
  const known = byFunction.get(key) ?? [];
  byFunction.set(key, known);
  const found = known.find(
    (one) =>
      (one.args === args && (args !== null || isMadeLike(one.frame.self, self))) ||
      (one.args !== null && args !== null && one.args.length > 0 && one.args[0] === args[0]),
  );
  if (found !== undefined) return found.frame;
  const site = self.call;
  const frame = makeFrame({
    file: cls.file,
    fn,
    parent: cls.outer,
    args,
    self,
    site,
    depth: (site?.frame.depth ?? 0) + 1,
  });
  if (known.length < 200) known.push({ args, frame });
  return frame;
}

/** Whether two instances that nobody in particular made are of one class: its constructor sees the same `this` then. */
function isMadeLike(one: Value | null, other: InstanceValue): boolean {
  return (
    one?.kind === "instance" && one.file === other.file && one.cls === other.cls && one.frame === other.frame
  );
}

const superArgumentsOf = new WeakMap<Frame, Recorded<Thunk[] | null>>();

/** The arguments of `super(…)` in a constructor's activation. */
function superArguments(evaluator: Evaluator, file: string, frame: Frame): Thunk[] | null {
  let found = superArgumentsOf.get(frame);
  if (found === undefined) {
    found = recorded(() => {
      const call = evaluator.program
        .index(file)
        .calls.find((one) => one.fn === frame.fn && one.node.callee.kind === "super");
      return call === undefined ? null : callArguments(evaluator, call.node, frame);
    });
    superArgumentsOf.set(frame, found);
  } else noteAll(found.reads);
  return found.value;
}

/** What is assigned to `this.<name>` anywhere in a class. */
function assignments(
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
function classOf(functions: readonly { style: string; cls: number; parent: number }[], fn: number): number {
  for (let at = fn; at >= 0;) {
    const one = functions[at];
    if (one === undefined) return -1;
    if (one.style !== "arrow") return one.cls;
    if (one.cls >= 0) return one.cls;
    at = one.parent;
  }
  return -1;
}

function memberNamed(form: ClassForm, name: string, isStatic: boolean): ClassMember[] {
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

function ownMember(
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

type Subclasses = Map<string, { file: string; cls: number }[]>;

const subclassIndex = new WeakMap<Evaluator, Filled<Subclasses>>();

/** The classes of the project that extend a class directly. */
export function subclasses(evaluator: Evaluator, file: string, cls: number): { file: string; cls: number }[] {
  const index = subclassIndex.get(evaluator) ?? new Filled<Subclasses>(new Map());
  subclassIndex.set(evaluator, index);
  const byParent = index.get((filling) => {
    for (const { form, ...own } of evaluator.program.classes().all) {
      if (form.parent === null) continue;
      for (const parent of evaluator.evaluate(form.parent, evaluator.rootFrame(own.file, form.fn))) {
        if (parent.kind !== "class") continue;
        const key = `${parent.file}#${String(parent.cls)}`;
        filling.set(key, [...(filling.get(key) ?? []), own]);
      }
    }
  });
  return byParent.get(`${file}#${String(cls)}`) ?? [];
}

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

/** `new C(…)` of a class of the project. */
export function construct(value: ClassValue, args: Thunk[], call: InstanceValue["call"]): InstanceValue {
  return { kind: "instance", file: value.file, cls: value.cls, frame: value.frame, args, call };
}
