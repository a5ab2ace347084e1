/** Values that frameworks read from files of the project by their place: node-config, nconf, Nuxt, Astro. */
import type { Evaluator } from "./evaluator.js";
import { callBack } from "./functions.js";
import { nconfValues } from "./nconf.js";
import { nuxtApp } from "./nuxt.js";
import { moduleOf } from "./modules.js";
import { getProperty, type Reading } from "./members.js";
import { knownTexts } from "./text.js";
import type { ExternalValue, Thunk, Value } from "./values.js";

/** https://github.com/node-config/node-config/wiki/Configuration-Files */
const NODE_CONFIG = /^config\/(?!custom-environment-variables\.)[\w.-]+\.(?:json5?|ya?ml|toml|[cm]?[jt]s)$/;
const NODE_CONFIG_ENV = /^config\/custom-environment-variables\.(?:json|ya?ml)$/;
const ASTRO_CONFIG = /^astro\.config\.[cm]?[jt]s$/;
const APP_CONFIG = /^(?:(?:app|src)\/)?app\.config\.[cm]?[jt]s$/;
const NUXT_CONFIG = /^nuxt\.config\.[cm]?[jt]s$/;

/** What a call reads from such a file; null for other calls, and where no file tells. */
export function fromConfigFiles(
  evaluator: Evaluator,
  callee: ExternalValue,
  args: readonly Thunk[],
  at: Reading,
): Value[] | null {
  const name = callee.path.join(".");
  if (callee.module === "config" && callee.result === null && /^(?:default\.)?get$/.test(name)) {
    const { texts, complete } = knownTexts(args[0]?.() ?? []);
    const [key, ...more] = texts;
    return !complete || key === undefined || more.length > 0
      ? null
      : nodeConfig(evaluator, key.split("."), at);
  }
  if (callee.module === "nconf" && callee.path.at(-1) === "get") {
    const { texts, complete } = knownTexts(args[0]?.() ?? []);
    const [key, ...more] = texts;
    return !complete || key === undefined || more.length > 0 ? null : nconfValues(evaluator, key, at);
  }
  if (callee.result === null && /^(?:#imports|#app|nuxt\/app|)$/.test(callee.module)) {
    if (name === "useRuntimeConfig") return runtimeConfig(evaluator, at);
    if (name === "useAppConfig") return appConfig(evaluator, at);
    if (name === "useNuxtApp") return nuxtApp(evaluator, at);
  }
  return null;
}

/** What Astro's config declares of a variable of the environment: `env: { schema: { NAME: envField.string({ … }) } }`. */
export function astroVariable(evaluator: Evaluator, name: string, at: Reading): Value[] {
  return configured(evaluator, ASTRO_CONFIG, ["env", "schema", name], at);
}

function nodeConfig(evaluator: Evaluator, keys: readonly string[], at: Reading): Value[] | null {
  const read = (pattern: RegExp): Value[] =>
    nearest(evaluator, at.file, pattern)
      .flatMap((file) => moduleOf(evaluator, file, at))
      .flatMap((value) => below(evaluator, value, keys, at));
  const names = knownTexts(read(NODE_CONFIG_ENV)).texts;
  const values = [
    ...names.flatMap((name) => evaluator.environment.variable(evaluator, name, at)),
    ...read(NODE_CONFIG),
  ];
  return values.some((value) => value.kind !== "unknown") ? values : null;
}

function runtimeConfig(evaluator: Evaluator, at: Reading): Value[] | null {
  const found = configured(evaluator, NUXT_CONFIG, ["runtimeConfig"], at);
  return found.length > 0 ? found : null;
}

function appConfig(evaluator: Evaluator, at: Reading): Value[] | null {
  const found = configured(evaluator, APP_CONFIG, [], at);
  return found.length > 0 ? found : null;
}

function configured(evaluator: Evaluator, pattern: RegExp, keys: readonly string[], at: Reading): Value[] {
  return nearest(evaluator, at.file, pattern)
    .flatMap((file) => moduleOf(evaluator, file, at))
    .flatMap((value) => unwrapped(evaluator, value, at))
    .flatMap((value) => below(evaluator, value, keys, at));
}

/** `defineNuxtConfig({ … })` and `withPlugin(config)` give their argument; a config may be a function. */
function unwrapped(evaluator: Evaluator, value: Value, at: Reading, depth = 0): Value[] {
  if (depth > 4) return [];
  const inner =
    value.kind === "result"
      ? (value.args[0]?.() ?? [])
      : value.kind === "function"
        ? callBack(evaluator, value, [], at)
        : null;
  return inner === null ? [value] : inner.flatMap((one) => unwrapped(evaluator, one, at, depth + 1));
}

export function below(evaluator: Evaluator, value: Value, keys: readonly string[], at: Reading): Value[] {
  return keys
    .reduce<Value[]>((values, key) => values.flatMap((one) => getProperty(evaluator, one, key, at)), [value])
    .filter((one) => one.kind !== "primitive" || one.value !== undefined);
}

/** The files of a form in the nearest folder upwards that has any. */
function nearest(evaluator: Evaluator, from: string, form: RegExp): string[] {
  const files = evaluator.program.files();
  for (let end = from.lastIndexOf("/"); ; end = from.lastIndexOf("/", end - 1)) {
    const prefix = end < 0 ? "" : from.slice(0, end + 1);
    const found = files.filter((file) => file.startsWith(prefix) && form.test(file.slice(prefix.length)));
    if (found.length > 0 || end < 0) return found;
  }
}
