/** Requests of wretch, put together by calls on a client: `wretch(base).url("/profiles").auth(token).get()`. */
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Reading } from "../evaluate/members.js";
import { joinText, textChoice } from "../evaluate/strings.js";
import type { Chunk, ResultValue, Thunk, Value } from "../evaluate/values.js";
import { headerObject } from "./client-options.js";

export interface BuiltRequest {
  url: Chunk[];
  verb: string;
  headers: Value[];
}

/** The calls that send. Those with a body take it first, and then what is to be added to the URL. */
const SENDS = /^(?:get|delete|head|opts|post|put|patch)$/;
const WITH_BODY = /^(?:post|put|patch)$/;
const MOST_STEPS = 20;

interface Step {
  name: string;
  args: readonly Thunk[];
}

/** What a call sends that ends such a chain; null where it is none. See https://elbywan.github.io/wretch/api/. */
export function builtRequest(
  evaluator: Evaluator,
  callees: readonly Value[],
  args: readonly Thunk[],
  at: Reading,
): BuiltRequest | null {
  for (const callee of callees) {
    if (callee.kind !== "external" || callee.module !== "wretch" || callee.result === null) continue;
    const verb = callee.path.at(-1) ?? "";
    if (!SENDS.test(verb)) continue;
    const steps = stepsOf(callee.result);
    const added = args[WITH_BODY.test(verb) ? 1 : 0];
    const parts = urlParts(steps).concat(added === undefined ? [] : [added()]);
    const owner = { kind: "computed" as const, ...at, node: at.node };
    const joined = joinText(evaluator, parts, owner);
    return {
      url: textChoice(evaluator, joined, at),
      verb: verb === "opts" ? "OPTIONS" : verb.toUpperCase(),
      headers: steps.flatMap(headersOf),
    };
  }
  return null;
}

/** The calls of a chain, the first one first. */
function stepsOf(result: ResultValue): Step[] {
  const steps: Step[] = [];
  for (let at: ResultValue | null = result; at !== null && steps.length < MOST_STEPS; at = at.callee.result)
    steps.unshift({ name: at.callee.result === null ? "" : (at.callee.path.at(-1) ?? ""), args: at.args });
  return steps;
}

function urlParts(steps: readonly Step[]): Value[][] {
  let parts: Value[][] = [];
  for (const { name, args } of steps) {
    const [text, replaces] = args;
    if (text === undefined || (name !== "" && name !== "url")) continue;
    const isNew = (replaces?.() ?? []).some((value) => value.kind === "primitive" && value.value === true);
    parts = isNew ? [text()] : [...parts, text()];
  }
  return parts;
}

function headersOf({ name, args: [first] }: Step): Value[] {
  if (first === undefined) return [];
  if (name === "auth") return [headerObject("Authorization", first())];
  return name === "headers" ? first() : [];
}
