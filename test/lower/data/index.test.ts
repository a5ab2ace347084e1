import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataLanguage, envEntries, lowerData } from "../../../src/lower/data/index.js";
import { expectPlaced, stringsOf } from "./support.js";

describe("which files are data", () => {
  it.each([
    ["package.json", "json"],
    ["a/tsconfig.base.jsonc", "json"],
    ["renovate.json5", "json"],
    ["main.tf.json", "json"],
    [".github/workflows/ci.yml", "yaml"],
    ["app.yaml", "yaml"],
    ["wrangler.toml", "toml"],
    [".env", "env"],
    [".env.production.local", "env"],
    ["config/production.env", "env"],
    ["sample.env.example", "env"],
    ["env.example", "env"],
    [".envrc", "env"],
    [".dev.vars", "env"],
    [".env.yaml", "yaml"],
    ["cypress.env.json", "json"],
    ["Procfile", "env"],
    ["Procfile.dev", "env"],
    ["setup.cfg", "ini"],
    ["php.ini", "ini"],
    ["application.properties", "ini"],
    ["main.tf", "hcl"],
    ["prod.auto.tfvars", "hcl"],
    ["Dockerfile", "dockerfile"],
    ["deploy/Dockerfile.web", "dockerfile"],
    ["web.dockerfile", "dockerfile"],
    ["Containerfile", "dockerfile"],
    ["src/env.ts", null],
    ["src/.env.d.ts", null],
    ["README.md", null],
    ["environment.txt", null],
    ["yaml", null],
  ])("%s: %s", (file, language) => {
    expect(dataLanguage(file)).toBe(language);
  });
});

const FILES = [
  "a.json", "a.json5", "a.yml", "a.toml", ".env", ".envrc", "Procfile", "a.ini", "a.properties", "a.tf", "a.tfvars", "Dockerfile",
];

/** Pieces that mean something in one language or another. */
const PIECES = [
  "a", "KEY", "KLAVIYO_SCOPES", "accounts:read", "=", ": ", ":", " ", "  ", "\t", "\n", "\r\n", "\r", "'", '"', "`", '"""', "'''", "\\", "\\u00e9", "\\n", "#", "//", "/*", "*/", ";", "[", "]", "[[", "]]", "{", "}", "(", ")", ",", "-", "- ", "|", ">", "${", "${{", "{{", "}}", "{%", "$A", ":-", "<<EOT\n", "EOT\n", "<<: ", "&a ", "*a ", "!t ", "---\n", "?", "ENV ", "ARG ", "RUN ", "export ", "for ", " in ", "1", "-0", "1e999", "true", "null", "é", "😀", "\uD800", "\uFEFF", "\uE000", "\u2028", "\0", "__proto__", "%", "env", "value",
];

describe("any text whatever", () => {
  it.each(FILES)("is lowered without a throw, to places in the text, as plain JSON: %s", (file) => {
    const text = fc.oneof(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join("")),
      fc.string({ unit: "binary", maxLength: 80 }),
    );
    fc.assert(
      fc.property(text, (source) => {
        const form = lowerData(file, source);
        expect(JSON.parse(JSON.stringify(form))).toEqual(form);
        for (const node of stringsOf(form.data)) {
          expect(node.range[0]).toBeGreaterThanOrEqual(0);
          expect(node.range[1]).toBeLessThanOrEqual(source.length);
          if (form.problems.length === 0) expectPlaced(source, node);
        }
        for (const { message, range } of form.problems) {
          expect(message).toMatch(/^Line \d+: [^\n]+\.$/);
          expect(range[0]).toBeLessThanOrEqual(range[1]);
          expect(range[1]).toBeLessThanOrEqual(source.length);
        }
        for (const { range } of form.directives) expect(source.slice(...range)).toContain("klaviyo");
        for (const { range } of envEntries(form)) expect(range[1]).toBeGreaterThanOrEqual(range[0]);
      }),
      { numRuns: 500 },
    );
  });

  it.each(FILES)("is never the cause of a stack overflow or of endless work: %s", (file) => {
    for (const piece of ["[", "{", '{"a":', "a: ", "- ", "(", "${", "{{", '"', "'", "A=\"\n", "RUN <<A\n", "x <<A\n", "[a]\n", "a\\\n", "/*", "a=[", "{% ", "a.", "!"])
      expect(lowerData(file, piece.repeat(5_000)).file).toBe(file);
  });
});

describe("a form of a data file", () => {
  it("has lines, and nothing but data", () => {
    expect(lowerData("a.yml", "a: b\r\nc: d\n")).toMatchObject({
      file: "a.yml",
      language: "yaml",
      lines: [0, 6, 11],
      body: [],
      bindings: [],
      functions: [],
      classes: [],
      imports: [],
      exports: [],
      types: [],
      problems: [],
    });
  });

  it.each([
    ["a.jsonc", "// WORDS\n{}"],
    ["a.json5", "/* WORDS */ {}"],
    ["a.yml", "a: b # WORDS\n"],
    ["a.toml", "a = 1 # WORDS\n"],
    [".env", "# WORDS\nA=b\n"],
    [".env", "A=b # WORDS\n"],
    ["a.ini", "; WORDS\na = b\n"],
    ["a.properties", "# WORDS\na = b\n"],
    ["a.tf", "a = 1 // WORDS\n"],
    ["a.tf", "/* WORDS */ a = 1\n"],
    ["Dockerfile", "# WORDS\nFROM x\n"],
  ])("keeps the comments that speak to us: %s %#", (file, text) => {
    const words = "klaviyo-scope-audit-ignore-next-line no-unused-scope -- later";
    const source = text.replace("WORDS", words);
    const { directives } = lowerData(file, source);
    expect(directives.map((directive) => directive.text)).toEqual([words]);
    expect(directives.map(({ range }) => source.slice(...range).includes(words))).toEqual([true]);
  });

  it("says which file it cannot read", () => {
    expect(() => lowerData("a.md", "")).toThrow("No way to read a.md");
  });
});
