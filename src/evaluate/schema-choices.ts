/** What an enumeration of a schema library tells of its choices, all of them or one by its name. */
import type { Evaluator } from "./evaluator.js";
import { layer } from "./literals.js";
import { getProperty, type Reading } from "./members.js";
import { knownText } from "./text.js";
import { always, type ExternalValue, type Value } from "./values.js";

/** https://zod.dev/api#enums https://valibot.dev/api/picklist/ https://orm.drizzle.team/docs/column-types/pg#enum */
const ENUMERATION = /^(?:enum|nativeEnum|picklist|pgEnum|mysqlEnum)$/;
const ALL = /^(?:options|enumValues)$/;
const BY_NAME = /^(?:enum|Enum|Values)$/;

/** `z.enum(SCOPES).options` is the list, `.enum` an object of it. */
export function choicesOf(
  evaluator: Evaluator,
  { result, path }: ExternalValue,
  key: string,
  at: Reading,
): Value[] | null {
  if (result === null || path.length > 0 || !ENUMERATION.test(result.callee.path.at(-1) ?? "")) return null;
  const given = result.args
    .flatMap((argument) => argument())
    .filter((value) => value.kind === "list" || value.kind === "object");
  if (given.length === 0) return null;
  if (ALL.test(key)) {
    const lists = given.filter((value) => value.kind === "list");
    return lists.length === given.length ? lists : null;
  }
  return BY_NAME.test(key) ? given.map((value) => byName(evaluator, value, at)) : null;
}

function byName(evaluator: Evaluator, value: Value, at: Reading): Value {
  if (value.kind !== "list") return value;
  const layers = value.items.flatMap((_item, index) => {
    const values = getProperty(evaluator, value, String(index), at);
    const [one, ...others] = values;
    const name = one === undefined || others.length > 0 ? null : knownText(one);
    return name === null ? [] : [layer(name, always(values))];
  });
  return { kind: "object", layers, node: null, file: value.file, frame: null, map: false };
}
