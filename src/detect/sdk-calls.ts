/** API calls through Klaviyo's Node SDK, in every shape its versions had. */
import { suggestSdkMethod } from "../catalog/suggest.js";
import type { FoundCall, Place, SdkMistake } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import type { CallExpression, Expression } from "../lower/form.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { keysOf } from "../evaluate/members.js";
import { isGiven, isUnknown, type UnknownValue, type Value } from "../evaluate/values.js";
import { askEach, callsOfCode } from "./ask-each.js";
import type { Caller, CallGraph } from "./call-graph.js";
import { saysText } from "./muted.js";
import { lookAround, type Look } from "./contexts.js";
import { uncalledOwner } from "./known-callers.js";
import { FoundCalls, settle } from "./found-call.js";
import { findHandedMethods } from "./sdk-handed.js";
import { hiddenMethod, importsSdk, readSdkMethod, type SdkMethod } from "./sdk-methods.js";

export function findSdkCalls(graph: CallGraph, catalog: Catalog): FoundCall[] {
  const { evaluator } = graph;
  if (!importsSdk(evaluator.program)) return [];
  const found = new FoundCalls(merged);
  const ask = (caller: Caller) =>
    caller.node.style === "call" && mayCallSdk(caller.node, catalog)
      ? () => callsAt(graph, catalog, caller)
      : null;
  for (const call of askEach(graph, "SDK call", callsOfCode, ask)) found.add(call);
  for (const { place, method } of findHandedMethods(graph, catalog))
    for (const call of callOf(place, [], method, null, catalog)) found.add(call);
  return found.all();
}

/** The operations that a call is of, for each of its callers. */
function callsAt(graph: CallGraph, catalog: Catalog, { file, fn, node, at }: Caller): FoundCall[] {
  const { evaluator } = graph;
  const sink: Place = { file, range: node.range };
  // Where the method is not named here, it is where the text or the method itself comes from.
  const isNamed = namesMethod(node.callee);
  const saysMethod = (value: Value): boolean =>
    saysText(value) || (value.kind === "external" && readSdkMethod(evaluator, value) !== null);
  return lookAround(graph, {
    file,
    fn,
    name: `SDK call ${String(at)}`,
    look: (frame) => look(graph, node, frame, catalog),
    settle: ({ answer, context, depthOf }) =>
      answer.flatMap((method) => {
        if (method.hidden !== undefined && uncalledOwner(graph, method.hidden) !== null) return [];
        const has = (other: readonly SdkMethod[]): boolean =>
          other.some((one) => one.method === method.method);
        const depth = isNamed || context.chain.length === 0 ? 0 : depthOf(has, saysMethod);
        const way = context.chain.slice(context.chain.length - depth);
        const [outer] = way;
        const place = outer === undefined ? sink : { file: outer.file, range: outer.node.range };
        return callOf(place, outer === undefined ? context.chain : way, method, node, catalog);
      }),
  });
}

/** `api.getLists(…)`, `api.getLists.call(api)`, as opposed to `api[method]()` and `send()`. */
function namesMethod(callee: Expression): boolean {
  return callee.kind === "member" && callee.property.kind === "string";
}

/** @param node The call, where the method may be misspelt in it. */
function callOf(
  place: Place,
  way: readonly Caller[],
  { method, auth, className, hidden }: SdkMethod,
  node: CallExpression | null,
  catalog: Catalog,
): FoundCall[] {
  const call = {
    ...place,
    via: "sdk" as const,
    auth,
    methodPlace: null,
    pathPlace: null,
    flow: way.map((caller) => ({ file: caller.file, range: caller.node.range, message: "calls it" })),
  };
  if (hidden !== undefined) {
    const { file, range, reason } = hidden;
    return [settle({ ...call, method: null, path: null }, [], [{ file, range, reason }], "dynamic")];
  }
  const operation = catalog.operation(method);
  if (operation !== undefined) {
    const path = operation.path.replace(/\{[^}]*\}/g, "{}");
    return [settle({ ...call, method: operation.method, path }, [operation], [], null)];
  }
  const mistaken = node === null ? null : mistakeOf(place.file, node, method, className, catalog);
  if (mistaken === null) return [];
  return [{ ...settle({ ...call, method: null, path: null }, [], [], "unknown-operation"), mistaken }];
}

/** The same call seen from several callers is one; made with different credentials, its credential is unknown. */
function merged(known: FoundCall, again: FoundCall): FoundCall {
  if (known.auth === again.auth || again.auth === "unknown") return known;
  if (known.auth === "unknown") return again;
  return { ...known, auth: "unknown", scopes: again.operation?.scopes ?? again.scopes };
}

/**
 * A name that is near a method of the class: a slip. Other names are members that are no operation, or methods of a
 * newer SDK than the catalog's. Names of every SDK since version 5 are in the catalog, as ids or aliases.
 */
function mistakeOf(
  file: string,
  node: CallExpression,
  name: string,
  className: string | null,
  catalog: Catalog,
): SdkMistake | null {
  const { callee } = node;
  if (className === null || callee.kind !== "member" || callee.property.kind !== "string") return null;
  const meant = callee.property.value === name ? suggestSdkMethod(className, name, catalog) : null;
  return meant === null ? null : { className, name, meant, place: { file, range: callee.property.range } };
}

/** A quick look at the written name; computed and renamed methods are looked at too. */
function mayCallSdk(node: CallExpression, catalog: Catalog): boolean {
  const { callee } = node;
  if (callee.kind === "member" && callee.property.kind === "string") {
    const name = callee.property.value;
    if (name === "call" || name === "apply") return true;
    return (
      catalog.operation(name) !== undefined ||
      callee.object.kind === "name" ||
      callee.object.kind === "member" ||
      (callee.object.kind === "call" && callee.object.style === "new")
    );
  }
  return (
    callee.kind === "name" ||
    callee.kind === "member" ||
    callee.kind === "call" ||
    callee.kind === "conditional"
  );
}

function look(graph: CallGraph, node: CallExpression, frame: Frame, catalog: Catalog): Look<SdkMethod[]> {
  const { evaluator } = graph;
  const answer: SdkMethod[] = [];
  let open = false;
  for (const { callee, receiver } of calleesOf(evaluator, node, frame)) {
    if (callee?.kind === "external") {
      const method = readSdkMethod(evaluator, callee);
      if (method === null) continue;
      open ||= method.open;
      answer.push(method);
    }
    const hidden = callee === null && receiver !== null ? hiddenKey(graph, node, frame) : null;
    const any = hidden === null || receiver === null ? null : hiddenMethod(evaluator, receiver, hidden);
    if (any !== null) answer.push(any);
    // `api[method]()`: without the method there is no callee to speak of.
    const isOpen = callee === null || isGiven(callee) || isGiven(receiver);
    if (isOpen && callee?.kind !== "external" && mayBeOperation(evaluator, node, frame, catalog)) open = true;
  }
  // Callers may tell which of several methods they ask for: `api[kind](id)`.
  return { answer, open, narrow: answer.length > 1 && !namesMethod(node.callee) };
}

/** The key by which a method is read, where it is not known and somebody may give it. */
function hiddenKey({ evaluator }: CallGraph, { callee }: CallExpression, frame: Frame): UnknownValue | null {
  if (callee.kind !== "member" || callee.property.kind === "string") return null;
  return evaluator.evaluate(callee.property, frame).find(isUnknown) ?? null;
}

/** Whether a caller's object could make it a call of an operation, by the written name of the method. */
function mayBeOperation(evaluator: Evaluator, node: CallExpression, frame: Frame, catalog: Catalog): boolean {
  if (node.callee.kind !== "member") return true;
  const { texts } = keysOf(evaluator, node.callee.property, frame);
  return (
    texts === null ||
    texts.some((text) => /^(?:call|apply|bind)$/.test(text) || catalog.operation(text) !== undefined)
  );
}
