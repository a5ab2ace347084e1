/**
 * Functions of the program that a package calls, and with what: the fetcher of SWR gets the key, a limiter hands on its
 * further arguments, what a wrapper returned calls what it was given.
 */
import type { CallExpression } from "../lower/form.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { callArguments, callFunction } from "../evaluate/functions.js";
import { itemsOf, layer, objectEntries } from "../evaluate/literals.js";
import {
  always,
  functionsIn,
  lazy,
  unknown,
  type FunctionValue,
  type ObjectValue,
  type ResultValue,
  type Thunk,
} from "../evaluate/values.js";
import { calledByStore } from "../evaluate/zustand.js";
import { routeCallbacks } from "./own-routes.js";
import { endpointCallbacks } from "./rtk-query.js";

/** A function of the program, called by a package with these arguments. */
export interface Callback {
  target: FunctionValue;
  args: Thunk[];
}

interface Given {
  evaluator: Evaluator;
  node: CallExpression;
  frame: Frame;
  args: Thunk[];
}

type Reader = (given: Given) => Callback[];

const call = (from: Thunk | undefined, args: Thunk[]): Callback[] =>
  calledIn(from).map((target) => ({ target, args }));

/** Functions, and those that a package's wrapper was given: `limiter.schedule(limiter.wrap(read), "/lists")`. */
function calledIn(from: Thunk | undefined, depth = 0): FunctionValue[] {
  const values = from?.() ?? [];
  return [
    ...functionsIn(values),
    ...values.flatMap((value) =>
      value.kind === "result" && isWrapper(value) && depth < 3
        ? value.args.slice(0, 2).flatMap((argument) => calledIn(argument, depth + 1))
        : [],
    ),
  ];
}

/** `limit(send, "/lists")`: the first function gets what stands behind it. */
const handsOn: Reader = ({ args }) => {
  const position = args.findIndex((argument) => calledIn(argument).length > 0);
  return position < 0 ? [] : call(args[position], args.slice(position + 1));
};

/** `setTimeout(send, 1000, "/lists")`. */
const afterDelay: Reader = ({ args }) => call(args[0], args.slice(2));

/** `pMap(["/lists", "/segments"], read)`: each item in turn. */
const forEach: Reader = ({ evaluator, node, frame, args }) => {
  const at = { file: frame.file, range: node.range };
  const items = (args[0]?.() ?? []).flatMap((value) => itemsOf(evaluator, value, at));
  return items.length === 0 ? [] : call(args[1], [() => items.flatMap((item) => item.values())]);
};

/** `useSWR(key, fetcher)`: the key, which may be made by a function, and is null where nothing is to be asked. */
const byKey: Reader = ({ evaluator, node, frame, args }) => {
  const key = lazy(() =>
    (args[0]?.() ?? [])
      .flatMap((value) =>
        value.kind === "function" ? callFunction(evaluator, value, [], { node, frame }) : [value],
      )
      .filter((value) => value.kind !== "primitive"),
  );
  return call(args[1], [key]);
};

/** `useQuery({ queryKey, queryFn })`: a context with the key. */
const byQueryKey: Reader = ({ evaluator, frame, args }) =>
  (args[0]?.() ?? [])
    .filter((value): value is ObjectValue => value.kind === "object")
    .flatMap((options) => {
      const read = (key: string): Thunk | undefined =>
        objectEntries(evaluator, options).find((entry) => entry.key === key)?.get;
      const context: ObjectValue = {
        kind: "object",
        layers: [layer("queryKey", read("queryKey") ?? always([]))],
        node: null,
        file: frame.file,
        frame: null,
        map: false,
      };
      return call(read("queryFn"), [always([context])]);
    });

/** `client.interceptors.response.use(onAnswer, onError)`: each gets a request that was sent before, or what came of it. */
const intercepts: Reader = ({ node, frame, args }) => {
  const at = { file: frame.file, range: node.range };
  const before = always([unknown("a request that was sent before", at, { resent: true })]);
  return args.slice(0, 2).flatMap((argument) => call(argument, [before]));
};

/** By package and name of what is called; a name is "" for what a call of the package returned. */
const READERS: readonly [RegExp, RegExp, Reader][] = [
  [/^swr(?:\/.*)?$/, /^(?:default|useSWR\w*|)$/, byKey],
  [/^@tanstack\/.*query.*$|^react-query$/, /query(?:data|options)?$/i, byQueryKey],
  [/^(?:p-limit|throat|p-ratelimit|promise-limit)$/, /^$/, handsOn],
  [/^bottleneck$/, /^(?:schedule|submit)$/, handsOn],
  [/^p-map(?:-series)?$/, /^(?:default|pMap|)$/, forEach],
  [/^$/, /^(?:setTimeout|setImmediate)$/, afterDelay],
];

/** Methods that return a function that does what the given one does. */
const WRAPS = /wrap|memo|cache|throttle|debounce|limit|retry|once|queue/i;

/** The functions of the program that a call of something beyond it calls in turn. */
export function callbacksOf(evaluator: Evaluator, node: CallExpression, frame: Frame): Callback[] {
  if (node.style !== "call" || node.args.length === 0) return [];
  const args = callArguments(evaluator, node, frame);
  const ofEndpoint = endpointCallbacks(evaluator, node, frame);
  if (ofEndpoint.length > 0) return ofEndpoint;
  const callees = calleesOf(evaluator, node, frame);
  const ofRoutes = routeCallbacks(evaluator, node, frame, callees);
  if (ofRoutes.length > 0) return ofRoutes;
  return callees.flatMap(({ callee }): Callback[] => {
    if (callee?.kind !== "external" && callee?.kind !== "result") return [];
    const ofStore = calledByStore(evaluator, callee, args, {
      file: frame.file,
      range: node.range,
      node,
      frame,
    });
    if (ofStore !== null) return ofStore;
    const { module } = callee.kind === "external" ? (callee.result?.callee ?? callee) : callee.callee;
    const path = callee.kind === "external" ? callee.path : [];
    if (path.at(-1) === "use" && path.at(-3) === "interceptors")
      return intercepts({ evaluator, node, frame, args });
    const name = path.at(-1) ?? "";
    const reader = READERS.find(([modules, names]) => modules.test(module) && names.test(name))?.[2];
    if (reader !== undefined) return reader({ evaluator, node, frame, args });
    // `const cached = wrap(read); cached("/lists")`.
    return callee.kind === "result" && isWrapper(callee)
      ? callee.args.slice(0, 2).flatMap((argument) => call(argument, args))
      : [];
  });
}

function isWrapper({ style, callee: { path } }: ResultValue): boolean {
  return style === "call" && (path.length <= 1 || WRAPS.test(path.at(-1) ?? ""));
}
