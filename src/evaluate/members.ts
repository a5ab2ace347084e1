/** Reading a property: of objects, lists, modules, classes, instances, packages, and of what is not known. */
import type { Expression } from "../lower/form.js";
import { instanceMember } from "./class-fields.js";
import { staticMember } from "./statics.js";
import { asEntry, equals, subjectOf } from "./conditions.js";
import { callFunction } from "./functions.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { objectFieldAfter } from "./history.js";
import { flatten } from "./literals.js";
import { exportValues } from "./modules.js";
import { fromSchema } from "./environment.js";
import { knownTexts } from "./text.js";
import { heldBy } from "./containers.js";
import { askedFor } from "./pipedream.js";
import { isTypedByPackage, memberOfType } from "./types.js";
import { registeredAs } from "./registry.js";
import { urlProperty } from "./urls.js";
import {
  derived,
  isUnknown,
  oneOf,
  primitive,
  under,
  unknown,
  UNDEFINED,
  type ObjectValue,
  type Origin,
  type Value,
} from "./values.js";

/** A key that is read: its texts, or null where it is not known. */
export interface Keys {
  texts: string[] | null;
  /** What an unknown key hangs on, so that two tables indexed by the same name stay in step. */
  subject: string | null;
}

export interface Reading extends Origin {
  node: Expression;
  frame: Frame;
}

export function keysOf(evaluator: Evaluator, property: Expression, frame: Frame): Keys {
  if (property.kind === "string") return { texts: [property.value], subject: null };
  if (property.kind === "literal") return { texts: [String(property.value)], subject: null };
  const { texts, complete } = knownTexts(evaluator.evaluate(property, frame));
  const subject = subjectOf(evaluator, property, frame);
  return { texts: complete && texts.length > 0 ? [...new Set(texts)] : null, subject };
}

/**
 * @param most With a key that is not known no more values than one above this are made, where each is another by the
 * condition that it is read under: of a table of thousands more would only be cut again.
 */
export function getMember(
  evaluator: Evaluator,
  objects: readonly Value[],
  keys: Keys,
  at: Reading,
  most = Infinity,
): Value[] {
  const enough = keys.texts === null && keys.subject !== null ? most : Infinity;
  const out: Value[] = [];
  for (const object of objects) {
    for (const value of memberOf(evaluator, object, keys, at)) {
      const conditioned = object.when === undefined ? value : under(value, object.when);
      if (conditioned !== null) out.push(conditioned);
      if (out.length > enough) return out;
    }
  }
  return out;
}

function memberOf(evaluator: Evaluator, object: Value, keys: Keys, at: Reading): Iterable<Value> {
  if (keys.texts === null) return anyMember(evaluator, object, keys.subject, at);
  const [only, ...more] = keys.texts;
  if (only === undefined) return [];
  if (more.length === 0) return getProperty(evaluator, object, only, at);
  return keys.texts.flatMap((key) => tagged(getProperty(evaluator, object, key, at), keys.subject, key));
}

/** What a table holds under `key`, where its key is `subject`. */
export function tagged(values: Value[], subject: string | null, key: string): Value[] {
  if (subject === null) return values;
  return values.flatMap((value) => under(value, equals(subject, key, true)) ?? []);
}

/** A table read with a key that is not known: any of its values, made as they are asked for. */
function* anyMember(
  evaluator: Evaluator,
  object: Value,
  subject: string | null,
  at: Reading,
): Generator<Value> {
  switch (object.kind) {
    case "object": {
      const { entries, open } = flatten(evaluator, object, 0);
      if (entries.length + open.length === 0) {
        yield* heldBy(evaluator, object, at);
        return;
      }
      for (const { key, get, accessor } of entries)
        yield* tagged(accessor ? callGetter(evaluator, get(), object, at) : get(), subject, key);
      yield* open.filter(isUnknown);
      for (const one of object.layers)
        if (one.computed) yield* one.get().filter((value) => !isUnknown(value));
      return;
    }
    case "list":
      if (object.items.length === 0) yield unknown("filled at run time", at);
      for (const [index, item] of object.items.entries())
        yield* tagged(item.values(), subject, String(index));
      return;
    case "module":
      for (const name of evaluator.program.exportedNames(object.file))
        yield* tagged(exportValues(evaluator, object.file, name, at), subject, name);
      return;
    default:
      yield derived(object, "read with a key that is not known", at, nameOf(at.node));
  }
}

/** The values of one named property of one value. */
export function getProperty(evaluator: Evaluator, object: Value, key: string, at: Reading): Value[] {
  switch (object.kind) {
    case "object":
      return evaluator.deeper(
        () => ofObject(evaluator, object, key, at),
        () => [unknown("too much to follow", at, { name: key, exhausted: true })],
      );
    case "list": {
      if (key === "length" || key === "size") {
        return object.items.some((item) => item.optional || item.rest)
          ? [unknown("a length that is not known", at)]
          : object.items.length === 0
            ? // What others put there is not among the items.
              [unknown("filled at run time", at)]
            : [primitive(object.items.length)];
      }
      const index = Number(key);
      if (!Number.isInteger(index)) return [unknown("computed at run time", at)];
      const before = object.items.slice(0, index + 1);
      if (before.some((item) => item.optional || item.rest))
        return oneOf(
          object.items.map((item) => item.values()),
          at,
        );
      return object.items[index]?.values() ?? [UNDEFINED];
    }
    case "module":
      return exportValues(evaluator, object.file, key, at);
    case "class":
      return staticMember(evaluator, object, key, at);
    case "instance":
      return instanceMember(evaluator, object, key, at);
    case "external":
      return (
        fromSchema(evaluator, object, key, at) ??
        evaluator.environment.read(evaluator, object, key, at) ?? [
          ...registeredAs(evaluator, object, key, at),
          extend(object, key),
        ]
      );
    case "result": {
      const external: Value = { kind: "external", module: object.callee.module, result: object, path: [] };
      return (
        fromSchema(evaluator, external, key, at) ??
        evaluator.environment.read(evaluator, external, key, at) ?? [
          ...registeredAs(evaluator, object, key, at),
          extend(external, key),
        ]
      );
    }
    case "url":
    case "params":
      return urlProperty(evaluator, object, key, at);
    case "primitive":
      // A property of undefined or null throws: no value at all.
      return object.value === undefined || object.value === null ? [] : [unknown("computed at run time", at)];
    case "unknown": {
      const typed = memberOfType(evaluator, object, key);
      if (typed?.some((value) => !isUnknown(value) || isTypedByPackage(evaluator, value)) === true)
        return typed;
      const registered = registeredAs(evaluator, object, key, at);
      if (typed !== null) return [...registered, ...typed];
      const fromEnvironment = evaluator.environment.guess(evaluator, object, key, at);
      // https://developers.klaviyo.com/en/docs/pagination_
      const isNext = key === "next" && object.name === "links";
      const otherwise =
        fromEnvironment ??
        [derived(object, "", at, key)].map((value) => ({
          ...value,
          type: null,
          name: key,
          ...(isNext ? { nextPage: true } : {}),
        }));
      return [...registered, ...otherwise];
    }
    default:
      return [unknown("computed at run time", at, { name: key })];
  }
}

function extend(object: Extract<Value, { kind: "external" }>, key: string): Value {
  return { ...object, path: [...object.path, key] };
}

function ofObject(evaluator: Evaluator, object: ObjectValue, key: string, at: Reading): Value[] {
  const values = writtenIn(evaluator, object, key, at);
  return objectFieldAfter(evaluator, object, key, values, at);
}

function writtenIn(evaluator: Evaluator, object: ObjectValue, key: string, at: Reading): Value[] {
  const out: Value[] = [];
  const spreadOver = new Set<Value>();
  const overriding = (value: Value): Value =>
    isUnknown(value) && spreadOver.has(value) ? { ...value, maybe: true } : value;
  for (let i = object.layers.length - 1; i >= 0; i--) {
    const layer = object.layers[i];
    if (layer === undefined) continue;
    if (layer.computed) {
      out.push(...layer.get());
      continue;
    }
    if (layer.key === null) {
      const spread = layer.get();
      let missing = spread.length === 0;
      const before = out.length;
      for (const value of spread) {
        // Of one entry of a table that is spread, all keys are that entry's.
        const entry = asEntry(value);
        const inner = getProperty(evaluator, value, key, at).flatMap((one) => under(one, entry) ?? []);
        const found = inner.filter((one) => !(one.kind === "primitive" && one.value === undefined));
        // Of an unknown object that is spread we only know that it may hold the key.
        out.push(...found);
        for (const one of found.filter(isUnknown)) spreadOver.add(one);
        if (found.length === 0 || found.some(isUnknown)) missing = true;
      }
      if (!missing) return out.map((value, position) => (position < before ? overriding(value) : value));
      continue;
    }
    if (layer.key !== key) continue;
    const values = layer.accessor
      ? callGetter(evaluator, layer.get(), object, at)
      : bindMethods(layer.get(), object);
    if (!layer.optional) return [...out.map(overriding), ...values];
    out.push(...values);
  }
  return out.length > 0 ? out : (askedFor(object, key, at) ?? [UNDEFINED]);
}

/** A method read from an object literal sees that object as `this`. */
function bindMethods(values: Value[], object: ObjectValue): Value[] {
  return values.map((value) =>
    value.kind === "function" && value.self === null ? { ...value, self: object } : value,
  );
}

function callGetter(evaluator: Evaluator, values: Value[], self: Value, at: Reading): Value[] {
  return values.flatMap((value) =>
    value.kind === "function"
      ? callFunction(evaluator, { ...value, self }, [], { node: at.node, frame: at.frame })
      : [value],
  );
}

/** The written name of a property or variable; "" for other expressions. */
export function nameOf(node: Expression): string {
  switch (node.kind) {
    case "name":
      return node.name;
    case "member":
      return node.property.kind === "string" ? node.property.value : nameOf(node.property);
    case "call":
      return nameOf(node.callee);
    case "await":
      return nameOf(node.argument);
    case "typed":
      return nameOf(node.value);
    default:
      return "";
  }
}
