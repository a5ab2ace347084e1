import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerJson } from "../../../src/lower/data/json.js";
import { lowerJson5 } from "../../../src/lower/data/json5.js";
import { at, expectPlaced, plain, stringAt, stringsOf, tokens } from "./support.js";

describe("JSON", () => {
  it("keeps maps, lists, numbers and strings with their places", () => {
    const text = '{\r\n  "klaviyo": { "scopes": ["accounts:read", "lists:\\u0072ead"], "n": -0, "big": 1e999 }\r\n}';
    const { data, problems } = lowerJson(text);
    expect(problems).toEqual([]);
    expect(plain(data)).toEqual({
      klaviyo: { scopes: ["accounts:read", "lists:read"], n: 0, big: "<not a finite number>" },
    });
    const escaped = stringAt(data, "klaviyo", "scopes", 1);
    expect(tokens(text, escaped)).toEqual(["lists:\\u0072ead"]);
    expect(text.slice(...escaped.range)).toBe('"lists:\\u0072ead"');
  });

  it("gives keys and entries their whole ranges", () => {
    const text = '{ "a" : { "b": [1] } , "c": 2 }';
    const { data } = lowerJson(text);
    if (data?.kind !== "map") throw new Error("no map");
    expect(data.entries.map((entry) => text.slice(...entry.range))).toEqual(['"a" : { "b": [1] }', '"c": 2']);
    expect(data.entries.map((entry) => entry.key && text.slice(...entry.key.range))).toEqual(['"a"', '"c"']);
  });

  it("takes comments, trailing commas and a byte order mark", () => {
    const text = '\uFEFF// one\n{ "a": [1, /* two */ 2,], }';
    const { data, problems, comments } = lowerJson(text);
    expect(problems).toEqual([]);
    expect(plain(data)).toEqual({ a: [1, 2] });
    expect(comments.map(({ range }) => text.slice(...range))).toEqual(["// one", "/* two */"]);
  });

  it("reads on after a fault and names its line, but not its text", () => {
    const text = '{\n  "a": hunter2,\n  "b": ["x" "y"],\n  "c": "z';
    const { data, problems } = lowerJson(text);
    expect(plain(data)).toMatchObject({ b: ["x", "y"], c: "z" });
    expect(problems.map((problem) => problem.message)).toEqual([
      "Line 2: there is a character or word that JSON does not have. Correct it; the rest of the file was read.",
      "Line 2: a value is expected. Correct it; the rest of the file was read.",
      "Line 3: a comma is expected. Correct it; the rest of the file was read.",
      "Line 4: a string is not closed. Correct it; the rest of the file was read.",
      "Line 4: a closing brace is expected. Correct it; the rest of the file was read.",
    ]);
  });

  it("ends containers that are not closed where the one around them ends", () => {
    const text = '{ "a": [1, { "b": 2 ], "c": 3 }';
    const { data } = lowerJson(text);
    expect(text.slice(...at(data, "a", 1).range).startsWith('{ "b": 2')).toBe(true);
  });

  it("splits a placeholder's default from what is unknown", () => {
    const text = '{"scope": "${SCOPES:-accounts:read} lists:read {{ extra }}"}';
    expect(plain(at(lowerJson(text).data, "scope"))).toBe(
      "<variable SCOPES> || accounts:read lists:read <expression extra>",
    );
  });

  it("stops at a depth nobody writes", () => {
    const text = "[".repeat(200) + "]".repeat(200);
    let depth = 0;
    for (let value = lowerJson(text).data; value?.kind === "list"; value = value.items[0] ?? null) depth++;
    expect(depth).toBe(100);
    const hostile = lowerJson("[".repeat(100_000));
    expect(hostile.problems.length).toBeGreaterThan(0);
  });

  it("keeps every value of what JSON.stringify writes, at its place", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2, "\t"), (value, space) => {
        const text = JSON.stringify(value, null, space).replaceAll("\n", "\r\n");
        const { data, problems } = lowerJson(text);
        expect(problems).toEqual([]);
        for (const node of stringsOf(data)) {
          expectPlaced(text, node);
          if (node.quote === '"' && text.charAt(node.range[0]) === '"' && text.charAt(node.range[1] - 1) === '"')
            expect(JSON.parse(text.slice(...node.range))).toBe(node.value);
        }
      }),
    );
  });
});

describe("JSON5", () => {
  it("keeps what JSON has not: bare keys, single quotes, hex, continued lines", () => {
    const text = "// c\n{ klaviyo: { 'sc\\x6fpes': ['accounts:read', \"lists\\\n:read\",], n: 0x10, i: +Infinity } }";
    const { data, problems, comments } = lowerJson5(text);
    expect(problems).toEqual([]);
    expect(plain(data)).toEqual({
      klaviyo: { scopes: ["accounts:read", "lists:read"], n: 16, i: "<not a finite number>" },
    });
    expect(comments.map((comment) => comment.text)).toEqual(["// c"]);
    expect(tokens(text, stringAt(data, "klaviyo", "scopes", 1))).toEqual(["lists\\\n:read"]);
    for (const node of stringsOf(data)) expectPlaced(text, node);
  });

  it("names the line of a fault, but not its text", () => {
    const { data, problems } = lowerJson5("{\n  a: 1,\n  b: hunter2 }");
    expect(data).toBeNull();
    expect(problems.map((problem) => problem.message)).toEqual([
      "Line 3: this is not JSON5. Correct it; nothing of the file was read.",
    ]);
    expect(lowerJson5("[".repeat(100_000)).problems).toHaveLength(1);
    expect(lowerJson5("'a\\").problems).toHaveLength(1);
  });

  it("keeps every value of what JSON.stringify writes, at its place", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3, noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value, null, 2);
        const { data, problems } = lowerJson5(text);
        expect(problems).toEqual([]);
        for (const node of stringsOf(data)) expectPlaced(text, node);
      }),
    );
  });
});
