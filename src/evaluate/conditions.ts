/** Tests: whether one is decided by what is known, and what taking a branch says. */
import type { Declaration } from "../link/file-index.js";
import type { Expression, Statement } from "../lower/form.js";
import { truthOf, type Evaluator } from "./evaluator.js";
import type { Frame } from "./frames.js";
import { deploymentOfTest } from "./deployment.js";
import { textTestOf } from "./text-tests.js";
import { objectEntries } from "./literals.js";
import { nameOf } from "./members.js";
import { knownText, knownTexts } from "./text.js";
import { frameOf } from "./variables.js";
import type { Condition, TextTest, Value } from "./values.js";

/** What a test comes to in this frame: true, false, or null where it is open. */
export function decide(evaluator: Evaluator, test: Expression, frame: Frame): boolean | null {
  if (test.kind === "typed") return decide(evaluator, test.value, frame);
  if (test.kind === "unary" && test.operator === "!") {
    const inner = decide(evaluator, test.argument, frame);
    return inner === null ? null : !inner;
  }
  if (test.kind === "logical" && test.operator !== "??") {
    const left = decide(evaluator, test.left, frame);
    if (left === (test.operator === "||")) return left;
    const right = decide(evaluator, test.right, frame);
    if (right === (test.operator === "||")) return right;
    return left === null || right === null ? null : right;
  }
  if (test.kind === "binary") {
    if (!EQUALITIES.has(test.operator)) return null;
    const equal = same(evaluator.evaluate(test.left, frame), evaluator.evaluate(test.right, frame));
    if (equal === null) return null;
    return test.operator.startsWith("!") ? !equal : equal;
  }
  const values = evaluator.evaluate(test, frame);
  const truths = new Set(values.map((value) => truthOf(value)));
  const [only] = truths;
  if (truths.size !== 1 || only === undefined) return null;
  return only === true && isLookUp(evaluator, test, frame) ? null : only;
}

/**
 * `cache[key]`, `cache.get(key)`, or a variable that starts as one: there may be nothing under a key that is not known, or
 * that the table was not written with.
 */
function isLookUp(evaluator: Evaluator, test: Expression, frame: Frame): boolean {
  if (test.kind === "typed") return isLookUp(evaluator, test.value, frame);
  if (test.kind === "name") {
    if (test.binding < 0) return false;
    const { declarations } = evaluator.program.index(frame.file).variable(test.binding);
    const home = frameOf(evaluator, test.binding, frame);
    return declarations.some(
      (one) =>
        one.kind === "let" &&
        one.path.length === 0 &&
        one.value !== null &&
        one.value.kind !== "name" &&
        isLookUp(evaluator, one.value, home),
    );
  }
  const member = test.kind === "call" ? test.callee : test;
  if (member.kind !== "member") return false;
  if (test.kind === "call" && nameOf(member) !== "get") return false;
  const key = test.kind === "call" ? test.args[0] : member.property;
  if (key === undefined || key.kind === "string") return false;
  const { texts, complete } = knownTexts(evaluator.evaluate(key, frame));
  if (!complete || texts.length === 0) return true;
  return evaluator.evaluate(member.object, frame).some((table) => {
    if (table.kind !== "object") return false;
    const written = objectEntries(evaluator, table).filter(({ optional }) => !optional);
    return texts.some((text) => !written.some((entry) => entry.key === text));
  });
}

/**
 * The cases that a switch can enter from its head, by position; `certain` when it surely enters one of them. What falls
 * through from one case to the next is the caller's to follow.
 */
export function enteredCases(
  evaluator: Evaluator,
  statement: Extract<Statement, { kind: "switch" }>,
  frame: Frame,
): { entered: ReadonlySet<number>; certain: boolean } {
  const { subject, cases } = statement;
  const entered = new Set<number>();
  for (const [position, { test }] of cases.entries()) {
    if (test === null) continue;
    const way = decide(
      evaluator,
      { kind: "binary", operator: "===", left: subject, right: test, range: test.range },
      frame,
    );
    if (way !== false) entered.add(position);
    if (way === true) return { entered, certain: true };
  }
  const otherwise = cases.findIndex(({ test }) => test === null);
  if (otherwise >= 0) entered.add(otherwise);
  return { entered, certain: otherwise >= 0 };
}

const EQUALITIES = new Set(["===", "!==", "==", "!="]);

function same(left: readonly Value[], right: readonly Value[]): boolean | null {
  const a = constants(left);
  const b = constants(right);
  if (a === null || b === null || a.length === 0 || b.length === 0) return null;
  const common = a.filter((value) => b.includes(value));
  if (common.length === 0) return false;
  return a.length === 1 && b.length === 1 ? true : null;
}

function constants(values: readonly Value[]): unknown[] | null {
  const out: unknown[] = [];
  for (const value of values) {
    if (value.kind === "primitive") out.push(value.value);
    else {
      const text = knownText(value);
      if (text === null) return null;
      out.push(text);
    }
  }
  return out;
}

/**
 * What is true once `test` came out as `way`. Comparisons of a never-reassigned name with a literal speak of the name,
 * so that two `provider === "klaviyo"` in different places agree.
 */
export function conditionOf(
  evaluator: Evaluator,
  test: Expression,
  frame: Frame,
  way: boolean,
  node: object,
): readonly Condition[] {
  const conditions = conditionsOf(evaluator, test, frame, way, node);
  const [first, ...more] = conditions;
  const deployment = deploymentOfTest(test, way);
  return first === undefined || deployment === null ? conditions : [{ ...first, deployment }, ...more];
}

function conditionsOf(
  evaluator: Evaluator,
  test: Expression,
  frame: Frame,
  way: boolean,
  node: object,
): readonly Condition[] {
  let at = test;
  let positive = way;
  while (at.kind === "unary" && at.operator === "!") {
    at = at.argument;
    positive = !positive;
  }
  if (at.kind === "logical" && at.operator === "&&" && positive) {
    return [
      ...conditionOf(evaluator, at.left, frame, true, at.left),
      ...conditionOf(evaluator, at.right, frame, true, at.right),
    ];
  }
  if (at.kind === "binary" && EQUALITIES.has(at.operator)) {
    if (at.operator.startsWith("!")) positive = !positive;
    const subject = subjectOf(evaluator, at.left, frame) ?? subjectOf(evaluator, at.right, frame);
    const literal = at.right.kind === "string" ? at.right : at.left.kind === "string" ? at.left : null;
    const chosen = literal === null ? [] : chosenBy(evaluator, at, literal, frame, positive);
    if (subject !== null && literal !== null) return [...equals(subject, literal.value, positive), ...chosen];
    if (chosen.length > 0) return [{ branch: node, way: 1 }, ...chosen];
  }
  const tested = testCondition(evaluator, at, frame, positive);
  if (tested !== null) return [tested];
  const subject = subjectOf(evaluator, at, frame);
  const own: Condition = { branch: subject ?? node, way: positive ? 1 : 0 };
  return [own, ...chosenWhere(evaluator.evaluate(at, frame), (value) => truthOf(value), positive)];
}

/** `provider.includes("klaviyo")`: the same test of the same text comes out the same everywhere. */
function testCondition(
  evaluator: Evaluator,
  node: Expression,
  frame: Frame,
  positive: boolean,
): Condition | null {
  const found = oneOfSome(evaluator, node, frame) ?? textTestOf(evaluator, node, frame);
  const subject = found === null ? null : subjectOf(evaluator, found.tested, frame);
  if (found === null || subject === null) return null;
  const { test } = found;
  return { branch: branchOf(subject, test), way: positive ? 1 : 0, says: { subject, test } };
}

/** `entry.id === "klaviyo"`: where only one entry has that id, it is the one, and all else that is read of it is its own. */
function chosenBy(
  evaluator: Evaluator,
  test: Extract<Expression, { kind: "binary" }>,
  literal: Expression & { kind: "string" },
  frame: Frame,
  positive: boolean,
): readonly Condition[] {
  const other = test.right === literal ? test.left : test.right;
  const isEqual = (value: Value): boolean | null => {
    if (value.kind === "primitive") return false;
    const text = knownText(value);
    return text === null ? null : text === literal.value;
  };
  return chosenWhere(evaluator.evaluate(other, frame), isEqual, positive);
}

/**
 * What is known where a test of a value comes out one way: of the entries of a table, it is the one that passes, or one of
 * those that do.
 */
function chosenWhere(
  values: readonly Value[],
  passes: (value: Value) => boolean | null,
  positive: boolean,
): readonly Condition[] {
  if (values.length < 2) return [];
  const results = values.map(passes);
  if (results.includes(null)) return [];
  const left = values.filter((_, i) => results[i] === positive);
  const [only, ...more] = left;
  if (only === undefined || left.length === values.length) return [];
  if (more.length === 0) return only.when ?? [];
  const texts = left.map((value) => value.when?.find(saysText)?.says);
  const subject = texts[0]?.subject;
  if (subject === undefined || !texts.every((says) => says?.subject === subject)) return [];
  const named = texts.flatMap((says) => (says !== undefined && "text" in says ? [says.text] : []));
  return [isOneOf(subject, [...new Set(named)])];
}

/** The conditions that say which entry of a table a value is, and not which ways led to it. */
export function asEntry({ when }: Value): readonly Condition[] {
  return when?.filter(saysText) ?? [];
}

function saysText({ says }: Condition): boolean {
  return says !== undefined && "text" in says;
}

/** That a text is one of some. */
function isOneOf(subject: string, texts: readonly string[]): Condition {
  const test: TextTest = { method: "is", texts, anyCase: false };
  return { branch: branchOf(subject, test), way: 1, says: { subject, test } };
}

function branchOf(subject: string, test: TextTest): string {
  return `${subject} ${test.method}${test.anyCase ? " in any case" : ""} ${JSON.stringify(test.texts)}`;
}

/** `provider === "klaviyo" || provider === "klaviyo-eu"`. */
function oneOfSome(
  evaluator: Evaluator,
  node: Expression,
  frame: Frame,
): { tested: Expression; test: TextTest } | null {
  if (node.kind === "binary") {
    if (node.operator !== "===" && node.operator !== "==") return null;
    const [literal, tested] =
      node.right.kind === "string" ? [node.right, node.left] : [node.left, node.right];
    return literal.kind === "string"
      ? { tested, test: { method: "is", texts: [literal.value], anyCase: false } }
      : null;
  }
  if (node.kind !== "logical" || node.operator !== "||") return null;
  const left = oneOfSome(evaluator, node.left, frame);
  const right = left === null ? null : oneOfSome(evaluator, node.right, frame);
  if (left === null || right === null) return null;
  const subject = subjectOf(evaluator, left.tested, frame);
  if (subject === null || subject !== subjectOf(evaluator, right.tested, frame)) return null;
  return { ...left, test: { ...left.test, texts: [...left.test.texts, ...right.test.texts] } };
}

/** What follows from `subject` being (or not being) the literal. */
export function equals(subject: string, literal: string, positive: boolean): readonly Condition[] {
  const one: Condition = { branch: `${subject}===${literal}`, way: positive ? 1 : 0 };
  if (!positive) return [one];
  return [{ branch: subject, way: wayOf(literal), says: { subject, text: literal } }, one];
}

/** What entering a case says of a switch's subject; the default is none of the others. */
export function conditionsOfCase(
  statement: Extract<Statement, { kind: "switch" }>,
  position: number,
  subject: string | null,
): readonly Condition[] {
  const test = statement.cases[position]?.test ?? null;
  const own: Condition = { branch: statement, way: position };
  if (subject === null) return [own];
  if (test !== null) return test.kind === "string" ? equals(subject, test.value, true) : [own];
  const others = statement.cases.flatMap(({ test: other }) =>
    other?.kind === "string" ? equals(subject, other.value, false) : [],
  );
  return [own, ...others];
}

/** A number for a literal, the same for the same text. */
export function wayOf(literal: string): number {
  let hash = 7;
  for (let i = 0; i < literal.length; i++) hash = (hash * 31 + literal.charCodeAt(i)) | 0;
  return hash;
}

/**
 * A text that names what a test looks at, when it cannot change between two looks: a constant, a parameter, a member of
 * one. A parameter goes by the argument's name, a copy by the original's, so that caller and callee speak of the same.
 */
export function subjectOf(evaluator: Evaluator, node: Expression, frame: Frame, depth = 0): string | null {
  if (node.kind === "typed") return subjectOf(evaluator, node.value, frame, depth);
  if (node.kind === "member" && node.property.kind === "string") {
    const object = subjectOf(evaluator, node.object, frame, depth);
    return object === null ? null : `${object}.${node.property.value}`;
  }
  if (node.kind === "call") {
    const { callee, args } = node;
    if (args.length > 0 || callee.kind !== "member" || callee.property.kind !== "string") return null;
    if (!FOLDS.has(callee.property.value)) return null;
    const object = subjectOf(evaluator, callee.object, frame, depth);
    return object === null ? null : `${object}.${callee.property.value}()`;
  }
  if (node.kind === "this") return `this@${String(frame.id)}`;
  if (node.kind !== "name") return null;
  if (node.binding < 0) return node.name;
  const { effects, declarations } = evaluator.program.index(frame.file).variable(node.binding);
  if (effects.some((effect) => effect.kind === "write")) return null;
  const at = frameOf(evaluator, node.binding, frame);
  const [declaration, ...more] = declarations;
  const origin =
    declaration === undefined || more.length > 0 || depth > 12 ? null : originOf(declaration, at);
  return (
    (origin === null ? null : subjectOf(evaluator, origin.node, origin.frame, depth + 1)) ??
    `${frame.file}#${String(node.binding)}@${String(at.id)}`
  );
}

/** Methods that give the same text for the same text. */
const FOLDS: ReadonlySet<string> = new Set(["toLowerCase", "toUpperCase", "trim", "toString", "valueOf"]);

/** What a variable is another name for: the expression a constant copies, the argument a parameter takes. */
function originOf(declaration: Declaration, home: Frame): { node: Expression; frame: Frame } | null {
  if (declaration.kind === "let" && declaration.path.length === 0 && declaration.value !== null)
    return { node: declaration.value, frame: home };
  const { site } = home;
  if (declaration.kind !== "parameter" || declaration.rest || site === null) return null;
  // Bound or spread arguments do not stand where the parameters do.
  if (site.node.style === "jsx" || site.node.args.length !== home.args?.length) return null;
  let node = site.node.args[declaration.index];
  for (const access of declaration.path) {
    if (node?.kind === "typed") node = node.value;
    if (access.kind !== "key" || access.key.kind !== "string" || node?.kind !== "map") return null;
    const key = access.key.value;
    if (node.entries.some((entry) => entry.key?.kind !== "string")) return null;
    node = node.entries.find((entry) => entry.key?.kind === "string" && entry.key.value === key)?.value;
  }
  return node === undefined || node.kind === "spread" ? null : { node, frame: site.frame };
}
