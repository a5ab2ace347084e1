/** What Nuxt's plugins provide: `useNuxtApp().$shop`. https://nuxt.com/docs/guide/directory-structure/plugins#providing-helpers */
import type { Evaluator } from "./evaluator.js";
import { callBack } from "./functions.js";
import { emptyObject, layer, objectEntries } from "./literals.js";
import { getProperty, nameOf, type Reading } from "./members.js";
import { exportValues } from "./modules.js";
import { knownTexts } from "./text.js";
import { always, lazy, type Layer, type Value } from "./values.js";

/** The app with what its plugins provide; null where no plugin does. */
export function nuxtApp(evaluator: Evaluator, at: Reading): Value[] | null {
  const { program } = evaluator;
  const { autoImports } = program.project;
  const folder = autoImports.packageOf(at.file);
  if (folder === null) return null;
  const plugins = program
    .files()
    .filter((file) => autoImports.isPlugin(file) && autoImports.packageOf(file) === folder);
  if (plugins.length === 0) return null;
  // All else that the app has is a package's.
  const rest: Value = { kind: "external", module: "nuxt/app", result: null, path: ["useNuxtApp"] };
  const provided = plugins.map((file) =>
    layer(
      null,
      lazy(() => providedBy(evaluator, file, at)),
    ),
  );
  return [{ ...emptyObject(at), layers: [layer(null, always([rest])), ...provided] }];
}

function providedBy(evaluator: Evaluator, file: string, at: Reading): Value[] {
  const layers: Layer[] = [...returned(evaluator, file, at), ...handedOver(evaluator, file)];
  return [{ ...emptyObject({ file }), layers }];
}

/** `defineNuxtPlugin(() => ({ provide: { shop } }))`, `defineNuxtPlugin({ setup() { … } })`. */
function returned(evaluator: Evaluator, file: string, at: Reading): Layer[] {
  return exportValues(evaluator, file, "default", at)
    .flatMap((value) => (value.kind === "result" ? (value.args[0]?.() ?? []) : [value]))
    .flatMap((value) => (value.kind === "object" ? getProperty(evaluator, value, "setup", at) : [value]))
    .flatMap((setup) => (setup.kind === "function" ? callBack(evaluator, setup, [], at) : []))
    .flatMap((answer) => (answer.kind === "object" ? getProperty(evaluator, answer, "provide", at) : []))
    .flatMap((provide) => (provide.kind === "object" ? objectEntries(evaluator, provide) : []))
    .map(({ key, get, optional, accessor }) => ({ ...layer(`$${key}`, get), optional, accessor }));
}

/** `nuxtApp.provide("shop", shop)`, and Nuxt 2's `inject("shop", shop)`. */
function handedOver(evaluator: Evaluator, file: string): Layer[] {
  return evaluator.program.index(file).calls.flatMap(({ node, fn }) => {
    const { callee, args } = node;
    const [key, value] = args;
    if (!/^(?:provide|inject)$/.test(nameOf(callee)) || key === undefined || value === undefined) return [];
    const frame = evaluator.rootFrame(file, fn);
    const { texts, complete } = knownTexts(evaluator.evaluate(key, frame));
    return complete ? texts.map((text) => layer(`$${text}`, evaluator.lazily(value, frame))) : [];
  });
}
