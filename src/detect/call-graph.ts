/** Who calls what: every call of the program with the functions it may reach, found by evaluating callees. */
import type { CallExpression } from "../lower/form.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { makeFrame, type Frame } from "../evaluate/frames.js";
import { nameOf } from "../evaluate/members.js";
import { callArguments, frameForCall } from "../evaluate/functions.js";
import { callbacksOf } from "./callbacks.js";
import { instanceRoots } from "./instances.js";
import { ancestors, construct } from "../evaluate/classes.js";
import { conditionsAt } from "../evaluate/reached.js";
import { argumentsUnder } from "../evaluate/restrict.js";
import {
  always,
  conjoin,
  isUnknown,
  lazy,
  unknown,
  type FunctionValue,
  type InstanceValue,
  type Thunk,
  type UnknownValue,
  type Value,
} from "../evaluate/values.js";

/** A call that may reach a function of the program. */
export interface Caller {
  file: string;
  /** The function in which the call stands; -1 for the module. */
  fn: number;
  node: CallExpression;
}

/** Expressions to evaluate for one callee: every call of the program is asked for its own, and most take five. */
const CALLEE_NODES = 800;

/** Ways into a function that are tried to learn what one of its calls reaches. */
const MAX_FRAMES = 40;

export class CallGraph {
  readonly #callers = new Map<string, Caller[]>();
  /** Names of calls that may reach a function of ours though we could not see which. */
  readonly #unresolved = new Set<string>();
  /** Calls whose callee hangs on a parameter, to be looked at once callers are known. */
  #open: Caller[] = [];
  /** Answers that hold as long as no further caller is found. */
  readonly #remembered = new Map<string, unknown>();

  constructor(readonly evaluator: Evaluator) {
    for (const file of evaluator.program.files()) {
      for (const { node, fn } of evaluator.program.index(file).calls) {
        this.#look({ file, fn, node }, evaluator.rootFrame(file, fn), true);
      }
    }
    // Receivers that callers pass in: two rounds reach a client handed through two functions.
    for (let round = 0; round < 3 && this.#open.length > 0; round++) {
      const open = this.#open;
      this.#open = [];
      let found = false;
      for (const caller of open) {
        for (const frame of this.framesOf(caller.file, caller.fn, 2).slice(0, MAX_FRAMES))
          found = this.#look(caller, frame, false) || found;
      }
      if (!found) break;
      this.#open = open;
    }
  }

  callers(file: string, fn: number): readonly Caller[] {
    return this.#callers.get(`${file}#${String(fn)}`) ?? [];
  }

  /** Whether a call that could not be resolved has this name. */
  isPerhapsCalled(name: string): boolean {
    return name !== "" && this.#unresolved.has(name);
  }

  /** Answers a question about callers once; a question that leads to itself gets `meanwhile`. */
  remember<T>(key: string, meanwhile: T, make: () => T): T {
    const known = this.#remembered.get(key);
    if (known !== undefined) return known as T;
    this.#remembered.set(key, meanwhile);
    const answer = make();
    this.#remembered.set(key, answer);
    return answer;
  }

  /** The activations of a function by its known callers, up to `depth` calls away; the root frame where there are none. */
  framesOf(file: string, fn: number, depth: number): Frame[] {
    const root = this.evaluator.rootFrame(file, fn);
    if (fn < 0 || depth === 0) return [root];
    return this.remember(`frames ${file}#${String(fn)}/${String(depth)}`, [root], () =>
      this.#framesOf(file, fn, depth, root),
    );
  }

  #framesOf(file: string, fn: number, depth: number, root: Frame): Frame[] {
    const out: Frame[] = [];
    for (const caller of this.callers(file, fn).slice(0, 24)) {
      for (const frame of this.framesOf(caller.file, caller.fn, depth - 1).slice(0, 12)) {
        out.push(...this.enter(caller, frame, file, fn));
      }
    }
    if (out.length > 0) return out;
    // A function that nobody calls by itself, such as a method of a returned object: its enclosing function is called.
    const parent = this.evaluator.program.form(file).functions[fn]?.parent ?? -1;
    if (parent < 0) return [...instanceRoots(this, { file, fn }, root).slice(0, 12), root];
    return this.framesOf(file, parent, depth)
      .filter((frame) => frame.args !== null)
      .slice(0, 12)
      .map((frame) => makeFrame({ ...root, parent: frame }))
      .concat(root);
  }

  /** The frames of `fn` when `caller`'s call runs in `frame`; `muted`, its arguments say nothing but functions. */
  enter(caller: Caller, frame: Frame, file: string, fn: number, muted = false): Frame[] {
    const { evaluator } = this;
    return evaluator.within(() => {
      const here = conditionsAt(evaluator, caller.node, frame);
      if (here === null) return [];
      return targetsOf(evaluator, caller.node, frame)
        .filter((target) => target.file === file && target.fn === fn)
        .flatMap((target) => {
          const when = conjoin(here, target.when ?? []);
          if (when === null) return [];
          const args = argumentsUnder(argumentsFor(evaluator, caller.node, frame, target), when);
          const given = muted ? args.map((argument, index) => mute(argument, { file, fn, index })) : args;
          return frameForCall(evaluator, target, given, { node: caller.node, frame }) ?? [];
        });
    });
  }

  #look(caller: Caller, frame: Frame, first: boolean): boolean {
    const { evaluator } = this;
    return evaluator.within(() => {
      const targets = targetsOf(evaluator, caller.node, frame);
      let found = false;
      for (const target of targets) {
        const key = `${target.file}#${String(target.fn)}`;
        const known = this.#callers.get(key) ?? [];
        if (known.some((one) => one.node === caller.node)) continue;
        known.push(caller);
        this.#callers.set(key, known);
        this.#remembered.clear();
        found = true;
      }
      if (!first || targets.length > 0) return found;
      const callees = calleesOf(evaluator, caller.node, frame);
      if (callees.some(({ callee, receiver }) => (callee ?? receiver)?.kind === "unknown"))
        this.#unresolved.add(nameOf(caller.node.callee));
      if (caller.fn >= 0 && callees.some(({ callee, receiver }) => isGiven(callee) || isGiven(receiver)))
        this.#open.push(caller);
      return found;
    }, CALLEE_NODES);
  }
}

function isGiven(value: Value | null): boolean {
  return value !== null && isUnknown(value) && value.parameter !== null;
}

/** An argument with its functions, and whatever else it says left to the callers. */
function mute(argument: Thunk, parameter: NonNullable<UnknownValue["parameter"]>): Thunk {
  return lazy(() => argument().map((value) => muteValue(value, parameter)));
}

function muteValue(value: Value, parameter: NonNullable<UnknownValue["parameter"]>): Value {
  switch (value.kind) {
    case "object":
      return { ...value, layers: value.layers.map((one) => ({ ...one, get: mute(one.get, parameter) })) };
    case "string":
    case "list":
    case "url":
    case "params":
      return unknown("given by callers", { file: parameter.file, range: [0, 0] }, { parameter });
    default:
      return value;
  }
}

/** The functions of the program that a call enters: functions, constructors, components, callbacks handed to `.call`. */
export function targetsOf(evaluator: Evaluator, node: CallExpression, frame: Frame): FunctionValue[] {
  if (node.callee.kind === "super") return superTarget(evaluator, frame);
  const handed = callbacksOf(evaluator, node, frame).map(({ target }) => target);
  const called = calleesOf(evaluator, node, frame).flatMap(
    ({ callee, receiver, method }): FunctionValue[] => {
      if (callee?.kind === "function" && node.style !== "new") return [callee];
      if (callee === null && receiver?.kind === "function" && (method === "call" || method === "apply"))
        return [receiver];
      if (callee?.kind === "class" && node.style === "new") {
        const instance = evaluator
          .evaluate(node, frame)
          .find((value): value is InstanceValue => value.kind === "instance");
        return constructorOf(
          evaluator,
          instance ?? construct(callee, callArguments(evaluator, node, frame), null),
        );
      }
      return [];
    },
  );
  return [...called, ...handed];
}

function constructorOf(evaluator: Evaluator, instance: InstanceValue): FunctionValue[] {
  const { chain } = ancestors(evaluator, instance);
  for (const ancestor of chain) {
    const member = ancestor.form.members.find((one) => one.kind === "constructor");
    if (member?.value?.kind === "function") {
      return [
        {
          kind: "function",
          file: ancestor.file,
          fn: member.value.fn,
          frame: ancestor.outer,
          self: instance,
          bound: [],
        },
      ];
    }
  }
  return [];
}

function superTarget(evaluator: Evaluator, frame: Frame): FunctionValue[] {
  const functions = evaluator.program.form(frame.file).functions;
  const cls = functions[frame.fn]?.cls ?? -1;
  if (cls < 0) return [];
  const self = frame.self?.kind === "instance" ? frame.self : null;
  const instance: InstanceValue = self ?? {
    kind: "instance",
    file: frame.file,
    cls,
    frame: frame.parent ?? evaluator.moduleFrame(frame.file),
    args: null,
    call: null,
  };
  const { chain } = ancestors(evaluator, instance);
  const position = chain.findIndex((one) => one.file === frame.file && one.cls === cls);
  const [parent] = chain.slice(position + 1);
  const member = parent?.form.members.find((one) => one.kind === "constructor");
  if (parent === undefined || member?.value?.kind !== "function") return [];
  return [
    {
      kind: "function",
      file: parent.file,
      fn: member.value.fn,
      frame: parent.outer,
      self: instance,
      bound: [],
    },
  ];
}

/** The arguments with which a call enters a function; a component is called with the map of its attributes. */
export function argumentsFor(
  evaluator: Evaluator,
  node: CallExpression,
  frame: Frame,
  target: FunctionValue,
): Thunk[] {
  const handed = callbacksOf(evaluator, node, frame).find(
    (callback) => callback.target.file === target.file && callback.target.fn === target.fn,
  );
  if (handed !== undefined) return handed.args;
  const args = callArguments(evaluator, node, frame);
  if (node.callee.kind !== "member" || node.callee.property.kind !== "string") return args;
  if (node.callee.property.value === "call" && !ownsMethod(evaluator, node, frame, "call"))
    return args.slice(1);
  if (node.callee.property.value === "apply" && !ownsMethod(evaluator, node, frame, "apply")) {
    const list = args[1]?.() ?? [];
    return list.flatMap((value) =>
      value.kind === "list" ? value.items.map((item) => item.values) : [always([value])],
    );
  }
  return args;
}

function ownsMethod(evaluator: Evaluator, node: CallExpression, frame: Frame, method: string): boolean {
  return calleesOf(evaluator, node, frame).some(
    (one) => one.callee?.kind === "function" && one.method === method,
  );
}
