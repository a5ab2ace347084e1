/**
 * Objects that are changed by what is called on them: builders (`client.path("/lists").method("POST").send()`), whether
 * they keep what they are told in fields or in variables around their methods. An object's value carries the activations
 * that ran on it; what it holds is what those left, in their order.
 */
import type { CallExpression, MapExpression, Range } from "../lower/form.js";
import type { Effect, FileIndex } from "../link/file-index.js";
import { settersOf, thisSteps } from "../link/setters.js";
import { calleesOf } from "./calls.js";
import { ancestors, type Ancestor } from "./ancestors.js";
import { applyEffect } from "./effects.js";
import type { Evaluator } from "./evaluator.js";
import { makeFrame, type Frame } from "./frames.js";
import { callArguments, frameForCall } from "./functions.js";
import { mergeStates } from "./merge.js";
import type { Reading } from "./members.js";
import type { History, InstanceValue, ObjectValue, Thunk, Value } from "./values.js";
import { addTo } from "../source/multimap.js";

type Thing = InstanceValue | ObjectValue;

/** As many calls on one object are remembered. */
const MOST_CALLS = 24;
/** As many calls around a reading are looked through. */
const MOST_SITES = 8;

function isThing(value: Value | null): value is Thing {
  return value?.kind === "instance" || (value?.kind === "object" && !value.map && value.node !== null);
}

/** Whether two values are one object at two times. */
function isSame(a: Value | null, b: Value | null): boolean {
  if (a?.kind === "instance" && b?.kind === "instance") {
    if (a.file !== b.file || a.cls !== b.cls || a.frame !== b.frame) return false;
    return a.call === null ? b.call === null : a.call.node === b.call?.node && a.call.frame === b.call.frame;
  }
  return (
    a?.kind === "object" &&
    b?.kind === "object" &&
    a.node !== null &&
    a.node === b.node &&
    a.frame === b.frame
  );
}

/** An instance right after its `new`: nothing was done to it, where its class is one that things are done to. */
export function made(evaluator: Evaluator, instance: InstanceValue): InstanceValue {
  const { chain, beyond } = ancestors(evaluator, instance);
  if (beyond.length > 0) return instance;
  const changes = chain.some(({ file, form }) => {
    const setters = settersOf(evaluator.program.index(file));
    return form.members.some(({ value }) => value?.kind === "function" && setters.has(value.fn));
  });
  return changes ? { ...instance, history: { ran: [], whole: true } } : instance;
}

const shared = new WeakMap<Value, Value>();

/** Values that others hold as well, and may have done something to. */
export function heldElsewhere(values: Value[]): Value[] {
  if (!values.some((value) => isThing(value) && value.history?.whole === true)) return values;
  return values.map((value) => {
    if (!isThing(value) || value.history?.whole !== true) return value;
    const known = shared.get(value) ?? { ...value, history: { ...value.history, whole: false } };
    shared.set(value, known);
    return known;
  });
}

/** What a call returns, when that is what it was called on: the same thing, one call later. */
export function remembering(
  evaluator: Evaluator,
  { callee, receiver }: { callee: Value | null; receiver: Value | null },
  args: Thunk[],
  values: Value[],
  at: Reading,
): Value[] {
  if (callee?.kind !== "function" || at.node.kind !== "call") return values;
  const { node } = at;
  return values.map((value) => {
    if (!isThing(value)) return value;
    if (!isSame(value, receiver) || !isThing(receiver)) {
      // An object that the called function has just made.
      const isNew =
        value.kind === "object" && value.history === undefined && value.frame?.site?.node === node;
      return isNew ? { ...value, history: { ran: [], whole: true } } : value;
    }
    const inner = frameForCall(evaluator, callee, args, { node, frame: at.frame });
    return inner === null ? value : ranOn(evaluator, longer(value, receiver), inner);
  });
}

function longer(a: Thing, b: Thing): Thing {
  return (a.history?.ran.length ?? -1) >= (b.history?.ran.length ?? -1) ? a : b;
}

function ranOn(evaluator: Evaluator, thing: Thing, frame: Frame): Thing {
  if (!settersOf(evaluator.program.index(frame.file)).has(frame.fn)) return thing;
  const { ran, whole }: History = thing.history ?? { ran: [], whole: false };
  return ran.length >= MOST_CALLS ? thing : { ...thing, history: { ran: [...ran, frame], whole } };
}

/** What a variable's object is after a chain of calls on it: `q.url("/lists").method("POST")`. */
export function afterChain(evaluator: Evaluator, node: CallExpression, frame: Frame, value: Value): Value {
  if (!isThing(value)) return value;
  const calls: CallExpression[] = [];
  for (let at = node; at.callee.kind === "member"; at = at.callee.object) {
    calls.unshift(at);
    if (at.callee.object.kind !== "call") break;
  }
  let thing: Thing = value;
  for (const call of calls) {
    for (const { callee, receiver } of calleesOf(evaluator, call, frame)) {
      if (callee?.kind !== "function" || !isThing(receiver) || !isSame(receiver, thing)) continue;
      const inner = frameForCall(evaluator, callee, callArguments(evaluator, call, frame), {
        node: call,
        frame,
      });
      if (inner !== null) thing = ranOn(evaluator, longer(receiver, thing), inner);
      break;
    }
  }
  return thing;
}

/** An activation that ran before a reading, up to a place in its text where it is still under way. */
export interface Past {
  frame: Frame;
  before: number | null;
}

/** All that ran before something is read in a frame: on what it is called on, and in the calls around it. */
export function pastOf(frame: Frame, read: Range, history: History | undefined): Past[] {
  const past: Past[] = (history?.ran ?? []).map((one) => ({ frame: one, before: null }));
  let at: Frame | null = frame;
  let before = read[0];
  for (let steps = 0; at !== null && steps < MOST_SITES; steps++) {
    for (let around: Frame | null = at; around !== null && around.fn >= 0; around = around.parent) {
      // What it has done so far, before the calls that it has made on the object.
      const own = around;
      const position = past.findIndex((one) => isActivation(one.frame.site?.frame ?? null, own));
      past.splice(position < 0 ? past.length : position, 0, { frame: own, before });
    }
    before = at.site?.node.range[0] ?? 0;
    at = at.site?.frame ?? null;
  }
  return past;
}

function isActivation(a: Frame | null, b: Frame): boolean {
  return a !== null && (a.base ?? a) === (b.base ?? b);
}

/** What a field holds after all that ran on its object. */
export function fieldAfter(
  evaluator: Evaluator,
  thing: Thing,
  name: string,
  initial: readonly Value[],
  at: Reading,
): Value[] {
  const own = ({ frame, before }: Past): boolean => before === null || isSame(frame.self, thing);
  const past = pastOf(at.frame, at.node.range, thing.history).filter(own);
  const constructed = thing.kind === "instance" ? constructors(evaluator, thing) : [];
  const isWhole = thing.history?.whole === true;
  const steps = [
    // What a constructor assigns is there already; what it adds to it (`this.params.set(…)`) is not.
    ...constructed.flatMap((frame) =>
      stepsIn(evaluator, frame, name, null, { direct: "changes", nested: isWhole, depth: 0 }),
    ),
    ...past.flatMap(({ frame, before }) =>
      stepsIn(evaluator, frame, name, before, { direct: "all", nested: true, depth: 0 }),
    ),
  ];
  let values = [...initial];
  for (const { effect, frame, certain } of steps) {
    const next = applyEffect(evaluator, effect, values, frame, at);
    values = certain ? next : mergeStates(values, next);
  }
  return values;
}

/** All that the functions of a file do to a field of their `this`. */
export function fieldEffects(evaluator: Evaluator, file: string, name: string): Effect[] {
  return [...thisSteps(evaluator.program.index(file)).values()].flatMap((steps) =>
    steps.flatMap((step) => (step.kind === "effect" && step.name === name ? [step.effect] : [])),
  );
}

const settersOfMaps = new WeakMap<MapExpression, ReadonlyMap<string, Effect[]>>();

/** What the methods of an object literal set on it, by key. */
function setByMethods(index: FileIndex, node: MapExpression): ReadonlyMap<string, Effect[]> {
  const known = settersOfMaps.get(node);
  if (known !== undefined) return known;
  const found = new Map<string, Effect[]>();
  for (const { value } of node.entries) {
    if (value.kind !== "function") continue;
    for (const step of thisSteps(index).get(value.fn) ?? [])
      if (step.kind === "effect") addTo(found, step.name, step.effect);
  }
  settersOfMaps.set(node, found);
  return found;
}

/** What a key of an object literal holds after its methods have set it: `{ url: "", to(url) { this.url = url; return this; } }`. */
export function objectFieldAfter(
  evaluator: Evaluator,
  object: ObjectValue,
  name: string,
  initial: Value[],
  at: Reading,
): Value[] {
  if (object.node === null || object.map || initial.every(({ kind }) => kind === "function")) return initial;
  const effects = setByMethods(evaluator.program.index(object.file), object.node).get(name) ?? [];
  if (effects.length === 0) return initial;
  const values = fieldAfter(evaluator, object, name, initial, at);
  if (object.history?.whole === true) return values;
  // Called by whoever holds it as well.
  return effects
    .filter(({ kind }) => kind === "write")
    .reduce((state, effect) => {
      const frame = makeFrame({ ...evaluator.rootFrame(object.file, effect.fn), self: object });
      return mergeStates(state, applyEffect(evaluator, effect, state, frame, at));
    }, values);
}

function constructors(evaluator: Evaluator, instance: InstanceValue): Frame[] {
  return ancestors(evaluator, instance)
    .chain.flatMap(({ constructor_ }) => constructor_ ?? [])
    .reverse();
}

/** Whether a function is a method, or stands in one, that an object's history has where it was called. */
export function isSetter(evaluator: Evaluator, { file }: Ancestor, fn: number): boolean {
  return settersOf(evaluator.program.index(file)).has(fn);
}

interface Step {
  effect: Effect;
  frame: Frame;
  /** It surely happens. */
  certain: boolean;
}

/** What an activation does to a field, by itself and by other methods of the object. */
function stepsIn(
  evaluator: Evaluator,
  frame: Frame,
  name: string,
  before: number | null,
  { direct, nested, depth }: { direct: "all" | "changes"; nested: boolean; depth: number },
): Step[] {
  const index = evaluator.program.index(frame.file);
  const names = evaluator.program.names("setters");
  const out: Step[] = [];
  for (const step of thisSteps(index).get(frame.fn) ?? []) {
    const { effect } = step;
    if (before !== null && effect.node.range[1] > before) continue;
    const certain = isCertain(index, effect.node, frame.fn);
    if (step.kind === "effect") {
      if (step.name === name && (direct === "all" || effect.kind !== "write"))
        out.push({ effect, frame, certain });
      continue;
    }
    if (!nested || depth > 2 || !names.has(step.method) || effect.kind !== "method") continue;
    for (const { callee } of calleesOf(evaluator, effect.node, frame)) {
      if (callee?.kind !== "function") continue;
      const place = { node: effect.node, frame };
      const inner = frameForCall(evaluator, callee, callArguments(evaluator, effect.node, frame), place);
      if (inner === null) continue;
      const further = { direct: "all" as const, nested, depth: depth + 1 };
      out.push(
        ...stepsIn(evaluator, inner, name, null, further).map((one) => ({
          ...one,
          certain: one.certain && certain,
        })),
      );
    }
  }
  return out;
}

/** Whether an expression stands in a statement of the function's own body. */
export function isCertain(index: FileIndex, node: object, fn: number): boolean {
  const holder = index.functionNode(fn);
  for (let at = index.parent(node); at !== undefined && "kind" in at; at = index.parent(at)) {
    if (at === holder) return true;
    if (!/^(?:expression|return|let|await|member|call|assign|typed|sequence)$/.test(String(at.kind)))
      return false;
  }
  return false;
}

/** The activations in which functions inside `home` ran on the object whose method reads a variable of `home`. */
export function ranInside(frame: Frame, home: Frame, read: Range): { past: Past[]; whole: boolean } {
  let history: History | undefined;
  for (let at: Frame | null = frame; at !== null && at !== home && history === undefined; at = at.parent)
    ({ history } = at);
  const isInside = (inner: Frame): boolean => {
    for (let at = inner.parent; at !== null; at = at.parent) if (isActivation(at, home)) return true;
    return false;
  };
  const past = pastOf(frame, read, history).filter((one) => isInside(one.frame));
  return { past, whole: history?.whole === true };
}
