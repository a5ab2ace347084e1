/** What written types say of values that are not known: literals of a union, the class of an instance. */
import type { Expression, TypeDeclaration, TypeForm } from "../lower/form.js";
import { elementOf, holding, instanceOf, madeOf } from "./containers.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { callFunction } from "./functions.js";
import { flatten } from "./literals.js";
import { configTypeValues, isConfigType } from "./nest-config.js";
import { filledPer } from "../link/reads.js";
import { functionsIn, isUnknown, lazy, type InstanceValue, type UnknownValue, type Value } from "./values.js";

/** `x as T` and `const x: T`: the type where the value itself is unknown, or what a package returned. */
export function typedValues(evaluator: Evaluator, values: Value[], type: TypeForm, frame: Frame): Value[] {
  return values.flatMap((value) => {
    if (isUnknown(value)) return valuesOfType(evaluator, value, type, frame.file);
    if (value.kind === "object") return [holding(value, elementOf(type), frame.file)];
    if (value.kind !== "result" || value.style === "new") return [value];
    const typed = valuesOfType(evaluator, value, type, frame.file);
    // What a package returns and calls by a type of its own is known in more detail than the type says.
    const isOther = typed.every((one) => one.kind === "result" && one.callee.module !== value.callee.module);
    return isOther ? typed : [value];
  });
}

/** What a function of a written type returns; null where its type does not tell. */
export function returnedByType(
  evaluator: Evaluator,
  callee: UnknownValue,
  value: UnknownValue,
): Value[] | null {
  if (callee.type?.type.kind !== "function" || callee.type.type.returns === null) return null;
  return valuesOfType(evaluator, value, callee.type.type.returns, callee.type.file);
}

const WRAPPERS = new Set([
  "Promise",
  "Readonly",
  "Awaited",
  "NonNullable",
  "Required",
  "Partial",
  "Pick",
  "Omit",
  "PromiseLike",
  "Ref",
  "MutableRefObject",
  "RefObject",
]);

/** `Api` of `Promise<Api>`, `Readonly<Api>`: what has the same members; null for all other types. */
function withinWrapper(type: TypeForm): TypeForm | null {
  if (type.kind !== "reference" || type.name.kind !== "name" || !WRAPPERS.has(type.name.name)) return null;
  return type.args[0] ?? null;
}

/** Types of packages that describe what is handed over, such as axios' `AxiosRequestConfig`: nobody calls a method of it. */
const DESCRIBES =
  /(?:Config(?:uration)?|Options?|Opts|Params?|Props|Init|Args|Input|Payload|Settings|Body|Headers|Data|Dto|Query|Request)$/;

/** All that a type says; the value itself, carrying the type, where it says nothing of use. */
export function valuesOfType(
  evaluator: Evaluator,
  value: Value,
  type: TypeForm,
  file: string,
  depth = 0,
): Value[] {
  if (depth > 6) return [value];
  const kept = (): Value[] => [isUnknown(value) ? { ...value, type: { file, type } } : value];
  switch (type.kind) {
    case "literals": {
      if (type.open || type.values.length === 0) return kept();
      return type.values.flatMap((literal) => evaluator.evaluate(literal, evaluator.moduleFrame(file)));
    }
    case "keyof": {
      const tables = evaluator.evaluate(type.name, evaluator.moduleFrame(file));
      const keys = tables.flatMap((table): Value[] =>
        table.kind === "object"
          ? flatten(evaluator, table, 0).entries.map((entry) => ({
              kind: "string",
              chunks: [{ kind: "text", text: entry.key, file: "", at: null, owners: [], item: null }],
            }))
          : [],
      );
      return keys.length > 0 ? keys : kept();
    }
    case "reference":
      return referenced(evaluator, value, type, file, depth) ?? kept();
    case "member":
      return indexed(evaluator, value, type, file, depth) ?? kept();
    case "typeof":
      return (
        likeThese(evaluator, evaluator.evaluate(type.name, evaluator.moduleFrame(file)), value) ?? kept()
      );
    default:
      return kept();
  }
}

/** `(typeof LIST)[number]`, `T['key']`, and what a destructured parameter's annotation says of one member. */
function indexed(
  evaluator: Evaluator,
  value: Value,
  type: Extract<TypeForm, { kind: "member" }>,
  file: string,
  depth: number,
): Value[] | null {
  const { object, key } = type;
  if (object.kind === "typeof") {
    const values = evaluator.evaluate(object.name, evaluator.moduleFrame(file)).flatMap((one): Value[] => {
      if (one.kind === "list") return one.items.flatMap((item) => item.values());
      if (one.kind !== "object") return [];
      return flatten(evaluator, one, 0).entries.flatMap((entry) =>
        key === null || key === entry.key ? entry.get() : [],
      );
    });
    return values.length > 0 ? values : null;
  }
  if (key === null) return null;
  const member = memberType(evaluator, object, file, key, depth);
  return member === null ? null : valuesOfType(evaluator, value, member.type, member.file, depth + 1);
}

function referenced(
  evaluator: Evaluator,
  value: Value,
  type: Extract<TypeForm, { kind: "reference" }>,
  file: string,
  depth: number,
): Value[] | null {
  const { name } = type;
  const [argument] = type.args;
  const inner = withinWrapper(type);
  if (inner !== null) return valuesOfType(evaluator, value, inner, file, depth + 1);
  if (name.kind === "name" && name.name === "ReturnType" && argument !== undefined)
    return returnedBy(evaluator, value, argument, file);
  const found = typeNamed(evaluator, name, file);
  if (found === null) return null;
  if (found.kind === "alias") {
    const made = implementers(evaluator, found.declaration);
    if (made.length > 0) return made;
    return found.declaration.type === null
      ? null
      : valuesOfType(evaluator, value, found.declaration.type, found.file, depth + 1);
  }
  if (argument !== undefined && found.values.some(isConfigType)) {
    const configured = configTypeValues(evaluator, argument, file);
    if (configured.length > 0) return configured;
  }
  const made = found.values.flatMap((one): Value[] => {
    if (one.kind === "class") return instanceOf(one, value, file);
    const isClass = one.kind === "external" && one.module !== "" && !DESCRIBES.test(one.path.at(-1) ?? "");
    return isClass ? [madeOf(one, value, file)] : [];
  });
  return made.length > 0 ? made : null;
}

/** `ReturnType<typeof createClient>`. */
function returnedBy(evaluator: Evaluator, value: Value, type: TypeForm, file: string): Value[] | null {
  if (type.kind !== "typeof") return null;
  const frame = evaluator.moduleFrame(file);
  const returned = functionsIn(evaluator.evaluate(type.name, frame)).flatMap((target) =>
    callFunction(evaluator, target, [], { node: type.name, frame }),
  );
  return likeThese(evaluator, returned, value);
}

/**
 * Values of the same type as others: clients and what holds them are alike, while a text or a list of that type may be
 * any. Null where the type tells no client.
 */
function likeThese(evaluator: Evaluator, others: readonly Value[], value: Value): Value[] | null {
  const alike = others.flatMap((other): Value[] => {
    switch (other.kind) {
      case "instance":
      case "result":
      case "external":
      case "class":
      case "function":
      case "module":
        return [other];
      case "object":
        return [
          {
            ...other,
            layers: other.layers.map((one) => ({
              ...one,
              get: lazy(() => likeThese(evaluator, one.get(), value) ?? [value]),
            })),
          },
        ];
      default:
        return [];
    }
  });
  return alike.length > 0 ? alike : null;
}

/** More classes than this, and an interface says nothing of what is behind it. */
const MOST_IMPLEMENTERS = 4;
/** Instances of the classes that implement each interface of the program. */
const implementersOf = filledPer(
  () => new Map<TypeDeclaration, InstanceValue[]>(),
  (filling, evaluator: Evaluator) => {
    for (const { file, cls, form } of evaluator.program.classes().all) {
      for (const type of form.implements) {
        // To name an interface may ask for another's classes.
        const named = type.kind === "reference" ? typeNamed(evaluator, type.name, file) : null;
        if (named?.kind !== "alias") continue;
        const frame = evaluator.rootFrame(file, form.fn);
        const known = filling.get(named.declaration) ?? [];
        known.push({ kind: "instance", file, cls, frame, args: null, call: null });
        filling.set(named.declaration, known);
      }
    }
  },
);

function implementers(evaluator: Evaluator, declaration: TypeDeclaration): InstanceValue[] {
  const found = implementersOf(evaluator).get(declaration) ?? [];
  return found.length > MOST_IMPLEMENTERS ? [] : found;
}

type Named =
  { kind: "alias"; file: string; declaration: TypeDeclaration } | { kind: "values"; values: Value[] };

/** What a type's name stands for: an alias or interface, here or imported, or a class. */
function typeNamed(evaluator: Evaluator, name: Expression, file: string, depth = 0): Named | null {
  if (depth > 8) return null;
  const form = evaluator.program.form(file);
  if (name.kind === "name") {
    const declaration = form.types.find((one) => one.name === name.name);
    if (declaration !== undefined) return { kind: "alias", file, declaration };
    for (const one of form.imports) {
      if (form.bindings[one.binding]?.name !== name.name) continue;
      const target = evaluator.program.resolve(file, one.source);
      if (target === null) break;
      const alias = exportedType(evaluator, target, one.imported, 0);
      if (alias !== null) return alias;
    }
  }
  const values = evaluator.evaluate(name, evaluator.moduleFrame(file)).filter((value) => !isUnknown(value));
  return values.length > 0 ? { kind: "values", values } : null;
}

function exportedType(evaluator: Evaluator, file: string, name: string, depth: number): Named | null {
  if (depth > 8) return null;
  const form = evaluator.program.form(file);
  const declaration = form.types.find((one) => one.name === name);
  if (declaration !== undefined) return { kind: "alias", file, declaration };
  for (const entry of form.exports) {
    if (entry.kind === "local") continue;
    const inner = entry.kind === "all" ? name : entry.name === name ? entry.imported : null;
    if (inner === null) continue;
    const target = evaluator.program.resolve(file, entry.source);
    const found = target === null ? null : exportedType(evaluator, target, inner, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** A member of a value whose type is written; null where the type does not tell. */
export function memberOfType(evaluator: Evaluator, value: UnknownValue, key: string): Value[] | null {
  if (value.type === null) return null;
  const member = memberType(evaluator, value.type.type, value.type.file, key, 0);
  if (member === null) return null;
  const inner: UnknownValue = { ...value, name: key, type: null };
  return valuesOfType(evaluator, inner, member.type, member.file);
}

/** Whether a package says what a value that is not known is: nothing of the app's own is to be looked for there. */
export function isTypedByPackage(evaluator: Evaluator, { type }: UnknownValue): boolean {
  if (type === null) return false;
  let inner = type.type;
  for (let next = withinWrapper(inner); next !== null; next = withinWrapper(inner)) inner = next;
  if (inner.kind !== "reference") return false;
  const named = typeNamed(evaluator, inner.name, type.file);
  return named?.kind === "values" && named.values.some((one) => one.kind === "external" && one.module !== "");
}

function memberType(
  evaluator: Evaluator,
  type: TypeForm,
  file: string,
  key: string,
  depth: number,
): { file: string; type: TypeForm } | null {
  if (depth > 6) return null;
  if (type.kind === "object") {
    const member = type.members.find((one) => one.key === key);
    return member === undefined ? null : { file, type: member.type };
  }
  if (type.kind !== "reference") return null;
  const inner = withinWrapper(type);
  if (inner !== null) return memberType(evaluator, inner, file, key, depth + 1);
  const element = elementOf(type);
  if (element !== null) {
    const isMap = type.name.kind === "name" && type.name.name !== "Record";
    if (!isMap) return { file, type: element };
    return key === "get" ? { file, type: { kind: "function", returns: element } } : null;
  }
  const named = typeNamed(evaluator, type.name, file);
  if (named?.kind !== "alias") return null;
  const { declaration } = named;
  const own =
    declaration.type === null ? null : memberType(evaluator, declaration.type, named.file, key, depth + 1);
  if (own !== null) return own;
  for (const parent of declaration.extends) {
    const inherited = memberType(evaluator, parent, named.file, key, depth + 1);
    if (inherited !== null) return inherited;
  }
  return null;
}
