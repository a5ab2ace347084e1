/** Calling a function of the program: its frame, and what it returns there. */
import type { CallExpression, Expression, FunctionForm, Statement } from "../lower/form.js";
import { builtinCall } from "./builtins.js";
import { conditionOf, conditionsOfCase, decide, enteredCases, subjectOf } from "./conditions.js";
import type { Evaluator } from "./evaluator.js";
import { activations, makeFrame, type Frame } from "./frames.js";
import { spreadItems } from "./literals.js";
import { knownTexts } from "./text.js";
import {
  unknown,
  conjoin,
  under,
  HOLE,
  UNDEFINED,
  always,
  type Condition,
  type FunctionValue,
  type History,
  type Thunk,
  type Value,
} from "./values.js";

export interface CallPlace {
  node: Expression;
  frame: Frame;
}

/** The arguments of a call as thunks, spreads of known lists put in place. */
export function callArguments(evaluator: Evaluator, node: CallExpression, frame: Frame): Thunk[] {
  const out: Thunk[] = [];
  for (const argument of node.args) {
    if (argument.kind !== "spread") {
      out.push(evaluator.lazily(argument, frame));
      continue;
    }
    const items = spreadItems(evaluator, evaluator.evaluate(argument.argument, frame), {
      file: frame.file,
      range: argument.range,
    });
    for (const item of items) out.push(item.values);
  }
  return out;
}

const frameKeys = new WeakMap<object, number>();
let nextKey = 1;

function keyOf(value: object | null): number {
  if (value === null) return 0;
  let key = frameKeys.get(value);
  if (key === undefined) {
    key = nextKey++;
    frameKeys.set(value, key);
  }
  return key;
}

/** The frame of one call; null when the function is already running too often or too deep to follow. */
export function frameForCall(
  evaluator: Evaluator,
  target: FunctionValue,
  args: readonly Thunk[],
  place: CallPlace,
): Frame | null {
  const { frame } = place;
  if (frame.depth >= evaluator.budget.calls || activations(frame, target.file, target.fn) > 1) return null;
  const key = `${target.file}:${String(target.fn)}:${String(frame.id)}:${String(target.frame.id)}:${String(keyOf(target.self))}:${target.bound.map((one) => String(keyOf(one))).join()}:${args.length === 0 ? "" : String(keyOf(args[0] ?? null))}`;
  const make = (): Frame =>
    makeFrame({
      file: target.file,
      fn: target.fn,
      parent: target.frame,
      args: allArguments(target, args),
      self: ownSelf(evaluator, target),
      ...historyOf(target.self),
      site: place.node.kind === "call" ? { file: frame.file, node: place.node, frame } : null,
      depth: frame.depth + 1,
    });
  return evaluator.callFrame(place.node, key, make);
}

/** The arguments of a call, with those that the function was given before. */
export function allArguments(
  { bound = [], behind = [] }: { bound?: readonly Thunk[]; behind?: readonly Thunk[] },
  args: readonly Thunk[],
): Thunk[] {
  const given = [...args];
  const front = bound.map((argument) => (argument === HOLE ? (given.shift() ?? UNGIVEN) : argument));
  return [...front, ...given, ...behind];
}

const UNGIVEN: Thunk = always([UNDEFINED]);

function historyOf(self: Value | null): { history?: History } {
  const history = self?.kind === "instance" || self?.kind === "object" ? self.history : undefined;
  return history === undefined ? {} : { history };
}

/** What `this` is set to: an arrow keeps that of the place where it is written, whatever it is called on. */
function ownSelf(evaluator: Evaluator, { file, fn, self }: FunctionValue): Value | null {
  return evaluator.program.form(file).functions[fn]?.style === "arrow" ? null : self;
}

/** What a call of `target` returns. */
export function callFunction(
  evaluator: Evaluator,
  target: FunctionValue,
  args: readonly Thunk[],
  place: CallPlace,
): Value[] {
  const form = evaluator.program.form(target.file).functions[target.fn];
  if (form === undefined) return [];
  const inner = frameForCall(evaluator, target, args, place);
  if (inner === null) {
    return [
      unknown(
        "a function that calls itself",
        { file: place.frame.file, range: place.node.range },
        { exhausted: true },
      ),
    ];
  }
  return returned(evaluator, form, inner);
}

/** The values a function's return statements give in a frame. */
export function returned(evaluator: Evaluator, form: FunctionForm, frame: Frame): Value[] {
  const out: Value[] = [];
  const state = { ended: false };
  const results = returnsOf(evaluator, form.body, frame, [], state);
  for (const { value, when } of results) {
    const values = value === null ? [UNDEFINED] : evaluator.evaluate(value, frame);
    for (const one of values) {
      const conditioned = under(one, when);
      if (conditioned !== null) out.push(conditioned);
    }
  }
  if (form.generator) return [unknown("made by a generator", { file: frame.file, range: form.range })];
  if (results.length === 0) return [UNDEFINED];
  if (!state.ended && out.every((value) => value.kind !== "unknown")) out.push(UNDEFINED);
  return out;
}

interface Result {
  value: Expression | null;
  when: readonly Condition[];
}

/** The reachable return statements, each with what must be true to get there. */
function returnsOf(
  evaluator: Evaluator,
  statements: readonly Statement[],
  frame: Frame,
  when: readonly Condition[],
  state: { ended: boolean },
): Result[] {
  const out: Result[] = [];
  let conditions = when;
  for (const statement of statements) {
    if (state.ended) return out;
    switch (statement.kind) {
      case "return":
        out.push({ value: statement.value, when: conditions });
        state.ended = true;
        break;
      case "throw":
        state.ended = true;
        break;
      case "if": {
        const way = holdsReturn(statement) ? decide(evaluator, statement.test, frame) : null;
        const inThen = conjoin(conditions, conditionOf(evaluator, statement.test, frame, true, statement));
        const inElse = conjoin(conditions, conditionOf(evaluator, statement.test, frame, false, statement));
        const then = { ended: false };
        const otherwise = { ended: false };
        if (way !== false && inThen !== null)
          out.push(...returnsOf(evaluator, statement.then, frame, inThen, then));
        if (way !== true && inElse !== null)
          out.push(...returnsOf(evaluator, statement.else, frame, inElse, otherwise));
        if (way === true ? then.ended : way === false ? otherwise.ended : then.ended && otherwise.ended)
          state.ended = true;
        else if (then.ended && way === null && inElse !== null) conditions = inElse;
        else if (otherwise.ended && way === null && inThen !== null) conditions = inThen;
        break;
      }
      case "switch": {
        const subject = subjectOf(evaluator, statement.subject, frame);
        const ends: boolean[] = [];
        const { entered, certain } = enteredCases(evaluator, statement, frame);
        let falls = false;
        for (const [position, branch] of statement.cases.entries()) {
          if (!falls && !entered.has(position)) continue;
          const said = conditionsOfCase(statement, position, subject);
          const both = falls ? conditions : conjoin(conditions, said);
          const inner = { ended: false };
          if (both !== null) out.push(...returnsOf(evaluator, branch.body, frame, both, inner));
          falls = !inner.ended && !branch.body.some(leavesSwitch);
          ends.push(inner.ended || (falls && position < statement.cases.length - 1));
        }
        if (ends.every(Boolean) && (certain || coversAll(evaluator, statement, frame))) state.ended = true;
        break;
      }
      case "loop":
      case "block":
        out.push(
          ...returnsOf(
            evaluator,
            statement.body,
            frame,
            conditions,
            statement.kind === "block" ? state : { ended: false },
          ),
        );
        break;
      case "try": {
        const body = { ended: false };
        out.push(...returnsOf(evaluator, statement.body, frame, conditions, body));
        const handler = { ended: false };
        out.push(...returnsOf(evaluator, statement.handler, frame, conditions, handler));
        out.push(...returnsOf(evaluator, statement.finalizer, frame, conditions, state));
        if (body.ended && (handler.ended || statement.handler.length === 0)) state.ended = true;
        break;
      }
      default:
        break;
    }
  }
  return out;
}

/** A default, or a case for every value the subject can have. */
function coversAll(
  evaluator: Evaluator,
  statement: Extract<Statement, { kind: "switch" }>,
  frame: Frame,
): boolean {
  if (statement.cases.some((branch) => branch.test === null)) return true;
  const { texts, complete } = knownTexts(evaluator.evaluate(statement.subject, frame));
  const cases = new Set(
    statement.cases.flatMap((branch) => (branch.test?.kind === "string" ? [branch.test.value] : [])),
  );
  return complete && texts.length > 0 && texts.every((text) => cases.has(text));
}

/** `break`, alone or at the end of a block. */
function leavesSwitch(statement: Statement): boolean {
  return statement.kind === "block" ? statement.body.some(leavesSwitch) : statement.kind === "jump";
}

function holdsReturn(statement: Statement): boolean {
  switch (statement.kind) {
    case "return":
    case "throw":
      return true;
    case "if":
      return [...statement.then, ...statement.else].some(holdsReturn);
    case "block":
    case "loop":
      return statement.body.some(holdsReturn);
    case "switch":
      return statement.cases.some((branch) => branch.body.some(holdsReturn));
    case "try":
      return [...statement.body, ...statement.handler, ...statement.finalizer].some(holdsReturn);
    default:
      return false;
  }
}

/** Calls a callback with values at hand: `list.map(fn)`. */
export function callBack(
  evaluator: Evaluator,
  callback: Value,
  args: readonly Value[][],
  place: CallPlace,
): Value[] {
  const at = { file: place.frame.file, range: place.node.range };
  if (callback.kind === "external" && place.node.kind === "call") {
    // A function of the platform is handed over by its name: `parts.map(encodeURIComponent)`.
    const reading = { ...at, node: place.node, frame: place.frame };
    const thunks = args.map((values) => always(values));
    const answer = builtinCall(evaluator, place.node, callback, thunks, reading);
    if (answer !== null) return answer;
  }
  if (callback.kind !== "function") return [unknown("a callback that is not known", at)];
  const form = evaluator.program.form(callback.file).functions[callback.fn];
  if (
    form === undefined ||
    place.frame.depth >= evaluator.budget.calls ||
    activations(place.frame, callback.file, callback.fn) > 1
  ) {
    return [unknown("too much to follow", at, { exhausted: true })];
  }
  const frame = makeFrame({
    file: callback.file,
    fn: callback.fn,
    parent: callback.frame,
    args: args.map((values) => always(values)),
    self: ownSelf(evaluator, callback),
    site: null,
    depth: place.frame.depth + 1,
  });
  return returned(evaluator, form, frame);
}
