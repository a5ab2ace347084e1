/** What a call enters, and with which arguments: functions, constructors, components, callbacks handed to `.call`. */
import type { CallExpression } from "../lower/form.js";
import { ancestors, construct } from "../evaluate/ancestors.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { callArguments } from "../evaluate/functions.js";
import { awaitsMore, isReflectApply, listedArguments } from "../evaluate/partial.js";
import {
  always,
  functionsIn,
  type FunctionValue,
  type InstanceValue,
  type Thunk,
} from "../evaluate/values.js";
import { callbacksOf } from "./callbacks.js";

/** The functions of the program that a call enters: functions, constructors, components, callbacks handed to `.call`. */
export function targetsOf(evaluator: Evaluator, node: CallExpression, frame: Frame): FunctionValue[] {
  if (node.callee.kind === "super") return superTarget(evaluator, frame);
  const handed = callbacksOf(evaluator, node, frame).map(({ target }) => target);
  const called = calleesOf(evaluator, node, frame).flatMap(
    ({ callee, receiver, method }): FunctionValue[] => {
      if (callee?.kind === "function" && node.style !== "new")
        return awaitsMore(callee, node.args.length) ? [] : [callee];
      if (isReflectApply(callee)) return functionsIn(callArguments(evaluator, node, frame)[0]?.() ?? []);
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
  if (
    node.callee.property.value === "apply" &&
    calleesOf(evaluator, node, frame).some((one) => isReflectApply(one.callee))
  )
    return listedArguments(args[2]);
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
