/** What is true where an expression is evaluated: the tests around it, and those before it that would have left. */
import type { Expression, Statement } from "../lower/form.js";
import { conditionOf, decide, equals, subjectOf } from "./conditions.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { conjoin, type Condition } from "./values.js";

type If = Extract<Statement, { kind: "if" }>;
type Switch = Extract<Statement, { kind: "switch" }>;

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
      case "loop":
      case "try": {
        const statement = at as Extract<Statement, { kind: "block" | "loop" | "try" }>;
        if (statement.body.includes(child as Statement) && !leftBefore(statement.body, child, hold))
          return null;
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
  const branch = statement.cases[position];
  const before = statement.cases[position - 1];
  if (branch?.test?.kind !== "string") return null;
  if (before !== undefined && !before.body.some(leaves)) return null;
  const subject = subjectOf(evaluator, statement.subject, frame);
  return subject === null ? null : equals(subject, branch.test.value, true);
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
  for (const statement of statements) {
    if (statement === child) return true;
    if (statement.kind === "return" || statement.kind === "throw")
      return !statements.includes(child as Statement);
    if (statement.kind !== "if") continue;
    if (statement.then.some(leaves)) hold(statement.test, false, statement);
    else if (statement.else.some(leaves)) hold(statement.test, true, statement);
  }
  return true;
}

function leaves(statement: Statement): boolean {
  switch (statement.kind) {
    case "return":
    case "throw":
    case "jump":
      return true;
    case "block":
      return statement.body.some(leaves);
    default:
      return false;
  }
}
