/** Zustand's stores: the state is what the function returns that a store is made with. https://zustand.docs.pmnd.rs */
import { answering } from "./answering.js";
import type { Evaluator } from "./evaluator.js";
import { callBack, callFunction } from "./functions.js";
import type { Reading } from "./members.js";
import {
  always,
  functionsIn,
  lazy,
  unknown,
  type FunctionValue,
  type Layer,
  type ObjectValue,
  type Origin,
  type ResultValue,
  type Thunk,
  type Value,
} from "./values.js";

const STORES = /^zustand(?:\/(?:vanilla|traditional|react))?$/;
const MAKES = /^(?:default|create|createStore|createWithEqualityFn|)$/;
const MIDDLEWARE = /^zustand\/middleware(?:\/immer)?$/;

/** A call of such a package that makes a store, or is about to: `create<State>()` awaits the function. */
function makesStore({ callee, style }: ResultValue): boolean {
  return style === "call" && STORES.test(callee.module) && MAKES.test(callee.path.join("."));
}

/** The functions that make a store's state, through the middleware around them; none for what is no store. */
function makersOf(result: ResultValue): FunctionValue[] {
  if (!makesStore(result) && !MIDDLEWARE.test(result.callee.module)) return [];
  const values = result.args[0]?.() ?? [];
  return [
    ...functionsIn(values),
    ...values.flatMap((value) =>
      value.kind === "result" && MIDDLEWARE.test(value.callee.module) ? makersOf(value) : [],
    ),
  ];
}

function isStore(result: ResultValue): boolean {
  return makesStore(result) && makersOf(result).length > 0;
}

/** What a store's function is called with: `set`, `get` and the store. */
function handedOver(evaluator: Evaluator, makers: readonly FunctionValue[], at: Reading): Thunk[] {
  const state = lazy(() => stateOf(evaluator, makers, at));
  const others = always([unknown("given by a store", at)]);
  return [others, always([answering("get", state)]), others];
}

function stateOf(evaluator: Evaluator, makers: readonly FunctionValue[], at: Reading): Value[] {
  return makers
    .flatMap((maker) =>
      callFunction(evaluator, maker, handedOver(evaluator, makers, at), { node: at.node, frame: at.frame }),
    )
    .map((state) =>
      state.kind === "object" ? { ...state, layers: state.layers.map(maySet(placeOf(state, at))) } : state,
    );
}

/** Where the state is written: the same from wherever it is read. */
function placeOf({ file, node }: ObjectValue, at: Reading): Origin {
  return node === null ? at : { file, range: node.range };
}

/** What is no function may be set to something else at any time: what is written is what it begins with. */
function maySet(at: Origin): (layer: Layer) => Layer {
  return (layer) => ({
    ...layer,
    get: lazy(() => {
      const values = layer.get();
      const isData = layer.key !== null && !values.every(({ kind }) => kind === "function");
      return isData ? [...values, unknown("state that may be set", at, { isState: true })] : values;
    }),
  });
}

/** `useShop((state) => state.send)`, `useShop()`; null for a call of something else. */
export function readStore(
  evaluator: Evaluator,
  result: ResultValue,
  args: readonly Thunk[],
  at: Reading,
): Value[] | null {
  if (!isStore(result)) return null;
  const state = stateOf(evaluator, makersOf(result), at);
  const [selector] = args;
  return selector === undefined
    ? state
    : selector().flatMap((one) => callBack(evaluator, one, [state], { node: at.node, frame: at.frame }));
}

/** The functions that a call hands to a store, with what the store calls them with; null for a call of something else. */
export function calledByStore(
  evaluator: Evaluator,
  callee: Value,
  args: readonly Thunk[],
  at: Reading,
): { target: FunctionValue; args: Thunk[] }[] | null {
  if (callee.kind === "result" && isStore(callee)) {
    const state = lazy(() => stateOf(evaluator, makersOf(callee), at));
    return functionsIn(args[0]?.() ?? []).map((target) => ({ target, args: [state] }));
  }
  const external = callee.kind === "external" ? callee : callee.kind === "result" ? callee.callee : null;
  if (external === null || !STORES.test(external.module)) return null;
  const made: ResultValue = {
    kind: "result",
    callee: callee.kind === "external" ? callee : { ...external, result: null, path: [] },
    style: "call",
    args: [...args],
    file: at.file,
    node: null,
    frame: null,
  };
  const makers = makersOf(made);
  const handed = handedOver(evaluator, makers, at);
  return makers.map((target) => ({ target, args: handed }));
}
