/** Calls of functions that are not of the project: of the platform, of well-known packages, of frameworks. */
import { ANSWERING } from "./answering.js";
import type { Builtins } from "./builtin.js";
import { fromConfigFiles } from "./config-files.js";
import type { Evaluator } from "./evaluator.js";
import { objectEntries } from "./literals.js";
import type { Reading } from "./members.js";
import { AUTO_IMPORTED, PACKAGES } from "./packages.js";
import { given } from "./partial.js";
import { CONSTRUCTORS, GLOBALS } from "./platform.js";
import { fromFile } from "./read-files.js";
import { terraformCall } from "./terraform.js";
import { getUri } from "./url-builders.js";
import { readStore } from "./zustand.js";
import type { ExternalValue, Thunk, Value } from "./values.js";
import type { CallExpression } from "../lower/form.js";

/** Known functions; null for those of which we only know that they were called. */
export function builtinCall(
  evaluator: Evaluator,
  node: CallExpression,
  callee: ExternalValue,
  args: Thunk[],
  at: Reading,
): Value[] | null {
  if (callee.path.at(-1) === "bind")
    return [given({ ...callee, path: callee.path.slice(0, -1) }, args.slice(1))];
  const configured = fromConfigFiles(evaluator, callee, args, at);
  if (configured !== null) return configured;
  const data = fromFile(evaluator, callee, args, at);
  if (data !== null) return data;
  if (callee.module === ANSWERING) return callee.bound?.[0]?.() ?? null;
  if (callee.result !== null) {
    const state = callee.path.join(".") === "getState" ? readStore(evaluator, callee.result, [], at) : null;
    if (state !== null) return state;
    if (callee.module === "axios" && callee.path.join(".") === "getUri")
      return getUri(optionOf(evaluator, callee.result.args, "baseURL"))(evaluator, args, at, node);
    return evaluator.environment.call(evaluator, callee, node, args, at);
  }
  const name = callee.path.join(".");
  if (callee.module === "") {
    if (evaluator.program.form(at.file).language === "hcl") return terraformCall(evaluator, name, args, at);
    const bare = name.replace(/^(?:globalThis|window|self|global)\./, "");
    const table = node.style === "new" ? CONSTRUCTORS : GLOBALS;
    const builtin = Object.hasOwn(table, bare)
      ? table[bare]
      : Object.hasOwn(AUTO_IMPORTED, bare) && node.style === "call"
        ? AUTO_IMPORTED[bare]
        : undefined;
    const answer = builtin?.(evaluator, args, at, node) ?? null;
    return answer ?? evaluator.environment.call(evaluator, callee, node, args, at);
  }
  for (const [pattern, functions] of PACKAGES) {
    if (!pattern.test(callee.module)) continue;
    const key = callee.path.at(-1) ?? nameOfFile(callee.module, functions);
    const builtin = Object.hasOwn(functions, key) ? functions[key] : undefined;
    if (builtin !== undefined) return builtin(evaluator, args, at, node);
  }
  return evaluator.environment.call(evaluator, callee, node, args, at);
}

/** `lodash/partial` is the function of that name; "" for a package that is one function. */
function nameOfFile(module: string, functions: Builtins): string {
  return Object.hasOwn(functions, "") ? "" : (/\/(\w+)(?:\.js)?$/.exec(module)?.[1] ?? "");
}

/** An option that something was made with. */
function optionOf(evaluator: Evaluator, args: readonly Thunk[], key: string): Thunk | null {
  for (const value of args.flatMap((argument) => argument())) {
    const entry =
      value.kind === "object" ? objectEntries(evaluator, value).find((one) => one.key === key) : undefined;
    if (entry !== undefined) return entry.get;
  }
  return null;
}
