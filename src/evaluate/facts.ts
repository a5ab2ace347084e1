/** What must be true where a node runs: the tests around it, those that would have left before it, and those of its callers. */
import type { Expression, Statement } from "../lower/form.js";
import { conditionOf, conditionsOfCase, subjectOf } from "./conditions.js";
import type { Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { conjoin, type Condition } from "./values.js";

const MOST_CALLS = 16;

/** The conditions under which a node runs in a frame; null where they contradict each other: it does not. */
export function factsAt(evaluator: Evaluator, node: object, frame: Frame): readonly Condition[] | null {
  let facts: readonly Condition[] | null = [];
  let at: { node: object; frame: Frame } | null = { node, frame };
  for (let calls = 0; at !== null && facts !== null && calls < MOST_CALLS; calls++) {
    facts = conjoin(facts, factsWithin(evaluator, at.node, at.frame));
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

/** The conditions within the function that a node stands in. */
function factsWithin(evaluator: Evaluator, node: object, frame: Frame): readonly Condition[] {
  const index = evaluator.program.index(frame.file);
  const out: Condition[] = [];
  const say = (test: Expression, way: boolean, branch: object): void => {
    out.push(...conditionOf(evaluator, test, frame, way, branch));
  };
  let child = node;
  for (let at = index.parent(node); at !== undefined; at = index.parent(at)) {
    const inner = child;
    child = at;
    const kind = "kind" in at ? at.kind : null;
    if (kind === "if") {
      const statement = at as Extract<Statement, { kind: "if" }>;
      const way = holds(statement.then, inner) ? true : holds(statement.else, inner) ? false : null;
      if (way !== null) say(statement.test, way, statement);
    }
    if (kind === "conditional") {
      const { test, then, else: otherwise } = at as Extract<Expression, { kind: "conditional" }>;
      if (then === inner || otherwise === inner) say(test, then === inner, at);
    }
    if (kind === "switch")
      out.push(...caseFacts(evaluator, at as Extract<Statement, { kind: "switch" }>, inner, frame));
    for (const list of listsOf(evaluator, at, frame)) {
      const position = list.indexOf(inner as Statement);
      for (const before of list.slice(0, Math.max(position, 0))) {
        if (before.kind !== "if") continue;
        if (leaves(before.then) && !leaves(before.else)) say(before.test, false, before);
      }
    }
    if (kind === "function") return out;
  }
  return out;
}

function holds(list: readonly Statement[], node: object): boolean {
  return list.includes(node as Statement);
}

function caseFacts(
  evaluator: Evaluator,
  statement: Extract<Statement, { kind: "switch" }>,
  inner: object,
  frame: Frame,
): readonly Condition[] {
  const { subject, cases } = statement;
  const name = subjectOf(evaluator, subject, frame);
  const position = cases.findIndex(({ body }) => holds(body, inner));
  if (name === null || position < 0) return [];
  const before = cases[position - 1];
  // What falls through from the case before is another value.
  if (before !== undefined && !leaves(before.body)) return [];
  return conditionsOfCase(statement, position, name);
}

/** The lists of statements directly in a node. */
function listsOf(evaluator: Evaluator, node: object, frame: Frame): (readonly Statement[])[] {
  const form = evaluator.program.form(frame.file);
  if (node === form) return [form.body];
  if (!("kind" in node)) return [];
  const statement = node as Statement | Expression;
  switch (statement.kind) {
    case "function":
      return [form.functions[statement.fn]?.body ?? []];
    case "if":
      return [statement.then, statement.else];
    case "block":
    case "loop":
      return [statement.body];
    case "try":
      return [statement.body, statement.handler, statement.finalizer];
    case "switch":
      return statement.cases.map(({ body }) => body);
    default:
      return [];
  }
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
