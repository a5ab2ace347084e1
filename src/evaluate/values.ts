/**
 * What an expression can be at run time. An evaluation answers with a list of alternatives; every piece of text knows
 * where it is written, and what is unknown says which part and why.
 */
import type {
  CallExpression,
  Expression,
  ListExpression,
  MapExpression,
  Range,
  TypeForm,
} from "../lower/form.js";
import { once } from "../link/reads.js";
import type { Frame } from "./frames.js";

/** A place in a file, as the evaluator keeps it: an expression or a piece of one. */
export interface Origin {
  file: string;
  range: Range;
}

/** A branch that was taken: alternatives that disagree on a branch never meet in one value. */
export interface Condition {
  /** The branching node, or a text for tests that mean the same wherever they stand (`provider === "klaviyo"`). */
  branch: object | string;
  way: number;
  /** What the branch says that a text is, or how it came out in a test of a part of it. */
  says?: { subject: string; text: string } | { subject: string; test: TextTest };
  /** The deployment that the branch is taken in, where it asks for that. */
  deployment?: string;
}

/** A test of a text by a part of it, or by a list of what it may be. */
export interface TextTest {
  method: "is" | "includes" | "startsWith" | "endsWith";
  texts: readonly string[];
  anyCase: boolean;
}

/** The expression that a run of text belongs to, from the literal outwards to the templates and joins around it. */
export interface Owner extends Origin {
  kind: "literal" | "template" | "concat" | "list" | "computed";
  node: Expression;
}

/** The element of a list literal that a run of text came from, so that it can be taken out again. */
export interface ItemOrigin {
  file: string;
  list: ListExpression;
  item: Expression;
}

export interface TextChunk {
  kind: "text";
  text: string;
  file: string;
  /** Offset of the first character where the rest follows one for one, or text.length + 1 offsets. Null: made by no source text. */
  at: number | number[] | null;
  owners: readonly Owner[];
  item: ItemOrigin | null;
}

export interface UnknownChunk {
  kind: "unknown";
  value: UnknownValue;
}

/** One of several texts stands here; an empty alternative makes it optional. */
export interface ChoiceChunk {
  kind: "choice";
  /** The parts are all it can hold, but not every text it can be is spelt out: separators between absent parts. */
  approximate?: boolean;
  /** `unless`: where all of these hold, it is another one. */
  alternatives: { chunks: Chunk[]; when: readonly Condition[]; unless?: readonly Condition[] }[];
}

export type Chunk = TextChunk | UnknownChunk | ChoiceChunk;

interface Base {
  when?: readonly Condition[];
  /** Set by a file for the environment: it may be absent where the program runs. */
  environment?: boolean;
}

export interface StringValue extends Base {
  kind: "string";
  chunks: Chunk[];
}

export interface PrimitiveValue extends Base {
  kind: "primitive";
  value: number | boolean | null | undefined;
}

export interface RegexValue extends Base {
  kind: "regex";
  source: string;
  flags: string;
}

export interface ListItem {
  values: Thunk;
  /** May be absent (`...(beta ? ['x'] : [])`, filtered). */
  optional: boolean;
  /** Stands for any number of unknown items. */
  rest: boolean;
  /** Absent or there together with others, which is not kept: one piece of a branch that was split. */
  loose?: boolean;
  /** Of one of several lists that may have been put in: it stands only where these hold, and, if `surely`, wherever they do. */
  branch?: { when: readonly Condition[]; surely: boolean };
  origin: ItemOrigin | null;
}

export interface ListValue extends Base {
  kind: "list";
  items: ListItem[];
  /** The list literal, where it is one. */
  node: ListExpression | MapExpression | null;
  file: string;
  /** `new Set(…)`. */
  set: boolean;
}

/** Later layers win. `key` null is a spread: `get` yields the spread objects. */
export interface Layer {
  key: string | null;
  get: Thunk;
  /** A computed key that is not known: may be any. */
  computed: boolean;
  /** May be absent: set in a branch. */
  optional: boolean;
  accessor: boolean;
  /** The key as text that knows where it is written, for keys that are read as values. */
  written?: StringValue | null;
}

/** What was done to an object before it is what it is: a builder's methods, each as the activation that set something. */
export interface History {
  ran: readonly Frame[];
  /** Nothing else was done to it: it was made where it is used. */
  whole: boolean;
}

export interface ObjectValue extends Base {
  kind: "object";
  history?: History;
  layers: Layer[];
  node: MapExpression | null;
  file: string;
  frame: Frame | null;
  /** `new Map(…)`: read with get(). */
  map: boolean;
  /** The written type of what it holds, for what nobody is seen to put there: `Record<string, ProfilesApi>`. */
  element?: { file: string; type: TypeForm };
}

export interface FunctionValue extends Base {
  kind: "function";
  file: string;
  fn: number;
  /** The frame in which it was written: what its free variables see. */
  frame: Frame;
  self: Value | null;
  /** Arguments given before the call: `.bind`, lodash's `partial`. A `HOLE` is left to the call. */
  bound: Thunk[];
  /** Arguments that stand behind those of the call: `partialRight`. */
  behind?: Thunk[];
  /** It takes arguments until it has as many: `curry`. */
  arity?: number;
}

export interface ClassValue extends Base {
  kind: "class";
  file: string;
  cls: number;
  frame: Frame;
}

export interface InstanceValue extends Base {
  kind: "instance";
  history?: History;
  file: string;
  cls: number;
  /** The frame in which the class was written. */
  frame: Frame;
  /** The constructor's frame: its arguments, where a `new` is known. */
  args: Thunk[] | null;
  /** Where it was made. */
  call: { file: string; node: CallExpression; frame: Frame } | null;
  /** Of its class alone: what classes below it say is left open. */
  alone?: boolean;
}

/** Something of a package or the platform: `fetch`, `axios.create`, or a member of what such a call returned. */
export interface ExternalValue extends Base {
  kind: "external";
  /** "" for globals. */
  module: string;
  result: ResultValue | null;
  path: readonly string[];
  /** The instance of ours whose inherited member it is (`class Api extends RESTDataSource`). */
  self?: InstanceValue;
  /** Arguments given before the call, as a function's of ours. */
  bound?: Thunk[];
  behind?: Thunk[];
}

/** What an external function or class returned. */
export interface ResultValue extends Base {
  kind: "result";
  callee: ExternalValue;
  style: "call" | "new";
  args: Thunk[];
  file: string;
  /** Null where only a type says that it is such a thing. */
  node: CallExpression | null;
  frame: Frame | null;
  /** The unknown value that a type named; callers may know more. */
  typed?: UnknownValue | null;
}

/** A module of the project, as a namespace. */
export interface ModuleValue extends Base {
  kind: "module";
  file: string;
}

export interface ParamsEntry {
  key: Value[];
  value: Thunk;
  optional: boolean;
}

/** URLSearchParams, FormData, Headers: an ordered list of pairs. */
export interface ParamsValue extends Base {
  kind: "params";
  entries: ParamsEntry[];
  /** Pairs that are not known. */
  rest: UnknownValue[];
  /** Values are not form-encoded when it is turned into text (`qs` with encode: false, hand-written joins). */
  raw: boolean;
  origin: Origin;
}

export interface UrlValue extends Base {
  kind: "url";
  /** Everything before `?`; alternatives are chunks' choices. */
  base: Chunk[];
  params: ParamsValue;
  origin: Origin;
}

export interface ParameterRef {
  file: string;
  fn: number;
  index: number;
}

export interface UnknownValue extends Base {
  kind: "unknown";
  /** Completes "could not be resolved: …". */
  reason: string;
  file: string;
  range: Range;
  /** The function's parameter it hangs on, where callers may tell. */
  parameter: ParameterRef | null;
  /** Its name as written, for guesses such as "a query" or "an id". */
  name: string;
  /** The environment variable it is. */
  env: string | null;
  type: { file: string; type: TypeForm } | null;
  /** It may replace a value that is written: an unknown object spread over it, the environment over a default. */
  maybe?: boolean;
  /** The evaluator gave up: budget, depth. */
  exhausted?: boolean;
  /** An answer's link to its next page, or cut from it. */
  nextPage?: boolean;
  /** It may be set to anything by other code of the app. */
  isState?: boolean;
  /** A request that was sent before, or a part of it. */
  resent?: boolean;
  /** A folder or a file of the project itself, where it is read from: `__dirname`, `process.cwd()`. */
  ofProject?: boolean;
  /** JSON text: what it was made of. */
  holds?: Thunk;
}

export type Value =
  | StringValue
  | PrimitiveValue
  | RegexValue
  | ListValue
  | ObjectValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | ExternalValue
  | ResultValue
  | ModuleValue
  | ParamsValue
  | UrlValue
  | UnknownValue;

export type Thunk = () => Value[];

/** A thunk that evaluates once. */
export function lazy(make: () => Value[]): Thunk {
  return once(make);
}

/** An argument that the call is to give: `_.partial(send, _, body)`. */
export const HOLE: Thunk = () => [];

export function always(values: Value[]): Thunk {
  return () => values;
}

export const UNDEFINED: PrimitiveValue = { kind: "primitive", value: undefined };

export function primitive(value: PrimitiveValue["value"]): PrimitiveValue {
  return { kind: "primitive", value };
}

export function unknown(reason: string, origin: Origin, extra: Partial<UnknownValue> = {}): UnknownValue {
  return {
    kind: "unknown",
    reason,
    file: origin.file,
    range: origin.range,
    parameter: null,
    name: "",
    env: null,
    type: null,
    ...extra,
  };
}

/** An unknown that follows from another: keeps its place, parameter and name. */
export function derived(from: Value | undefined, reason: string, origin: Origin, name = ""): UnknownValue {
  if (from?.kind === "unknown") return name === "" ? from : { ...from, name };
  return unknown(reason, origin, { name });
}

export function functionsIn(values: readonly Value[]): FunctionValue[] {
  return values.filter((value) => value.kind === "function");
}

/** Whether a value is left to the callers of the function that reads it: looked at from further out it may be known. */
export function isGiven(value: Value | null | undefined): boolean {
  return value?.kind === "unknown" && value.parameter !== null;
}

export function isUnknown(value: Value): value is UnknownValue {
  return value.kind === "unknown";
}

/** The same value under further conditions. Null where they contradict those it has. */
export function under(value: Value, conditions: readonly Condition[]): Value | null {
  if (conditions.length === 0) return value;
  const when = conjoin(value.when ?? [], conditions);
  return when === null ? null : { ...value, when };
}

/** One of several things, whichever it is: what is read of it in several places comes from the same one. */
export function oneOf(things: readonly Value[][], at: Origin & { frame: Frame }): Value[] {
  const branch = `${at.file}:${String(at.range[0])}-${String(at.range[1])}@${String(at.frame.id)}`;
  return things.flatMap((values, way) => values.flatMap((value) => under(value, [{ branch, way }]) ?? []));
}

/** Both sets of conditions at once; null where they contradict. */
export function conjoin(a: readonly Condition[], b: readonly Condition[]): readonly Condition[] | null {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const out = [...a];
  for (const condition of b) {
    const same = out.find((other) => other.branch === condition.branch);
    if (same === undefined) {
      if (condition.says !== undefined && out.some((other) => denies(other, condition))) return null;
      out.push(condition);
    } else if (same.way !== condition.way) return null;
  }
  return out;
}

/** `provider === "shopify"` against `provider.includes("klaviyo")`. */
function denies({ says, way }: Condition, other: Condition): boolean {
  if (says === undefined || other.says === undefined || says.subject !== other.says.subject) return false;
  if ("test" in says) return "text" in other.says && passes(other.says.text, says.test) !== (way === 1);
  return "test" in other.says && passes(says.text, other.says.test) !== (other.way === 1);
}

function passes(text: string, { method, texts, anyCase }: TextTest): boolean {
  const fold = (one: string): string => (anyCase ? one.toLowerCase() : one);
  const tested = fold(text);
  return texts.some((one) => {
    const part = fold(one);
    return method === "is" ? tested === part : tested[method](part);
  });
}
