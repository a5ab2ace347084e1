/**
 * nconf: `nconf.get("klaviyo:scopes")` is answered by the stores that were added before, wherever in the project that was:
 * the environment, what `defaults`, `overrides` and `set` were given, and files. https://github.com/indexzero/nconf
 */
import type { CallExpression } from "../lower/form.js";
import { calleesOf } from "./calls.js";
import { below } from "./config-files.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { VARIABLE } from "./environment.js";
import { callArguments } from "./functions.js";
import { getProperty, nameOf, type Reading } from "./members.js";
import { moduleOf } from "./modules.js";
import { knownTexts } from "./text.js";
import type { FileIndex } from "../link/file-index.js";
import type { Program } from "../link/program.js";
import type { Thunk, Value } from "./values.js";

/** Methods that add a store. */
const STORES = /^(?:defaults|overrides|set|file|add|use)$/;

/** What a key holds in any of the stores; null where none says. */
export function nconfValues(evaluator: Evaluator, key: string, at: Reading): Value[] | null {
  const keys = key.split(":");
  const stored = storesOf(evaluator).flatMap(({ node, frame }) =>
    valuesIn(evaluator, node, callArguments(evaluator, node, frame), keys, { ...at, frame }),
  );
  const isVariable = VARIABLE.test(key) && (stored.length === 0 || evaluator.environment.has(key));
  const values = [...(isVariable ? evaluator.environment.variable(evaluator, key, at) : []), ...stored];
  return values.length > 0 ? values : null;
}

function storesOf(evaluator: Evaluator): { node: CallExpression; frame: Frame }[] {
  const { program } = evaluator;
  return program.files().flatMap((file) =>
    callsIn(program, file).flatMap(({ node, fn }) => {
      if (!STORES.test(nameOf(node.callee)) || node.callee.kind !== "member") return [];
      const frame = evaluator.rootFrame(file, fn);
      const isNconf = calleesOf(evaluator, node, frame).some(
        ({ callee }) => callee?.kind === "external" && callee.module === "nconf",
      );
      return isNconf ? [{ node, frame }] : [];
    }),
  );
}

/** The calls of a file that loads nconf itself: that is where stores are added. */
function callsIn(program: Program, file: string): FileIndex["calls"] {
  const { calls, form } = program.index(file);
  const loads =
    form.imports.some(({ source }) => source === "nconf") ||
    calls.some(({ node }) => {
      const [module] = node.args;
      return nameOf(node.callee) === "require" && module?.kind === "string" && module.value === "nconf";
    });
  return loads ? calls : [];
}

function valuesIn(
  evaluator: Evaluator,
  node: CallExpression,
  args: readonly Thunk[],
  keys: readonly string[],
  at: Reading,
): Value[] {
  switch (nameOf(node.callee)) {
    case "defaults":
    case "overrides": {
      return (args[0]?.() ?? []).flatMap((value) =>
        below(evaluator, storeIn(evaluator, value, at), keys, at),
      );
    }
    case "set": {
      const { texts, complete } = knownTexts(args[0]?.() ?? []);
      return complete && texts[0] === keys.join(":") ? (args[1]?.() ?? []) : [];
    }
    default:
      return args.flatMap((argument) =>
        argument()
          .flatMap((value) => namedFiles(evaluator, value, at))
          .flatMap((file) => moduleOf(evaluator, file, at))
          .flatMap((value) => below(evaluator, value, keys, at)),
      );
  }
}

/** `defaults({ type: "literal", store: { … } })` says the same as `defaults({ … })`. */
function storeIn(evaluator: Evaluator, value: Value, at: Reading): Value {
  if (value.kind !== "object") return value;
  const [store] = getProperty(evaluator, value, "store", at);
  return store?.kind === "object" ? store : value;
}

/** The files that a path, or an option `file`, names: by their last folders and name. */
function namedFiles(evaluator: Evaluator, value: Value, at: Reading): string[] {
  const named = value.kind === "object" ? getProperty(evaluator, value, "file", at) : [value];
  const paths = named.flatMap((one) => {
    if (one.kind !== "string") return [];
    const last = one.chunks.at(-1);
    return last?.kind === "text" ? [last.text.replace(/^(?:\.{0,2}\/)+/, "")] : [];
  });
  return evaluator.program
    .files()
    .filter((file) => paths.some((path) => path !== "" && (file === path || file.endsWith(`/${path}`))));
}
