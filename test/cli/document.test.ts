import { describe, expect, it } from "vitest";
import { PLAIN, toText } from "../../src/cli/document-text.js";
import {
  code,
  codes,
  heading,
  list,
  paragraph,
  strong,
  table,
  toHtml,
  toMarkdown,
  prose,
} from "../../src/cli/document.js";

const HOSTILE = "<img src=x onerror=alert(1)>`|*_\u001B[31m\u202E";
const document = [
  heading(1, "Title ", code(HOSTILE)),
  paragraph(strong(HOSTILE), HOSTILE),
  list([[HOSTILE], ["two"]]),
  table(["A", "B"], [[[code(HOSTILE)], ["x|y"]]]),
];

describe("a document", () => {
  it("is readable Markdown", () => {
    expect(
      toMarkdown([
        heading(2, code("a:b")),
        paragraph("See ", ...codes(["x", "y", "z"]), "."),
        table(["A", "B"], [[["1"], [code("2")]]]),
      ]),
    ).toMatchInlineSnapshot(`
        "## \`a:b\`

        See \`x\`, \`y\` and \`z\`.

        | A | B |
        | --- | --- |
        | 1 | \`2\` |
        "
      `);
  });

  it("lets nothing hostile through as markup", () => {
    const markdown = toMarkdown(document);
    expect(markdown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(markdown).toContain("\\<img src=x");
    // In a table a bar ends the cell, in code too.
    expect(
      markdown
        .split("\n")
        .at(-2)
        ?.match(/(?<!\\)\|/gu),
    ).toHaveLength(3);
    const html = toHtml("<title>", document);
    expect(html).not.toContain("<img");
    expect(html).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(toText(document, PLAIN)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  it("lines its tables up in the terminal", () => {
    expect(toText([table(["Scope", "N"], [[[code("profiles:read")], ["1"]]])], PLAIN)).toBe(
      "  Scope          N\n  profiles:read  1\n",
    );
  });

  it("breaks lines where a terminal ends, but no code", () => {
    const command = "klaviyo-scope-audit explain no-unused-scope";
    const text = toText(
      [
        list([
          [
            "Run ",
            code(command),
            " for what it means, and then for 日本語日本語日本語 what to do about it in this project.",
          ],
        ]),
      ],
      PLAIN,
      50,
    );
    expect(text).toBe(
      [
        "  - Run",
        `    ${command}`,
        "    for what it means, and then for",
        "    日本語日本語日本語 what to do about it in this",
        "    project.",
        "",
      ].join("\n"),
    );
  });

  it("marks code in sentences", () => {
    expect(prose("`a:read` is not `b:read`.")).toEqual([code("a:read"), " is not ", code("b:read"), "."]);
    expect(prose("no code, one ` only")).toEqual(["no code, one ` only"]);
  });
});
