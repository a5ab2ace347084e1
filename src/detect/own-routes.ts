/**
 * Requests that the app sends to its own server: the handler of the route is called with what the request says, so that
 * a handler that sends to Klaviyo what it is told is looked at from where it is told.
 */
import type { CallExpression } from "../lower/form.js";
import { once } from "../link/reads.js";
import type { Callee } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { handlerArguments } from "../evaluate/sent-requests.js";
import { under, type FunctionValue, type Thunk } from "../evaluate/values.js";
import { requestsOf, type OwnRequest } from "./own-requests.js";
import { routesOf, type Route } from "./served-routes.js";

/** A handler of the program, called by a request of the program's own. */
export interface RouteCallback {
  target: FunctionValue;
  args: Thunk[];
}

const known = new WeakMap<Frame, Map<CallExpression, () => RouteCallback[]>>();

/** The handlers that a call's request reaches, with what they are called with: the same each time. */
export function routeCallbacks(
  evaluator: Evaluator,
  node: CallExpression,
  frame: Frame,
  callees: readonly Callee[],
): RouteCallback[] {
  if (routesOf(evaluator).length === 0) return [];
  const inFrame = known.get(frame) ?? new Map<CallExpression, () => RouteCallback[]>();
  known.set(frame, inFrame);
  const answer =
    inFrame.get(node) ??
    once(() =>
      requestsOf(evaluator, node, frame, callees).flatMap((one) => reached(evaluator, one, node, frame)),
    );
  inFrame.set(node, answer);
  return answer();
}

/** Whether a call's request may reach a route, which hangs on callers. */
export function mayReachRoute(
  evaluator: Evaluator,
  node: CallExpression,
  frame: Frame,
  callees: readonly Callee[],
): boolean {
  return (
    routesOf(evaluator).length > 0 && requestsOf(evaluator, node, frame, callees).some(({ isOpen }) => isOpen)
  );
}

function reached(
  evaluator: Evaluator,
  request: OwnRequest,
  node: CallExpression,
  frame: Frame,
): RouteCallback[] {
  const at = { file: frame.file, range: node.range };
  const matches = routesOf(evaluator)
    .filter(
      ({ methods }) =>
        methods === null ||
        request.verbs === null ||
        methods.some((one) => request.verbs?.includes(one) === true),
    )
    .flatMap((route) => {
      const found = request.match(route.path, route.isMounted);
      return found === null ? [] : [{ route, ...found }];
    });
  // What nothing answers is no route: `api.post("/klaviyo/lists", body)` of a client looks like one.
  const answered = matches.filter(({ route }) => route.handlers().length > 0);
  const least = Math.min(...answered.map(({ width }) => width));
  return nearest(
    answered.filter(({ width }) => width === least),
    frame.file,
  ).flatMap(({ route, params }) => {
    const sent = { path: request.path, method: request.method, body: request.body, params };
    const args = handlerArguments(route.style, sent, at).map(
      (argument): Thunk =>
        () =>
          argument().flatMap((value) => under(value, request.when) ?? []),
    );
    return route.handlers().map((target) => ({ target, args }));
  });
}

/** Of several apps in a repository that answer the same, the one that the file is of. */
function nearest<T extends { route: Route }>(matches: readonly T[], file: string): T[] {
  const most = Math.max(...matches.map(({ route }) => foldersShared(route.file, file)));
  return matches.filter(({ route }) => foldersShared(route.file, file) === most);
}

function foldersShared(one: string, other: string): number {
  const [a, b] = [one.split("/").slice(0, -1), other.split("/").slice(0, -1)];
  const apart = a.findIndex((folder, depth) => folder !== b[depth]);
  return apart < 0 ? a.length : apart;
}
