/**
 * The evaluator: which values can this expression have, and where was each part written. It answers on demand, over
 * the linked program, and remembers what it answered. It never runs analyzed code.
 */
import type { Expression, Statement } from "../lower/form.js";
import type { Program } from "../link/program.js";
import { packageNamed } from "../link/specifier.js";
import { beginReads, endReads, NEVER_THE_SAME, note, noteAll, type Recorded } from "../link/reads.js";
import { evaluateCall } from "./calls.js";
import { settingOf, VARIABLE_REASON } from "../lower/data/settings.js";
import { decide, conditionOf } from "./conditions.js";
import type { Environment } from "./environment.js";
import { makeFrame, type Frame } from "./frames.js";
import { evaluateList, evaluateMap } from "./literals.js";
import { variableValues } from "./variables.js";
import { getMember, keysOf } from "./members.js";
import { joinText, tidy } from "./strings.js";
import { literalText, stringOf } from "./text.js";
import { selfValue, superValues } from "./classes.js";
import { typedValues } from "./types.js";
import {
  isUnknown,
  primitive,
  under,
  unknown,
  UNDEFINED,
  type Origin,
  type Owner,
  type Thunk,
  type UnknownValue,
  type Value,
  lazy,
} from "./values.js";

/** How far one question may go before the answer is "unknown: too much to follow". */
export interface Budget {
  /** Expressions evaluated for one question. Real ones take dozens; see `QUESTION_FLOOR` for when they run short. */
  nodes: number;
  /** Expressions evaluated for all questions at full budget; what is left is rationed. */
  total: number;
  /** Nested evaluations. */
  depth: number;
  /** Alternatives kept of one value. */
  values: number;
  /** Nested calls. */
  calls: number;
}

export const DEFAULT_BUDGET: Budget = { nodes: 4_000, total: 240_000, depth: 160, values: 48, calls: 14 };

/** A question gets at most this part of what is left of the total: a few bottomless files do not starve the rest. */
const RATION = 1 / 60;
/** What every question gets, however much was spent before it. */
const QUESTION_FLOOR = 150;

/** What an expression was in a frame; null while it is being evaluated. */
type Remembered = Recorded<Value[]> | null;

export class Evaluator {
  readonly #memo = new WeakMap<Expression, Map<number, Remembered>>();
  readonly #moduleFrames = new Map<string, Frame>();
  readonly #rootFrames = new Map<string, Frame>();
  readonly #callFrames = new WeakMap<Expression, Map<string, Frame>>();
  /** Values that are being looked into. */
  readonly #open = new Set<object>();
  #fuel = 0;
  #left: number;
  #depth = 0;
  #question = 0;
  #gaveUp = false;

  constructor(
    readonly program: Program,
    readonly environment: Environment,
    readonly budget: Budget = DEFAULT_BUDGET,
  ) {
    this.#left = budget.total;
  }

  /** Whether some question ran out of its budget. */
  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  /** Whether all questions together used up much of theirs: answers hang on their order then. */
  get isShort(): boolean {
    return this.#left < this.budget.total / 2;
  }

  /** Expressions that were evaluated so far. */
  get spent(): number {
    return this.budget.total - this.#left;
  }

  /** Counts what an answer has cost that was found out before: it has its part of the budget here as well. */
  charge(nodes: number): void {
    this.#left = Math.max(0, this.#left - nodes);
  }

  /** Asks one question with a fresh budget (nested questions share it). */
  ask(node: Expression, frame: Frame): Value[] {
    return this.within(() => this.evaluate(node, frame));
  }

  /** Runs `question` with one shared budget, of at most `nodes` where it is one of very many. */
  within<T>(question: () => T, nodes = this.budget.nodes): T {
    if (this.#question > 0) return question();
    const given = Math.max(QUESTION_FLOOR, Math.min(nodes, Math.floor(this.#left * RATION)));
    this.#fuel = given;
    this.#question += 1;
    try {
      return question();
    } finally {
      this.#question -= 1;
      this.#left = Math.max(0, this.#left - (given - this.#fuel));
    }
  }

  /** Runs what many questions ask for, with budgets of its own: what it comes to does not hang on who asks first. */
  aside<T>(question: () => T): T {
    const asker = { fuel: this.#fuel, depth: this.#depth, question: this.#question };
    this.#depth = 0;
    this.#question = 0;
    try {
      return question();
    } finally {
      this.#fuel = asker.fuel;
      this.#depth = asker.depth;
      this.#question = asker.question;
    }
  }

  /** Charges a step that is no evaluation of an expression. False when the question's budget is spent: then stop. */
  spend(): boolean {
    if (this.#fuel <= 0) {
      this.#giveUp();
      return false;
    }
    this.#fuel -= 1;
    return true;
  }

  /** How far a question comes hangs on what was asked before it. */
  #giveUp(): void {
    this.#gaveUp = true;
    note(NEVER_THE_SAME);
  }

  /** Runs a step that may lead deeper; `otherwise` when it would nest too deep or the budget is spent. */
  deeper<T>(step: () => T, otherwise: () => T): T {
    if (this.#depth > this.budget.depth || !this.spend()) {
      this.#giveUp();
      return otherwise();
    }
    this.#depth += 1;
    try {
      return step();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Runs a step into what a value holds; `otherwise` also where that leads to the same value again: it holds itself. */
  into<T>(value: object, step: () => T, otherwise: () => T): T {
    if (this.#open.has(value)) {
      note(NEVER_THE_SAME);
      return otherwise();
    }
    this.#open.add(value);
    try {
      return this.deeper(step, otherwise);
    } finally {
      this.#open.delete(value);
    }
  }

  evaluate(node: Expression, frame: Frame): Value[] {
    let byFrame = this.#memo.get(node);
    const known = byFrame?.get(frame.id);
    if (known === null) {
      note(NEVER_THE_SAME);
      return [unknown("defined by itself", { file: frame.file, range: node.range })];
    }
    if (known !== undefined) {
      noteAll(known.reads);
      return known.value;
    }
    if (this.#fuel <= 0 || this.#depth > this.budget.depth) {
      this.#giveUp();
      return [unknown("too much to follow", { file: frame.file, range: node.range }, { exhausted: true })];
    }
    if (byFrame === undefined) {
      byFrame = new Map();
      this.#memo.set(node, byFrame);
    }
    byFrame.set(frame.id, null);
    this.#fuel -= 1;
    this.#depth += 1;
    const outer = beginReads();
    let value: Value[] | null = null;
    // What is cut for its number is cut so each time; what a budget ended may come further with another.
    let isWhole = false;
    try {
      this.program.look(frame.file);
      const found = this.#compute(node, frame);
      isWhole = !found.some((one) => isUnknown(one) && one.exhausted === true);
      value = this.limit(found, { file: frame.file, range: node.range });
      return value;
    } finally {
      const reads = endReads(outer);
      if (value === null || !isWhole) byFrame.delete(frame.id);
      else byFrame.set(frame.id, { value, reads });
      this.#depth -= 1;
    }
  }

  lazily(node: Expression, frame: Frame): Thunk {
    return lazy(() => this.evaluate(node, frame));
  }

  /** Cuts a set of alternatives to the budget, saying so; the same one twice is one. */
  limit(values: Value[], origin: Origin): Value[] {
    const distinct = values.length > 1 ? withoutRepeats(values) : values;
    if (distinct.length <= this.budget.values) return distinct;
    return [
      ...distinct.slice(0, this.budget.values),
      unknown("one of too many values", origin, { exhausted: true }),
    ];
  }

  moduleFrame(file: string): Frame {
    let frame = this.#moduleFrames.get(file);
    if (frame === undefined) {
      frame = makeFrame({ file, fn: -1, parent: null, args: null, self: null, site: null, depth: 0 });
      this.#moduleFrames.set(file, frame);
    }
    return frame;
  }

  /** A function as called by nobody in particular: its parameters are unknown. */
  rootFrame(file: string, fn: number): Frame {
    if (fn < 0) return this.moduleFrame(file);
    const key = `${file}\n${String(fn)}`;
    let frame = this.#rootFrames.get(key);
    if (frame === undefined) {
      const parent = this.program.form(file).functions[fn]?.parent ?? -1;
      frame = makeFrame({
        file,
        fn,
        parent: this.rootFrame(file, parent),
        args: null,
        self: null,
        site: null,
        depth: 0,
      });
      this.#rootFrames.set(key, frame);
    }
    return frame;
  }

  /** One frame per call expression, caller and callee, so that answers are shared. */
  callFrame(node: Expression, key: string, make: () => Frame): Frame {
    let frames = this.#callFrames.get(node);
    if (frames === undefined) {
      frames = new Map();
      this.#callFrames.set(node, frames);
    }
    let frame = frames.get(key);
    if (frame === undefined) {
      frame = make();
      frames.set(key, frame);
    }
    return frame;
  }

  /** The statement that holds an expression directly, within its own function. */
  statementOf(file: string, node: object): Statement | null {
    const index = this.program.index(file);
    for (let at: object | undefined = node; at !== undefined; at = index.parent(at)) {
      if ("kind" in at && STATEMENTS.has(at.kind as string) && !("binding" in at)) return at as Statement;
      if ("kind" in at && at.kind === "function") return null;
    }
    return null;
  }

  #compute(node: Expression, frame: Frame): Value[] {
    const origin: Origin = { file: frame.file, range: node.range };
    switch (node.kind) {
      case "string":
        return [stringOf([literalText(frame.file, node)])];
      case "literal":
        return [primitive(node.value)];
      case "regex":
        return [{ kind: "regex", source: node.source, flags: node.flags }];
      case "template": {
        const owner: Owner = { kind: "template", ...origin, node };
        const parts: Value[][] = [];
        // A template without parts is one literal, its backticks included.
        const [alone] = node.expressions.length === 0 ? node.quasis : [];
        if (alone !== undefined) return [stringOf([literalText(frame.file, alone, node.range)])];
        node.quasis.forEach((quasi, position) => {
          parts.push([stringOf([literalText(frame.file, quasi)])]);
          const expression = node.expressions[position];
          if (expression !== undefined) parts.push(this.evaluate(expression, frame));
        });
        return joinText(this, parts, owner);
      }
      case "tagged":
        return this.#tagged(node, frame);
      case "list":
        return evaluateList(this, node, frame);
      case "map":
        return [evaluateMap(this, node, frame)];
      case "name":
        return variableValues(this, node, frame);
      case "member":
        if (node.object.kind === "super") return superValues(this, node, frame);
        return getMember(
          this,
          this.evaluate(node.object, frame),
          keysOf(this, node.property, frame),
          { ...origin, node, frame },
          this.budget.values,
        );
      case "call":
        return evaluateCall(this, node, frame);
      case "binary":
        return this.#binary(node, frame);
      case "logical":
        return this.#logical(node, frame);
      case "conditional": {
        const way = decide(this, node.test, frame);
        if (way === true) return this.evaluate(node.then, frame);
        if (way === false) return this.evaluate(node.else, frame);
        return [
          ...this.#branch(node.then, frame, conditionOf(this, node.test, frame, true, node)),
          ...this.#branch(node.else, frame, conditionOf(this, node.test, frame, false, node)),
        ];
      }
      case "unary": {
        if (node.operator === "!") {
          const way = decide(this, node.argument, frame);
          if (way !== null) return [primitive(!way)];
        }
        if (node.operator === "void") return [UNDEFINED];
        if (node.operator === "-" || node.operator === "+") {
          const [value, ...more] = this.evaluate(node.argument, frame);
          if (value?.kind === "primitive" && typeof value.value === "number" && more.length === 0) {
            return [primitive(node.operator === "-" ? -value.value : value.value)];
          }
        }
        return [unknown("computed at run time", origin)];
      }
      case "assign":
        return this.evaluate(node.value, frame);
      case "function":
        return [{ kind: "function", file: frame.file, fn: node.fn, frame, self: null, bound: [] }];
      case "class":
        return [{ kind: "class", file: frame.file, cls: node.cls, frame }];
      case "this":
        return selfValue(this, frame, origin);
      case "await":
        return this.evaluate(node.argument, frame);
      case "import":
        return this.#imported(node.source, frame, origin);
      case "meta":
        return [{ kind: "external", module: "", result: null, path: [node.name] }];
      case "sequence": {
        const last = node.expressions.at(-1);
        return last === undefined ? [UNDEFINED] : this.evaluate(last, frame);
      }
      case "typed": {
        const values = this.evaluate(node.value, frame);
        return node.satisfies || node.type === null ? values : typedValues(this, values, node.type, frame);
      }
      case "super":
      case "spread":
        return [unknown("computed at run time", origin)];
      case "unknown": {
        const setting = settingOf(node.reason);
        if (setting === null) return [unknown(node.reason, origin)];
        const { name, words } = setting;
        const referred = name === null ? [] : this.environment.referred(this, name, origin);
        if (referred.length > 0 && node.reason.startsWith(VARIABLE_REASON)) return referred;
        return [unknown(words, origin, name === null ? {} : { env: name, name })];
      }
    }
  }

  #branch(node: Expression, frame: Frame, when: ReturnType<typeof conditionOf>): Value[] {
    return this.evaluate(node, frame).flatMap((value) => under(value, when) ?? []);
  }

  #tagged(node: Extract<Expression, { kind: "tagged" }>, frame: Frame): Value[] {
    const tag =
      node.tag.kind === "name"
        ? node.tag.name
        : node.tag.kind === "member" && node.tag.property.kind === "string"
          ? node.tag.property.value
          : "";
    const values = this.evaluate(node.template, frame);
    // Tags that only tidy white space; the list is the same to Klaviyo once it is split at spaces.
    if (/^(?:raw|dedent|outdent|stripIndents?|oneLine|oneLineTrim|html|url|safeHtml)$/.test(tag)) {
      return tag === "raw" || tag === "html" || tag === "url"
        ? values
        : values.map((value) => (value.kind === "string" ? tidy(value, tag.startsWith("oneLine")) : value));
    }
    return [
      unknown(`what the tag ${tag === "" ? "of a template" : `\`${tag}\``} makes at run time`, {
        file: frame.file,
        range: node.range,
      }),
    ];
  }

  #binary(node: Extract<Expression, { kind: "binary" }>, frame: Frame): Value[] {
    const origin: Origin = { file: frame.file, range: node.range };
    if (node.operator === "+") {
      // Long chains lean to the left: walked in a loop, since a thousand terms would nest a thousand deep.
      const terms: Expression[] = [];
      let at: Expression = node;
      while (at.kind === "binary" && at.operator === "+") {
        terms.unshift(at.right);
        at = at.left;
      }
      terms.unshift(at);
      const parts = terms.map((term) => this.evaluate(term, frame));
      if (parts.every((values) => values.length === 1 && values[0]?.kind === "primitive")) {
        const numbers = parts.map((values) => (values[0]?.kind === "primitive" ? values[0].value : NaN));
        if (numbers.every((value) => typeof value === "number")) {
          return [primitive(numbers.reduce((sum, value) => sum + value, 0))];
        }
      }
      return joinText(this, parts, { kind: "concat", ...origin, node });
    }
    const way = decide(this, node, frame);
    if (way !== null) return [primitive(way)];
    return [unknown("computed at run time", origin)];
  }

  #logical(node: Extract<Expression, { kind: "logical" }>, frame: Frame): Value[] {
    const left = this.evaluate(node.left, frame);
    const out: Value[] = [];
    let goesOn = false;
    for (const value of left) {
      const truth = truthOf(value, node.operator === "??");
      if (node.operator === "&&") {
        if (truth !== false) goesOn = true;
        if (truth === false) out.push(value);
        if (truth === null) out.push(primitive(false));
      } else {
        if (truth !== true) goesOn = true;
        if (truth !== false) out.push(value);
      }
    }
    if (left.length === 0) goesOn = true;
    if (!goesOn) return out;
    const right = this.evaluate(node.right, frame);
    return [...out, ...right];
  }

  #imported(source: Expression, frame: Frame, origin: Origin): Value[] {
    const values = this.evaluate(source, frame);
    return values.flatMap((value): Value[] => {
      if (value.kind !== "string") return [unknown("a module whose name is not known", origin)];
      const [chunk, ...more] = value.chunks;
      if (chunk?.kind !== "text" || more.length > 0)
        return [unknown("a module whose name is not known", origin)];
      const file = this.program.resolve(frame.file, chunk.text);
      if (file === null)
        return [{ kind: "external", module: packageNamed(chunk.text), result: null, path: [] }];
      return [{ kind: "module", file }];
    });
  }
}

/** Values that are one and the same, or unknown at the same place for the same reason under the same conditions. */
function withoutRepeats(values: Value[]): Value[] {
  const seen = new Set<unknown>();
  return values.filter((value) => {
    const key =
      isUnknown(value) && value.when === undefined
        ? `${value.file}:${String(value.range[0])}:${String(value.range[1])}:${value.name}:${value.reason}:${String(value.maybe)}:${parameterKey(value)}`
        : value.kind === "primitive" && value.when === undefined && value.environment === undefined
          ? value.value
          : value;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function parameterKey({ parameter, env, type }: UnknownValue): string {
  const typed = type === null ? "" : `${type.file}:${typeKey(type.type)}`;
  return parameter === null
    ? `${env ?? ""}:${typed}`
    : `${parameter.file}#${String(parameter.fn)}.${String(parameter.index)}:${typed}`;
}

const typeKeys = new WeakMap<object, string>();

/** Written once: the alternatives of one parameter all have its type. */
function typeKey(type: object): string {
  let key = typeKeys.get(type);
  if (key === undefined) {
    key = JSON.stringify(type).slice(0, 80);
    typeKeys.set(type, key);
  }
  return key;
}

const STATEMENTS = new Set([
  "expression",
  "let",
  "if",
  "switch",
  "loop",
  "return",
  "throw",
  "jump",
  "try",
  "block",
]);

/** Whether a value is true (or, with `nullish`, neither null nor undefined); null where that is not known. */
export function truthOf(value: Value, nullish = false): boolean | null {
  if (value.environment === true) return null;
  switch (value.kind) {
    case "primitive":
      return nullish ? value.value !== null && value.value !== undefined : Boolean(value.value);
    case "string": {
      if (nullish) return true;
      if (value.chunks.length === 0) return false;
      if (value.chunks.some((chunk) => chunk.kind === "text" && chunk.text.length > 0)) return true;
      return value.chunks.every((chunk) => chunk.kind === "text") ? false : null;
    }
    case "unknown":
      // JSON text is never empty.
      return value.holds === undefined ? null : true;
    case "external":
    case "result":
      return null;
    default:
      return true;
  }
}
