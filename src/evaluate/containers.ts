/** What holds clients: tables that are filled at run time, lists, dependency injection; what their types say is in them. */
import type { CallExpression, TypeForm } from "../lower/form.js";
import type { Evaluator } from "./evaluator.js";
import { listOf } from "./literals.js";
import { nameOf, type Reading } from "./members.js";
import { registeredFor } from "./registry.js";
import { strapiService } from "./strapi.js";
import { valuesOfType } from "./types.js";
import {
  always,
  isUnknown,
  unknown,
  type ExternalValue,
  type ObjectValue,
  type ResultValue,
  type Thunk,
  type UnknownValue,
  type Value,
} from "./values.js";

/** Types of tables, whose second argument is what they hold. */
const TABLES = /^(?:Record|(?:Weak|Readonly|Ordered)?Map|LRUCache|\w*Cache)$/;

/** What a table of this type holds: `Record<string, ProfilesApi>`, `Map<string, ProfilesApi>`. */
export function elementOf(type: TypeForm): TypeForm | null {
  if (type.kind !== "reference" || type.name.kind !== "name" || !TABLES.test(type.name.name)) return null;
  return type.args[1] ?? null;
}

/** A table with the type of what it holds. */
export function holding(table: ObjectValue, element: TypeForm | null | undefined, file: string): ObjectValue {
  return element == null || table.element !== undefined
    ? table
    : { ...table, element: { file, type: element } };
}

/** What an unknown list or map is made of, where its type says that those are objects of a class; null where it does not. */
export function itemsOfType(evaluator: Evaluator, value: UnknownValue): Value[] | null {
  if (value.type === null) return null;
  const { file, type } = value.type;
  const item = { ...value, type: null };
  if (type.kind === "array") return objectsOf(valuesOfType(evaluator, item, type.element, file));
  const element = elementOf(type);
  const held = element === null ? null : objectsOf(valuesOfType(evaluator, item, element, file));
  return held === null ? null : [listOf([always([item]), always(held)], file)];
}

/** A list's texts are not known by the vocabulary that its type lists. */
function objectsOf(values: readonly Value[]): Value[] | null {
  const objects = values.filter(
    (one) => one.kind === "result" || one.kind === "instance" || (isUnknown(one) && one.type !== null),
  );
  return objects.length > 0 ? objects : null;
}

/** What a table holds that is filled at run time. */
export function heldBy(evaluator: Evaluator, table: ObjectValue, at: Reading): Value[] {
  const value = unknown("filled at run time", at);
  return table.element === undefined
    ? [value]
    : valuesOfType(evaluator, value, table.element.type, table.element.file);
}

/** Functions that give what a container holds: `container.resolve<ListsApi>("lists")`, `moduleRef.get(Lists)`, `inject(Lists)`. */
const CONTAINER =
  /^(?:get|resolve|inject|make|lookup|selfInject|instance|service|use)(?:Async|Instance|Service|Required)?$/i;

/** What a container is asked for by its class, or by the class that is written as a type argument; null where neither is. */
export function resolvedByClass(
  evaluator: Evaluator,
  node: CallExpression,
  args: readonly Thunk[],
  value: Value,
  at: Reading,
): Value[] | null {
  if (!CONTAINER.test(nameOf(node.callee))) return null;
  const [first] = node.args;
  const asked = first?.kind === "name" || first?.kind === "member" ? (args[0]?.() ?? []) : [];
  const ofStrapi = strapiService(evaluator, node, args, at);
  if (ofStrapi !== null) return ofStrapi;
  const registered = first === undefined ? null : registeredFor(evaluator, first, args[0]?.() ?? [], at);
  if (registered !== null) return registered;
  const made = asked.flatMap((one) => instanceOf(one, value, at.file));
  if (made.length > 0) return made;
  // What Nest injects stands as a default: without a provider in view it is what the type says.
  if (isDecorator(value)) return [];
  const [type, ...others] = node.typeArgs;
  if (type === undefined) return heldByMade(evaluator, value);
  if (others.length > 0) return null;
  // `http.get<List>(url)` is an answer, whose class says nothing of what it holds.
  const typed = valuesOfType(evaluator, value, type, at.file).filter(
    (one) => one.kind === "result" && one !== value,
  );
  return typed.length > 0 ? typed : null;
}

function isDecorator(value: Value): boolean {
  return value.kind === "result" && value.callee.path.at(-1) === "Inject";
}

/** `new LRUCache<string, ProfilesApi>(…).get(key)`. */
function heldByMade(evaluator: Evaluator, value: Value): Value[] | null {
  const maker = value.kind === "result" ? value.callee.result : null;
  const element = maker?.style === "new" ? maker.node?.typeArgs[1] : undefined;
  if (maker === null || element === undefined) return null;
  return valuesOfType(evaluator, value, element, maker.file);
}

/** An object of a class of the program, or of a package. */
export function instanceOf(cls: Value, value: Value, file: string): Value[] {
  if (cls.kind === "class")
    return [{ kind: "instance", file: cls.file, cls: cls.cls, frame: cls.frame, args: null, call: null }];
  if (cls.kind !== "external" || cls.module === "" || cls.result !== null) return [];
  if (!/^[A-Z]\w*[a-z]/.test(cls.path.at(-1) ?? "")) return [];
  return [madeOf(cls, value, file)];
}

/** An object of a class of a package, made with what nobody knows. @param value What its written type is told of. */
export function madeOf(cls: ExternalValue, value: Value, file: string): ResultValue {
  const typed = isUnknown(value) ? value : null;
  return { kind: "result", callee: cls, style: "new", args: [], file, node: null, frame: null, typed };
}
