import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, parseDocument, stringify } from "yaml";
import { lowerYaml } from "../../../src/lower/data/yaml.js";
import { at, expectPlaced, plain, stringAt, stringsOf, tokens, unknownReasons } from "./support.js";

describe("YAML scalars", () => {
  const text = [
    "plain: accounts:read lists:read # note",
    "several: accounts:read",
    "  lists:read",
    "",
    "  tags:read",
    "single: 'accounts:read it''s:read'",
    'double: "accounts\\u003aread \\',
    '  lists:read',
    '  tags:read"',
    "literal: |",
    "  accounts:read",
    "    lists:read",
    "",
    "folded: >-",
    "  accounts:read",
    "  lists:read",
    "",
    "  tags:read",
    "indented: >2+",
    "    accounts:read",
    "  lists:read",
    "",
    "flow: [accounts:read, 'lists:read', {a: tags:read}]",
    "",
  ].join("\n");

  it.each([
    ["LF", text],
    ["CRLF", text.replaceAll("\n", "\r\n")],
  ])("maps every token to its place with %s line breaks", (_name, source) => {
    const { data, problems } = lowerYaml(source);
    expect(problems).toEqual([]);
    expect(plain(data)).toEqual(parse(source));
    for (const node of stringsOf(data)) expectPlaced(source, node);
    const three = ["accounts:read", "lists:read", "tags:read"];
    expect(tokens(source, stringAt(data, "plain"))).toEqual(three.slice(0, 2));
    expect(tokens(source, stringAt(data, "several"))).toEqual(three);
    expect(tokens(source, stringAt(data, "single"))).toEqual(["accounts:read", "it''s:read"]);
    expect(tokens(source, stringAt(data, "double"))).toEqual(["accounts\\u003aread", ...three.slice(1)]);
    expect(tokens(source, stringAt(data, "literal"))).toEqual(three.slice(0, 2));
    expect(tokens(source, stringAt(data, "folded"))).toEqual(three);
    expect(tokens(source, stringAt(data, "indented"))).toEqual(three.slice(0, 2));
    expect(tokens(source, stringAt(data, "flow", 0))).toEqual(["accounts:read"]);
    expect(tokens(source, stringAt(data, "flow", 2, "a"))).toEqual(["tags:read"]);
  });

  it("says how each was written", () => {
    const { data } = lowerYaml(text);
    const quotes = ["plain", "single", "double", "literal", "folded"].map((key) => stringAt(data, key).quote);
    expect(quotes).toEqual(["", "'", '"', "|", ">"]);
    expect(at(data, "flow")).toMatchObject({ kind: "list", style: "flow" });
    expect(at(lowerYaml("a:\n  - b\n").data, "a")).toMatchObject({ kind: "list", style: "block" });
  });

  it("keeps all that the yaml package writes, at its place", () => {
    const scalar = fc.oneof(
      fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", ":", "#", "'", '"', "\\", "-", "é", "😀", "\t"), maxLength: 30 }),
      fc.array(fc.constantFrom("accounts:read", "lists:write", "x"), { maxLength: 12 }).map((words) => words.join(" ")),
    );
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3, depthSize: "small" },
        scalar,
        fc.array(tie("node"), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom("a", "scope", "1", "x y"), tie("node"), { maxKeys: 3 }),
      ),
    }));
    const options = fc.record({
      lineWidth: fc.constantFrom(20, 40, 80),
      indent: fc.constantFrom(2, 4),
      defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_FOLDED", "BLOCK_LITERAL"),
      collectionStyle: fc.constantFrom("any", "block", "flow"),
    } as const);
    fc.assert(
      fc.property(tree.node, options, fc.boolean(), (value, style, crlf) => {
        const written = stringify({ root: value }, { ...style, aliasDuplicateObjects: false });
        const source = crlf ? written.replaceAll("\n", "\r\n") : written;
        // The package's own writer has faults: what it cannot read back is no case.
        fc.pre(parseDocument(source).errors.length === 0);
        const { data } = lowerYaml(source);
        expect(unknownReasons(data)).not.toContain("unreadable scalar");
        expect(plain(data)).toEqual(parse(source));
        for (const node of stringsOf(data)) expectPlaced(source, node);
      }),
      { numRuns: 200 },
    );
  });

  it("reads every scalar of any text as the yaml package does", () => {
    const piece = fc.constantFrom(
      "a", "b:", " ", "  ", "\n", "\r\n", "\n  ", "\n    ", "- ", "|", ">", "+", "-", "2", "'", '"', "\\", "\\n", "#", "[", "]", "{", "}", ",", "\t", "key: ", "? ", "&a ", "*a", "<<: ", "!x ", "---\n", "é",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const source = pieces.join("");
        const { data, problems } = lowerYaml(source);
        // Where the text is no YAML a scalar may break off anywhere.
        if (problems.length > 0) return;
        expect(unknownReasons(data)).not.toContain("unreadable scalar");
        for (const node of stringsOf(data)) expectPlaced(source, node);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("YAML structure", () => {
  it("resolves aliases to the anchor's text and spreads merge keys under the map's own", () => {
    const text = "base: &b\n  scope: &s accounts:read\n  url: x\nmine:\n  url: y\n  <<: *b\nlist: [*s, *b]\n";
    const { data, problems } = lowerYaml(text);
    expect(problems).toEqual([]);
    expect(stringAt(data, "mine", "url").value).toBe("y");
    expect(stringAt(data, "mine", "scope").range).toEqual(stringAt(data, "base", "scope").range);
    expect(stringAt(data, "list", 0).range).toEqual(stringAt(data, "base", "scope").range);
    expect(at(data, "mine")).toMatchObject({ entries: [{ kind: "spread" }, { kind: "value" }] });
  });

  it("takes the last anchor before an alias, and the first of several merged maps", () => {
    const text = "a: &x one\nb: *x\nc: &x two\nd: *x\ne: &m {k: 1}\nf: &n {k: 2}\ng:\n  <<: [*m, *n]\n";
    const { data } = lowerYaml(text);
    expect([stringAt(data, "b").value, stringAt(data, "d").value]).toEqual(["one", "two"]);
    expect(at(data, "g", "k")).toMatchObject({ value: 1 });
  });

  it("does not run into alias bombs or cycles", () => {
    const levels = Array.from({ length: 12 }, (_, i) =>
      i === 0 ? 'a0: &a0 ["x","x"]' : `a${String(i)}: &a${String(i)} [${Array(9).fill(`*a${String(i - 1)}`).join(",")}]`,
    );
    const bomb = lowerYaml(levels.join("\n"));
    expect(bomb.problems.map((problem) => problem.message)).toEqual([
      "Line 1: the file has too many values. The rest was not read.",
    ]);
    expect(stringsOf(bomb.data).length).toBeLessThan(30_000);
    expect(plain(lowerYaml("a: &a [*a]").data)).toEqual({ a: [["<alias inside its own anchor>"]] });
  });

  it("makes several documents a list, and none null", () => {
    expect(plain(lowerYaml("---\na: 1\n---\nb: 2\n---\n").data)).toEqual([{ a: 1 }, { b: 2 }]);
    expect(lowerYaml("# only a comment\n").data).toBeNull();
  });

  it("ends blocks with their last value", () => {
    const text = "a:\n  b: [1]\n\n# later\nc: 2\n";
    const { data } = lowerYaml(text);
    if (data?.kind !== "map") throw new Error("no map");
    expect(data.entries.map((entry) => text.slice(...entry.range))).toEqual(["a:\n  b: [1]", "c: 2"]);
  });

  it("keeps keys as strings, whatever they look like", () => {
    expect(plain(lowerYaml("8080: a\ntrue: b\n'q': c\n").data)).toEqual({ 8080: "a", true: "b", q: "c" });
  });

  it("does not read what a tag makes of a value", () => {
    expect(plain(lowerYaml("a: !Sub accounts:read\nb: !!str 12\n").data)).toEqual({ a: "<tag !Sub>", b: "12" });
  });

  it("reads on after a fault and names its line, but not its text", () => {
    const { data, problems } = lowerYaml("a: 1\nb: @hunter2\nc: 3\n");
    expect(plain(data)).toMatchObject({ a: 1, c: 3 });
    expect(problems.map((problem) => problem.message)).toEqual([
      "Line 2: a plain value starts with a character that must be quoted. Correct it; the rest of the file was read.",
    ]);
  });

  it("survives nesting that the parser cannot", () => {
    expect(lowerYaml("[".repeat(50_000)).problems.length).toBeGreaterThan(0);
  });

  it("finds comments, but not in scalars", () => {
    const text = "# one\na: |\n  # no\n  text\nb: 'x # no' # two\n";
    expect(lowerYaml(text).comments.map(({ range }) => text.slice(...range))).toEqual(["# one", "# two"]);
  });
});

describe("placeholders and templates in YAML", () => {
  it("keeps Compose's defaults, with their places", () => {
    const text = "environment:\n  - KLAVIYO_SCOPES=${SCOPES:-accounts:read lists:read}\n";
    const value = at(lowerYaml(text).data, "environment", 0);
    expect(plain(value)).toBe("KLAVIYO_SCOPES=<variable SCOPES> || accounts:read lists:read");
    const list = stringsOf(value).find((node) => node.value.startsWith("accounts"));
    expect(list && tokens(text, list)).toEqual(["accounts:read", "lists:read"]);
  });

  it("reads GitHub's expressions in any place a value may stand", () => {
    const text = "env:\n  A: ${{ vars.A || 'accounts:read' }}\n  B: x ${{ secrets.B }} y\n  C: [\"${{ vars.C }}\"]\n";
    expect(plain(lowerYaml(text).data)).toEqual({
      env: { A: "<expression vars.A> || accounts:read", B: "x <expression secrets.B> y", C: ["<expression vars.C>"] },
    });
  });

  it("reads Helm charts around their actions", () => {
    const text = [
      "metadata:",
      '  name: {{ include "app.name" . }}',
      "{{- if .Values.on }}",
      "env:",
      "  {{- range .Values.env }}",
      "  - name: KLAVIYO_SCOPES",
      '    value: {{ .Values.scopes | default "accounts:read lists:read" | quote }}',
      "  {{- end }}",
      "{{- end }}",
    ].join("\n");
    const { data, problems } = lowerYaml(text);
    expect(problems).toEqual([]);
    expect(plain(data)).toEqual({
      metadata: { name: "<expression>" },
      env: [{ name: "KLAVIYO_SCOPES", value: "<expression .Values.scopes> || accounts:read lists:read" }],
    });
    for (const node of stringsOf(data)) expectPlaced(text, node);
  });
});
