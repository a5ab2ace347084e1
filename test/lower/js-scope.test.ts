import { describe, expect, it } from "vitest";

import type { FileForm } from "../../src/lower/form.js";
import { lowered } from "./js-lowered.js";

/** Every reference in the form's JSON, in the order of the text, as `name@line of its declaration` or `name@global`. */
function references(form: FileForm): string[] {
  const found: { at: number; text: string }[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const node = value as Record<string, unknown>;
    if (node["kind"] === "name" && typeof node["binding"] === "number") {
      const binding = form.bindings[node["binding"]];
      const line = binding ? form.lines.filter((start) => start <= binding.range[0]).length : "global";
      found.push({
        at: (node["range"] as number[])[0] ?? 0,
        text: `${String(node["name"])}@${String(line)}`,
      });
    }
    Object.values(node).forEach(visit);
  };
  visit([form.bindings, form.body, form.functions, form.classes, form.exports, form.types]);
  return found.sort((a, b) => a.at - b.at).map(({ text }) => text);
}

/** Each line of code is written on a line of its own. */
const referencesOf = (...lines: string[]): string[] => references(lowered(lines.join("\n"), "src/app.ts"));

describe("every reference finds its variable", () => {
  it.each<[string, string[], string[]]>([
    ["a declaration further down", ["use(later);", "const later = 1;"], ["use@global", "later@2"]],
    ["a hoisted function", ["f();", "function f() {}"], ["f@2"]],
    [
      "a var in a nested block",
      ["use(v);", "if (x) { for (var v of y) ; }"],
      ["use@global", "v@2", "x@global", "y@global"],
    ],
    ["shadowing in a block", ["const a = 1;", "{", "const a = 2;", "a;", "}", "a;"], ["a@3", "a@1"]],
    ["shadowing by a parameter", ["const a = 1;", "function f(a) { return a; }", "a;"], ["a@2", "a@1"]],
    [
      "a default that refers to a parameter",
      ["const b = 1;", "const f = (", "b,", "c = b) => c;"],
      ["b@3", "c@4"],
    ],
    [
      "a default is not in the body's scope",
      ["const a = 1;", "function f(b = a) {", "var a = 2; return a; }"],
      ["a@1", "a@3"],
    ],
    ["a var that repeats a parameter", ["function f(", "a) {", "var a; return a; }"], ["a@2"]],
    ["a catch parameter", ["const e = 1;", "try {} catch (e) { e; }", "e;"], ["e@2", "e@1"]],
    ["a loop variable", ["const i = 1;", "for (let i = 0; i < 1;) i;", "i;"], ["i@2", "i@2", "i@1"]],
    [
      "what is looped over is outside of the loop",
      ["const x = [];", "for (const x2 of x) { const x = 1; x; }"],
      ["x@1", "x@2"],
    ],
    [
      "switch cases share a scope",
      ["const a = 1;", "switch (a) {", "case 1: let a; break;", "default: a; }"],
      ["a@1", "a@3"],
    ],
    [
      "a class expression's name",
      ["const A = 1;", "const b = class A { m() { return A; } };", "A;"],
      ["A@2", "A@1"],
    ],
    ["a class in its own methods", ["class A { m() { return new A(); } }"], ["A@1"]],
    ["an import", ["use(a);", "import { a } from 'm';"], ["use@global", "a@2"]],
    ["an enum's sibling", ["const A = 9;", "enum E {", "A = 1, B = A }"], ["E@2"]],
    [
      "a namespace's inner name",
      ["const a = 1;", "namespace N {", "export const a = 2; a; }", "a;"],
      ["a@3", "a@3", "a@1"],
    ],
    ["a static block's var", ["class C { static {", "var a = 1; a; } }", "a;"], ["a@2", "a@global"]],
    [
      "destructuring",
      ["const { a, b: [c], ...d } = e;", "a, b, c, d;"],
      ["e@global", "a@1", "b@global", "c@1", "d@1"],
    ],
    [
      "prototype names are no variables",
      ["toString; __proto__; constructor;"],
      ["toString@global", "__proto__@global", "constructor@global"],
    ],
    ["a class named in a type", ["let a: A;", "class A {}"], ["A@2"]],
  ])("%s", (_name, lines, expected) => {
    expect(referencesOf(...lines)).toEqual(expected);
  });

  it("finds the target of an assignment", () => {
    const form = lowered("let a; function f() { a = 1; let b; ({ b, c } = d); }", "src/app.ts");
    expect(form.functions[0]?.body).toMatchObject([
      { expression: { target: { kind: "bind", binding: 0 } } },
      { kind: "let" },
      {
        expression: {
          target: {
            entries: [
              { value: { kind: "bind", binding: 2 } },
              { value: { kind: "target", expression: { name: "c" } } },
            ],
          },
        },
      },
    ]);
  });

  it("tells what declares a variable, and in which function", () => {
    const form = lowered(
      "const a = 1; let b; var c; function d(e) { var f; { let g; } } class H {} enum I {} import j from 'j'; try {} catch (k) {} namespace L {}",
      "src/app.ts",
    );
    const kinds = new Map(form.bindings.map(({ name, kind, fn }) => [name, `${kind} ${String(fn)}`]));
    expect(Object.fromEntries(kinds)).toEqual({
      a: "const -1",
      b: "let -1",
      c: "var -1",
      d: "function -1",
      e: "param 0",
      f: "var 0",
      g: "let 0",
      H: "class -1",
      I: "enum -1",
      j: "import -1",
      k: "catch -1",
      L: "namespace -1",
    });
  });

  it("declares the variables of Svelte's reactive statements", () => {
    const form = lowered(
      "<script>\nexport let count = 1;\n$: doubled = count * 2;\nuse(doubled);\n</script>",
      "src/App.svelte",
    );
    expect(references(form)).toEqual(["count@2", "count@2", "use@global", "doubled@3"]);
  });
});
