import { describe, expect, it } from "vitest";

import { lowerFile } from "../../src/lower/index.js";
import { loweredByEslint } from "./js-lowered.js";

/** The same code written `n` deep. */
const NESTED: Readonly<Record<string, (n: number) => string>> = {
  "a chain of operators": (n) => `x = a${" + a".repeat(n)};`,
  "mixed operators": (n) => `x = a${" + b || c".repeat(n)};`,
  "method calls": (n) => `x = a${".b()".repeat(n)};`,
  arrays: (n) => `x = ${"[".repeat(n)}${"]".repeat(n)};`,
  "array patterns": (n) => `let ${"[".repeat(n)}x${"]".repeat(n)} = y;`,
  objects: (n) => `x = ${"{ a: ".repeat(n)}1${"}".repeat(n)};`,
  arrows: (n) => `x = ${"a => ".repeat(n)}1;`,
  functions: (n) => `${"x = function () {".repeat(n)}${"}".repeat(n)};`,
  classes: (n) => `${"x = class { a() {".repeat(n)}${"}}".repeat(n)};`,
  "else branches": (n) => `${"if (a) {} else ".repeat(n)}{}`,
  conditionals: (n) => `x = ${"a ? b : ".repeat(n)}c;`,
  assignments: (n) => `${"a = ".repeat(n)}1;`,
  templates: (n) => `x = ${"`${".repeat(n)}1${"}`".repeat(n)};`,
  elements: (n) => `x = ${"<a>".repeat(n)}${"</a>".repeat(n)};`,
  blocks: (n) => `${"{".repeat(n)}${"}".repeat(n)}`,
  labels: (n) => `${Array.from({ length: n }, (_, i) => `l${String(i)}: `).join("")}a;`,
};
const NESTED_TYPES: Readonly<Record<string, (n: number) => string>> = {
  "type arguments": (n) => `type X = ${"A<".repeat(n)}B${">".repeat(n)};`,
  "array types": (n) => `type X = A${"[]".repeat(n)};`,
  "qualified names": (n) => `type X = A${".B".repeat(n)};`,
  unions: (n) => `type X = 'a'${" | 'b'".repeat(n)};`,
  assertions: (n) => `x = a${" as A".repeat(n)};`,
  "type operators": (n) => `type X = ${"keyof ".repeat(n)}A;`,
};

const ALL = [
  ...Object.entries(NESTED).map(([name, write]) => ({ name, write, file: "src/app.jsx" })),
  ...Object.entries(NESTED_TYPES).map(([name, write]) => ({ name, write, file: "src/app.ts" })),
];

describe("code that is nested too deeply", () => {
  it.each(ALL)("is lowered as far as it can be: $name", ({ write, file }) => {
    for (const n of [150, 450, 1200]) {
      const form = lowerFile(file, write(n));
      expect(JSON.parse(JSON.stringify(form))).toStrictEqual(form);
    }
  });

  it.each(ALL)("takes no process down: $name", ({ write, file }) => {
    const form = lowerFile(file, write(50_000));
    expect(JSON.parse(JSON.stringify(form))).toStrictEqual(form);
    if (form.body.length === 0 && form.types.length === 0)
      expect(form.problems).toMatchObject([{ message: /nested/i }]);
  });

  it("keeps the operands of a chain of 5,000", () => {
    const form = lowerFile("a.js", `x = f()${" + g()".repeat(5000)};`);
    expect(form.body).toMatchObject([
      { expression: { value: { kind: "unknown", reason: "nested too deeply" } } },
    ]);
    expect(JSON.stringify(form).match(/"kind":"call"/g)).toHaveLength(5001);
  });

  it("is lowered below ESLint's own stack, too", () => {
    for (const write of [NESTED["functions"], NESTED["else branches"]]) {
      expect(loweredByEslint(write?.(200) ?? "", "a.js", "espree").body).not.toEqual([]);
    }
  });
});
