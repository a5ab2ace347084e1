/** What a variable holds where it is read: its declaration, what wrote or changed it since, and its callers' arguments. */
import { plainItem } from "./items.js";
import type { Expression, NameExpression } from "../lower/form.js";
import type { Access, Declaration, Variable } from "../link/file-index.js";
import { changedValues } from "./flow.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { heldElsewhere } from "./history.js";
import { flatten, itemsOf, keyText, restItem, spreadItems } from "./literals.js";
import { getMember, keysOf, type Reading } from "./members.js";
import { targetValues } from "./modules.js";
import { itemValues } from "./text.js";
import { typedValues } from "./types.js";
import { derived, isUnknown, oneOf, under, unknown, UNDEFINED, type ListItem, type Value } from "./values.js";

export function variableValues(evaluator: Evaluator, node: NameExpression, frame: Frame): Value[] {
  if (node.binding < 0) {
    if (node.name === "undefined") return [UNDEFINED];
    return [{ kind: "external", module: "", result: null, path: [node.name] }];
  }
  const home = frameOf(evaluator, node.binding, frame);
  for (let at: Frame | null = frame; at !== null; at = at === home ? null : at.parent) {
    const fixed = at.overrides?.get(node.binding);
    if (fixed !== undefined) return fixed;
  }
  const variable = evaluator.program.index(frame.file).variable(node.binding);
  const values = changedValues(evaluator, variable, {
    binding: node.binding,
    read: node,
    frame: frame.base ?? frame,
    home: home.base ?? home,
  });
  const isOwn = home.fn === frame.fn && !variable.declarations.some(({ kind }) => kind === "import");
  return isOwn ? values : heldElsewhere(values);
}

/** The frame that holds a variable: the activation of the function that declares it. */
export function frameOf(evaluator: Evaluator, binding: number, frame: Frame): Frame {
  const owner = evaluator.program.form(frame.file).bindings[binding]?.fn ?? -1;
  let at: Frame = frame;
  while (at.fn !== owner && at.parent !== null) at = at.parent;
  return at;
}

/** The values of all of a variable's declarations, before anything changed it. */
export function declaredValues(
  evaluator: Evaluator,
  variable: Variable,
  binding: number,
  home: Frame,
  at: Reading,
): Value[] {
  return variable.declarations.flatMap((declaration) =>
    declarationValues(evaluator, declaration, binding, home, at),
  );
}

export function declarationValues(
  evaluator: Evaluator,
  declaration: Declaration,
  binding: number,
  home: Frame,
  at: Reading,
): Value[] {
  switch (declaration.kind) {
    case "let": {
      if (declaration.value === null) return [UNDEFINED];
      const values = evaluator.evaluate(declaration.value, home);
      const taken = take(evaluator, values, declaration.path, home, at);
      return withType(evaluator, taken, binding, home);
    }
    case "parameter":
      return withType(evaluator, parameterValues(evaluator, declaration, binding, home, at), binding, home);
    case "loop": {
      const { statement } = declaration;
      const subject = statement.subject === null ? [] : evaluator.evaluate(statement.subject, home);
      const items = iterated(evaluator, subject, statement.style === "in", at);
      const values = oneOf(
        items.map((item) => item.values()),
        { file: home.file, range: statement.range, frame: home },
      );
      return take(
        evaluator,
        values.length === 0 ? [unknown("taken from something unknown", at)] : values,
        declaration.path,
        home,
        at,
      );
    }
    case "import": {
      const { form } = declaration;
      const targets = evaluator.program.imported(home.file, form.source, form.imported);
      if (targets.length === 0) return [unknown(`not exported by ${form.source}`, at)];
      return targets.flatMap((target) => targetValues(evaluator, target, at));
    }
  }
}

/** The items a loop runs over: those of the list, or the keys for `for … in`. */
export function iterated(
  evaluator: Evaluator,
  values: readonly Value[],
  keys: boolean,
  at: Reading,
): ListItem[] {
  if (!keys) {
    return spreadItems(evaluator, values, at).map((item) => ({ ...item, values: () => itemValues(item) }));
  }
  return values.flatMap((value): ListItem[] => {
    if (value.kind !== "object")
      return [restItem([derived(value, "an object whose keys are not known", at)])];
    return flatten(evaluator, value, 0).entries.map((entry) => ({
      values: () => [keyText(entry)],
      optional: entry.optional,
      rest: false,
      origin: null,
    }));
  });
}

function parameterValues(
  evaluator: Evaluator,
  declaration: Extract<Declaration, { kind: "parameter" }>,
  binding: number,
  home: Frame,
  at: Reading,
): Value[] {
  const { index, rest, path } = declaration;
  const place: Reading = { ...at, file: home.file };
  if (home.args !== null) {
    const { args } = home;
    if (rest) {
      const items = args.slice(index).map(plainItem);
      return take(
        evaluator,
        [{ kind: "list", items, node: null, file: home.file, set: false }],
        path,
        home,
        place,
      );
    }
    const values = args[index]?.() ?? [UNDEFINED];
    return take(evaluator, values, path, home, place);
  }
  const name = evaluator.program.form(home.file).bindings[binding]?.name ?? "";
  const range = evaluator.program.form(home.file).bindings[binding]?.range ?? at.range;
  const marked = unknown(
    "given by callers",
    { file: home.file, range },
    {
      parameter: { file: home.file, fn: declaration.fn, index },
      name,
    },
  );
  return take(evaluator, [marked], path, home, place);
}

/** What a type adds to values that are not known: literals of a union, the class of an instance. */
function withType(evaluator: Evaluator, values: Value[], binding: number, home: Frame): Value[] {
  const type = evaluator.program.form(home.file).bindings[binding]?.type ?? null;
  return type === null ? values : typedValues(evaluator, values, type, home);
}

/** Follows a pattern from the matched values to the variable, with defaults. */
export function take(
  evaluator: Evaluator,
  values: Value[],
  path: readonly Access[],
  frame: Frame,
  at: Reading,
): Value[] {
  let current = values;
  for (const access of path) {
    current = takeOne(evaluator, current, access, frame, at);
    if (access.default !== null) current = withDefault(evaluator, current, access.default, frame);
  }
  return current;
}

function takeOne(evaluator: Evaluator, values: Value[], access: Access, frame: Frame, at: Reading): Value[] {
  switch (access.kind) {
    case "self":
      return values;
    case "key":
      return getMember(evaluator, values, keysOf(evaluator, access.key, frame), at);
    case "index":
      return values.flatMap((value) => conditioned(value, itemAt(evaluator, value, access.index, at)));
    case "rest-of-list":
      return values.flatMap((value): Value[] => {
        if (value.kind === "unknown") return [value];
        const items = itemsOf(evaluator, value, at).slice(access.from);
        return conditioned(value, [{ kind: "list", items, node: null, file: at.file, set: false }]);
      });
    case "rest-of-object":
      return values.flatMap((value): Value[] => {
        if (value.kind !== "object") return [value];
        const without = new Set(access.without.flatMap((key) => (key.kind === "string" ? [key.value] : [])));
        return [
          {
            ...value,
            layers: value.layers.filter(
              (layer) => layer.key === null || layer.computed || !without.has(layer.key),
            ),
          },
        ];
      });
  }
}

function itemAt(evaluator: Evaluator, value: Value, index: number, at: Reading): Value[] {
  if (value.kind === "unknown") return [value];
  const items = itemsOf(evaluator, value, at);
  const before = items.slice(0, index + 1);
  if (before.some((item) => item.rest)) return items.flatMap((item) => item.values());
  return items[index]?.values() ?? [UNDEFINED];
}

/** What is taken out of a value stands in the branches that the value stands in. */
function conditioned(from: Value, taken: Value[]): Value[] {
  const { when } = from;
  return when === undefined ? taken : taken.flatMap((value) => under(value, when) ?? []);
}

/** `= default`: where the value is undefined, or may be. */
function withDefault(evaluator: Evaluator, values: Value[], node: Expression, frame: Frame): Value[] {
  const out: Value[] = [];
  let missing = values.length === 0;
  for (const value of values) {
    if (value.kind === "primitive" && value.value === undefined) missing = true;
    else {
      out.push(value);
      if (isUnknown(value) || value.kind === "external") missing = true;
    }
  }
  return missing ? [...out, ...evaluator.evaluate(node, frame)] : out;
}
