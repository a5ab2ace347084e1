import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formats, githubSummary } from "../../src/report/index.js";
import { pathToUri, safeJson, visible } from "../../src/report/safe.js";
import { contextOf, SAMPLES } from "./reports.js";

const RAW = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

test.each([
  ["\u001b[31mred", "\\x1b[31mred"],
  ["a\u202eb", "a\\u202eb"],
  ["zero\u200bwidth", "zero\\u200bwidth"],
  ["line\r\nend\t", "line\\r\\nend\\t"],
  ["tag\u{e0041}", "tag\\u{e0041}"],
  ["lone \ud800 surrogate", "lone \\ud800 surrogate"],
  ["日本語 é 👍", "日本語 é 👍"],
])("visible(%j) is %j", (text, expected) => {
  expect(visible(text)).toBe(expected);
});

const anyText = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });

test("nothing invisible is left, whatever the text", () => {
  fc.assert(fc.property(anyText, (text) => !RAW.test(visible(text))));
});

test("safe JSON reads back to the same value", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const written = safeJson({ text }, 2);
      expect(JSON.parse(written)).toEqual({ text });
      expect(RAW.test(written.replaceAll("\n", ""))).toBe(false);
    }),
  );
});

test("any path becomes a URI reference that reads back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (path) => {
      expect(pathToUri(path)).toMatch(/^[\w.!~*'()/%-]*$/);
      expect(pathToUri(path).split("/").map(decodeURIComponent).join("/")).toBe(path);
    }),
  );
});

describe.each(Object.entries({ ...formats, summary: githubSummary }))(
  "%s of the hostile report",
  (name, format) => {
    const sample = SAMPLES["hostile"]?.();
    if (sample === undefined) throw new Error("no sample");
    const text = format(sample.report, contextOf(sample));

    test("holds no raw control, bidi or invisible character", () => {
      expect(RAW.exec(text.replaceAll("\n", ""))).toBeNull();
    });

    test("is the same when written again", () => {
      expect(format(sample.report, contextOf(sample))).toBe(text);
    });

    test("shows what it escapes", () => {
      expect(text).toMatch(name === "json" ? /\\u001b/ : /\\{1,2}x1b/);
    });
  },
);
