/**
 * The routes that the app's own server answers, by the place of a file or by a call that registers them. Only routes that
 * say Klaviyo: who asks for one of them says it as well.
 */
import type { CallExpression } from "../lower/form.js";
import { once } from "../link/reads.js";
import {
  callablePath,
  isKlaviyosPath,
  routesOfFile,
  writtenPath,
  type RouteSegment,
  type RouteStyle,
} from "../link/routes.js";
import type { FileIndex } from "../link/file-index.js";
import { summaryOf, type Aspect } from "../link/summaries.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { exportValues } from "../evaluate/modules.js";
import { nameOf, type Reading } from "../evaluate/members.js";
import { functionsIn, type FunctionValue, type Value } from "../evaluate/values.js";

export interface Route {
  /** The file that says so. */
  file: string;
  path: RouteSegment[];
  style: RouteStyle;
  methods: readonly string[] | null;
  /** Mounted somewhere: its path is the end of the whole one. */
  isMounted: boolean;
  handlers: () => FunctionValue[];
}

const VERB = /^(?:get|post|put|patch|delete)$/;
/** A call that makes a handler of a function: `defineEventHandler(fn)`, `withAuth(fn)`. */
const MOST_WRAPPERS = 3;

const routes = summaryOf((evaluator: Evaluator): Route[] => {
  const { program } = evaluator;
  return program
    .filesWith(mayServe)
    .files.flatMap((file) => [
      ...byPlace(evaluator, file),
      ...byCalls(evaluator, program.index(file)),
      ...callables(evaluator, file),
    ]);
});
/** Who asks for the handlers has read what they were found from. */
const ALL: Aspect<Route[]> = {
  name: "all",
  says: (found) => JSON.stringify(found, (key, value: unknown) => (key === "handlers" ? undefined : value)),
};

export function routesOf(evaluator: Evaluator): readonly Route[] {
  return routes(evaluator, ALL);
}

function mayServe({ form: { file }, calls }: FileIndex): boolean {
  return (
    (isKlaviyosPath(file) && (routesOfFile(file).length > 0 || calls.some(isServing))) ||
    calls.some(servesKlaviyo) ||
    calls.some(isCallable)
  );
}

/** `export const klaviyoProxy = onCall(handler)` */
function isCallable({ node }: { node: CallExpression }): boolean {
  return nameOf(node.callee) === "onCall";
}

function callables(evaluator: Evaluator, file: string): Route[] {
  if (!evaluator.program.index(file).calls.some(isCallable)) return [];
  return evaluator.program
    .exportedNames(file)
    .filter(isKlaviyosPath)
    .map((name) => ({
      file,
      path: callablePath(name),
      style: "callable",
      methods: null,
      isMounted: false,
      handlers: once(() => exportedHandlers(evaluator, file, name)),
    }));
}

/** `app.post("/klaviyo/lists", …)` */
function isServing({ node }: { node: CallExpression }): boolean {
  const [path] = node.args;
  return (
    node.args.length > 1 &&
    node.callee.kind === "member" &&
    /^(?:get|post|put|patch|delete|all|use)$/.test(nameOf(node.callee)) &&
    SERVER.test(nameOf(node.callee.object)) &&
    path?.kind === "string" &&
    path.value.startsWith("/")
  );
}

/** What serves: an application or a router, by its name. */
const SERVER = /(?:app|application|server|router|routes?|fastify|hono|api|instance)$/i;
const ROUTER = /rout/i;

function servesKlaviyo(call: { node: CallExpression }): boolean {
  const [path] = call.node.args;
  return isServing(call) && path?.kind === "string" && isKlaviyosPath(path.value);
}

function byPlace(evaluator: Evaluator, file: string): Route[] {
  if (!isKlaviyosPath(file)) return [];
  const { exports } = evaluator.program.form(file);
  return routesOfFile(file).flatMap(({ path, style, methods, name }): Route[] => {
    const handlers =
      name === null ? () => served(evaluator, file) : () => exportedHandlers(evaluator, file, name);
    const isThere =
      name === null || exports.length === 0 || exports.some((one) => one.kind !== "all" && one.name === name);
    return isThere ? [{ file, path, style, methods, isMounted: false, handlers: once(handlers) }] : [];
  });
}

function exportedHandlers(evaluator: Evaluator, file: string, name: string): FunctionValue[] {
  const [statement] = evaluator.program.index(file).statements;
  if (statement === undefined) return [];
  const frame = evaluator.moduleFrame(file);
  const range: [number, number] = [0, 0];
  const at: Reading = { file, range, node: { kind: "this", range }, frame };
  return evaluator.within(() => handlersIn(exportValues(evaluator, file, name, at)));
}

/** `Deno.serve(handler)`, `serve(handler)`. */
function served(evaluator: Evaluator, file: string): FunctionValue[] {
  return evaluator.program
    .index(file)
    .calls.flatMap(({ node, fn }) =>
      nameOf(node.callee) === "serve"
        ? evaluator.within(() =>
            node.args.flatMap((one) => handlersIn(evaluator.evaluate(one, evaluator.rootFrame(file, fn)))),
          )
        : [],
    );
}

function handlersIn(values: readonly Value[], depth = 0): FunctionValue[] {
  return [
    ...functionsIn(values),
    ...values.flatMap((value) =>
      value.kind === "result" && depth < MOST_WRAPPERS
        ? value.args.flatMap((argument) => handlersIn(argument(), depth + 1))
        : [],
    ),
  ];
}

/** `app.all("/klaviyo/*", authenticate, handler)` */
function byCalls(evaluator: Evaluator, index: FileIndex): Route[] {
  const { file } = index.form;
  return index.calls.filter(isServing).flatMap(({ node, fn }): Route[] => {
    const [path, ...others] = node.args;
    const isMounted = node.callee.kind === "member" && ROUTER.test(nameOf(node.callee.object));
    if (path?.kind !== "string" || !(isKlaviyosPath(path.value) || isKlaviyosPath(file))) return [];
    const verb = nameOf(node.callee);
    const segments = writtenPath(path.value);
    if (verb === "use" && segments.at(-1)?.kind !== "rest") segments.push({ kind: "rest", text: "" });
    const handlers = (): FunctionValue[] =>
      evaluator.within(() =>
        others.flatMap((one) => handlersIn(evaluator.evaluate(one, evaluator.rootFrame(file, fn)))),
      );
    return [
      {
        file,
        path: segments,
        style: "node",
        methods: VERB.test(verb) ? [verb.toUpperCase()] : null,
        isMounted,
        handlers: once(handlers),
      },
    ];
  });
}

/** The functions that answer routes, as keys. */
const handlers = summaryOf((evaluator: Evaluator): ReadonlySet<string> =>
  evaluator.aside(
    () => new Set(routesOf(evaluator).flatMap((route) => route.handlers().map((handler) => keyOf(handler)))),
  ),
);

function keyOf({ file, fn }: { file: string; fn: number }): string {
  return `${file}#${String(fn)}`;
}

/** Whether a function answers a route: others than the app itself may ask for it. */
export function isRouteHandler(evaluator: Evaluator, fn: { file: string; fn: number }): boolean {
  const key = keyOf(fn);
  return fn.fn >= 0 && handlers(evaluator, { name: key, says: (all) => String(all.has(key)) }).has(key);
}
