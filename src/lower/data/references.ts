/** `${OTHER}` in an env file or Dockerfile: replaced by what an earlier entry of the file says. */
import type { Expression, Language, MapEntry, MapExpression, StringExpression, UnknownExpression } from "../form.js";
import { ANY_EXPRESSION, SELF_REASON, VARIABLE_REASON } from "./settings.js";

/** A resolved value of more parts than this is no list that anybody wrote. */
const MAX_PARTS = 30;

/** Parts that all references of a file together may bring in: entries that build on each other multiply. */
const MAX_COPIED = 5_000;

/**
 * Changes the map's values in place. Call it after pruning: what was not kept must not come back through a reference.
 */
export function resolveReferences(map: MapExpression, language: Language): void {
  // What stands further down counts as well where it refers to nothing itself: dotenv-expand and Vite read it so.
  const readAtOnce = language === "env" ? map.entries : [];
  const earlier = new Map<string, Earlier>(
    readAtOnce.flatMap(({ key, value }) =>
      key?.kind === "string" && value.kind === "string" ? [[key.value, { value, parts: 1 }]] : [],
    ),
  );
  let copied = 0;
  for (const entry of map.entries) {
    const parts = countParts(entry.value, earlier);
    if (parts <= MAX_PARTS && copied < MAX_COPIED) {
      if (parts > 1) copied += parts;
      entry.value = resolve(entry.value, earlier);
    }
    if (entry.key?.kind === "string")
      earlier.set(entry.key.value, { value: entry.value, parts: countParts(entry.value, new Map()) });
  }
}

/** `${self:custom.scopes}` of Serverless: replaced by what stands there in the document. Changes the map in place. */
export function resolveSelf(document: MapExpression): void {
  let copied = 0;
  const placed = (value: Expression): Expression => {
    switch (value.kind) {
      case "template":
        return { ...value, expressions: value.expressions.map(placed) };
      case "logical":
        return { ...value, left: placed(value.left), right: placed(value.right) };
      case "list":
        return { ...value, items: value.items.map(placed) };
      case "map":
        for (const entry of value.entries) entry.value = placed(entry.value);
        return value;
      case "unknown": {
        if (!value.reason.startsWith(SELF_REASON)) return value;
        const found = valuesAt(document, value.reason.slice(SELF_REASON.length).split("."));
        const [last] = found.slice(-1);
        if (last === undefined || (copied += found.length) > MAX_PARTS) return value;
        if (found.length === 1) return structuredClone(last.value);
        // Which of them it is shows when the tool runs.
        const entries = structuredClone(found).map(
          ({ key, value: one }): MapEntry => ({ kind: "value", range: one.range, key, value: one }),
        );
        return {
          kind: "member",
          range: value.range,
          object: { kind: "map", range: value.range, entries },
          property: { ...value, reason: ANY_EXPRESSION },
        };
      }
      default:
        return value;
    }
  };
  placed(document);
}

/** The texts and lists of texts at a path of keys, in which `*` is any key, each with the key that is so told. */
function valuesAt(
  map: MapExpression,
  keys: readonly string[],
  told: StringExpression | null = null,
): { key: StringExpression; value: Expression }[] {
  const [key, ...rest] = keys;
  return map.entries.flatMap(({ key: own, value }) => {
    if (own?.kind !== "string" || (key !== "*" && own.value !== key)) return [];
    const by = key === "*" ? own : told;
    if (rest.length > 0) return value.kind === "map" ? valuesAt(value, rest, by) : [];
    return value.kind === "string" || value.kind === "list" ? [{ key: by ?? own, value }] : [];
  });
}

interface Earlier {
  value: Expression;
  parts: number;
}

function resolve(value: Expression, earlier: ReadonlyMap<string, Earlier>): Expression {
  switch (value.kind) {
    case "template":
      return { ...value, expressions: value.expressions.map((expression) => resolve(expression, earlier)) };
    case "logical":
      return { ...value, left: resolve(value.left, earlier), right: resolve(value.right, earlier) };
    case "unknown": {
      const found = referenced(value, earlier);
      return found ? structuredClone(found.value) : value;
    }
    default:
      return value;
  }
}

/** The entry that an unknown part names; what that entry does not know itself stays unknown under its own name. */
function referenced(value: UnknownExpression, earlier: ReadonlyMap<string, Earlier>): Earlier | null {
  if (!value.reason.startsWith(VARIABLE_REASON)) return null;
  const found = earlier.get(value.reason.slice(VARIABLE_REASON.length));
  return found && found.value.kind !== "unknown" ? found : null;
}

/** Parts of a value once its references are resolved. */
function countParts(value: Expression, earlier: ReadonlyMap<string, Earlier>): number {
  if (value.kind === "template")
    return value.expressions.reduce((sum, expression) => sum + countParts(expression, earlier), value.quasis.length);
  if (value.kind === "logical") return 1 + countParts(value.left, earlier) + countParts(value.right, earlier);
  return value.kind === "unknown" ? (referenced(value, earlier)?.parts ?? 1) : 1;
}
