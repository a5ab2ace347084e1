import { describe, expect, it } from "vitest";
import { formatBaseline, openBaseline, parseBaseline } from "../../src/audit/baseline.js";
import type { BaselineEntry } from "../../src/audit/baseline.js";

const entry = (over: Partial<BaselineEntry> = {}): BaselineEntry => ({
  rule: "no-unused-scope",
  app: "app",
  file: "src/auth.ts",
  scope: "lists:write",
  operation: null,
  ...over,
});

describe("baseline", () => {
  it("knows a finding by rule, app, file, scope and operation", () => {
    const baseline = openBaseline([entry()]);
    expect(baseline.has(entry())).toBe(true);
    for (const over of [
      { rule: "no-unknown-scope" },
      { app: "other" },
      { file: "src/other.ts" },
      { scope: "lists:read" },
      { operation: "get_lists" },
    ]) {
      expect(baseline.has(entry(over)), JSON.stringify(over)).toBe(false);
    }
  });

  it("names the entries that matched nothing", () => {
    const baseline = openBaseline([entry(), entry({ scope: "tags:read" })]);
    baseline.has(entry());
    expect(baseline.unmatched()).toEqual([entry({ scope: "tags:read" })]);
  });

  it("is the same text for the same findings, in any order and number", () => {
    const other = entry({ scope: "tags:read" });
    const text = formatBaseline([other, entry(), entry()]);
    expect(text).toBe(formatBaseline([entry(), other]));
    expect(parseBaseline(text)).toEqual([entry(), other]);
    expect(parseBaseline(formatBaseline([]))).toEqual([]);
  });

  it("keeps no line and no message", () => {
    const finding = { ...entry(), line: 3, message: "Remove it." };
    expect(formatBaseline([finding])).not.toMatch(/line|Remove/);
  });

  it.each([
    ["{", /JSON/],
    ["[]", /"version": 1/],
    ['{ "version": 1 }', /`findings`/],
    ['{ "version": 1, "findings": [{ "rule": "x" }] }', /entry 1 has no `app`/],
  ])("says what is wrong with %s", (text, message) => {
    expect(() => parseBaseline(text)).toThrow(message);
  });
});
