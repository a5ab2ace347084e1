/** What is known of who calls a function: nobody, somebody out of sight, itself. */
import { parentOf } from "../link/parent-of.js";
import { boundNames } from "../link/file-index.js";
import type { CallExpression, Expression } from "../lower/form.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { UnknownValue } from "../evaluate/values.js";
import type { Caller, CallGraph } from "./call-graph.js";
import { isRouteHandler } from "./served-routes.js";

/** A function that is called where we cannot see it: by a call that was not resolved, or by whom it is handed to. */
export function isLent(graph: CallGraph, { file, fn }: { file: string; fn: number }): boolean {
  const { program } = graph.evaluator;
  const form = program.form(file).functions[fn];
  if (form === undefined || graph.isPerhapsCalled(form.name)) return true;
  if (isRouteHandler(graph.evaluator, { file, fn })) return true;
  const index = program.index(file);
  const target = parentOf(index, index.functionNode(fn), "let")?.target;
  if (target?.kind !== "bind") return false;
  return index.names.some((name) => {
    const user = name.binding === target.binding ? index.parent(name) : undefined;
    return user !== undefined && "kind" in user && (user as CallExpression).callee !== name;
  });
}

/**
 * Whether a function is a method that nobody is seen to call, and no call that could not be resolved has its name: of a
 * class, or of an object that its function returns. What is handed to a framework has other holders.
 */
export function isMethodOfMade(graph: CallGraph, { file, fn }: { file: string; fn: number }): boolean {
  if (fn < 0 || graph.callers(file, fn).length > 0) return false;
  const { program } = graph.evaluator;
  const form = program.form(file).functions[fn];
  if (form === undefined || form.name === "" || graph.isPerhapsCalled(form.name)) return false;
  if (program.names("handed").has(form.name)) return false;
  if (form.style === "method" && form.cls >= 0) return true;
  const index = program.index(file);
  const map = parentOf(index, index.functionNode(fn), "map");
  return map !== null && parentOf(index, map, "return") !== null;
}

/** The function whose own parameter a value is, where nobody calls it and no call we could not resolve has its name. */
export function uncalledOwner(
  graph: CallGraph,
  { parameter, name }: UnknownValue,
): { file: string; fn: number } | null {
  const { evaluator } = graph;
  if (parameter === null || graph.callers(parameter.file, parameter.fn).length > 0) return null;
  const form = evaluator.program.form(parameter.file);
  const fn = form.functions[parameter.fn];
  if (fn === undefined || callWith(evaluator, parameter) !== null) return null;
  const own = [...fn.params, ...(fn.rest === null ? [] : [fn.rest])].flatMap((pattern) =>
    boundNames(pattern),
  );
  const isOwn = own.some(({ binding }) => form.bindings[binding]?.name === name);
  return isOwn && !graph.isPerhapsCalled(fn.name) ? parameter : null;
}

/** The call that a function is handed to where it is written. */
export function callWith(
  evaluator: Evaluator,
  { file, fn }: { file: string; fn: number },
): CallExpression | null {
  const index = evaluator.program.index(file);
  return parentOf(index, index.functionNode(fn), "call");
}

/** A function that calls itself without a text of its own, for the next page or another try, adds nothing. */
export function repeats(evaluator: Evaluator, caller: Caller, root: { file: string; fn: number }): boolean {
  const { functions } = evaluator.program.form(root.file);
  if (caller.file !== root.file) return false;
  for (let at = caller.fn; at >= 0; at = functions[at]?.parent ?? -1)
    if (at === root.fn) return !caller.node.args.some(isWritten);
  return false;
}

function isWritten(node: Expression): boolean {
  switch (node.kind) {
    case "string":
    case "template":
    case "map":
      return true;
    case "binary":
    case "logical":
      return isWritten(node.left) || isWritten(node.right);
    case "conditional":
      return isWritten(node.then) || isWritten(node.else);
    default:
      return false;
  }
}
