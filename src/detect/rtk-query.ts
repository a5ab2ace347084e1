/** RTK Query: what an API's endpoints send their requests with. https://redux-toolkit.js.org/rtk-query/api/createApi */
import type { CallExpression } from "../lower/form.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { makeFrame, type Frame } from "../evaluate/frames.js";
import { callArguments, returned } from "../evaluate/functions.js";
import { nameOf, type Reading } from "../evaluate/members.js";
import {
  functionsIn,
  lazy,
  unknown,
  type FunctionValue,
  type ObjectValue,
  type ResultValue,
  type Thunk,
  type Value,
} from "../evaluate/values.js";
import type { FileIndex } from "../link/file-index.js";
import { entry } from "./client-options.js";

/** `createApi(…)`, `api.injectEndpoints(…)`. */
export function isApi({ callee }: CallExpression): boolean {
  return /^(?:createApi|injectEndpoints)$/.test(nameOf(callee));
}

/** What `fetchBaseQuery` returned for an API; null where nothing of it is known. */
export function baseOfApi(evaluator: Evaluator, node: CallExpression, frame: Frame): ResultValue | null {
  return nameOf(node.callee) === "createApi"
    ? baseOf(evaluator, node, frame)
    : injectedBase(evaluator, node, frame);
}

/** The calls `build.query({ query })` and `build.mutation({ query })` within the options of an API. */
export function endpointsIn(index: FileIndex, api: CallExpression): { node: CallExpression; fn: number }[] {
  const [start, end] = api.range;
  return index.calls.filter(({ node }) => node.range[0] > start && node.range[1] < end && isEndpoint(node));
}

function isEndpoint({ callee, args }: CallExpression): boolean {
  return (
    callee.kind === "member" &&
    /^(?:query|mutation|infiniteQuery)$/.test(nameOf(callee)) &&
    args[0]?.kind === "map"
  );
}

/**
 * The functions of ours that an endpoint leads to: its `queryFn`, which gets the base query as its fourth argument, and
 * a base query of ours, which gets what `query` answers.
 */
export function endpointCallbacks(
  evaluator: Evaluator,
  node: CallExpression,
  frame: Frame,
): { target: FunctionValue; args: Thunk[] }[] {
  if (!isEndpoint(node)) return [];
  const api = apiAround(evaluator.program.index(frame.file), node);
  if (api === null) return [];
  const at: Reading = { file: frame.file, range: node.range, node, frame };
  const objects = (values: Value[]): ObjectValue[] => values.filter((value) => value.kind === "object");
  const options = objects(node.args[0] === undefined ? [] : evaluator.evaluate(node.args[0], frame));
  const read = (key: string): Value[] =>
    options.flatMap((object) => entry(evaluator, object, key.toLowerCase(), at));
  const apiFrame = evaluator.moduleFrame(frame.file);
  const bases = lazy(() =>
    callArguments(evaluator, api, apiFrame).flatMap((argument) =>
      objects(argument()).flatMap((object) => entry(evaluator, object, "basequery", at)),
    ),
  );
  const given = (): Value[] => [unknown("given by RTK Query", at)];
  const answers = lazy(() => functionsIn(read("query")).flatMap((query) => answersOf(evaluator, query)));
  return [
    ...functionsIn(read("queryFn")).map((target) => ({ target, args: [given, given, given, bases] })),
    // What ends in `fetchBaseQuery` is read as the library documents it.
    ...(functionsIn(read("query")).length === 0 || baseOfApi(evaluator, api, apiFrame) !== null
      ? []
      : functionsIn(bases()).map((target) => ({ target, args: [answers] }))),
  ];
}

function apiAround(index: FileIndex, node: CallExpression): CallExpression | null {
  for (let at = index.parent(node); at !== undefined; at = index.parent(at))
    if ("kind" in at && at.kind === "call" && isApi(at as CallExpression)) return at as CallExpression;
  return null;
}

/** What `fetchBaseQuery` returned, as the base query itself, wrapped in `retry`, or called by a function of ours. */
function baseOf(evaluator: Evaluator, node: CallExpression, frame: Frame): ResultValue | null {
  const at: Reading = { file: frame.file, range: node.range, node, frame };
  for (const argument of callArguments(evaluator, node, frame)) {
    for (const options of argument()) {
      if (options.kind !== "object") continue;
      for (const value of entry(evaluator, options, "basequery", at)) {
        const found = baseIn(evaluator, value, 0);
        if (found !== null) return found;
      }
    }
  }
  return null;
}

function baseIn(evaluator: Evaluator, value: Value, depth: number): ResultValue | null {
  if (depth > 4) return null;
  if (value.kind === "result") {
    if (value.callee.path.at(-1) === "fetchBaseQuery") return value;
    for (const inner of value.args.flatMap((argument) => argument())) {
      const found = baseIn(evaluator, inner, depth + 1);
      if (found !== null) return found;
    }
  }
  if (value.kind !== "function") return null;
  const { file, fn, frame } = value;
  for (const call of evaluator.program.index(file).calls) {
    if (call.fn !== fn) continue;
    for (const { callee } of calleesOf(evaluator, call.node, evaluator.rootFrame(frame.file, fn))) {
      const found = callee === null ? null : baseIn(evaluator, callee, depth + 1);
      if (found !== null) return found;
    }
  }
  return null;
}

/** `api.injectEndpoints(…)`: of the API that it is called on. */
function injectedBase(evaluator: Evaluator, node: CallExpression, frame: Frame): ResultValue | null {
  if (node.callee.kind !== "member") return null;
  for (const api of evaluator.evaluate(node.callee.object, frame)) {
    const made = api.kind === "result" ? creation(api) : api.kind === "external" ? api.result : null;
    if (made?.node == null || made.frame === null) continue;
    const found = baseOf(evaluator, made.node, made.frame);
    if (found !== null) return found;
  }
  return null;
}

function creation(api: ResultValue): ResultValue {
  for (let at: ResultValue = api; ; at = at.callee.result) {
    if (at.callee.path.at(-1) === "createApi" || at.callee.result === null) return at;
  }
}

/** What a function answers to arguments that nobody knows. */
export function answersOf(evaluator: Evaluator, { file, fn, frame }: FunctionValue): Value[] {
  const form = evaluator.program.form(file).functions[fn];
  const inner = makeFrame({ ...evaluator.rootFrame(file, fn), parent: frame });
  return form === undefined ? [] : returned(evaluator, form, inner);
}
