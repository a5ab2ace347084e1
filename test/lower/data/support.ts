import { expect } from "vitest";
import type { Expression, StringExpression } from "../../../src/lower/form.js";
import { sourceOffset } from "../../../src/lower/data/placed-text.js";

/** All strings of an expression, keys and the quasis of templates included. */
export function stringsOf(value: Expression | null): StringExpression[] {
  if (value === null) return [];
  switch (value.kind) {
    case "string":
      return [value];
    case "template":
      return [...value.quasis, ...value.expressions.flatMap(stringsOf)];
    case "list":
      return value.items.flatMap(stringsOf);
    case "map":
      return value.entries.flatMap((entry) => [...stringsOf(entry.key), ...stringsOf(entry.value)]);
    case "call":
      return [...stringsOf(value.callee), ...value.args.flatMap(stringsOf)];
    case "member":
      return [...stringsOf(value.object), ...stringsOf(value.property)];
    case "binary":
    case "logical":
      return [...stringsOf(value.left), ...stringsOf(value.right)];
    case "conditional":
      return [value.test, value.then, value.else].flatMap(stringsOf);
    case "unary":
    case "spread":
      return stringsOf(value.argument);
    case "unknown":
      return value.parts.flatMap(stringsOf);
    default:
      return [];
  }
}

/** All expressions of one kind, wherever they stand. */
export function unknownReasons(value: Expression | null): string[] {
  if (value === null) return [];
  switch (value.kind) {
    case "unknown":
      return [value.reason, ...value.parts.flatMap(unknownReasons)];
    case "list":
      return value.items.flatMap(unknownReasons);
    case "map":
      return value.entries.flatMap((entry) => [...unknownReasons(entry.key), ...unknownReasons(entry.value)]);
    case "template":
      return value.expressions.flatMap(unknownReasons);
    case "logical":
      return [...unknownReasons(value.left), ...unknownReasons(value.right)];
    default:
      return [];
  }
}

/** The value at a path of keys and indexes; a spread's keys count where the map has none of its own. */
export function at(data: Expression | null, ...path: (string | number)[]): Expression {
  let value = data;
  for (const step of path) {
    if (typeof step === "number") value = value?.kind === "list" ? (value.items[step] ?? null) : null;
    else value = entryValue(value, step);
  }
  if (!value) throw new Error(`Nothing at ${path.join(".")}`);
  return value;
}

function entryValue(map: Expression | null, key: string): Expression | null {
  if (map?.kind !== "map") return null;
  for (const entry of [...map.entries].reverse()) {
    if (entry.kind === "spread") {
      const found = entryValue(entry.value, key);
      if (found) return found;
    } else if (entry.key?.kind === "string" && entry.key.value === key) {
      return entry.value;
    }
  }
  return null;
}

export function stringAt(data: Expression | null, ...path: (string | number)[]): StringExpression {
  const value = at(data, ...path);
  if (value.kind !== "string") throw new Error(`No string at ${path.join(".")} but ${JSON.stringify(value)}`);
  return value;
}

/** What a person sees under each whitespace- or comma-separated token of a string. */
export function tokens(text: string, node: StringExpression): string[] {
  return [...node.value.matchAll(/[^\s,]+/g)].map((match) =>
    text.slice(sourceOffset(node, match.index), sourceOffset(node, match.index + match[0].length)),
  );
}

/** Plain data, as a parser of the language would give it; templates are joined, unknown values become their reason. */
export function plain(value: Expression | null): unknown {
  switch (value?.kind) {
    case "string":
    case "literal":
      return value.value;
    case "list":
      return value.items.map(plain);
    case "map":
      return Object.fromEntries(
        value.entries.map((entry) => [entry.key?.kind === "string" ? entry.key.value : "?", plain(entry.value)]),
      );
    case "unknown":
      return `<${value.reason}>`;
    case "template":
      return value.quasis
        .map((quasi, index) => {
          const part = value.expressions[index];
          return quasi.value + (part ? String(plain(part)) : "");
        })
        .join("");
    case "logical":
      return `${String(plain(value.left))} || ${String(plain(value.right))}`;
    case "call":
      return `${String(plain(value.callee))}(${value.args.map((arg) => JSON.stringify(plain(arg))).join(", ")})`;
    case "name":
      return value.name;
    case "member":
      return `${String(plain(value.object))}.${String(plain(value.property))}`;
    case "spread":
      return `...${String(plain(value.argument))}`;
    default:
      return value?.kind ?? null;
  }
}

/**
 * Each character stands where `at` says: the source has it there, or an escape that stands for it, or, for white
 * space, the white space or line break that was folded.
 */
export function expectPlaced(text: string, node: StringExpression): void {
  const { value, range } = node;
  if (typeof node.at !== "number") expect(node.at).toHaveLength(value.length + 1);
  let previous = range[0];
  for (let i = 0; i <= value.length; i++) {
    const offset = sourceOffset(node, i);
    expect(offset).toBeGreaterThanOrEqual(previous);
    expect(offset).toBeLessThanOrEqual(range[1]);
    previous = offset;
    if (i === value.length) continue;
    const written = text.charAt(offset);
    const character = value.charAt(i);
    if (written === character || written === "\\") continue;
    if (/^\s$/.test(character) && /^[\s"']?$/.test(written)) continue;
    expect.fail(`${JSON.stringify(character)} is at ${String(offset)}, where the text has ${JSON.stringify(written)}`);
  }
}
