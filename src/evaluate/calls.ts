/** Calls: of functions and classes of the project, of methods of known values, of the platform's and packages' functions. */
import type { CallExpression } from "../lower/form.js";
import { builtinCall } from "./builtins.js";
import { construct } from "./ancestors.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { made, remembering } from "./history.js";
import { callArguments, callBack, callFunction } from "./functions.js";
import { itemsOf, listOf, restItem } from "./literals.js";
import { asList, listMethod } from "./lists.js";
import { awaitsMore, given } from "./partial.js";
import { getMember, getProperty, keysOf, nameOf, tagged, type Reading } from "./members.js";
import { objectMethod } from "./objects.js";
import { argumentsUnder } from "./restrict.js";
import { replace } from "./replace.js";
import { stringMethod } from "./strings.js";
import { knownText } from "./text.js";
import { resolvedByClass } from "./containers.js";
import { returnedByType } from "./types.js";
import { urlMethod } from "./urls.js";
import { storeOf } from "./vue-options.js";
import { readStore } from "./zustand.js";
import { perhaps } from "./items.js";
import {
  always,
  derived,
  under,
  unknown,
  UNDEFINED,
  type FunctionValue,
  type InstanceValue,
  type Owner,
  type Thunk,
  type Value,
} from "./values.js";

export function evaluateCall(evaluator: Evaluator, node: CallExpression, frame: Frame): Value[] {
  if (node.style === "jsx") return [unknown("an element", { file: frame.file, range: node.range })];
  const args = callArguments(evaluator, node, frame);
  const at: Reading = { file: frame.file, range: node.range, node, frame };
  if (node.callee.kind === "super") return [UNDEFINED];
  const out: Value[] = [];
  for (const { callee, receiver } of calleesOf(evaluator, node, frame)) {
    const when = callee?.when ?? receiver?.when;
    const given = argumentsUnder(args, when);
    const values = applyTo(evaluator, node, callee, receiver, given, at);
    for (const value of remembering(evaluator, { callee, receiver }, given, values, at)) {
      const conditioned = when === undefined ? value : under(value, when);
      if (conditioned !== null) out.push(conditioned);
    }
  }
  return out;
}

export interface Callee {
  /** The function, where it is a value; null for a method of a known value such as a list. */
  callee: Value | null;
  /** What a method is called on. */
  receiver: Value | null;
  method: string | null;
}

/** What a call may call: each function with the value it is called on. */
export function calleesOf(evaluator: Evaluator, node: CallExpression, frame: Frame): Callee[] {
  const { callee } = node;
  if (callee.kind !== "member" || callee.object.kind === "super") {
    return evaluator
      .evaluate(callee, frame)
      .map((value) => ({ callee: value, receiver: null, method: null }));
  }
  const keys = keysOf(evaluator, callee.property, frame);
  const { texts } = keys;
  const at: Reading = { file: frame.file, range: callee.range, node: callee, frame };
  return evaluator.evaluate(callee.object, frame).flatMap((receiver): Callee[] => {
    if (texts === null) {
      // Any function of a table: what it is called for is known of its answer as well.
      if (receiver.kind === "object" || receiver.kind === "module") {
        return getMember(evaluator, [receiver], keys, at).map((value) => ({
          callee: bind(value, receiver),
          receiver,
          method: null,
        }));
      }
      return [{ callee: null, receiver, method: null }];
    }
    return texts.flatMap((method): Callee[] => {
      if (hasOwnMethods(receiver)) return [{ callee: null, receiver, method }];
      const found = getProperty(evaluator, receiver, method, at);
      const values = texts.length > 1 ? tagged(found, keys.subject, method) : found;
      if (receiver.kind === "object" && values.every((value) => value.kind === "primitive"))
        return [{ callee: null, receiver, method }];
      if (receiver.kind === "function" && /^(?:call|apply|bind|toString)$/.test(method))
        return [{ callee: null, receiver, method }];
      return values.map((value) => ({ callee: bind(value, receiver), receiver, method }));
    });
  });
}

/** A method knows what it is called on, and under which conditions that is the one. */
function bind(value: Value, receiver: Value): Value {
  const bound: Value =
    value.kind === "function" && value.self === null && receiver.kind !== "module"
      ? { ...value, self: receiver }
      : value;
  return receiver.when === undefined ? bound : (under(bound, receiver.when) ?? bound);
}

function hasOwnMethods(value: Value): boolean {
  return (
    ["string", "list", "params", "url", "regex", "primitive"].includes(value.kind) ||
    (value.kind === "object" && value.map)
  );
}

function applyTo(
  evaluator: Evaluator,
  node: CallExpression,
  callee: Value | null,
  receiver: Value | null,
  args: Thunk[],
  at: Reading,
): Value[] {
  if (callee === null) return methodOf(evaluator, node, receiver, args, at);
  const ofContainer = (value: Value): Value[] =>
    (node.style === "call" ? resolvedByClass(evaluator, node, args, value, at) : null) ?? [value];
  switch (callee.kind) {
    case "function":
      if (node.style === "new") return [unknown("made by a function with `new`", at)];
      return awaitsMore(callee, args.length)
        ? [given(callee, args)]
        : callFunction(evaluator, callee, args, at);
    case "class":
      return node.style === "new" ? [madeOnce(evaluator, node, callee, args, at)] : [];
    case "external":
      return builtinCall(evaluator, node, callee, args, at) ?? ofContainer(resultOf(callee, node, args, at));
    case "result": {
      const store = storeOf(evaluator, callee, at) ?? readStore(evaluator, callee, args, at);
      if (store !== null) return store;
      const external: Value = { kind: "external", module: callee.callee.module, result: callee, path: [] };
      return ofContainer(resultOf(external, node, args, at));
    }
    case "unknown":
      return (
        evaluator.environment.calledOnUnknown(evaluator, node, args, at) ??
        mapped(evaluator, node, receiver, args, at) ??
        transparent(node, receiver, args) ??
        returnedByType(evaluator, callee, { ...callee, type: null }) ??
        ofContainer({
          ...derived(callee, "", at, nameOf(node.callee)),
          name: askedName(node),
          type: null,
        })
      );
    case "primitive":
      return [];
    default:
      return [unknown("no function", at)];
  }
}

/** `c.req.param("id")` is an id: the name of what a request is asked for, else of what is called. */
function askedName({ callee, args: [first] }: CallExpression): string {
  const name = nameOf(callee);
  return /^(?:params?|query|get)$/.test(name) && first?.kind === "string" && /^\w+$/.test(first.value)
    ? first.value
    : name;
}

/** By frame, which dies with its evaluator: a form may outlive many. */
const instances = new WeakMap<Frame, Map<CallExpression, Map<string, InstanceValue>>>();

/** One instance for one `new` in one frame, so that what hangs on it is found again. */
function madeOnce(
  evaluator: Evaluator,
  node: CallExpression,
  callee: Extract<Value, { kind: "class" }>,
  args: Thunk[],
  at: Reading,
): Value {
  const inFrame = instances.get(at.frame) ?? new Map<CallExpression, Map<string, InstanceValue>>();
  instances.set(at.frame, inFrame);
  const inNode = inFrame.get(node) ?? new Map<string, InstanceValue>();
  inFrame.set(node, inNode);
  const key = `${callee.file}:${String(callee.cls)}`;
  const known = inNode.get(key);
  if (known !== undefined) return known;
  const instance = made(evaluator, construct(callee, args, { file: at.file, node, frame: at.frame }));
  inNode.set(key, instance);
  return instance;
}

function resultOf(
  callee: Extract<Value, { kind: "external" }>,
  node: CallExpression,
  args: Thunk[],
  at: Reading,
): Value {
  return {
    kind: "result",
    callee,
    style: node.style === "new" ? "new" : "call",
    args,
    file: at.file,
    node,
    frame: at.frame,
  };
}

/**
 * `ids.map((id) => ({ url, method }))`: whatever the items are, each becomes such an object. Of a table that each is looked up
 * in (`features.flatMap((one) => SCOPES[one])`) any entry may be there.
 */
function mapped(
  evaluator: Evaluator,
  node: CallExpression,
  receiver: Value | null,
  args: readonly Thunk[],
  at: Reading,
): Value[] | null {
  if (receiver === null || node.args[0]?.kind !== "function" || !/^(?:flatM|m)ap$/.test(nameOf(node.callee)))
    return null;
  const item = derived(receiver, "an item of a list that is not known", at);
  const made = (args[0]?.() ?? []).flatMap((callback) =>
    callBack(evaluator, callback, [[item]], { node, frame: at.frame }),
  );
  if (made.length > 1 && made.every(isAtHand)) {
    const each = listOf(
      made.map((value) => always([value])),
      at.file,
    );
    const items =
      nameOf(node.callee) === "flatMap"
        ? made.flatMap((value) => itemsOf(evaluator, asList(value, at), at))
        : each.items;
    return [{ ...each, items: items.map(perhaps) }];
  }
  if (made.length === 0 || made.some(({ kind }) => kind !== "object")) return null;
  return [{ ...listOf([], at.file), items: [restItem(made)] }];
}

/** A text, or a list of texts, that is all written. */
function isAtHand(value: Value): boolean {
  return value.kind === "list"
    ? value.items.every((item) => !item.rest && item.values().every(isAtHand))
    : value.kind === "string" && knownText(value) !== null;
}

/** Methods that hand their receiver's text through, whatever it is. */
function transparent(node: CallExpression, receiver: Value | null, args: readonly Thunk[]): Value[] | null {
  if (node.callee.kind !== "member" || node.callee.property.kind !== "string" || receiver === null)
    return null;
  const method = node.callee.property.value;
  if (
    /^(?:default|withDefault)$/.test(method) &&
    (receiver.kind === "string" || receiver.kind === "unknown")
  ) {
    return [receiver, ...(args[0]?.() ?? [])];
  }
  const passes =
    /^(?:trim|toString|toLowerCase|trimEnd|trimStart|valueOf|required|asString|asArray|finally|catch)$/.test(
      method,
    );
  return passes &&
    (receiver.kind === "unknown" || /^(?:required|asString|asArray|catch|finally)$/.test(method))
    ? [receiver]
    : null;
}

function methodOf(
  evaluator: Evaluator,
  node: CallExpression,
  receiver: Value | null,
  args: Thunk[],
  at: Reading,
): Value[] {
  const method =
    node.callee.kind === "member" && node.callee.property.kind === "string"
      ? node.callee.property.value
      : null;
  if (receiver === null || method === null)
    return [derived(receiver ?? undefined, "computed at run time", at)];
  const found = knownMethod(evaluator, node, receiver, method, args, at) ?? transparent(node, receiver, args);
  if (found !== null) return found;
  return [derived(receiver, "computed at run time", at, method)];
}

function knownMethod(
  evaluator: Evaluator,
  node: CallExpression,
  receiver: Value,
  method: string,
  args: Thunk[],
  at: Reading,
): Value[] | null {
  switch (receiver.kind) {
    case "string": {
      if (method === "replace" || method === "replaceAll")
        return replace(evaluator, receiver, args, method === "replaceAll", {
          ...at,
          range: node.range,
          node,
        });
      const owner: Owner = { kind: "computed", file: at.file, range: node.range, node };
      return stringMethod(evaluator, receiver, method, args, { file: at.file, range: node.range, owner });
    }
    case "list":
      return listMethod(evaluator, receiver, method, args, { ...at, origin: at });
    case "params":
    case "url":
      return urlMethod(evaluator, receiver, method, args, at);
    case "object":
      return objectMethod(evaluator, receiver, method, args, at);
    case "function":
      return functionMethod(evaluator, receiver, method, args, at);
    case "primitive":
      return typeof receiver.value === "number" && method === "toString" ? [receiver] : [];
    default:
      return null;
  }
}

function functionMethod(
  evaluator: Evaluator,
  receiver: FunctionValue,
  method: string,
  args: Thunk[],
  at: Reading,
): Value[] | null {
  const [self, ...rest] = args;
  const receivers =
    self === undefined ? [null] : self().map((value) => (value.kind === "primitive" ? null : value));
  switch (method) {
    case "bind":
      return receivers.map((value) => ({
        ...receiver,
        self: value ?? receiver.self,
        bound: [...receiver.bound, ...rest],
      }));
    case "call":
      return receivers.flatMap((value) =>
        callFunction(evaluator, { ...receiver, self: value ?? receiver.self }, rest, at),
      );
    case "apply": {
      const list = rest[0]?.() ?? [];
      const items = list.flatMap((value) =>
        value.kind === "list" ? value.items.map((item) => item.values) : [],
      );
      return receivers.flatMap((value) =>
        callFunction(evaluator, { ...receiver, self: value ?? receiver.self }, items, at),
      );
    }
    default:
      return null;
  }
}
