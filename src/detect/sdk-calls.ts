/** API calls through Klaviyo's Node SDK, in every shape its versions had. */
import { suggestSdkMethod } from "../catalog/suggest.js";
import type { CallAuth, FoundCall, SdkMistake } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import type { CallExpression } from "../lower/form.js";
import type { FileIndex } from "../link/file-index.js";
import type { Program } from "../link/program.js";
import { calleesOf } from "../evaluate/calls.js";
import { ancestors } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Frame } from "../evaluate/frames.js";
import { keysOf } from "../evaluate/members.js";
import type { ExternalValue, ResultValue, UnknownValue, Value } from "../evaluate/values.js";
import { askEach, callsOfCode } from "./ask-each.js";
import type { Caller, CallGraph } from "./call-graph.js";
import { lookAround } from "./contexts.js";
import { sessionOf } from "./credentials.js";
import { settle, sameCall } from "./found-call.js";
import { SDK_MODULE } from "./oauth-clients.js";

interface SdkCall {
  method: string;
  auth: CallAuth;
  /** The class of an object that was surely made of the SDK's; null for any other. */
  className: string | null;
}

export function findSdkCalls(graph: CallGraph, catalog: Catalog): FoundCall[] {
  const found: FoundCall[] = [];
  if (!importsSdk(graph.evaluator.program)) return found;
  const ask = (caller: Caller) =>
    caller.node.style === "call" && mayCallSdk(caller.node, catalog)
      ? () => callsAt(graph, catalog, caller)
      : null;
  for (const call of askEach(graph, "SDK call", callsOfCode, ask)) add(found, call);
  return found;
}

/** The operations that a call is of, for each of its callers. */
function callsAt(graph: CallGraph, catalog: Catalog, { file, fn, node }: Caller): FoundCall[] {
  return lookAround(graph, file, fn, (frame) => look(graph, node, frame, catalog)).flatMap(
    ({ answer, context }) =>
      answer.flatMap(({ method, auth, className }): FoundCall[] => {
        const call = {
          file,
          range: node.range,
          via: "sdk" as const,
          auth,
          methodPlace: null,
          pathPlace: null,
          flow: context.chain.map((caller) => ({
            file: caller.file,
            range: caller.node.range,
            message: "calls it",
          })),
        };
        const operation = catalog.operation(method);
        if (operation === undefined) {
          const mistaken = mistakeOf(file, node, method, className, catalog);
          if (mistaken === null) return [];
          return [
            { ...settle({ ...call, method: null, path: null }, [], [], "unknown-operation"), mistaken },
          ];
        }
        const path = operation.path.replace(/\{[^}]*\}/g, "{}");
        return [settle({ ...call, method: operation.method, path }, [operation], [], null)];
      }),
  );
}

/** The same call seen from several callers is one; made with different credentials, its credential is unknown. */
function add(found: FoundCall[], call: FoundCall): void {
  const index = found.findIndex((other) => sameCall(other, call));
  const other = found[index];
  if (other === undefined) found.push(call);
  else if (other.auth === "unknown" && call.auth !== "unknown") found[index] = call;
  else if (other.auth !== call.auth && call.auth !== "unknown")
    found[index] = { ...other, auth: "unknown", scopes: call.operation?.scopes ?? call.scopes };
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

function look(
  graph: CallGraph,
  node: CallExpression,
  frame: Frame,
  catalog: Catalog,
): { answer: SdkCall[]; open: boolean } {
  const { evaluator } = graph;
  const answer: SdkCall[] = [];
  let open = false;
  for (const { callee, receiver } of calleesOf(evaluator, node, frame)) {
    if (callee?.kind === "external") {
      const call = sdkMethod(evaluator, callee);
      if (call === null) continue;
      const session = sessionOf(call.made === null ? [] : call.made.args);
      const typed = call.made?.typed;
      if (session.open || (typed != null && typed.parameter !== null)) open = true;
      // A method of a class of ours that extends the SDK's: with which session, its instances know.
      if (callee.self?.args === null && callee.self.call === null) open = true;
      answer.push({
        method: call.method,
        auth: call.made === null ? "private-key" : session.auth,
        className: classOf(callee),
      });
    }
    if (
      callee?.kind === "unknown" &&
      hasParameter(callee, receiver) &&
      mayBeOperation(node, graph, frame, catalog)
    )
      open = true;
  }
  return { answer, open };
}

/** The class of `new ProfilesApi(session)`, of which this is a member. */
function classOf({ result, path }: ExternalValue): string | null {
  if (result?.style !== "new" || path.length !== 1 || !/^klaviyo-api$/.test(result.callee.module))
    return null;
  const name = result.callee.path.at(-1) ?? "";
  return result.callee.result === null && name.endsWith("Api") ? name : null;
}

function hasParameter(callee: UnknownValue, receiver: Value | null): boolean {
  return callee.parameter !== null || (receiver?.kind === "unknown" && receiver.parameter !== null);
}

/** Whether a caller's object could make it a call of an operation, by the written name of the method. */
function mayBeOperation(node: CallExpression, graph: CallGraph, frame: Frame, catalog: Catalog): boolean {
  if (node.callee.kind !== "member") return true;
  const { texts } = keysOf(graph.evaluator, node.callee.property, frame);
  return (
    texts === null ||
    texts.some((text) => /^(?:call|apply|bind)$/.test(text) || catalog.operation(text) !== undefined)
  );
}

/** Whether anything of the program names the SDK as a module: without it there is nothing to look for. */
function importsSdk(program: Program): boolean {
  return program.files().some((file) => namesSdk(program.index(file)));
}

const namingSdk = new WeakMap<FileIndex, boolean>();

function namesSdk(index: FileIndex): boolean {
  let names = namingSdk.get(index);
  if (names === undefined) {
    const { imports, exports } = index.form;
    names =
      imports.some(({ source }) => SDK_MODULE.test(source)) ||
      exports.some((entry) => "source" in entry && SDK_MODULE.test(entry.source)) ||
      index.texts.some(({ node }) => node.kind === "string" && SDK_MODULE.test(node.value));
    namingSdk.set(index, names);
  }
  return names;
}

/** The method of an SDK object, and the object as it was made; the old global-key objects were made by nobody. */
function sdkMethod(
  evaluator: Evaluator,
  callee: ExternalValue,
): { method: string; made: ResultValue | null } | null {
  if (callee.path.at(-1) === "bind") return null;
  const path = callee.path.filter((part) => part !== "prototype");
  const method = path.at(-1);
  if (method === undefined) return null;
  if (callee.result !== null) {
    if (!SDK_MODULE.test(callee.result.callee.module)) return null;
    return { method, made: callee.result };
  }
  // `class Wrapper extends ProfilesApi`: `this.getProfiles()`.
  if (callee.self !== undefined && SDK_MODULE.test(callee.module)) {
    const args = ancestors(evaluator, callee.self).args ?? [];
    return {
      method,
      made: { kind: "result", callee, style: "new", args, file: callee.self.file, node: null, frame: null },
    };
  }
  return SDK_MODULE.test(callee.module) && path.length >= 2 ? { method, made: null } : null;
}
