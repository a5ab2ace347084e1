import { expect, test } from "vitest";
import { fingerprints } from "../../src/report/fingerprint.js";
import { at, contextOf, finding, report, type Sources } from "./reports.js";

const FILE = "src/auth.ts";

function printsOf(sources: Sources, ...tokens: [text: string, nth: number][]): string[] {
  const findings = tokens.map(([text, nth]) => finding(at(sources, FILE, text, nth), { scope: text }));
  return fingerprints(findings, contextOf({ report: report(), sources }));
}

test("stay when lines move and when the indentation changes", () => {
  const before = printsOf({ [FILE]: 'const a = "x:read";\n' }, ["x:read", 1]);
  const after = printsOf({ [FILE]: '// new\n\n   const  a = "x:read";\n' }, ["x:read", 1]);
  expect(after).toEqual(before);
});

test("change with the line's text", () => {
  const before = printsOf({ [FILE]: 'const a = "x:read";\n' }, ["x:read", 1]);
  expect(printsOf({ [FILE]: 'const b = "x:read";\n' }, ["x:read", 1])).not.toEqual(before);
});

test("tell two equal findings on equal lines apart", () => {
  const sources = { [FILE]: 'f("x:read");\nf("x:read");\n' };
  const prints = printsOf(sources, ["x:read", 1], ["x:read", 2]);
  expect(new Set(prints).size).toBe(2);
});

test("do not confuse parts that join to the same text", () => {
  const place = { file: FILE, line: 1, column: 1, endLine: 1, endColumn: 2 };
  const context = contextOf({ report: report(), sources: {} });
  const [one] = fingerprints([finding(place, { rule: "a", scope: "b", operation: null })], context);
  const [other] = fingerprints([finding(place, { rule: "a", scope: null, operation: "b" })], context);
  expect(one).not.toBe(other);
});
