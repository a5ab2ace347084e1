import { parseEnv } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerDockerfile } from "../../../src/lower/data/dockerfile.js";
import { lowerEnv } from "../../../src/lower/data/env.js";
import { resolveReferences } from "../../../src/lower/data/references.js";
import { at, expectPlaced, plain, stringAt, stringsOf, tokens } from "./support.js";

describe(".env", () => {
  const text = [
    "# note",
    "PLAIN=accounts:read lists:read   # later",
    "export SPACED = accounts:read",
    "COLON: lists:read",
    "HASH=a#b",
    "EMPTY=",
    "SINGLE='accounts:read # in $IT \\n'",
    'DOUBLE="accounts:read\\nlists:read \\"q\\"" # later',
    "BACK=`accounts:read`",
    'LINES="accounts:read',
    'lists:read"',
    "",
  ].join("\n");

  it.each([
    ["LF", text],
    ["CRLF", text.replaceAll("\n", "\r\n")],
  ])("maps every token to its place with %s line breaks", (_name, source) => {
    const { data, problems, comments } = lowerEnv(source);
    expect(problems).toEqual([]);
    expect(plain(data)).toEqual({
      PLAIN: "accounts:read lists:read",
      SPACED: "accounts:read",
      COLON: "lists:read",
      HASH: "a#b",
      EMPTY: "",
      SINGLE: "accounts:read # in $IT \\n",
      DOUBLE: 'accounts:read\nlists:read "q"',
      BACK: "accounts:read",
      LINES: "accounts:read\nlists:read",
    });
    expect(comments.map(({ range }) => source.slice(...range))).toEqual(["# note", "# later", "# later"]);
    for (const node of stringsOf(data)) expectPlaced(source, node);
    expect(tokens(source, stringAt(data, "PLAIN"))).toEqual(["accounts:read", "lists:read"]);
    expect(tokens(source, stringAt(data, "DOUBLE"))).toEqual(["accounts:read", "lists:read", '\\"q\\"']);
    expect(tokens(source, stringAt(data, "LINES"))).toEqual(["accounts:read", "lists:read"]);
    if (data?.kind !== "map") throw new Error("no map");
    expect(source.slice(...(data.entries[0]?.range ?? [0, 0]))).toBe("PLAIN=accounts:read lists:read");
  });

  it("makes references unknown parts, and resolves those to entries of the file", () => {
    const { data } = lowerEnv('A=accounts:read\nB="${A} ${C:-lists:read} $A \\${A}"\nC=late\nD=\'$A\'\n');
    if (data?.kind !== "map") throw new Error("no map");
    expect(plain(at(data, "B"))).toBe("<variable A> <variable C> || lists:read <variable A> ${A}");
    const read = structuredClone(data);
    resolveReferences(data, "dockerfile");
    expect(plain(at(data, "B"))).toBe("accounts:read <variable C> || lists:read accounts:read ${A}");
    resolveReferences(read, "env");
    expect(plain(at(read, "B"))).toBe("accounts:read late || lists:read accounts:read ${A}");
    expect(plain(at(data, "D"))).toBe("$A");
  });

  it("does not grow when references double", () => {
    const lines = Array.from({ length: 60 }, (_, i) => `A${String(i + 1)}="\${A${String(i)}} \${A${String(i)}}"`);
    const { data } = lowerEnv(["A0=x", ...lines].join("\n"));
    if (data?.kind !== "map") throw new Error("no map");
    resolveReferences(data, "env");
    expect(JSON.stringify(data).length).toBeLessThan(100_000);
    const again = lowerEnv('A="$A $A"\n'.repeat(5_000)).data;
    if (again?.kind !== "map") throw new Error("no map");
    resolveReferences(again, "env");
    expect(JSON.stringify(again).length).toBeLessThan(10_000_000);
  });

  it("names lines that are no assignment, but not their text", () => {
    const { data, problems } = lowerEnv('A=1\nhunter2 is my password\nB="open\nC=2');
    expect(plain(data)).toEqual({ A: "1", B: '"open', C: "2" });
    expect(problems.map((problem) => problem.message)).toEqual([
      "Line 2: this is no `KEY=value`. Write it as one, quote values that span lines, or start the line with `#`.",
      "Line 3: a quoted value is not closed. Quote the whole value.",
    ]);
  });

  it("reads assignments of scripts and of processes", () => {
    expect(lowerEnv("use nix\nexport A=b\n", { script: true })).toMatchObject({ problems: [] });
    const procfile = 'web: env SCOPES="accounts:read lists:read" PORT=1 node web.js X=y\nworker: node w.js\n';
    expect(plain(lowerEnv(procfile, { procfile: true, script: true }).data)).toEqual({
      SCOPES: "accounts:read lists:read",
      PORT: "1",
    });
  });

  it("agrees with Node's own reader", () => {
    const value = fc.oneof(
      fc.array(fc.constantFrom("a", "b:c", " ", "/", "="), { minLength: 1, maxLength: 8 }).map((parts) => parts.join("").trim()),
      fc.array(fc.constantFrom("a", " ", "#", "'", "\n", "\\n"), { maxLength: 8 }).map((parts) => `"${parts.join("")}"`),
      fc.array(fc.constantFrom("a", " ", "#", '"', "\n"), { maxLength: 8 }).map((parts) => `'${parts.join("")}'`),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 6 }), (values) => {
        const source = values.map((written, i) => `K${String(i)}=${written}\n`).join("");
        const { data } = lowerEnv(source);
        expect(plain(data)).toEqual({ ...parseEnv(source) });
        for (const node of stringsOf(data)) expectPlaced(source, node);
      }),
    );
  });
});

describe("Dockerfile", () => {
  const text = [
    "# syntax=docker/dockerfile:1",
    "FROM node:20",
    "ARG NAME",
    'ARG SCOPES="accounts:read"',
    'ENV A="accounts:read \\',
    '  lists:read" B=lists\\ read \\',
    "  # between",
    "  C='$NAME' D=x",
    "ENV OLD accounts:read  lists:read  ",
    "RUN <<EOF cat",
    "ENV NOT=this",
    "EOF",
    'env E="${SCOPES} tags:read"',
    "",
  ].join("\n");

  it.each([
    ["LF", text],
    ["CRLF", text.replaceAll("\n", "\r\n")],
  ])("maps every token of ENV and ARG to its place with %s line breaks", (_name, source) => {
    const { data, problems, comments } = lowerDockerfile(source);
    expect(problems).toEqual([]);
    expect(plain(data)).toEqual({
      SCOPES: "accounts:read",
      A: "accounts:read   lists:read",
      B: "lists read",
      C: "$NAME",
      D: "x",
      OLD: "accounts:read  lists:read",
      E: "<variable SCOPES> tags:read",
    });
    expect(comments).toHaveLength(2);
    for (const node of stringsOf(data)) expectPlaced(source, node);
    expect(tokens(source, stringAt(data, "A"))).toEqual(["accounts:read", "lists:read"]);
    expect(tokens(source, stringAt(data, "OLD"))).toEqual(["accounts:read", "lists:read"]);
    expect([stringAt(data, "A").quote, stringAt(data, "B").quote, stringAt(data, "C").quote]).toEqual(['"', "", "'"]);
  });

  it("knows the escape directive and half-quoted values", () => {
    const { data } = lowerDockerfile('# escape=`\nENV A="x `\n y" B=a"b c"d\n');
    expect(plain(data)).toEqual({ A: "x  y", B: "ab cd" });
  });
});
