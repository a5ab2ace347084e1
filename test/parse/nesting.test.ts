import { describe, expect, it } from "vitest";

import { tooDeepAt } from "../../src/parse/nesting.js";

/** Each is repeated, and closed again where it has something to close. */
const DEEP: readonly (readonly [open: string, close: string])[] = [
  ["[", "]"],
  ["(", ")"],
  ["{", "}"],
  ["a ? b : ", ""],
  ["a => ", ""],
  ["if (a) ", ""],
  ["if (a) { b; } else ", ""],
  ["for (;;) ", ""],
  ["a = ", ""],
  ["a: ", ""],
  ["new ", ""],
  ["<a>", "</a>"],
  ["A<B", ">"],
  ["`${", "}`"],
  ["f(() => { /* ] */ // }\n'}'; `}`; /[}]/;", "})"],
];

it.each(DEEP)("finds the nesting of %j", (open, close) => {
  expect(tooDeepAt(open.repeat(1600) + close.repeat(1600))).toBeGreaterThan(0);
  expect(tooDeepAt(open.repeat(100) + close.repeat(100))).toBe(-1);
});

describe("does not take for nesting what follows one upon the other:", () => {
  it.each([
    "[a, { b: c }];",
    "x = a ? b : c;\n",
    "const x = a ? b : c\n",
    "<a b={c}>it's</a>\n<br/>",
    "if (a) { b() } else { c() }; ".replace(" else { c() }", ""),
    "'([{'; \"([{\"; `([{`; /([{]/.test(a);",
    "`a ${b} don't ${c}`;",
    "// ([{\n/* ([{ */",
    "a / b; c / (d);",
    "case 'a': return b\n",
    "a({ b: '\\'' }),",
  ])("%j", (text) => {
    expect(tooDeepAt(text.repeat(5000))).toBe(-1);
  });
});

it("survives what is not closed", () => {
  for (const text of ["'", '"', "`", "/", "/*", "${", "\\", "`${", "}", "</"]) {
    expect(tooDeepAt(`${" ".repeat(600)}${text}`)).toBe(-1);
  }
});
