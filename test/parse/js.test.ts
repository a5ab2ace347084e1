import { describe, expect, it } from "vitest";

import { parseJs } from "../../src/parse/js.js";

const bodyTypes = (file: string, text: string): string[] =>
  parseJs(file, text).program.body.map(({ type }) => type);

describe("parseJs", () => {
  it.each([
    ["a.js", "const a = <b/>;"],
    ["a.mjs", "await import('x');"],
    ["a.cjs", "return require('x');"],
    ["a.js", "with (a) b;"],
    ["a.js", "var await = 1; return;"],
    ["a.ts", "const a = <T>b; const c = <T>(d: T) => d;"],
    ["a.tsx", "const a: T = <b<T>/>;"],
    ["a.mts", "export const a: string = await b;"],
    ["a.cts", "import a = require('b'); export = a;"],
    ["a.d.ts", "export const a: string; export default class {}"],
    ["a.js", "const a = (b: string): string => b;"],
    ["a.js", "#!/usr/bin/env node\nrequire('a');"],
    ["dir.ts/a.js", "const a = <b/>;"],
  ])("reads %s: %s", (file, text) => {
    expect(parseJs(file, text).problems).toEqual([]);
    expect(bodyTypes(file, text)).not.toEqual([]);
  });

  it("gives ranges in UTF-16 units of the text, byte order mark included", () => {
    const text = "\uFEFFconst a = '😀é'; // 😀 c\nb;";
    const { program, comments } = parseJs("a.js", text);
    expect(program.body.map(({ range }) => text.slice(...range))).toEqual(["const a = '😀é';", "b;"]);
    expect(comments.map(({ range, value }) => [text.slice(...range), value])).toEqual([["// 😀 c", " 😀 c"]]);
  });

  it("tells where the syntax is broken", () => {
    const { program, problems } = parseJs("a.js", "const a = 1;\nconst b = ;");
    expect(program.body).toEqual([]);
    expect(problems).toEqual([{ range: [23, 24], message: "Unexpected token" }]);
  });

  it("keeps the tree where the parser recovers", () => {
    const { program, problems } = parseJs("a.ts", "const a; b; export {};");
    expect(program.body).toHaveLength(3);
    expect(problems).toHaveLength(1);
  });

  it("reports Flow that is no TypeScript", () => {
    const { problems } = parseJs("a.js", "// @flow\ntype A = {| a: ?string |}; export type { A };");
    expect(problems).not.toEqual([]);
  });

  it("reads an empty file", () => {
    expect(parseJs("a.ts", "")).toMatchObject({ program: { body: [] }, comments: [], problems: [] });
  });

  it("refuses text that the parser would not survive", () => {
    const { program, problems } = parseJs("a.js", "[".repeat(100_000));
    expect(program.body).toEqual([]);
    expect(problems).toEqual([{ range: [500, 500], message: "Nested too deeply to be parsed" }]);
  });
});
