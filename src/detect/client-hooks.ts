/** What is set on a client's requests after it was made: its `defaults`, and what its hooks and interceptors do to each. */
import type { Expression } from "../lower/form.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { makeFrame, type Frame } from "../evaluate/frames.js";
import { callArguments } from "../evaluate/functions.js";
import { objectEntries } from "../evaluate/literals.js";
import { knownTexts } from "../evaluate/text.js";
import { functionsIn, type FunctionValue, type ResultValue, type Value } from "../evaluate/values.js";

/** One thing that is set on a request or on a client's defaults. */
export interface Assigned {
  /** The keys behind `defaults` or the hook's parameter. */
  keys: string[];
  values: Value[];
}

/** Options in which a client takes hooks: ky and got, ofetch, RTK Query. */
const HOOK_KEYS = /^(?:hooks|beforeRequest|onRequest|prepareHeaders)$/;
const MOST_HOOKS = 12;

/** All that is set on the requests of what a call made. */
export function assignedTo(evaluator: Evaluator, result: ResultValue): Assigned[] {
  const out: Assigned[] = hooksIn(evaluator, result).flatMap((hook) => setBy(evaluator, hook));
  const holder = holderOf(evaluator, result);
  if (holder === null) return out;
  const index = evaluator.program.index(result.file);
  for (const { node, fn } of index.assigns) {
    if (node.target.kind !== "target") continue;
    const keys = keysBehind(node.target.expression, holder);
    if (keys?.[0] !== "defaults") continue;
    const frame = frameWithin(evaluator, result.file, fn, result.frame);
    out.push({ keys: keys.slice(1), values: evaluator.evaluate(node.value, frame) });
  }
  for (const { node, fn } of index.calls) {
    const keys = keysBehind(node.callee, holder);
    if (keys === null || keys[0] !== "interceptors" || keys[1] !== "request") continue;
    const [handler] = callArguments(evaluator, node, frameWithin(evaluator, result.file, fn, result.frame));
    out.push(...functionsIn(handler?.() ?? []).flatMap((hook) => setBy(evaluator, hook)));
  }
  return out;
}

/** The hooks among the options that a client was made with. */
function hooksIn(evaluator: Evaluator, result: ResultValue): FunctionValue[] {
  const search = (value: Value, depth: number): FunctionValue[] => {
    if (value.kind === "function") return depth > 0 ? [value] : [];
    if (depth > 3) return [];
    if (value.kind === "list")
      return depth > 0
        ? value.items.flatMap((item) => item.values()).flatMap((one) => search(one, depth + 1))
        : [];
    if (value.kind !== "object") return [];
    return objectEntries(evaluator, value)
      .filter((entry) => HOOK_KEYS.test(entry.key))
      .flatMap((entry) => entry.get())
      .flatMap((one) => search(one, depth + 1));
  };
  return result.args
    .flatMap((argument) => argument().flatMap((value) => search(value, 0)))
    .slice(0, MOST_HOOKS);
}

/** What a function sets on its parameter: `config.headers.X = …`, `headers.set("X", …)`, `request.headers["X"] = …`. */
function setBy(evaluator: Evaluator, { file, fn, frame }: FunctionValue): Assigned[] {
  const index = evaluator.program.index(file);
  const inner = makeFrame({ ...evaluator.rootFrame(file, fn), parent: frame });
  const out: Assigned[] = [];
  for (const { node, fn: at } of index.assigns) {
    if (at !== fn || node.target.kind !== "target") continue;
    const keys = writtenKeys(node.target.expression);
    if (keys !== null) out.push({ keys, values: evaluator.evaluate(node.value, inner) });
  }
  for (const { node, fn: at } of index.calls) {
    if (at !== fn || node.callee.kind !== "member" || node.callee.property.kind !== "string") continue;
    if (!/^(?:set|append)$/.test(node.callee.property.value)) continue;
    const args = callArguments(evaluator, node, inner);
    const [name] = knownTexts(args[0]?.() ?? []).texts;
    if (name !== undefined && args[1] !== undefined) out.push({ keys: ["headers", name], values: args[1]() });
  }
  return out;
}

/** The keys behind a variable, innermost last; null where the target is no member of one. */
function writtenKeys(node: Expression): string[] | null {
  const keys: string[] = [];
  let at = node;
  while (at.kind === "member" || at.kind === "typed") {
    if (at.kind === "member") keys.unshift(at.property.kind === "string" ? at.property.value : "");
    at = at.kind === "member" ? at.object : at.value;
  }
  return at.kind === "name" && keys.length > 0 ? keys : null;
}

/** What holds a client: a variable, or a field of a class. */
type Holder = { binding: number } | { field: string };

function holderOf(evaluator: Evaluator, { node, file }: ResultValue): Holder | null {
  if (node === null) return null;
  const index = evaluator.program.index(file);
  let child: object = node;
  let at = index.parent(child);
  while (at !== undefined && "kind" in at && /^(?:typed|await|logical)$/.test(String(at.kind))) {
    child = at;
    at = index.parent(at);
  }
  if (at === undefined || !("kind" in at)) return null;
  switch (at.kind) {
    case "let": {
      const { target } = at as unknown as { target: { kind: string; binding?: number } };
      return target.kind === "bind" && target.binding !== undefined ? { binding: target.binding } : null;
    }
    case "assign": {
      const { target } = at as Extract<Expression, { kind: "assign" }>;
      if (target.kind === "bind") return { binding: target.binding };
      if (target.kind !== "target" || target.expression.kind !== "member") return null;
      const { object, property } = target.expression;
      return object.kind === "this" && property.kind === "string" ? { field: property.value } : null;
    }
    case "class": {
      const { cls } = at as Extract<Expression, { kind: "class" }>;
      const members = evaluator.program.form(file).classes[cls]?.members ?? [];
      const key = members.find((member) => member.value === child)?.key;
      return key?.kind === "string" ? { field: key.value } : null;
    }
    default:
      return null;
  }
}

/** The keys of a member expression behind what holds the client; null where it is rooted elsewhere. */
function keysBehind(node: Expression, holder: Holder): string[] | null {
  const keys: string[] = [];
  let at = node;
  while (at.kind === "member") {
    keys.unshift(at.property.kind === "string" ? at.property.value : "");
    at = at.object;
  }
  if ("binding" in holder) return at.kind === "name" && at.binding === holder.binding ? keys : null;
  return at.kind === "this" && keys[0] === holder.field ? keys.slice(1) : null;
}

/** A function's frame, within the activation that made the client where it is written inside it. */
function frameWithin(evaluator: Evaluator, file: string, fn: number, made: Frame | null): Frame {
  if (made === null || made.file !== file) return evaluator.rootFrame(file, fn);
  if (made.fn === fn) return made;
  const parent = evaluator.program.form(file).functions[fn]?.parent ?? -1;
  const root = evaluator.rootFrame(file, fn);
  return parent === made.fn && parent >= 0 ? makeFrame({ ...root, parent: made }) : root;
}
