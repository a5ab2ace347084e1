import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { getStaticTOMLValue, parseTOML } from "toml-eslint-parser";
import { lowerToml } from "../../../src/lower/data/toml.js";
import { expectPlaced, plain, stringAt, stringsOf, tokens } from "./support.js";

describe("TOML", () => {
  const text = [
    "# note",
    'title = "accounts:read \\u006Cists:read"',
    "a.b.'c d' = 'accounts:read'",
    "[vars]",
    'SCOPES = """',
    "accounts:read \\",
    "    lists:read",
    'tags:read"""',
    "RAW = '''",
    "accounts:read",
    "lists:read'''",
    "[[apps]]",
    'scopes = ["accounts:read", # one',
    '  "lists:read"]',
    "[apps.inner]",
    "x = { y = 1, z = 2.5 }",
    "[[apps]]",
    "when = 2024-01-01",
    "[q.inner]",
    "y = 1",
    "[q]",
    "later = true",
    "",
  ].join("\n");

  it.each([
    ["LF", text],
    ["CRLF", text.replaceAll("\n", "\r\n")],
  ])("maps every token to its place with %s line breaks", (_name, source) => {
    const { data, problems, comments } = lowerToml(source);
    expect(problems).toEqual([]);
    expect(comments.map(({ range }) => source.slice(...range))).toEqual(["# note", "# one"]);
    expect(plain(data)).toEqual({
      title: "accounts:read lists:read",
      a: { b: { "c d": "accounts:read" } },
      q: { inner: { y: 1 }, later: true },
      vars: { SCOPES: "accounts:read lists:read\ntags:read", RAW: "accounts:read\nlists:read" },
      apps: [
        { scopes: ["accounts:read", "lists:read"], inner: { x: { y: 1, z: 2.5 } } },
        { when: "<a date or time>" },
      ],
    });
    for (const node of stringsOf(data)) expectPlaced(source, node);
    expect(tokens(source, stringAt(data, "title"))).toEqual(["accounts:read", "\\u006Cists:read"]);
    expect(tokens(source, stringAt(data, "vars", "SCOPES"))).toEqual(["accounts:read", "lists:read", "tags:read"]);
    expect(tokens(source, stringAt(data, "vars", "RAW"))).toEqual(["accounts:read", "lists:read"]);
    expect(tokens(source, stringAt(data, "apps", 0, "scopes", 1))).toEqual(["lists:read"]);
    expect(stringAt(data, "vars", "RAW").quote).toBe("'");
  });

  it("reads around faulty lines and names them, but not their text", () => {
    const { data, problems } = lowerToml("a = 1\nhunter2\nb = 2\na = 3\nc =\nd = 'x");
    expect(plain(data)).toEqual({ a: 1, b: 2 });
    expect(problems.map((problem) => problem.message)).toEqual([
      "Line 2: this is not TOML. Correct it; the other lines were read.",
      "Line 6: this is not TOML. Correct it; the other lines were read.",
      "Line 5: this is not TOML. Correct it; the other lines were read.",
      "Line 4: this is not TOML. Correct it; the other lines were read.",
    ]);
    expect(lowerToml(`a = ${"[".repeat(50_000)}`).problems.length).toBeGreaterThan(0);
  });

  it("keeps every string of any value, at its place", () => {
    const escape = (value: string): string =>
      JSON.stringify(value).replaceAll("\u007f", "\\u007f").replaceAll("\\u2028", "\u2028");
    const value = fc.oneof(
      fc.string({ unit: "binary" }).map((text) => escape(text.replace(/[\ud800-\udfff]/g, "?"))),
      fc.array(fc.constantFrom("a:b", " ", "\n", "\r\n", "\\\n  ", '\\"', "\\\\", "é", "''"), { maxLength: 12 })
        .map((parts) => `"""${parts.join("")}"""`),
      fc.array(fc.constantFrom("a:b", " ", "\n", "\r\n", "\\", '"', "''x"), { maxLength: 12 })
        .map((parts) => `'''${parts.join("")}'''`),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
        const source = values.map((written, i) => `k${String(i)} = [${written}]\n`).join("");
        const { data, problems } = lowerToml(source);
        expect(problems).toEqual([]);
        expect(plain(data)).toEqual(getStaticTOMLValue(parseTOML(source)));
        for (const node of stringsOf(data)) expectPlaced(source, node);
      }),
    );
  });
});
