/** Tests of a text by a part of it: `provider.startsWith("klaviyo")`, `/klaviyo/i.test(provider)`, `NAMES.includes(provider)`. */
import type { Expression } from "../lower/form.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { knownTexts } from "./text.js";
import type { TextTest } from "./values.js";

const METHODS: ReadonlySet<string> = new Set(["includes", "startsWith", "endsWith"]);
/** A pattern that is one word, perhaps at the beginning or the end: nothing else is read, and nothing is run. */
const WORD = /^(\^?)([\w-]+)(\$?)$/;

/** What a call tests, and of which expression; null where it is no such test or its parts are not known. */
export function textTestOf(
  evaluator: Evaluator,
  node: Expression,
  frame: Frame,
): { tested: Expression; test: TextTest } | null {
  if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.property.kind !== "string")
    return null;
  const { object, property } = node.callee;
  const [argument, ...more] = node.args;
  if (argument === undefined || argument.kind === "spread" || more.length > 0) return null;
  if (property.value === "test" && object.kind === "regex") return ofPattern(object, argument);
  if (property.value === "match" && argument.kind === "regex") return ofPattern(argument, object);
  if (!METHODS.has(property.value)) return null;
  const parts = { object, argument, frame };
  return ofPart(evaluator, property.value, parts) ?? ofList(evaluator, property.value, parts);
}

/** `object.method(argument)`. */
interface Parts {
  object: Expression;
  argument: Expression;
  frame: Frame;
}

function ofPattern(
  pattern: Extract<Expression, { kind: "regex" }>,
  tested: Expression,
): { tested: Expression; test: TextTest } | null {
  const match = WORD.exec(pattern.source);
  if (match === null || !/^i?$/.test(pattern.flags)) return null;
  const [, start, word = "", end] = match;
  const method = start === "" ? (end === "" ? "includes" : "endsWith") : end === "" ? "startsWith" : "is";
  return { tested, test: { method, texts: [word], anyCase: pattern.flags === "i" } };
}

function ofPart(
  evaluator: Evaluator,
  method: string,
  { object, argument, frame }: Parts,
): { tested: Expression; test: TextTest } | null {
  // The part is written out: what a variable holds may be the text that is tested (`NAMES.includes(provider)`).
  if (argument.kind !== "string" || isListOf(evaluator, object, frame)) return null;
  const test = { method: method as TextTest["method"], texts: [argument.value], anyCase: false };
  return { tested: object, test };
}

function ofList(
  evaluator: Evaluator,
  method: string,
  { object, argument, frame }: Parts,
): { tested: Expression; test: TextTest } | null {
  if (method !== "includes") return null;
  const [list, ...others] = evaluator.evaluate(object, frame);
  if (list?.kind !== "list" || others.length > 0 || list.items.some(({ rest }) => rest)) return null;
  const { texts, complete } = knownTexts(list.items.flatMap((item) => item.values()));
  return complete ? { tested: argument, test: { method: "is", texts, anyCase: false } } : null;
}

function isListOf(evaluator: Evaluator, node: Expression, frame: Frame): boolean {
  return evaluator.evaluate(node, frame).some(({ kind }) => kind === "list");
}
