/** What is true where an expression is evaluated: the tests around it, and those before it that would have left. */
import type { Expression, Statement } from "../lower/form.js";
import { conditionOf, conditionsOfCase, decide, subjectOf } from "./conditions.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { conjoin, type Condition } from "./values.js";

type If = Extract<Statement, { kind: "if" }>;
type Switch = Extract<Statement, { kind: "switch" }>;

const MOST_CALLS = 16;

/** The conditions under which a node runs in a frame, and the calls that lead there; null where it is known not to. */
export function factsAt(evaluator: Evaluator, node: object, frame: Frame): readonly Condition[] | null {
  let facts: readonly Condition[] | null = [];
  let at: { node: object; frame: Frame } | null = { node, frame };
  for (let calls = 0; at !== null && facts !== null && calls < MOST_CALLS; calls++) {
    // A function that is declared behind a `return` is there all the same.
    const isDeclared = "kind" in at.node && at.node.kind === "function";
    const here: readonly Condition[] | null =
      conditionsAt(evaluator, at.node, at.frame) ?? (isDeclared ? [] : null);
    facts = here === null ? null : conjoin(facts, here);
    at = outside(evaluator, at.frame);
  }
  return facts;
}

/** Where a function was entered: its call, or the place where it is written. */
function outside(evaluator: Evaluator, frame: Frame): { node: object; frame: Frame } | null {
  if (frame.site !== null) return frame.site;
  if (frame.parent === null || frame.fn < 0) return null;
  const holder = evaluator.program.index(frame.file).functionNode(frame.fn);
  return holder === undefined ? null : { node: holder, frame: frame.parent };
}

/** The conditions under which control comes to `node` in its function; null where it is known never to. */
export function conditionsAt(evaluator: Evaluator, node: object, frame: Frame): readonly Condition[] | null {
  const index = evaluator.program.index(frame.file);
  let all: readonly Condition[] | null = [];
  const hold = (test: Expression, way: boolean, at: object): void => {
    if (all === null) return;
    all =
      decide(evaluator, test, frame) === !way
        ? null
        : conjoin(all, conditionOf(evaluator, test, frame, way, at));
  };
  let child: object = node;
  for (let at = index.parent(node); at !== undefined && all !== null; child = at, at = index.parent(at)) {
    if (!("kind" in at)) {
      return leftBefore(evaluator.program.form(frame.file).body, child, hold) ? all : null;
    }
    switch (at.kind) {
      case "function": {
        const { fn } = at as Extract<Expression, { kind: "function" }>;
        return leftBefore(evaluator.program.form(frame.file).functions[fn]?.body ?? [], child, hold)
          ? all
          : null;
      }
      case "if": {
        const statement = at as If;
        if (statement.then.includes(child as Statement)) {
          hold(statement.test, true, statement);
          if (!leftBefore(statement.then, child, hold)) return null;
        } else if (statement.else.includes(child as Statement)) {
          hold(statement.test, false, statement);
          if (!leftBefore(statement.else, child, hold)) return null;
        }
        break;
      }
      case "conditional": {
        const expression = at as Extract<Expression, { kind: "conditional" }>;
        if (expression.then === child) hold(expression.test, true, expression);
        if (expression.else === child) hold(expression.test, false, expression);
        break;
      }
      case "logical": {
        const expression = at as Extract<Expression, { kind: "logical" }>;
        if (expression.operator === "&&" && expression.right === child)
          hold(expression.left, true, expression.left);
        break;
      }
      case "switch": {
        const statement = at as Switch;
        const said = caseOf(evaluator, statement, child, frame);
        if (said !== null) all = conjoin(all, said);
        break;
      }
      case "block":
      case "loop": {
        const { body } = at as Extract<Statement, { kind: "block" | "loop" }>;
        if (!leftBefore(body, child, hold)) return null;
        break;
      }
      case "try": {
        const { body, handler, finalizer } = at as Extract<Statement, { kind: "try" }>;
        const list = [body, handler, finalizer].find((one) => one.includes(child as Statement)) ?? [];
        if (!leftBefore(list, child, hold)) return null;
        break;
      }
      default:
        break;
    }
  }
  return all;
}

/** The case a statement stands in says what the subject is, unless the case before it falls through. */
function caseOf(
  evaluator: Evaluator,
  statement: Switch,
  child: object,
  frame: Frame,
): readonly Condition[] | null {
  const position = statement.cases.findIndex((branch) => branch.body.includes(child as Statement));
  const before = statement.cases[position - 1];
  // What falls through from the case before is another value.
  if (position < 0 || (before !== undefined && !leaves(before.body))) return null;
  const subject = subjectOf(evaluator, statement.subject, frame);
  return subject === null ? null : conditionsOfCase(statement, position, subject);
}

/**
 * `if (provider !== "klaviyo") return …;` before a statement: it is only reached where the test failed.
 * @returns False where all that comes before has left: behind a `return`.
 */
function leftBefore(
  statements: readonly Statement[],
  child: object,
  hold: (test: Expression, way: boolean, at: object) => void,
): boolean {
  if (!statements.includes(child as Statement)) return true;
  for (const statement of statements) {
    if (statement === child) return true;
    if (statement.kind === "return" || statement.kind === "throw") return false;
    if (statement.kind !== "if") continue;
    if (leaves(statement.then)) hold(statement.test, false, statement);
    else if (leaves(statement.else)) hold(statement.test, true, statement);
  }
  return true;
}

/** Whether statements end by leaving the list that they stand in. */
function leaves(list: readonly Statement[]): boolean {
  return list.some((statement) => {
    switch (statement.kind) {
      case "return":
      case "throw":
      case "jump":
        return true;
      case "block":
        return leaves(statement.body);
      case "if":
        return statement.else.length > 0 && leaves(statement.then) && leaves(statement.else);
      default:
        return false;
    }
  });
}
