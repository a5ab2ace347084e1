/**
 * What a component hands down to those below it: React's contexts, Vue's `provide` and `inject`, Svelte's `setContext` and
 * `getContext`. Who stands below whom is not asked: under one key mostly one thing is handed down.
 */
import type { AssignExpression, CallExpression, Expression } from "../lower/form.js";
import { namedEntries } from "../lower/walk.js";
import type { FileIndex } from "../link/file-index.js";
import type { Program } from "../link/program.js";
import { filledPer } from "../link/reads.js";
import type { Evaluator } from "./evaluator.js";
import { layer } from "./literals.js";
import { nameOf } from "./members.js";
import { knownTexts } from "./text.js";
import { valuesOfType } from "./types.js";
import { isUnknown, unknown, type Layer, type Thunk, type Value } from "./values.js";
import type { Builtin } from "./builtin.js";

interface Handed {
  file: string;
  fn: number;
  key: Expression;
  value: Expression;
}

const allHanded = filledPer(
  (): Handed[] => [],
  (found, program: Program) => {
    for (const file of program.filesWith(handsDown).files)
      for (const { node, fn } of program.index(file).calls) {
        const pair = pairOf(node);
        if (pair !== null) found.push({ file, fn, ...pair });
      }
  },
);

function handsDown({ calls }: FileIndex): boolean {
  return calls.some(({ node }) => pairOf(node) !== null);
}

function pairOf(node: CallExpression): Pick<Handed, "key" | "value"> | null {
  return node.style === "jsx" ? ofProvider(node) : ofCall(node);
}

/** `<Shop.Provider value={shop}>`, and React 19's `<ShopContext value={shop}>`. */
function ofProvider({ callee, args: [attributes] }: CallExpression): Pick<Handed, "key" | "value"> | null {
  const value =
    attributes?.kind === "map"
      ? namedEntries(attributes).find(({ key }) => key === "value")?.value
      : undefined;
  if (value === undefined) return null;
  if (callee.kind === "member") return nameOf(callee) === "Provider" ? { key: callee.object, value } : null;
  return callee.kind === "name" && callee.name.endsWith("Context") ? { key: callee, value } : null;
}

/** `provide(key, shop)`, `app.provide("shop", shop)`, `setContext("shop", shop)`. */
function ofCall({
  callee,
  args: [key, value, ...more],
}: CallExpression): Pick<Handed, "key" | "value"> | null {
  if (key === undefined || value === undefined || more.length > 0) return null;
  return /^(?:provide|setContext)$/.test(nameOf(callee)) ? { key, value } : null;
}

/** All that is handed down under a key; null where nothing is seen to be. */
function handedDown(evaluator: Evaluator, keys: readonly Value[]): Value[] | null {
  const isKey = matching(keys);
  if (isKey === null) return null;
  const values = allHanded(evaluator.program)
    .filter(({ file, fn, key }) => evaluator.evaluate(key, evaluator.rootFrame(file, fn)).some(isKey))
    .flatMap(({ file, fn, value }) => evaluator.evaluate(value, evaluator.rootFrame(file, fn)));
  return values.some((value) => !isUnknown(value)) ? values : null;
}

/** A key is a text, or the very thing that one call made: a context, a symbol. */
function matching(keys: readonly Value[]): ((value: Value) => boolean) | null {
  const { texts, complete } = knownTexts(keys);
  if (complete && texts.length > 0)
    return (value) => knownTexts([value]).texts.some((text) => texts.includes(text));
  const nodes = new Set(
    keys.flatMap((key) => (key.kind === "result" && key.node !== null ? [key.node] : [])),
  );
  return nodes.size === 0
    ? null
    : (value) => value.kind === "result" && value.node !== null && nodes.has(value.node);
}

/** `useContext(Shop)`, `use(Shop)`: what a provider gives, else what the context was made with or its type says. */
export const useContext: Builtin = (evaluator, [context], at) => {
  const contexts = context?.() ?? [];
  const handed = handedDown(evaluator, contexts);
  if (handed !== null) return handed;
  const made = contexts.flatMap((value) => (value.kind === "result" ? [value] : []));
  const begun = made
    .flatMap(({ args }) => args[0]?.() ?? [])
    .filter(({ kind }) => kind !== "primitive" && kind !== "unknown");
  if (begun.length > 0) return begun;
  const typed = made.flatMap((value) => {
    const [type] = value.node?.typeArgs ?? [];
    return type === undefined ? [] : valuesOfType(evaluator, unknown("handed down", at), type, value.file);
  });
  return typed.length > 0 ? typed : null;
};

/** `inject(key, otherwise)`, `getContext(key)`. */
export const inject: Builtin = (evaluator, [key, otherwise]: readonly Thunk[]) => {
  const handed = handedDown(evaluator, key?.() ?? []);
  return handed === null ? null : [...handed, ...(otherwise?.() ?? [])];
};

function setsGlobals({ assigns }: FileIndex): boolean {
  return assigns.some(({ node }) => globalSet(node) !== null);
}

/** `$http` of `Vue.prototype.$http = …`. */
function globalSet({ target }: AssignExpression): Expression | null {
  const set = target.kind === "target" ? target.expression : null;
  if (set?.kind !== "member" || !/^(?:prototype|globalProperties)$/.test(nameOf(set.object))) return null;
  return nameOf(set).startsWith("$") ? set.property : null;
}

const allGlobals = filledPer(
  (): Handed[] => [],
  (found, program: Program) => {
    for (const file of program.filesWith(setsGlobals).files)
      for (const { node, fn } of program.index(file).assigns) {
        const key = globalSet(node);
        if (key !== null) found.push({ file, fn, key, value: node.value });
      }
  },
);

/** What every component has by a plugin: `Vue.prototype.$http = axios`, `app.config.globalProperties.$http = axios`. */
export function componentGlobals(evaluator: Evaluator): Layer[] {
  return allGlobals(evaluator.program).map(({ file, fn, key, value }) =>
    layer(key.kind === "string" ? key.value : "", evaluator.lazily(value, evaluator.rootFrame(file, fn))),
  );
}
