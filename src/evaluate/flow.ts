/**
 * A variable in the order things happen: the statements of the function that declares it are walked up to where it
 * is read, and every write, `+=`, `push` or `searchParams.append` on the way changes what it holds.
 */
import type { Expression, NameExpression, Statement } from "../lower/form.js";
import type { Effect, Variable } from "../link/file-index.js";
import { conditionOf, conditionsOfCase, decide, enteredCases, subjectOf } from "./conditions.js";
import { eachCall, isEach } from "./each.js";
import { applyEffect } from "./effects.js";
import type { Evaluator } from "./evaluator.js";
import { activationOf, filled, isEmptyTable, putBy } from "./filled.js";
import { withOverrides, type Frame } from "./frames.js";
import { boundNames } from "../link/file-index.js";
import { isCertain, ranInside } from "./history.js";
import { afterRound, mergeStates } from "./merge.js";
import { type Reading } from "./members.js";
import { effectsOn, inCourse, type PlacedEffects } from "./variable-effects.js";
import { declarationValues, declaredValues, iterated, take } from "./variables.js";
import { isUnknown, under, unknown, type Condition, type Value } from "./values.js";

export interface Question {
  binding: number;
  read: NameExpression;
  frame: Frame;
  /** The activation that holds the variable. */
  home: Frame;
  /** Ask for the end of the function instead of the reading. */
  atEnd?: boolean;
}

/** Null: this point is not reached. */
type State = Value[] | null;

interface Walk extends Question {
  evaluator: Evaluator;
  variable: Variable;
  effects: PlacedEffects;
  /** The reading, or null to walk to the end. */
  stop: Expression | null;
  /** What the variable held at the reading, over all iterations. */
  found: Value[] | null;
  at: Reading;
}

const MAX_ITERATIONS = 40;
/** As many changes at other times are looked at for each reading. */
const MOST_ELSEWHERE = 200;

export function changedValues(evaluator: Evaluator, variable: Variable, question: Question): Value[] {
  const { home, binding, read, frame } = question;
  const at: Reading = { file: home.file, range: read.range, node: read, frame: home };
  const { own, elsewhere, writtenElsewhere } = effectsOn(evaluator, variable, home);
  const several = variable.declarations.length > 1;
  if (own.size === 0 && elsewhere.length === 0 && !several)
    return declaredValues(evaluator, variable, binding, home, { ...at, frame });
  const stop = question.atEnd === true ? null : stopFor(evaluator, home, read);
  // A reading that happens later sees what the function leaves, by whichever return.
  const atEnd = stop === null;
  const walk: Walk = { ...question, evaluator, variable, effects: own, stop, atEnd, found: null, at };
  // No statement of the body gives these their value: `client.delete(…)` of an import changes nothing by itself.
  const isGiven = variable.declarations.some(({ kind }) => kind === "parameter" || kind === "import");
  const start: State =
    isGiven || variable.declarations.length === 0
      ? declaredValues(evaluator, variable, binding, home, at)
      : [];
  const form = evaluator.program.form(home.file);
  const body = home.fn < 0 ? form.body : (form.functions[home.fn]?.body ?? []);
  const end = runBlock(walk, body, start, home);
  const values =
    walk.atEnd === true && walk.found !== null && end.state !== null
      ? mergeStates(walk.found, end.state)
      : (walk.found ?? end.state ?? []);
  if (elsewhere.length > 0 && home.fn >= 0) {
    const after = afterCalls(evaluator, elsewhere, values, question, at);
    if (after !== null) return after;
  }
  // Written in functions that run at some other time: any of those writes may have happened.
  const later = writtenElsewhere
    .slice(0, MOST_ELSEWHERE)
    .flatMap((effect) =>
      applyEffect(evaluator, effect, values, evaluator.rootFrame(home.file, effect.fn), at),
    );
  if (writtenElsewhere.length > MOST_ELSEWHERE)
    later.push(unknown("too much to follow", at, { exhausted: true }));
  const all = later.length > 0 ? mergeStates(values, later) : values;
  if (!all.some(isEmptyTable)) return all;
  const contents = elsewhere
    .slice(0, MOST_ELSEWHERE)
    .flatMap(
      (effect) =>
        putBy(
          evaluator,
          effect,
          activationOf(frame, home.file, effect.fn) ?? evaluator.rootFrame(home.file, effect.fn),
        ) ?? [],
    );
  return contents.length > 0 ? filled(all, contents) : all;
}

/** A variable that a builder's methods set: what those left that were called before it is read. */
function afterCalls(
  evaluator: Evaluator,
  effects: readonly Effect[],
  values: Value[],
  { frame, home, read }: Question,
  at: Reading,
): Value[] | null {
  const { past, whole } = ranInside(frame, home, read.range);
  let state = values;
  let changed = false;
  for (const one of past) {
    for (const effect of effects) {
      if (effect.fn !== one.frame.fn || (one.before !== null && effect.node.range[1] > one.before)) continue;
      const next = applyEffect(evaluator, effect, state, one.frame, at);
      const isSure = isCertain(evaluator.program.index(home.file), effect.node, effect.fn);
      state = isSure ? next : mergeStates(state, next);
      changed = true;
    }
  }
  return changed || whole ? state : null;
}

/** Where the walk stops: the reading itself or the callback it stands in; null for readings that happen later. */
function stopFor(evaluator: Evaluator, home: Frame, read: NameExpression): Expression | null {
  const index = evaluator.program.index(home.file);
  if (index.parent(read) === evaluator.program.form(home.file)) return null;
  return inCourse(evaluator, home, read, index.functionOf(read));
}

function inside(
  range: readonly [number, number],
  node: { range: readonly [number, number] } | null,
): boolean {
  return node !== null && range[0] <= node.range[0] && node.range[1] <= range[1];
}

interface Outcome {
  state: State;
  /** The reading was reached; what follows does not matter. */
  done: boolean;
}

function runBlock(walk: Walk, statements: readonly Statement[], start: State, frame: Frame): Outcome {
  let state = start;
  for (const statement of statements) {
    if (state === null) return { state: null, done: false };
    const outcome = runStatement(walk, statement, state, frame);
    if (outcome.done) return outcome;
    ({ state } = outcome);
  }
  return { state, done: false };
}

function matters(walk: Walk, statement: Statement): boolean {
  return (
    inside(statement.range, walk.stop) ||
    walk.effects.hasWithin(statement.range) ||
    walk.variable.declarations.some(
      (declaration) =>
        (declaration.kind === "let" || declaration.kind === "loop") &&
        inside(statement.range, declaration.statement),
    )
  );
}

function runStatement(walk: Walk, statement: Statement, before: Value[], frame: Frame): Outcome {
  const place = { file: walk.home.file, range: statement.range };
  const state = walk.evaluator.limit(before, place);
  if (!walk.evaluator.spend()) return gaveUp(walk, statement, state);
  if (statement.kind === "return" || statement.kind === "throw") {
    const left = expressionsOf(walk, statement, state, frame);
    if (inside(statement.range, walk.stop)) return reached(walk, left);
    // Asked for the end, a return is one.
    if (walk.atEnd === true && statement.kind === "return") reached(walk, left);
    return { state: null, done: false };
  }
  if (statement.kind === "jump") return { state: null, done: false };
  if (!matters(walk, statement)) {
    return { state: endsHere(statement) ? null : state, done: false };
  }
  switch (statement.kind) {
    case "let": {
      const inner = expressionsOf(walk, statement, state, frame);
      if (inside(statement.range, walk.stop)) return reached(walk, inner);
      const declaration = walk.variable.declarations.find(
        (one) => one.kind === "let" && one.statement === statement,
      );
      if (declaration === undefined) return { state: inner, done: false };
      return {
        state: declarationValues(walk.evaluator, declaration, walk.binding, frame, walk.at),
        done: false,
      };
    }
    case "expression": {
      const inner = expressionsOf(walk, statement, state, frame);
      return inside(statement.range, walk.stop) ? reached(walk, inner) : { state: inner, done: false };
    }
    case "if":
      return runIf(walk, statement, state, frame);
    case "switch":
      return runSwitch(walk, statement, state, frame);
    case "loop":
      return runLoop(walk, statement, state, frame);
    case "block":
      return runBlock(walk, statement.body, state, frame);
    case "try": {
      const body = runBlock(walk, statement.body, state, frame);
      if (body.done) return body;
      const handler = runBlock(walk, statement.handler, mergeStates(state, body.state ?? []), frame);
      if (handler.done) return handler;
      const after = statement.handler.length === 0 ? body.state : join(body.state, handler.state);
      return statement.finalizer.length === 0
        ? { state: after, done: false }
        : runBlock(walk, statement.finalizer, after, frame);
    }
  }
}

/** The budget is spent: what the variable held so far, and something that was not looked at. */
function gaveUp(walk: Walk, statement: Statement, state: Value[]): Outcome {
  const rest = unknown(
    "too much to follow",
    { file: walk.home.file, range: statement.range },
    { exhausted: true },
  );
  return reached(
    walk,
    state.some((value) => isUnknown(value) && value.exhausted === true) ? state : [...state, rest],
  );
}

function reached(walk: Walk, state: Value[]): Outcome {
  walk.found = walk.found === null ? state : mergeStates(walk.found, state);
  return { state, done: true };
}

/** A statement without effects on the variable may still leave the function: `if (x) return;` does not, `return` does. */
function endsHere(statement: Statement): boolean {
  switch (statement.kind) {
    case "block":
      return statement.body.some(endsHere);
    case "if":
      return statement.else.length > 0 && statement.then.some(endsHere) && statement.else.some(endsHere);
    case "return":
    case "throw":
    case "jump":
      return true;
    default:
      return false;
  }
}

/** Applies the effects that stand directly in a statement, up to the reading. */
function expressionsOf(walk: Walk, statement: Statement, start: Value[], frame: Frame): Value[] {
  const { stop } = walk;
  const stopsHere = stop !== null && inside(statement.range, stop);
  const here = walk.effects
    .within(statement.range)
    .filter((effect) => !(stopsHere && effect.node.range[1] > stop.range[0]))
    .sort((a, b) => a.node.range[1] - b.node.range[1]);
  let state = start;
  for (const effect of here) state = applyIn(walk, effect, state, frame);
  return state;
}

/** An effect inside a callback of `forEach` and its like happens once for each item; in other callbacks perhaps. */
function applyIn(walk: Walk, effect: Effect, state: Value[], frame: Frame): Value[] {
  const { evaluator, home } = walk;
  if (effect.fn === home.fn) return applyEffect(evaluator, effect, state, frame, walk.at);
  const index = evaluator.program.index(home.file);
  const holder = index.functionNode(effect.fn);
  const call = holder === undefined ? undefined : index.parent(holder);
  const form = evaluator.program.form(home.file);
  const fn = form.functions[effect.fn];
  if (call === undefined || fn?.parent !== home.fn || !("kind" in call)) return mergeStates(state, state);
  const node = call as Expression;
  const inner = withOverrides({ ...evaluator.rootFrame(home.file, effect.fn), parent: frame }, new Map());
  if (node.kind === "call" && isEach(node) && fn.params.length > 0 && node.callee.kind === "member") {
    let current = state;
    for (const { args, item } of eachCall(
      evaluator,
      evaluator.evaluate(node.callee.object, frame),
      walk.at,
    )) {
      const overrides = new Map(
        fn.params.flatMap((target, position) => {
          const values = args[position];
          if (values === undefined) return [];
          return boundNames(target).map(({ binding, path }): [number, Value[]] => [
            binding,
            take(evaluator, values(), path, inner, walk.at),
          ]);
        }),
      );
      const given = withOverrides(inner, overrides);
      const before = current;
      current =
        afterRound(before, item, (now) => applyEffect(evaluator, effect, now, given, walk.at)) ?? before;
    }
    return current;
  }
  return mergeStates(state, applyEffect(evaluator, effect, state, inner, walk.at));
}

function runIf(
  walk: Walk,
  statement: Extract<Statement, { kind: "if" }>,
  before: Value[],
  frame: Frame,
): Outcome {
  const { evaluator } = walk;
  const state = inside(statement.test.range, walk.stop)
    ? before
    : effectsIn(walk, statement.test, before, frame);
  if (inside(statement.test.range, walk.stop)) return reached(walk, state);
  const way = decide(evaluator, statement.test, frame);
  const inThen = statement.then.some((one) => inside(one.range, walk.stop));
  const inElse = statement.else.some((one) => inside(one.range, walk.stop));
  if (inThen) return runBlock(walk, statement.then, state, frame);
  if (inElse) return runBlock(walk, statement.else, state, frame);
  if (way === true) return runBlock(walk, statement.then, state, frame);
  if (way === false) return runBlock(walk, statement.else, state, frame);
  const then = runBlock(walk, statement.then, state, frame);
  const otherwise = runBlock(walk, statement.else, state, frame);
  return {
    state: branches(
      state,
      [then.state, conditionOf(evaluator, statement.test, frame, true, statement)],
      [otherwise.state, conditionOf(evaluator, statement.test, frame, false, statement)],
    ),
    done: false,
  };
}

/**
 * Joins what two branches left, each alternative knowing the branch it came from where that branch changed it; a text that
 * one replaced is left where another did not.
 */
function branches(before: Value[], ...ends: [State, readonly Condition[]][]): State {
  let out: State = null;
  const isReplaced = (value: Value): boolean =>
    value.kind === "string" && ends.some(([state]) => state !== null && !state.includes(value));
  for (const [state, when] of ends) {
    if (state === null) continue;
    const tagged = state.flatMap((value) =>
      before.includes(value) && !isReplaced(value) ? [value] : (under(value, when) ?? []),
    );
    out = out === null ? tagged : mergeStates(out, tagged);
  }
  return out;
}

function effectsIn(walk: Walk, node: Expression, start: Value[], frame: Frame): Value[] {
  let state = start;
  for (const effect of walk.effects.within(node.range)) state = applyIn(walk, effect, state, frame);
  return state;
}

function runSwitch(
  walk: Walk,
  statement: Extract<Statement, { kind: "switch" }>,
  state: Value[],
  frame: Frame,
): Outcome {
  const { evaluator } = walk;
  const subject = subjectOf(evaluator, statement.subject, frame);
  const ends: [State, readonly Condition[]][] = [];
  let through: State = null;
  const { entered, certain } = enteredCases(evaluator, statement, frame);
  for (const [position, branch] of statement.cases.entries()) {
    const when = conditionsOfCase(statement, position, subject);
    const reached = entered.has(position) ? state : null;
    const start = join(through, reached);
    const outcome = runBlock(walk, branch.body, start, frame);
    if (outcome.done) return outcome;
    const broken = leftByBreak(walk, branch.body, start, frame);
    if (broken !== null) ends.push([broken, when]);
    through = outcome.state === null ? null : outcome.state.flatMap((value) => under(value, when) ?? []);
  }
  if (through !== null) ends.push([through, []]);
  if (!certain) ends.push([state, []]);
  return { state: branches(state, ...ends), done: false };
}

/** What holds when a case's body ends in `break`; null when it does not. */
function leftByBreak(walk: Walk, body: readonly Statement[], start: State, frame: Frame): State {
  const flat = body.flatMap((statement) => (statement.kind === "block" ? statement.body : [statement]));
  const position = flat.findIndex((statement) => statement.kind === "jump" && statement.style === "break");
  if (position < 0 || start === null) return null;
  return runBlock(walk, flat.slice(0, position), start, frame).state;
}

function runLoop(
  walk: Walk,
  statement: Extract<Statement, { kind: "loop" }>,
  before: Value[],
  frame: Frame,
): Outcome {
  const { evaluator } = walk;
  if (statement.subject !== null && inside(statement.subject.range, walk.stop)) return reached(walk, before);
  const isOwnTarget = walk.variable.declarations.some(
    (one) => one.kind === "loop" && one.statement === statement,
  );
  const state = isOwnTarget ? declaredValues(evaluator, walk.variable, walk.binding, frame, walk.at) : before;
  if (
    (statement.style === "of" || statement.style === "in") &&
    statement.subject !== null &&
    statement.target !== null &&
    !isOwnTarget
  ) {
    const items = iterated(
      evaluator,
      evaluator.evaluate(statement.subject, frame),
      statement.style === "in",
      walk.at,
    );
    if (items.length <= MAX_ITERATIONS && !items.some((item) => item.rest)) {
      let current = state;
      const rounds = { done: false };
      for (const item of items) {
        const overrides = new Map(
          boundNames(statement.target).map(({ binding, path }) => [
            binding,
            take(evaluator, item.values(), path, frame, walk.at),
          ]),
        );
        const before = current;
        current =
          afterRound(before, item, (now) => {
            const outcome = runBlock(walk, statement.body, now, withOverrides(frame, overrides));
            rounds.done ||= outcome.done;
            return outcome.state;
          }) ?? before;
      }
      if (rounds.done || statement.body.some((one) => inside(one.range, walk.stop)))
        return { state: current, done: true };
      return { state: current, done: false };
    }
  }
  const once = runBlock(walk, statement.body, state, frame);
  if (once.done) {
    // Read inside the loop: a later round sees what the body left.
    const saved = walk.stop;
    const found = walk.found;
    walk.stop = null;
    walk.found = null;
    const round = runBlock(walk, statement.body, state, frame);
    walk.stop = saved;
    walk.found = found;
    if (round.state !== null && round.state !== state) runBlock(walk, statement.body, round.state, frame);
    return once;
  }
  return { state: join(state, once.state), done: false };
}

function join(a: State, b: State): State {
  if (a === null) return b;
  if (b === null) return a;
  return mergeStates(a, b);
}
