/** What the API calls prove: whether there is anything to judge need by, and what could still need a scope. */
import { suggestPath } from "../catalog/suggest.js";
import type { Operation } from "../catalog/types.js";
import { resourceOf } from "./judge.js";
import type { ApiCall, App, Picture, Place } from "./picture.js";

/** Calls that need no scope of the app, whatever they are: made with a key, or not part of the OAuth API. */
export function needsNoScope(call: ApiCall): boolean {
  return isKeyed(call) || call.note === "legacy" || call.note === "client";
}

function isKeyed({ auth }: ApiCall): boolean {
  return auth === "private-key" || auth === "public";
}

/**
 * Whether the app's calls are in view at all. Without one that is known for what it is, the calls live elsewhere or
 * are all beyond us, and to call a scope unused would need luck to be right.
 */
export function judgesNeed(app: App): boolean {
  return app.calls.some((call) => {
    if (call.note === "legacy" || call.note === "client" || call.auth === "public") return false;
    return call.candidates.length > 0 || call.auth === "private-key";
  });
}

/** Whether all that is seen of an app is that it calls the API with a key of its own: nobody is asked for scopes. */
export function isKeyedOnly({ calls }: Pick<App, "calls">): boolean {
  return calls.some(({ auth }) => auth === "private-key") && calls.every(needsNoScope);
}

export const PRIVATE_ONLY =
  "All API calls are made with a private key, which has scopes of its own: there is nothing to judge.";

/** An app that has no scopes: a private integration. */
export function isPrivateOnly(app: App): boolean {
  return app.requests.length === 0 && app.configured === null && isKeyedOnly(app);
}

/** The calls that may need `scope`, as far as we know: what they are is not resolved. */
export function doubtfulCalls(picture: Picture, app: App, scope: string): ApiCall[] {
  return app.calls.filter((call) => !needsNoScope(call) && mayNeed(picture, call, scope));
}

function mayNeed({ catalog }: Picture, call: ApiCall, scope: string): boolean {
  if (call.scopes.includes(scope)) return false;
  if (call.candidates.length > 0) return needsIn(call.candidates, scope);
  if (call.note === "dynamic" || call.unresolved.length > 0) {
    return catalog
      .operationsForScope(scope)
      .some(({ method }) => call.method === null || method === call.method);
  }
  if (call.note !== "unknown-operation") return false;
  const meant = call.path === null ? null : suggestPath(call.method, call.path, catalog);
  if (meant === null) return true;
  return needsIn(meant.kind === "method" ? meant.operations : catalog.operationsForPath(meant.path), scope);
}

/** Whether a call that could be anything is known only by `callsComplete`. */
export function hasUnplacedDoubt(app: App): boolean {
  return (
    !app.callsComplete && !app.calls.some((call) => call.note === "dynamic" || call.unresolved.length > 0)
  );
}

function needsIn(operations: readonly Operation[], scope: string): boolean {
  return operations.some(({ scopes }) => scopes.includes(scope));
}

/** The calls with a private key that would need `scope` if they were made with OAuth. */
export function keyedCallsFor(app: App, scope: string): ApiCall[] {
  return app.calls.filter((call) => call.auth === "private-key" && needsIn(call.candidates, scope));
}

/** The calls that need another scope of the same resource, those in the file of `near` first. */
export function callsOfResource(app: App, scope: string, near: Place): ApiCall[] {
  const resource = resourceOf(scope);
  const calls = app.calls.filter(
    (call) =>
      !isKeyed(call) && call.scopes.some((other) => resourceOf(other) === resource && other !== scope),
  );
  return [
    ...calls.filter(({ file }) => file === near.file),
    ...calls.filter(({ file }) => file !== near.file),
  ];
}
