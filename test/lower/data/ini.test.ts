import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerIni } from "../../../src/lower/data/ini.js";
import { lowerProperties } from "../../../src/lower/data/properties.js";
import { expectPlaced, plain, stringAt, stringsOf, tokens } from "./support.js";

describe("INI", () => {
  const text = [
    "; note",
    "top = 1",
    "[klaviyo]",
    "scopes = accounts:read lists:read ; later",
    'quoted: "accounts:read ; in" # later',
    "joined = accounts:read \\",
    "   lists:read",
    "python =",
    "    accounts:read",
    "    lists:read",
    '[remote "origin"]',
    "\turl = x",
    "\tflag",
    "",
  ].join("\n");

  it.each([
    ["LF", text],
    ["CRLF", text.replaceAll("\n", "\r\n")],
  ])("maps every token to its place with %s line breaks", (_name, source) => {
    const { data, problems } = lowerIni(source);
    expect(problems).toEqual([]);
    expect(plain(data)).toEqual({
      top: "1",
      klaviyo: {
        scopes: "accounts:read lists:read",
        quoted: "accounts:read ; in",
        joined: "accounts:read lists:read",
        python: "accounts:read\nlists:read",
      },
      remote: { origin: { url: "x" } },
    });
    for (const node of stringsOf(data)) expectPlaced(source, node);
    for (const key of ["scopes", "joined", "python"])
      expect(tokens(source, stringAt(data, "klaviyo", key))).toEqual(["accounts:read", "lists:read"]);
  });

  it("names the line of a fault, but not its text", () => {
    const { problems } = lowerIni("[hunter2\n= x\n");
    expect(problems.map((problem) => problem.message)).toEqual([
      "Line 1: a section is not closed. Close it with `]`.",
      "Line 2: a key is missing. Write `key = value`.",
    ]);
  });
});

describe(".properties", () => {
  it("maps every token to its place", () => {
    const text = [
      "! note",
      "klaviyo.scopes = accounts\\:read \\",
      "    lists\\u003aread",
      "a\\ b:c",
      "word value",
      "odd = x\\\\",
      "spring=${SCOPES:accounts:read lists:read}",
      "",
    ].join("\r\n");
    const { data, comments } = lowerProperties(text);
    expect(plain(data)).toEqual({
      "klaviyo.scopes": "accounts:read lists:read",
      "a b": "c",
      word: "value",
      odd: "x\\",
      spring: "<variable SCOPES> || accounts:read lists:read",
    });
    expect(comments).toHaveLength(1);
    for (const node of stringsOf(data)) expectPlaced(text, node);
    expect(tokens(text, stringAt(data, "klaviyo.scopes"))).toEqual(["accounts\\:read", "lists\\u003aread"]);
  });

  it("keeps any key and value, escaped as Java escapes them", () => {
    const escape = (value: string): string =>
      value.replace(/[\\:=#! ${]|[^\x20-\x7e]/g, (character) =>
        /[^\x20-\x7e]/.test(character) ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}` : `\\${character}`,
      );
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (key, value) => {
        const text = `${escape(key)}=${escape(value)}`;
        const { data } = lowerProperties(text);
        expect(data).toMatchObject({ entries: [{ key: { value: key }, value: { value } }] });
        for (const node of stringsOf(data)) expectPlaced(text, node);
      }),
    );
  });
});
