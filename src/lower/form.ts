/**
 * The intermediate form: one file lowered to plain JSON, before any judgement. It is all that crosses from the
 * per-file stages (source, parse, lower) to the whole-program stages (link, evaluate, detect), so it must survive
 * `JSON.parse(JSON.stringify(form))` unchanged: no `undefined` values, no functions, no shared or cyclic objects.
 */

/** Half-open range of UTF-16 offsets into the file's text. */
export type Range = readonly [start: number, end: number];

export type Language = "js" | "json" | "yaml" | "toml" | "env" | "ini" | "hcl" | "dockerfile" | "other";

export interface FileForm {
  /** Raised when the shape below changes, so that cached forms are dropped. */
  version: number;
  /** Path relative to the audited root, with `/`. */
  file: string;
  language: Language;
  /** Offset of the first character of each line; turns a range into line and column without the text. */
  lines: number[];
  /** The module's statements, in order. Empty for data files. */
  body: Statement[];
  /** Every variable of the file; `NameExpression.binding` and `Pattern.binding` are indexes into it. */
  bindings: Binding[];
  /** Every function of the file; `FunctionExpression.fn` and friends are indexes into it. */
  functions: FunctionForm[];
  /** Every class of the file; `ClassExpression.cls` is an index into it. */
  classes: ClassForm[];
  imports: ImportForm[];
  exports: ExportForm[];
  /** Type aliases and interfaces of the file, found by name. */
  types: TypeDeclaration[];
  /** The content of a data file (JSON, YAML, TOML, env …); null for code. Several YAML documents become a list. */
  data: Expression | null;
  /** Of code in a language that is not read: what the language is called, and where Klaviyo's API is called. */
  unread?: { language: string; api: Range | null };
  /** Its first comment says that a generator wrote it. */
  generated?: true;
  /** Suppression comments, see `Directive`. */
  directives: Directive[];
  /** What could not be read; the rest of the file is still lowered where the parser recovers. */
  problems: Problem[];
}

export const FORM_VERSION = 9;

export interface Problem {
  range: Range;
  message: string;
}

/** A comment that speaks to us or to ESLint about our rules: its words, without the comment's own markers, trimmed. */
export interface Directive {
  range: Range;
  text: string;
}

export interface Binding {
  name: string;
  /** The declaring identifier. */
  range: Range;
  kind: "const" | "let" | "var" | "param" | "function" | "class" | "import" | "enum" | "namespace" | "catch";
  /** The function whose scope declares it; -1 for the module. */
  fn: number;
  type: TypeForm | null;
}

/** A written type, as far as it can tell a value: a class name, literals, a function's return. */
export type TypeForm =
  /** `ProfilesApi`, `Klaviyo.ProfilesApi`, `Promise<ProfilesApi>`; `InstanceType<typeof X>` is a plain reference to `X`. An
   *  argument that tells nothing (`string`) before one that does is an empty object type. */
  | { kind: "reference"; name: Expression; args: TypeForm[] }
  /** `'profiles'`, `'a' | 'b'`: the literals of a union; other members of the union are dropped and set `open`. */
  | { kind: "literals"; values: Expression[]; open: boolean }
  /** `{ api: ProfilesApi }`, also an interface's or type alias's body. */
  | { kind: "object"; members: { key: string; type: TypeForm }[] }
  | { kind: "array"; element: TypeForm }
  /** `typeof TABLE`: the type of that value. */
  | { kind: "typeof"; name: Expression }
  /** `keyof typeof TABLE`: the keys of that value. */
  | { kind: "keyof"; name: Expression }
  /** `T['key']`; with `key` null any element or property: `(typeof LIST)[number]`, `T[keyof T]`. Also what destructuring
   *  takes from an annotated parameter: `{ api }: Props` gives `api` the type `Props['api']`. */
  | { kind: "member"; object: TypeForm; key: string | null }
  /** `() => T`, a method signature. */
  | { kind: "function"; returns: TypeForm | null };

/** `type X = …` or `interface X extends … { … }`. */
export interface TypeDeclaration {
  name: string;
  range: Range;
  type: TypeForm | null;
  extends: TypeForm[];
}

// ── Expressions ─────────────────────────────────────────────────────────────────────────────────────────────────

export type Expression =
  | StringExpression
  | LiteralExpression
  | RegexExpression
  | TemplateExpression
  | TaggedExpression
  | ListExpression
  | MapExpression
  | NameExpression
  | MemberExpression
  | CallExpression
  | BinaryExpression
  | LogicalExpression
  | ConditionalExpression
  | UnaryExpression
  | AssignExpression
  | FunctionExpression
  | ClassExpression
  | ThisExpression
  | SuperExpression
  | AwaitExpression
  | ImportExpression
  | MetaExpression
  | SequenceExpression
  | SpreadExpression
  | TypedExpression
  | UnknownExpression;

interface Node {
  range: Range;
}

/**
 * A string literal. `range` covers the quotes. `at` maps the value back to the text: a number when the characters of
 * the value stand one for one from that offset on; otherwise an array of value.length + 1 offsets, the last being
 * the end of the last character. `quote` is the delimiter (`'`, `"`, `` ` ``, `|`, `>`, or "" for plain scalars).
 */
export interface StringExpression extends Node {
  kind: "string";
  value: string;
  at: number | number[];
  quote: string;
  /** Ends at the next blank, as words of a shell and of a Dockerfile do: none can be put in. */
  isWord?: true;
}

/** number, boolean, null; `undefined` is a NameExpression with binding -1. BigInt is a number or unknown. */
export interface LiteralExpression extends Node {
  kind: "literal";
  value: number | boolean | null;
}

export interface RegexExpression extends Node {
  kind: "regex";
  source: string;
  flags: string;
}

/** `quasis.length === expressions.length + 1`; each quasi is a StringExpression whose range is its text alone. */
export interface TemplateExpression extends Node {
  kind: "template";
  quasis: StringExpression[];
  expressions: Expression[];
}

/** A tagged template. Raw text of the quasis is `raw`, cooked values are in the template. */
export interface TaggedExpression extends Node {
  kind: "tagged";
  tag: Expression;
  template: TemplateExpression;
  raw: string[];
}

/** Holes are a LiteralExpression null. Elements may be SpreadExpressions. */
export interface ListExpression extends Node {
  kind: "list";
  items: Expression[];
  /** "flow" `[a, b]`, "block" (YAML `- a`), "apart" (`key[0]=a` on lines of their own), absent in other languages. */
  style?: "flow" | "block" | "apart";
}

export interface MapExpression extends Node {
  kind: "map";
  entries: MapEntry[];
}

export interface MapEntry {
  range: Range;
  /** A static key; the StringExpression of an identifier key has quote "". Null for a spread. Computed: any expression. */
  key: Expression | null;
  /** Methods, getters and setters are FunctionExpressions. For a spread the spread argument. */
  value: Expression;
  kind: "value" | "get" | "set" | "spread";
}

/** A reference to a variable. `binding` is -1 for a global (`process`, `fetch`, `undefined`). */
export interface NameExpression extends Node {
  kind: "name";
  name: string;
  binding: number;
}

/** `a.b`, `a?.b`, `a['b']`, `a[i]`, `this.#b` (key "#b"). A static property is a StringExpression with quote "". */
export interface MemberExpression extends Node {
  kind: "member";
  object: Expression;
  property: Expression;
}

/**
 * A call, `new`, optional call; also a JSX element: callee is the tag (a StringExpression for host tags such as `a`),
 * the only argument is the map of its attributes with `children` as a list (absent where there are none). A fragment's
 * tag is the empty string.
 */
export interface CallExpression extends Node {
  kind: "call";
  callee: Expression;
  args: Expression[];
  style: "call" | "new" | "jsx";
  /** `useQuery<Foo>(…)`: the written type arguments. */
  typeArgs: TypeForm[];
}

export interface BinaryExpression extends Node {
  kind: "binary";
  operator: string;
  left: Expression;
  right: Expression;
}

export interface LogicalExpression extends Node {
  kind: "logical";
  operator: "||" | "??" | "&&";
  left: Expression;
  right: Expression;
}

export interface ConditionalExpression extends Node {
  kind: "conditional";
  test: Expression;
  then: Expression;
  else: Expression;
}

/** `!`, `typeof`, `-`, `+`, `~`, `void`, `delete`; `++` and `--` are assignments with operator `+=`/`-=` and literal 1. */
export interface UnaryExpression extends Node {
  kind: "unary";
  operator: string;
  argument: Expression;
}

/** `target` is a pattern for `=`, a name or member otherwise. */
export interface AssignExpression extends Node {
  kind: "assign";
  operator: "=" | "+=" | "-=" | "||=" | "&&=" | "??=" | "other";
  target: Pattern;
  value: Expression;
}

export interface FunctionExpression extends Node {
  kind: "function";
  fn: number;
}

export interface ClassExpression extends Node {
  kind: "class";
  cls: number;
}

export interface ThisExpression extends Node {
  kind: "this";
}

export interface SuperExpression extends Node {
  kind: "super";
}

/** `await x`; `for await` iterates as `for … of`. */
export interface AwaitExpression extends Node {
  kind: "await";
  argument: Expression;
}

/** `import('x')`. (`require('x')` is a plain call of the global name `require`.) */
export interface ImportExpression extends Node {
  kind: "import";
  source: Expression;
}

/** `import.meta`, `new.target` (`name`: "import.meta" | "new.target"). */
export interface MetaExpression extends Node {
  kind: "meta";
  name: string;
}

export interface SequenceExpression extends Node {
  kind: "sequence";
  expressions: Expression[];
}

/** `...x` in a list or in call arguments. */
export interface SpreadExpression extends Node {
  kind: "spread";
  argument: Expression;
}

/** `x as T`, `<T>x`, `x satisfies T`. `as const` and `x!` are dropped: only the inner expression is kept. */
export interface TypedExpression extends Node {
  kind: "typed";
  value: Expression;
  type: TypeForm | null;
  /** True for `satisfies`: the type says nothing about the value. */
  satisfies: boolean;
}

/** What has no place in the form: why, and the sub-expressions, which may still hold calls. */
export interface UnknownExpression extends Node {
  kind: "unknown";
  reason: string;
  parts: Expression[];
}

// ── Patterns ────────────────────────────────────────────────────────────────────────────────────────────────────

/** `default` is the value taken when the matched one is undefined. */
export type Pattern =
  | { kind: "bind"; range: Range; binding: number; default: Expression | null }
  | {
      kind: "object";
      range: Range;
      entries: { key: Expression; value: Pattern }[];
      rest: Pattern | null;
      default: Expression | null;
    }
  | {
      kind: "array";
      range: Range;
      items: (Pattern | null)[];
      rest: Pattern | null;
      default: Expression | null;
    }
  /** An assignment target that is no declaration of ours: a member, or a global name. */
  | { kind: "target"; range: Range; expression: Expression; default: Expression | null };

// ── Statements ──────────────────────────────────────────────────────────────────────────────────────────────────

export type Statement =
  | { kind: "expression"; range: Range; expression: Expression }
  /** One declarator. Function declarations, classes, enums (value: a map) and namespaces are lets, hoisted as written.
   *  A namespace is a block of its statements, then a let of the map of its exports. The own name of a function expression
   *  that refers to itself is a let at the head of its body; that of a class expression is only `ClassForm.binding`. */
  | { kind: "let"; range: Range; target: Pattern; value: Expression | null }
  | { kind: "if"; range: Range; test: Expression; then: Statement[]; else: Statement[] }
  | {
      kind: "switch";
      range: Range;
      subject: Expression;
      cases: { test: Expression | null; body: Statement[] }[];
    }
  /** for-of (`iterable`, `target`), for-in (`keys`), for/while/do (`test`; `init` stands before the loop in the list). */
  | {
      kind: "loop";
      range: Range;
      style: "of" | "in" | "while" | "do";
      target: Pattern | null;
      subject: Expression | null;
      update: Expression | null;
      body: Statement[];
    }
  | { kind: "return"; range: Range; value: Expression | null }
  | { kind: "throw"; range: Range; value: Expression }
  | { kind: "jump"; range: Range; style: "break" | "continue"; label: string | null }
  | { kind: "try"; range: Range; body: Statement[]; handler: Statement[]; finalizer: Statement[] }
  | { kind: "block"; range: Range; label: string | null; body: Statement[] };

// ── Functions and classes ───────────────────────────────────────────────────────────────────────────────────────

export interface FunctionForm {
  range: Range;
  /** Own name, or the name it is given where it is written (`const f = () =>`, `{ f() {} }`, a class member); "" if none. */
  name: string;
  params: Pattern[];
  /** The rest parameter, bound to the list of remaining arguments. */
  rest: Pattern | null;
  /** An arrow's expression body is one return statement. Parameter properties (`constructor(private api: X)`) are
   *  assignments `this.api = api` at the head of the constructor's body. */
  body: Statement[];
  style: "function" | "arrow" | "method" | "constructor" | "get" | "set";
  async: boolean;
  generator: boolean;
  /** The enclosing function; -1 for the module. */
  parent: number;
  /** The class whose member this is, or in whose field initializer this arrow function stands; -1 if none. */
  cls: number;
  returns: TypeForm | null;
}

export interface ClassForm {
  range: Range;
  name: string;
  /** The binding of its name; -1 for anonymous classes. */
  binding: number;
  parent: Expression | null;
  members: ClassMember[];
  /** The function whose scope holds the class; -1 for the module. */
  fn: number;
  /** `implements` clauses. */
  implements: TypeForm[];
  /** `abstract class`: nothing is of this class alone. */
  abstract?: true;
}

export interface ClassMember {
  range: Range;
  /** A StringExpression for static keys (private names keep their `#`). */
  key: Expression;
  static: boolean;
  kind: "field" | "method" | "get" | "set" | "constructor" | "static-block";
  /** A field's initializer; methods are FunctionExpressions. Null for declared fields without a value. */
  value: Expression | null;
  type: TypeForm | null;
}

// ── Modules ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** One imported name. `import type` is kept with `typeOnly`: it names classes in types but calls nothing. */
export interface ImportForm {
  range: Range;
  source: string;
  /** The exported name; "default"; "*" for a namespace. */
  imported: string;
  /** The local variable; -1 for a bare `import 'x'`. */
  binding: number;
  typeOnly: boolean;
}

/** One exported name. */
export type ExportForm =
  /** `export const x`, `export { x as y }`, `export default expr` (value), `export =` (name "=", as module.exports).
   *  What only `export default` or `export =` holds stands here alone, not in the body as well. */
  | { kind: "local"; range: Range; name: string; value: Expression }
  /** `export { a as b } from 'x'`, `export * as ns from 'x'` (imported "*"). */
  | { kind: "from"; range: Range; name: string; source: string; imported: string }
  /** `export * from 'x'`. */
  | { kind: "all"; range: Range; source: string };
// CommonJS exports are plain assignments in the body (`module.exports = …`, `exports.x = …`); the linker reads them.
