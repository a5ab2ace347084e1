import type { TSESTree } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";

import type { Expression, FileForm, Pattern, Statement } from "../../src/lower/form.js";
import { lowerFile } from "../../src/lower/index.js";
import { lowerJs } from "../../src/lower/js/index.js";
import { parseJs } from "../../src/parse/js.js";
import { lowered } from "./js-lowered.js";

const ts = (text: string): FileForm => lowered(text, "src/app.ts");

/** The only or last statement's expression: of an expression statement, a `let` or a return. */
function lastExpression(form: FileForm): Expression {
  const statement = form.body.at(-1);
  if (statement?.kind === "expression") return statement.expression;
  if (statement?.kind === "let" && statement.value) return statement.value;
  throw new Error(`No expression in ${JSON.stringify(statement)}`);
}

const expressionOf = (text: string): Expression => lastExpression(ts(text));

/** The form in a few words: enough to see its shape, without ranges. */
function short(node: Expression | Pattern | null): string {
  if (node === null) return "-";
  switch (node.kind) {
    case "string":
      return JSON.stringify(node.value);
    case "literal":
      return String(node.value);
    case "name":
      return node.binding < 0 ? `${node.name}?` : `${node.name}#${String(node.binding)}`;
    case "member":
      return `${short(node.object)}[${short(node.property)}]`;
    case "call":
      return `${node.style} ${short(node.callee)}(${node.args.map(short).join(", ")})`;
    case "list":
      return `[${node.items.map(short).join(", ")}]`;
    case "map":
      return `{${node.entries.map((e) => `${e.kind === "value" ? "" : `${e.kind} `}${short(e.key)}: ${short(e.value)}`).join(", ")}}`;
    case "binary":
    case "logical":
      return `(${short(node.left)} ${node.operator} ${short(node.right)})`;
    case "assign":
      return `${short(node.target)} ${node.operator} ${short(node.value)}`;
    case "unknown":
      return `unknown(${node.reason}${node.parts.map((part) => `, ${short(part)}`).join("")})`;
    case "bind":
      return `bind ${String(node.binding)}`;
    case "target":
      return `target ${short(node.expression)}`;
    case "typed":
      return `typed ${short(node.value)}${node.satisfies ? " satisfies" : ""}`;
    case "function":
      return `function ${String(node.fn)}`;
    case "class":
      return `class ${String(node.cls)}`;
    default:
      return node.kind;
  }
}

const shortOf = (text: string): string => short(expressionOf(text));

function shortStatement(statement: Statement): string {
  switch (statement.kind) {
    case "expression":
      return short(statement.expression);
    case "let":
      return `let ${short(statement.target)} = ${short(statement.value)}`;
    case "return":
      return `return ${short(statement.value)}`;
    case "block":
      return `${statement.label ?? ""}{ ${statement.body.map(shortStatement).join("; ")} }`;
    case "loop":
      return `${statement.style} ${statement.target ? short(statement.target) : "-"} ${short(statement.subject)} ${short(statement.update)} { ${statement.body.map(shortStatement).join("; ")} }`;
    default:
      return statement.kind;
  }
}

const shortBody = (text: string): string[] => ts(text).body.map(shortStatement);

describe("expressions", () => {
  it.each([
    ["a?.b?.[c]?.(d)", 'call a?["b"][c?](d?)'],
    ["(x as const)!", "x?"],
    ["x as Y", "typed x?"],
    ["x satisfies Y", "typed x? satisfies"],
    ["[a, , ...b]", "[a?, null, spread]"],
    [
      "({ a, 'b': 1, 2: 3, [c]: d, ...e, get f() { return 1 }, g() {} })",
      '{"a": a?, "b": 1, "2": 3, c?: d?, spread -: e?, get "f": function 0, "g": function 1}',
    ],
    ["a + b - c || d ?? e".replace(" ?? e", ""), "(((a? + b?) - c?) || d?)"],
    ["x ||= y", "target x? ||= y?"],
    ["x.y **= 2", 'target x?["y"] other 2'],
    ["x++", "target x? += 1"],
    ["--x.y", 'target x?["y"] -= 1'],
    ["new Foo(1)", "new Foo?(1)"],
    ["12n", "12"],
    ["99999999999999999999n", "unknown(number out of range)"],
    ["1e999", "unknown(number out of range)"],
    ["require('x')", 'call require?("x")'],
  ])("%s", (text, form) => {
    expect(shortOf(`(${text})`)).toBe(form);
  });

  it("keeps what yield hands out", () => {
    const { functions } = ts("function* f() { yield call(); }");
    expect(functions[0]?.body.map(shortStatement)).toEqual(["unknown(yield, call call?())"]);
  });

  it("gives a parenthesised expression the range of what is inside", () => {
    expect(expressionOf("(( 'a' ));").range).toEqual([3, 6]);
  });

  it("keeps the type arguments of a call", () => {
    expect(expressionOf("f<Foo, 'x'>()")).toMatchObject({
      typeArgs: [
        { kind: "reference", name: { name: "Foo" } },
        { kind: "literals", values: [{ value: "x" }], open: false },
      ],
    });
  });
});

describe("jsx", () => {
  const jsx = (text: string): string => short(lastExpression(lowered(text)));

  it.each([
    [
      "<a href='x' {...y} z>t {u}</a>",
      'jsx "a"({"href": "x", spread -: y?, "z": true, "children": ["t ", u?]})',
    ],
    ["<Foo.Bar x={1}/>", 'jsx Foo?["Bar"]({"x": 1})'],
    ["<><b/>{/* none */}</>", 'jsx ""({"children": [jsx "b"({})]})'],
    ["<p>\n  one\n  two {a}\n</p>", 'jsx "p"({"children": ["one two ", a?]})'],
    ["<a href='?a=1&amp;b=&#50;&unknown;'/>", 'jsx "a"({"href": "?a=1&b=2&unknown;"})'],
  ])("%s", (text, form) => {
    expect(jsx(text)).toBe(form);
  });
});

describe("statements", () => {
  it.each([
    ["let a = 1, b;", ["let bind 0 = 1", "let bind 1 = -"]],
    [
      "for (let i = 0; i < 2; i++) f(i);",
      ["{ let bind 0 = 0; while - (i#0 < 2) bind 0 += 1 { call f?(i#0) } }"],
    ],
    ["for (const x of xs) x;", ["of bind 0 xs? - { x#0 }"]],
    ["for (x in xs) ;", ["in target x? xs? - {  }"]],
    ["do { a } while (b)", ["do - b? - { a? }"]],
    ["l: { a }", ["l{ { a? } }"]],
    [
      "enum E { A, B = 'b', C = A, D }",
      ['let bind 0 = {"A": 0, "B": "b", "C": E#0["A"], "D": (E#0["C"] + 1)}'],
    ],
    [
      "namespace N { export const a = 1; const b = 2; }",
      ["{ let bind 1 = 1; let bind 2 = 2 }", 'let bind 0 = {"a": a#1}'],
    ],
    ["namespace A.B { export const c = 1 }", ["{ let bind 1 = 1 }", 'let bind 0 = {"B": {"c": c#1}}']],
    [
      "import x = require('y'); import z = x.w;",
      ['let bind 0 = call require?("y")', 'let bind 1 = x#0["w"]'],
    ],
    ["declare const a: string; declare function f(): void; function g(): void;", []],
    ["interface A { b: string } type C = string;", []],
    [
      "@Dec({ a: 1 }) class A { @In() b = 1; m(@Q() c) {} }",
      ['call Dec?({"a": 1})', "call In?()", "call Q?()", "let bind 0 = class 0"],
    ],
  ])("%s", (text, body) => {
    expect(shortBody(text)).toEqual(body);
  });

  it("makes what is caught a variable of unknown value", () => {
    expect(ts("try { a } catch (e) { e }").body).toMatchObject([
      {
        kind: "try",
        handler: [{ kind: "let", value: { reason: "caught error" } }, { expression: { binding: 0 } }],
      },
    ]);
  });
});

describe("functions and classes", () => {
  it("names functions after where they are written", () => {
    const text =
      "const a = () => {}, b = { c() {}, d: function () {} }; e.f = function () {}; class G { h() {} i = () => {}; } export default () => {}; const j = cond ? function () {} : k; l(() => {}); const m = function n() {}; function o(p = () => {}) {}";
    expect(ts(text).functions.map(({ name }) => name)).toEqual([
      "a",
      "c",
      "d",
      "f",
      "h",
      "i",
      "default",
      "j",
      "",
      "n",
      "o",
      "p",
    ]);
  });

  it("puts parameter properties into fields and assigns them behind super", () => {
    const form = ts(
      "class A extends B { constructor(private api: ProfilesApi, readonly b = 1, c?: string) { super(c); f(); } }",
    );
    expect(form.classes[0]?.members.map((member) => [member.kind, short(member.key)])).toEqual([
      ["field", '"api"'],
      ["field", '"b"'],
      ["constructor", '"constructor"'],
    ]);
    expect(form.classes[0]?.members[0]).toMatchObject({
      type: { kind: "reference", name: { name: "ProfilesApi" } },
    });
    expect(form.functions[0]?.body.map(shortStatement)).toEqual([
      "call super(c#3)",
      'target this["api"] = api#1',
      'target this["b"] = b#2',
      "call f?()",
    ]);
    expect(form.functions[0]?.params).toMatchObject([
      { default: null },
      { default: { value: 1 } },
      { default: null },
    ]);
  });

  it("keeps members, static blocks and private names", () => {
    const form = ts(
      "class A { static #a = 1; get b() { return 1 } static { f(); } accessor c = 2; declare d: string; e(): void; e() {} }",
    );
    expect(
      form.classes[0]?.members.map(
        (member) => `${member.static ? "static " : ""}${member.kind} ${short(member.key)}`,
      ),
    ).toEqual([
      'static field "#a"',
      'get "b"',
      'static static-block ""',
      'field "c"',
      'field "d"',
      'method "e"',
    ]);
  });

  it("tells which class an arrow function in a field belongs to", () => {
    const form = ts(
      "class A { a = () => () => 1; b = f(() => 2); c = { d() {} }; e() { return () => 3; } } const g = () => 4;",
    );
    expect(form.functions.map(({ style, cls, parent }) => ({ style, cls, parent }))).toEqual([
      { style: "arrow", cls: 0, parent: -1 },
      { style: "arrow", cls: -1, parent: 0 },
      { style: "arrow", cls: 0, parent: -1 },
      { style: "method", cls: -1, parent: -1 },
      { style: "method", cls: 0, parent: -1 },
      { style: "arrow", cls: -1, parent: 4 },
      { style: "arrow", cls: -1, parent: -1 },
    ]);
  });

  it("gives an arrow's expression as one return", () => {
    expect(ts("const f = (a) => a.b").functions[0]?.body.map(shortStatement)).toEqual(['return a#1["b"]']);
  });

  it("lets a function expression see its own name", () => {
    expect(ts("const f = function g() { return g; }").functions[0]?.body.map(shortStatement)).toEqual([
      "let bind 1 = function 0",
      "return g#1",
    ]);
  });
});

describe("modules", () => {
  it("keeps every form of import", () => {
    const form = ts(
      "import a, { b as c, type d } from 'm'; import * as e from 'n'; import type { f } from 'o'; import 'p';",
    );
    expect(
      form.imports.map(({ source, imported, binding, typeOnly }) => [source, imported, binding, typeOnly]),
    ).toEqual([
      ["m", "default", 0, false],
      ["m", "b", 1, false],
      ["m", "d", 2, true],
      ["n", "*", 3, false],
      ["o", "f", 4, true],
      ["p", "*", -1, false],
    ]);
  });

  it("keeps every form of export", () => {
    const form = ts(
      "const x = 1; export { x as y, x as default }; export const { a, b: [c] } = z; export function f() {} export class G {} export enum H {} export { d as e } from 'm'; export * from 'n'; export * as ns from 'o';",
    );
    expect(
      form.exports.map((e) => [
        e.kind,
        "name" in e ? e.name : "",
        e.kind === "local" ? short(e.value) : e.source,
      ]),
    ).toEqual([
      ["local", "y", "x#0"],
      ["local", "default", "x#0"],
      ["local", "a", "a#1"],
      ["local", "c", "c#2"],
      ["local", "f", "f#3"],
      ["local", "G", "G#4"],
      ["local", "H", "H#5"],
      ["from", "e", "m"],
      ["all", "", "n"],
      ["from", "ns", "o"],
    ]);
  });

  it.each([
    ["export default { a: 1 }", "default", '{"a": 1}'],
    ["export default function f() {}", "default", "f#0"],
    ["export default function () {}", "default", "function 0"],
    ["export default class {}", "default", "class 0"],
    ["export = foo", "=", "foo?"],
  ])("%s", (text, name, value) => {
    expect(ts(text).exports.map((e) => (e.kind === "local" ? [e.name, short(e.value)] : []))).toEqual([
      [name, value],
    ]);
  });

  it("takes only types and re-exports from a declaration file", () => {
    const form = lowered(
      "export declare const a: string; export interface B { c: 'd' } export { e } from './e.js'; declare class F {}",
      "src/app.d.ts",
    );
    expect([form.body, form.bindings]).toEqual([[], []]);
    expect(form.types.map(({ name }) => name)).toEqual(["B"]);
    expect(form.exports.map((e) => e.kind)).toEqual(["from"]);
  });
});

it("finds the scripts that Svelte's parser puts into the program's body", () => {
  const text = "const a = 1;";
  const { program } = parseJs("a.ts", text);
  const body = [{ type: "SvelteScriptElement", body: program.body }, { type: "SvelteElement" }];
  const form = lowerJs({ ...program, body } as unknown as TSESTree.Program, [], { file: "a.svelte", text });
  expect(form.body.map(shortStatement)).toEqual(["let bind 0 = 1"]);
});

it("reports what could not be read, with its place", () => {
  const form = lowerFile("src/app.ts", "const a = ;");
  expect(form).toMatchObject({ body: [], problems: [{ range: [10, 11], message: "Unexpected token" }] });
});
