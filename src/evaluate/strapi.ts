/** Strapi's services, asked for by a name that says in which file they are: `strapi.service("api::order.order")`. */
import type { CallExpression } from "../lower/form.js";
import type { Evaluator } from "./evaluator.js";
import { callFunction } from "./functions.js";
import { nameOf, type Reading } from "./members.js";
import { moduleOf } from "./modules.js";
import { knownTexts } from "./text.js";
import { always, unknown, type Thunk, type Value } from "./values.js";

/** What such a call gives; null where no file of the project has that name. https://docs.strapi.io/cms/backend-customization/services */
export function strapiService(
  evaluator: Evaluator,
  node: CallExpression,
  args: readonly Thunk[],
  at: Reading,
): Value[] | null {
  if (nameOf(node.callee) !== "service" || node.callee.kind !== "member") return null;
  const { texts } = knownTexts(args[0]?.() ?? []);
  const { object } = node.callee;
  const plugin = object.kind === "call" && nameOf(object.callee) === "plugin" ? object.args[0] : undefined;
  const found = texts
    .map((text) => (plugin?.kind === "string" ? `plugin::${plugin.value}.${text}` : text))
    .flatMap((uid) => {
      const place = placeOf(uid);
      return place === null ? [] : evaluator.program.files().filter((file) => place.test(file));
    })
    .flatMap((file) => moduleOf(evaluator, file, at))
    .flatMap((value) => made(evaluator, value, at));
  return found.length > 0 ? found : null;
}

function placeOf(uid: string): RegExp | null {
  const [, kind, owner, name] = /^(api|plugin)::([\w-]+)\.([\w-]+)$/.exec(uid) ?? [];
  if (kind === undefined || owner === undefined || name === undefined) return null;
  const folder = kind === "api" ? `api/${owner}` : `(?:plugins/(?:strapi-plugin-)?${owner}/)?server(?:/src)?`;
  return new RegExp(`(?:^|/)${folder}/services/${name}\\.[cm]?[jt]s$`);
}

/** `({ strapi }) => ({ … })`, alone or in `factories.createCoreService(uid, …)`. */
function made(evaluator: Evaluator, value: Value, at: Reading): Value[] {
  if (value.kind === "object") return [value];
  if (value.kind === "function")
    return callFunction(evaluator, value, [always([unknown("given by Strapi", at, { name: "strapi" })])], at);
  if (value.kind !== "result" || value.callee.path.at(-1) !== "createCoreService") return [];
  return (value.args[1]?.() ?? []).flatMap((one) => (one.kind === "result" ? [] : made(evaluator, one, at)));
}
