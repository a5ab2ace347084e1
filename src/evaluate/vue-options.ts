/**
 * What `this` is in a component or a store that is an object of options: what `data`, `computed`, `props` and `methods`
 * hold together. https://vuejs.org/api/options-state.html, https://pinia.vuejs.org/core-concepts/#option-stores
 */
import type { CallExpression, MapExpression } from "../lower/form.js";
import { MUTATORS, type Effect } from "../link/file-index.js";
import { thisSteps } from "../link/setters.js";
import { namedEntries } from "../lower/walk.js";
import { applyEffect } from "./effects.js";
import type { Evaluator } from "./evaluator.js";
import { makeFrame, type Frame } from "./frames.js";
import { callFunction } from "./functions.js";
import { fieldEffects } from "./history.js";
import { componentGlobals } from "./handed-down.js";
import { nuxtApp } from "./nuxt.js";
import { emptyObject, evaluateMap, layer, objectEntries } from "./literals.js";
import { mergeStates } from "./merge.js";
import { getProperty, nameOf, type Reading } from "./members.js";
import { propDefaults, sourceOfRef } from "./vue.js";
import {
  always,
  lazy,
  unknown,
  type FunctionValue,
  type Layer,
  type ObjectValue,
  type ResultValue,
  type Value,
} from "./values.js";

/** Functions that are given such an object. */
const MAKES = /^(?:defineComponent|defineStore|extend|component|mixin|createApp|Vue)$/;
/** Keys that only such an object has. */
const STATE = /^(?:data|state|computed|getters|methods|actions|setup|props|mixins)$/;
/** How deep a function may stand in it: `watch: { shop: { handler() {} } }`. */
const MOST_LEVELS = 3;

/** The options around an object literal that holds a function; null where it is an object of its own. */
export function optionsAround(evaluator: Evaluator, file: string, map: MapExpression): MapExpression | null {
  const index = evaluator.program.index(file);
  let at: object | undefined = map;
  for (let level = 0; level < MOST_LEVELS && isMap(at); level++) {
    const parent = index.parent(at);
    if (isOptions(file, at, parent)) return at;
    at = parent;
  }
  return null;
}

function isMap(node: object | undefined): node is MapExpression {
  return node !== undefined && "kind" in node && node.kind === "map";
}

function isOptions(file: string, map: MapExpression, parent: object | undefined): boolean {
  const keys = namedEntries(map).filter(({ key }) => STATE.test(key));
  if (isMap(parent) || keys.length === 0) return false;
  if (parent !== undefined && "kind" in parent)
    return parent.kind === "call" && MAKES.test(nameOf((parent as CallExpression).callee));
  // Exported: by a component, or as a mixin.
  return file.endsWith(".vue") || (keys.length > 1 && keys.some(({ key }) => key === "methods"));
}

/** The component or store itself. */
export function componentOf(evaluator: Evaluator, options: MapExpression, outer: Frame): ObjectValue {
  const at: Reading = {
    file: outer.file,
    range: options.range,
    node: { kind: "this", range: options.range },
    frame: outer,
  };
  const written = evaluateMap(evaluator, options, outer);
  const of = (key: string): Value[] => getProperty(evaluator, written, key, at);
  // What plugins bring (`this.$axios`), or a parent hands in.
  const others = unknown("of the component's surroundings", at, { name: "this" });
  const self: ObjectValue = { ...emptyObject(at), layers: [layer(null, always([others]))] };
  const made = (keys: readonly string[]): Value[] =>
    keys
      .flatMap(of)
      .flatMap((value) => (value.kind === "function" ? callOn(evaluator, value, self, at) : [value]));
  self.layers.push(
    spread(() => [written]),
    spread(() => nuxtApp(evaluator, at) ?? []),
    ...componentGlobals(evaluator),
    spread(() =>
      of("props").flatMap((props) => (props.kind === "object" ? [propDefaults(evaluator, props, at)] : [])),
    ),
    spread(() => made(["setup"])),
    spread(() => changed(evaluator, made(["data", "state"]), self, at)),
    spread(() => ["computed", "getters"].flatMap(of).map((group) => asGetters(evaluator, group, self, at))),
    spread(() => ["methods", "actions"].flatMap(of).map((group) => asMethods(evaluator, group, self))),
  );
  return self;
}

/** `useShop()`, where `useShop` is what Pinia's `defineStore` made; null for calls of anything else. */
export function storeOf(evaluator: Evaluator, { callee, args }: ResultValue, at: Reading): Value[] | null {
  if (!/^(?:pinia|#imports|)$/.test(callee.module) || callee.path.join(".") !== "defineStore") return null;
  const made = args.slice(0, 2).flatMap((argument) =>
    argument().flatMap((value): Value[] => {
      if (value.kind === "object" && value.node !== null)
        return [componentOf(evaluator, value.node, value.frame ?? evaluator.moduleFrame(value.file))];
      if (value.kind !== "function") return [];
      // Its refs are read without `.value`.
      return callFunction(evaluator, value, [], at).map((store) =>
        eachOf(evaluator, store, (values) => values.flatMap((one) => sourceOfRef(evaluator, one, at))),
      );
    }),
  );
  return made.length > 0 ? made : null;
}

function spread(values: () => Value[]): Layer {
  return layer(
    null,
    lazy(() => values().filter(({ kind }) => kind === "object")),
  );
}

function callOn(evaluator: Evaluator, value: FunctionValue, self: ObjectValue, at: Reading): Value[] {
  return callFunction(evaluator, { ...value, self }, [always([self])], at);
}

/** The state, and what else is set on `this`, after all that the functions of the file may have done. */
function changed(evaluator: Evaluator, states: readonly Value[], self: ObjectValue, at: Reading): Value[] {
  const objects = states.filter((state) => state.kind === "object");
  const begun = new Map(
    objects.flatMap((state) => objectEntries(evaluator, state)).map(({ key, get }) => [key, get]),
  );
  const names = new Set([...begun.keys(), ...setOnThis(evaluator, at.file)]);
  const layers = [...names].map((name) => {
    const begin = begun.get(name) ?? always([]);
    const effects = fieldEffects(evaluator, at.file, name).filter(changes);
    if (effects.length === 0) return layer(name, begin);
    // What stands there until it is set is not sent.
    const isSet = effects.some(({ kind }) => kind === "write");
    const values = lazy(() =>
      effects.reduce<Value[]>(
        (values, effect) => {
          const frame = makeFrame({ ...evaluator.rootFrame(at.file, effect.fn), self });
          return mergeStates(values, applyEffect(evaluator, effect, values, frame, at));
        },
        begin().filter((value) => !isSet || !isBlank(value)),
      ),
    );
    return layer(name, values);
  });
  return [{ ...emptyObject(at), layers }];
}

function changes(effect: Effect): boolean {
  return effect.kind !== "method" || MUTATORS.has(effect.method);
}

function setOnThis(evaluator: Evaluator, file: string): string[] {
  return [...thisSteps(evaluator.program.index(file)).values()]
    .flat()
    .flatMap((step) => (step.kind === "effect" && step.effect.kind === "write" ? [step.name] : []));
}

function isBlank(value: Value): boolean {
  if (value.kind === "primitive") return value.value === null || value.value === undefined;
  if (value.kind === "list") return value.items.length === 0;
  return value.kind === "string" && value.chunks.every((chunk) => chunk.kind === "text" && chunk.text === "");
}

/** Read, they are what their functions answer: `url() {}`, `url: { get() {} }`, `url: (state) => …`. */
function asGetters(evaluator: Evaluator, group: Value, self: ObjectValue, at: Reading): Value {
  return eachOf(evaluator, group, (values) =>
    values
      .flatMap((one) => (one.kind === "object" ? getProperty(evaluator, one, "get", at) : [one]))
      .flatMap((one) => (one.kind === "function" ? callOn(evaluator, one, self, at) : [one])),
  );
}

function asMethods(evaluator: Evaluator, group: Value, self: ObjectValue): Value {
  return eachOf(evaluator, group, (values) =>
    values.map((one) => (one.kind === "function" ? { ...one, self } : one)),
  );
}

function eachOf(evaluator: Evaluator, group: Value, change: (values: Value[]) => Value[]): Value {
  if (group.kind !== "object") return group;
  const layers = objectEntries(evaluator, group).map(({ key, get }) =>
    layer(
      key,
      lazy(() => change(get())),
    ),
  );
  return { ...emptyObject(group), layers };
}
