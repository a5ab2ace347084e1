/**
 * Methods of the SDK that are handed to a function beyond the program, which calls them: `limiter.wrap(api.getLists.bind(api))`,
 * `ids.map(api.getList, api)`, `new Worker("profiles", api.createProfile.bind(api))`. They are calls where they are handed over.
 */
import type { Catalog } from "../catalog/index.js";
import type { CallExpression, Expression, MemberExpression } from "../lower/form.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Frame } from "../evaluate/frames.js";
import { isGiven, type Value } from "../evaluate/values.js";
import { askEach, callsOfCode, type InFile } from "./ask-each.js";
import type { CallGraph } from "./call-graph.js";
import { lookAround } from "./contexts.js";
import { readSdkMethod, type SdkMethod } from "./sdk-methods.js";
import type { Place } from "./types.js";

export interface HandedMethod {
  /** Where the method is written as an argument. */
  place: Place;
  method: SdkMethod;
}

/** Functions of the platform that call what they are given; others (`console.log`, `String`) look at it at most. */
const CALLERS =
  /^(?:set(?:Timeout|Interval|Immediate)|queueMicrotask|requestIdleCallback|Reflect\.apply|Promise|Proxy)$/;

export function findHandedMethods(graph: CallGraph, catalog: Catalog): HandedMethod[] {
  return askEach(graph, "SDK method handed on", callsOfCode, (caller) => {
    const handed = caller.node.style === "jsx" ? [] : handedIn(caller.node, catalog);
    return handed.length === 0 ? null : () => handed.flatMap((node) => methodsAt(graph, caller, node));
  });
}

/** The arguments that may be a method of the SDK, also under a key: `useQuery({ queryFn: api.getLists })`. */
function handedIn({ callee, args }: CallExpression, catalog: Catalog): Expression[] {
  // What `bind` returns is looked at where it goes.
  if (isBind(callee)) return [];
  return args
    .flatMap((argument) =>
      argument.kind === "map" ? argument.entries.map(({ value }) => value) : [argument],
    )
    .filter((argument) => isNamedAsMethod(argument, catalog));
}

function isBind(callee: Expression): callee is MemberExpression {
  return callee.kind === "member" && callee.property.kind === "string" && callee.property.value === "bind";
}

function isNamedAsMethod(node: Expression, catalog: Catalog): boolean {
  switch (node.kind) {
    case "typed":
      return isNamedAsMethod(node.value, catalog);
    case "name":
      return catalog.operation(node.name) !== undefined;
    case "call":
      return isBind(node.callee) && isNamedAsMethod(node.callee.object, catalog);
    case "member":
      return node.property.kind !== "string" || catalog.operation(node.property.value) !== undefined;
    default:
      return false;
  }
}

function methodsAt(
  graph: CallGraph,
  { file, fn, node }: InFile<CallExpression>,
  argument: Expression,
): HandedMethod[] {
  const { evaluator } = graph;
  const look = (frame: Frame): { answer: SdkMethod[]; open: boolean } => {
    if (!calleesOf(evaluator, node, frame).every(({ callee, receiver }) => isBeyond(callee, receiver)))
      return { answer: [], open: false };
    const values = evaluator.evaluate(argument, frame);
    const answer = values.flatMap((value) =>
      value.kind === "external" ? (readSdkMethod(evaluator, value) ?? []) : [],
    );
    return { answer, open: values.some(isGiven) || answer.some((one) => one.open) };
  };
  return lookAround(graph, {
    file,
    fn,
    look,
    settle: ({ answer }) => answer.map((method) => ({ place: { file, range: argument.range }, method })),
  });
}

/** A function of the program is followed; one that is only looked through by the platform calls nothing. */
function isBeyond(callee: Value | null, receiver: Value | null): boolean {
  if (callee === null) return receiver?.kind === "list" || receiver?.kind === "unknown";
  switch (callee.kind) {
    case "unknown":
    case "result":
      return true;
    case "external":
      return callee.module !== "" || callee.result !== null || CALLERS.test(callee.path.join("."));
    default:
      return false;
  }
}
