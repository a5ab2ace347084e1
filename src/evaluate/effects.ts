/** What one write, assignment to a member or mutating call makes of the value before it. */
import type { CallExpression, Expression } from "../lower/form.js";
import type { Effect } from "../link/file-index.js";
import { eachCall, someCall, type EachCall } from "./each.js";
import type { Evaluator } from "./evaluator.js";
import { withState, type Frame } from "./frames.js";
import { callArguments, frameForCall } from "./functions.js";
import { valuesAtEnd } from "./ends.js";
import { afterChain, isCertain } from "./history.js";
import { layer, restItem, spreadItems, withKey } from "./literals.js";
import { itemsUnder } from "./restrict.js";
import { afterRound, mergeStates } from "./merge.js";
import { getProperty, keysOf, type Reading } from "./members.js";
import { joinText } from "./strings.js";
import { knownTexts } from "./text.js";
import { assignParts, withPart } from "./url-parts.js";
import { changeParams } from "./urls.js";
import { take } from "./variables.js";
import { perhaps, plainItem } from "./items.js";
import {
  always,
  unknown,
  type FunctionValue,
  type ListItem,
  type ObjectValue,
  type Thunk,
  type Value,
} from "./values.js";

/** Whether an effect really changes the variable: passing it on does only where the callee is seen to change it. */
export function writes(evaluator: Evaluator, effect: Effect, home: Frame): boolean {
  if (effect.kind === "ran") return evaluator.program.names("setters").has(effect.method);
  if (effect.kind !== "passed") return true;
  return isObjectAssign(effect.node.callee) ? effect.index === 0 : changesParameter(evaluator, effect, home);
}

/** `Object.assign`. */
export function isObjectAssign(callee: Expression): boolean {
  return (
    callee.kind === "member" &&
    callee.property.kind === "string" &&
    callee.property.value === "assign" &&
    callee.object.kind === "name" &&
    callee.object.name === "Object"
  );
}

/** A function of ours, called by its name, that pushes to or sets members of what it is given. */
function changesParameter(
  evaluator: Evaluator,
  effect: Extract<Effect, { kind: "passed" }>,
  home: Frame,
): boolean {
  const target = namedFunction(evaluator, effect.node.callee, home);
  if (target === null) return false;
  const pattern = evaluator.program.form(target.file).functions[target.fn]?.params[effect.index];
  if (pattern?.kind !== "bind") return false;
  return evaluator.program
    .index(target.file)
    .variable(pattern.binding)
    .effects.some(
      (one) =>
        one.kind === "method" ||
        one.kind === "member-write" ||
        (one.kind === "ran" && evaluator.program.names("setters").has(one.method)),
    );
}

/** The function a plain name calls, found without evaluating anything else. */
export function namedFunction(
  evaluator: Evaluator,
  callee: Expression,
  home: Frame,
): { file: string; fn: number } | null {
  if (callee.kind !== "name" || callee.binding < 0) return null;
  const [declaration, ...more] = evaluator.program.index(home.file).variable(callee.binding).declarations;
  if (declaration === undefined || more.length > 0) return null;
  if (declaration.kind === "let" && declaration.value?.kind === "function")
    return { file: home.file, fn: declaration.value.fn };
  if (declaration.kind !== "import") return null;
  const [target] = evaluator.program.imported(home.file, declaration.form.source, declaration.form.imported);
  if (target?.kind !== "expression") return null;
  let { node } = target;
  if (node.kind === "name" && node.binding >= 0) {
    const [inner] = evaluator.program.index(target.file).variable(node.binding).declarations;
    if (inner?.kind === "let" && inner.value !== null) node = inner.value;
  }
  return node.kind === "function" ? { file: target.file, fn: node.fn } : null;
}

export function applyEffect(
  evaluator: Evaluator,
  effect: Effect,
  state: Value[],
  frame: Frame,
  at: Reading,
): Value[] {
  if (!evaluator.spend()) return state;
  const binding = bindingOf(effect);
  const seen = binding === null ? frame : withState(frame, binding, state);
  const place: Reading = {
    ...at,
    file: frame.file,
    range: effect.node.range,
    node: effect.node,
    frame: seen,
  };
  switch (effect.kind) {
    case "write": {
      const { node } = effect;
      if (node.operator === "=")
        return take(evaluator, evaluator.evaluate(node.value, seen), effect.path, seen, place);
      return combine(evaluator, state, node.operator, evaluator.evaluate(node.value, seen), place);
    }
    case "member-write": {
      const { node } = effect;
      const values = evaluator.lazily(node.value, seen);
      return state.flatMap((value) =>
        changeAt(evaluator, value, effect.keys, seen, place, (before) =>
          node.operator === "=" ? values() : combine(evaluator, before, node.operator, values(), place),
        ),
      );
    }
    case "method": {
      const given: Given = {
        args: callArguments(evaluator, effect.node, seen),
        items: itemsGiven(evaluator, effect.node, seen),
      };
      return state.flatMap((value) =>
        changeAt(evaluator, value, effect.keys, seen, place, (before) =>
          before.flatMap((container) => changeContainer(container, effect.method, given, place)),
        ),
      );
    }
    case "ran":
      return state.map((value) => afterChain(evaluator, effect.node, seen, value));
    case "called":
      return runsGiven(evaluator, effect, seen, at).reduce(
        (before, { args, item }) =>
          afterRound(before, item, (now) => runBeside(evaluator, effect, args, now, { frame, seen, at })) ??
          before,
        state,
      );
    case "passed": {
      if (isObjectAssign(effect.node.callee)) {
        const args = callArguments(evaluator, effect.node, seen).slice(1);
        return state.flatMap((value): Value[] => {
          if (value.kind === "url") return assignParts(evaluator, value, args, place);
          if (value.kind !== "object") return [value];
          return [{ ...value, layers: [...value.layers, ...args.map((argument) => layer(null, argument))] }];
        });
      }
      const target = namedFunction(evaluator, effect.node.callee, frame);
      const pattern =
        target === null
          ? null
          : evaluator.program.form(target.file).functions[target.fn]?.params[effect.index];
      if (target === null || pattern?.kind !== "bind") return state;
      const inner = frameForCall(
        evaluator,
        {
          kind: "function",
          file: target.file,
          fn: target.fn,
          frame: evaluator.rootFrame(
            target.file,
            evaluator.program.form(target.file).functions[target.fn]?.parent ?? -1,
          ),
          self: null,
          bound: [],
        },
        callArguments(evaluator, effect.node, seen).map((argument, position) =>
          position === effect.index ? always(state) : argument,
        ),
        { node: effect.node, frame: seen },
      );
      return inner === null ? state : valuesAtEnd(evaluator, pattern.binding, inner);
    }
  }
}

type Called = Extract<Effect, { kind: "called" }>;

/** What a function beside a variable is given, each time that it runs, and the item for which it does. */
function runsGiven(
  evaluator: Evaluator,
  { node, given, body }: Called,
  frame: Frame,
  at: Reading,
): EachCall[] {
  if (given === "arguments") {
    return [{ args: callArguments(evaluator, node, frame), item: plainItem(always([])) }];
  }
  if (given === "items" && node.callee.kind === "member")
    return eachCall(evaluator, evaluator.evaluate(node.callee.object, frame), at);
  const params = evaluator.program.form(frame.file).functions[body]?.params ?? [];
  return [someCall(params.length, { file: frame.file, range: node.range })];
}

/** One run of a function that changes a variable beside it. */
function runBeside(
  evaluator: Evaluator,
  { node, body, effects }: Called,
  args: Thunk[],
  state: Value[],
  { frame, seen, at }: { frame: Frame; seen: Frame; at: Reading },
): Value[] {
  const called: FunctionValue = {
    kind: "function",
    file: frame.file,
    fn: body,
    frame,
    self: null,
    bound: [],
  };
  const inner = frameForCall(evaluator, called, args, { node, frame: seen });
  if (inner === null) return state;
  const index = evaluator.program.index(frame.file);
  return effects.reduce((before, one) => {
    const after = applyEffect(evaluator, one, before, inner, at);
    return isCertain(index, one.node, one.fn) ? after : mergeStates(before, after);
  }, state);
}

function bindingOf(effect: Effect): number | null {
  if (effect.kind === "write") {
    const { target } = effect.node;
    if (target.kind === "bind") return target.binding;
    if (target.kind === "target" && target.expression.kind === "name") return target.expression.binding;
  }
  return null;
}

function combine(
  evaluator: Evaluator,
  before: Value[],
  operator: string,
  values: Value[],
  at: Reading,
): Value[] {
  switch (operator) {
    case "+=":
      return joinText(evaluator, [before, values], {
        kind: "computed",
        file: at.file,
        range: at.node.range,
        node: at.node,
      });
    case "||=":
    case "??=":
    case "&&=":
      return mergeStates(
        before.filter((value) => !(value.kind === "primitive" && !value.value)),
        values,
      );
    default:
      return [unknown("computed at run time", at)];
  }
}

/** Changes what stands under the keys, making new values on the way. */
function changeAt(
  evaluator: Evaluator,
  value: Value,
  keys: readonly Expression[],
  frame: Frame,
  at: Reading,
  change: (before: Value[]) => Value[],
): Value[] {
  const [first, ...rest] = keys;
  if (first === undefined) return change([value]);
  const { texts } = keysOf(evaluator, first, frame);
  const key = texts?.length === 1 ? (texts[0] ?? null) : null;
  if (value.kind === "url") return changeUrl(evaluator, value, key, rest, frame, at, change);
  if (value.kind !== "object") return [value];
  if (key === null) return rest.length === 0 ? [withKey(value, null, change([]))] : [value];
  const before = getProperty(evaluator, value, key, at);
  const after =
    rest.length === 0
      ? change(before)
      : before.flatMap((inner) => changeAt(evaluator, inner, rest, frame, at, change));
  return [withKey(value, key, after)];
}

function changeUrl(
  evaluator: Evaluator,
  url: Extract<Value, { kind: "url" }>,
  key: string | null,
  rest: readonly Expression[],
  frame: Frame,
  at: Reading,
  change: (before: Value[]) => Value[],
): Value[] {
  if (key === "searchParams") {
    const after =
      rest.length === 0 ? change([url.params]) : changeAt(evaluator, url.params, rest, frame, at, change);
    return after.map((params) => (params.kind === "params" ? { ...url, params } : url));
  }
  if (rest.length > 0) return [url];
  return change(getProperty(evaluator, url, key ?? "", at)).map((value) =>
    withPart(evaluator, url, key ?? "", value, at),
  );
}

/** What a method is called with: as arguments, and as what a list takes up. */
interface Given {
  args: readonly Thunk[];
  items: readonly ListItem[];
}

function itemsGiven(evaluator: Evaluator, node: CallExpression, frame: Frame): ListItem[] {
  return node.args.flatMap((argument): ListItem[] =>
    argument.kind === "spread"
      ? spreadItems(evaluator, evaluator.evaluate(argument.argument, frame), {
          file: frame.file,
          range: argument.range,
        })
      : [plainItem(evaluator.lazily(argument, frame))],
  );
}

/** `push`, `append`, `set`, `add` and their like, on whatever holds things. */
function changeContainer(container: Value, method: string, { args, items }: Given, at: Reading): Value[] {
  switch (container.kind) {
    case "list":
      return [changeList(container, method, itemsUnder(items, container.when), at)];
    case "params":
      if (method === "sort") return [container];
      if (method !== "append" && method !== "set" && method !== "delete") return [container];
      return [changeParams(container, method, args[0]?.() ?? [], args[1] ?? always([]))];
    case "object":
      return [changeMap(container, method, args)];
    default:
      return [container];
  }
}

function changeList(
  list: Extract<Value, { kind: "list" }>,
  method: string,
  added: readonly ListItem[],
  at: Reading,
): Value {
  switch (method) {
    case "push":
    case "add":
      return { ...list, items: [...list.items, ...added] };
    case "unshift":
      return { ...list, items: [...added, ...list.items] };
    case "reverse":
      return { ...list, items: [...list.items].reverse() };
    case "sort":
      return list;
    case "pop":
      return { ...list, items: list.items.slice(0, -1) };
    case "shift":
      return { ...list, items: list.items.slice(1) };
    case "splice":
    case "delete":
      return {
        ...list,
        items: [...list.items.map(perhaps), ...(method === "splice" ? added.slice(2) : [])],
      };
    default:
      return { ...list, items: [...list.items, restItem([unknown("changed at run time", at)])] };
  }
}

function changeMap(object: ObjectValue, method: string, args: readonly (() => Value[])[]): ObjectValue {
  const { texts, complete } = knownTexts(args[0]?.() ?? []);
  const [key] = texts;
  if (method === "set" || method === "append") {
    return withKey(
      object,
      complete && texts.length === 1 && key !== undefined ? key : null,
      args[1]?.() ?? [],
    );
  }
  if (method === "delete" && key !== undefined) {
    return { ...object, layers: object.layers.filter((one) => one.key !== key) };
  }
  return object;
}
