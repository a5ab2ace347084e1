/** Vue's reactive values: what `ref` and `computed` make, and what is in it. https://vuejs.org/api/reactivity-core.html */
import type { Evaluator } from "./evaluator.js";
import { callBack } from "./functions.js";
import { emptyObject, layer, objectEntries } from "./literals.js";
import { getProperty, type Reading } from "./members.js";
import type { Builtin } from "./builtin.js";
import { always, lazy, UNDEFINED, type ObjectValue, type Thunk, type Value } from "./values.js";

function holding(value: Thunk, at: Reading): ObjectValue {
  return { ...emptyObject(at), layers: [layer("value", value)] };
}

/** An object that one of Vue's functions made. */
function isRef(value: Value): value is ObjectValue {
  return (
    value.kind === "object" &&
    value.node === null &&
    value.layers.length === 1 &&
    value.layers[0]?.key === "value"
  );
}

const first = (args: readonly Thunk[]): Value[] => args[0]?.() ?? [];

/** `ref(text)`: what it begins with. */
const ref: Builtin = (_evaluator, args, at) => [holding(args[0] ?? always([UNDEFINED]), at)];

/** `computed(() => …)`, `computed({ get: () => … })`. */
const computed: Builtin = (evaluator, args, at, node) => {
  const getters = (): Value[] =>
    first(args).flatMap((one) => (one.kind === "object" ? getProperty(evaluator, one, "get", at) : [one]));
  const value = lazy(() =>
    getters().flatMap((getter) => callBack(evaluator, getter, [], { node, frame: at.frame })),
  );
  return [holding(value, at)];
};

/** What stands behind a source that Vue can watch: of a ref its value, of a getter its answer. */
export function sourceValues(evaluator: Evaluator, source: Value, at: Reading): Value[] {
  if (source.kind === "function") return callBack(evaluator, source, [], at);
  return isRef(source) ? getProperty(evaluator, source, "value", at) : [source];
}

/** What a ref holds; all else is itself. */
export function sourceOfRef(evaluator: Evaluator, value: Value, at: Reading): Value[] {
  return isRef(value) ? getProperty(evaluator, value, "value", at) : [value];
}

const toValue: Builtin = (evaluator, args, at) =>
  first(args).flatMap((source) => sourceValues(evaluator, source, at));

/** What properties are where no parent gives them: `{ kind: { type: String, default: "a" } }`. */
export function propDefaults(evaluator: Evaluator, declared: ObjectValue, at: Reading): ObjectValue {
  const layers = objectEntries(evaluator, declared).flatMap(({ key, get }) => {
    const options = get().filter((one) => one.kind === "object");
    const hasDefault = options.some((one) =>
      objectEntries(evaluator, one).some((entry) => entry.key === "default"),
    );
    const values = lazy(() =>
      made(
        evaluator,
        options.flatMap((one) => getProperty(evaluator, one, "default", at)),
        at,
      ),
    );
    return hasDefault ? [layer(key, values)] : [];
  });
  return { ...emptyObject(at), layers };
}

const defineProps: Builtin = (evaluator, args, at) => {
  const [declared] = first(args);
  return declared?.kind === "object" ? [propDefaults(evaluator, declared, at)] : null;
};

/** `withDefaults(defineProps<Props>(), { kind: "a", list: () => [] })`. */
const withDefaults: Builtin = (evaluator, args, at) =>
  (args[1]?.() ?? []).map((defaults) => {
    if (defaults.kind !== "object") return defaults;
    const layers = objectEntries(evaluator, defaults).map(({ key, get }) =>
      layer(
        key,
        lazy(() => made(evaluator, get(), at)),
      ),
    );
    return { ...emptyObject(at), layers: [layer(null, args[0] ?? always([])), ...layers] };
  });

/** A default that is a list or an object is made by a function. */
function made(evaluator: Evaluator, values: readonly Value[], at: Reading): Value[] {
  return values.flatMap((value) =>
    value.kind === "function" ? callBack(evaluator, value, [], at) : [value],
  );
}

/** By name, also for Nuxt, which finds them without an import. */
export const VUE: Readonly<Record<string, Builtin>> = {
  ref,
  shallowRef: ref,
  toRef: ref,
  computed,
  unref: toValue,
  toValue,
  defineProps,
  withDefaults,
};
