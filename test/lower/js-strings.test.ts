import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { FileForm, StringExpression } from "../../src/lower/form.js";
import { lowered } from "./js-lowered.js";
import { JS_SNIPPETS, TS_SNIPPETS } from "./js-snippets.js";

/** Every string of the form. */
function stringsOf(form: FileForm): StringExpression[] {
  const found: StringExpression[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("kind" in value && value.kind === "string") found.push(value as StringExpression);
    Object.values(value).forEach(visit);
  };
  visit([form.body, form.functions, form.classes, form.exports, form.bindings, form.types]);
  return found;
}

/** The text that the characters `from` to `to` of the value were written with. */
function written(text: string, node: StringExpression, from: number, to: number): string {
  if (typeof node.at === "number") return text.slice(node.at + from, node.at + to);
  return text.slice(node.at[from], node.at[to]);
}

function onlyString(text: string, file?: string): StringExpression {
  const [string] = stringsOf(lowered(text, file)).filter(({ quote }) => quote !== "");
  if (!string) throw new Error("No string");
  return string;
}

describe("a string's map back to the text", () => {
  it.each([
    ["'plain'", "plain", 1, "'"],
    ['"a b"', "a b", 1, '"'],
    ["`tpl`", "tpl", 1, "`"],
    ["''", "", 1, "'"],
    ["'a\\nb'", "a\nb", [1, 2, 4, 5], "'"],
    ["'\\x41\\u0042\\u{43}'", "ABC", [1, 5, 11, 17], "'"],
    ["'\\u{1F600}x'", "😀x", [1, 1, 10, 11], "'"],
    ["'😀\\t'", "😀\t", [1, 2, 3, 5], "'"],
    ["'a\\\nb'", "ab", [1, 4, 5], "'"],
    ["'a\\\r\nb'", "ab", [1, 5, 6], "'"],
    ["'\\'\\q'", "'q", [1, 3, 5], "'"],
    ["`a\r\nb\rc`", "a\nb\nc", [1, 2, 4, 5, 6, 7], "`"],
    ["`a\\\r\nb`", "ab", [1, 5, 6], "`"],
  ])("%j", (literal, value, at, quote) => {
    const range = quote === "`" ? [1, literal.length - 1] : [0, literal.length];
    expect(onlyString(literal)).toEqual({ kind: "string", range, value, at, quote });
  });

  it("reads octal escapes of scripts", () => {
    expect(onlyString("with (a) '\\101\\0\\8'", "a.cjs")).toMatchObject({
      value: "A\u00008",
      at: [10, 14, 16, 18],
    });
  });

  it("takes the raw text of a quasi that cannot be cooked", () => {
    const [string] = stringsOf(lowered("tag`\\unicode \\n`"));
    expect(string).toMatchObject({ value: "\\unicode \\n", at: 4 });
  });

  it("maps character references of JSX", () => {
    const [name, value] = stringsOf(lowered("<a b='x&amp;y&#128512;z'/>")).filter((s) => s.value !== "a");
    expect(name).toMatchObject({ value: "b", at: 3, quote: "" });
    expect(value).toMatchObject({ value: "x&y😀z", at: [6, 7, 12, 13, 13, 22, 23], quote: "'" });
  });

  it("maps text between tags", () => {
    const text = "<a>\n  one &lt;\n  two\n</a>";
    const string = stringsOf(lowered(text)).find(({ value }) => value.startsWith("one"));
    expect(string?.value).toBe("one < two");
    expect(string && written(text, string, 0, 3)).toBe("one");
    expect(string && written(text, string, 4, 5)).toBe("&lt;");
    expect(string && written(text, string, 6, 9)).toBe("two");
  });

  it("maps names that are written with escapes", () => {
    const text = "a.\\u0062c";
    const [string] = stringsOf(lowered(text));
    expect(string).toMatchObject({ value: "bc", range: [2, 9], at: [2, 2, 9] });
  });
});

const codePoints = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(...Array.from("ab:'\"`\\$ {}\n\r\t\u2028😀é\0")) }),
);

/** The ways to write one character (UTF-16 unit) inside quotes. */
function spellings(unit: string, quote: string): string[] {
  const hex = unit.charCodeAt(0).toString(16);
  const forms = [`\\u${hex.padStart(4, "0")}`, `\\u{${hex}}`];
  if (hex.length <= 2) forms.push(`\\x${hex.padStart(2, "0")}`);
  if (!"\\\r\n\u2028\u2029".includes(unit) && unit !== quote && unit !== "$") forms.push(unit);
  return forms;
}

describe("whatever a string holds and however it is written", () => {
  it("its value and its map are exact", () => {
    const spelled = fc.record({
      value: codePoints,
      quote: fc.constantFrom("'", '"', "`"),
      picks: fc.infiniteStream(fc.nat()),
    });
    fc.assert(
      fc.property(spelled, ({ value, quote, picks }) => {
        const pieces = Array.from({ length: value.length }, (_, i) => {
          const unit = value.charAt(i);
          const forms = spellings(unit, quote);
          return forms[Number(picks.next().value) % forms.length] ?? "";
        });
        const text = `x = ${quote}${pieces.join("")}${quote};`;
        const string = onlyString(text);
        expect(string.value).toBe(value);
        pieces.forEach((piece, i) => {
          expect(written(text, string, i, i + 1)).toBe(piece);
        });
      }),
    );
  });

  it("a string without escapes is the text at its place", () => {
    for (const text of [...Object.values(JS_SNIPPETS), ...Object.values(TS_SNIPPETS)]) {
      const file = Object.values(JS_SNIPPETS).includes(text) ? "a.jsx" : "a.ts";
      for (const string of stringsOf(lowered(text, file))) {
        if (typeof string.at === "number") {
          expect(text.slice(string.at, string.at + string.value.length)).toBe(string.value);
        } else {
          expect(string.at).toHaveLength(string.value.length + 1);
        }
      }
    }
  });
});
