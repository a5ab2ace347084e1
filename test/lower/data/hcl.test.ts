import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lowerHcl } from "../../../src/lower/data/hcl.js";
import { at, expectPlaced, plain, stringAt, stringsOf, tokens } from "./support.js";

describe("HCL", () => {
  const text = [
    'variable "klaviyo_scopes" {',
    "  type    = list(string) # note",
    '  default = "accounts:read lists:read" // more',
    "}",
    'resource "aws_lambda_function" "app" {',
    "  /* over",
    "     lines */",
    "  environment {",
    "    variables = {",
    '      SCOPES = join(" ", ["accounts:read", "lists:read",',
    "      ])",
    '      "OTHER": var.x[0].y, THIRD = local.a ? "b" : "c"',
    "    }",
    "  }",
    "  empty {}",
    "}",
    "heredoc = <<-EOT",
    "    accounts:read",
    "      lists:read",
    "  EOT",
    'mixed = "accounts:read ${var.extra} \\u006cists:read $${x}"',
    'whole = "${join(" ", local.scopes)}"',
    "sets = toset(concat([for s in var.l : upper(s) if s != \"\"], var.m...))",
    "math = -1 + 2 * (3 - 4) >= 5 && !true",
    "splat = aws_x.y[*].id",
    "",
  ].join("\n");

  it.each([
    ["LF", text],
    ["CRLF", text.replaceAll("\n", "\r\n")],
  ])("maps every token to its place with %s line breaks", (_name, source) => {
    const { data, problems, comments } = lowerHcl(source);
    expect(problems).toEqual([]);
    expect(comments).toHaveLength(3);
    expect(plain(data)).toMatchObject({
      variable: { klaviyo_scopes: { default: "accounts:read lists:read" } },
      resource: {
        aws_lambda_function: {
          app: {
            environment: {
              variables: {
                SCOPES: 'join(" ", ["accounts:read","lists:read"])',
                OTHER: "var.x.0.y",
                THIRD: "conditional",
              },
            },
            empty: {},
          },
        },
      },
      heredoc: "accounts:read\n  lists:read\n",
      mixed: "accounts:read <variable var.extra> lists:read ${x}",
      whole: 'join(" ", "local.scopes")',
      sets: 'toset("concat(\\"<for expression>\\", \\"...var.m\\")")',
      math: "binary",
      splat: "<splat>.id",
    });
    for (const node of stringsOf(data)) expectPlaced(source, node);
    expect(tokens(source, stringAt(data, "variable", "klaviyo_scopes", "default"))).toEqual(["accounts:read", "lists:read"]);
    expect(tokens(source, stringAt(data, "heredoc"))).toEqual(["accounts:read", "lists:read"]);
    const quasis = stringsOf(at(data, "mixed"));
    expect(quasis.map((node) => source.slice(...node.range))).toEqual(["accounts:read ", " \\u006cists:read $${x}"]);
  });

  it("reads on after faults and names their lines, but not their text", () => {
    const { data, problems } = lowerHcl('a = = hunter2\nb = "x\nblock {\n  c = [1\n  d = 2\n}\n}\ne = 3\nopen {\n f = 4');
    expect(plain(data)).toMatchObject({ e: 3, open: { f: 4 } });
    expect(problems.map((problem) => problem.message)).toEqual([
      "Line 1: a value is expected. Correct it; the rest of the file was read.",
      "Line 2: a string is not closed. Correct it; the rest of the file was read.",
      "Line 5: a comma or a closing bracket is expected. Correct it; the rest of the file was read.",
      "Line 7: a `}` closes nothing. Correct it; the rest of the file was read.",
      "Line 9: a block is not closed. Correct it; the rest of the file was read.",
    ]);
  });

  it("stops at a depth nobody writes", () => {
    for (const hostile of ["[", "(", "{a=", "!", "-", '"${', "a {", "f(", "a ? b : "])
      expect(lowerHcl(`x = ${hostile.repeat(20_000)}`).problems.length).toBeGreaterThan(0);
    expect(lowerHcl(`x = 1${" + 1".repeat(20_000)}`).problems.length).toBeGreaterThan(0);
    expect(lowerHcl("a {\n".repeat(20_000)).problems.length).toBeGreaterThan(0);
  });

  it("keeps any string, escaped as HCL escapes it", () => {
    const escape = (value: string): string =>
      value
        .replace(/[\\"]/g, "\\$&")
        .replaceAll("\n", "\\n")
        .replaceAll("\r", "\\r")
        .replace(/[$%](?=\{)/g, "$&$&");
    const string = fc.string({ unit: fc.constantFrom("a", ":", " ", "$", "{", "}", "%", "\\", '"', "\n", "\r", "é", "#") });
    fc.assert(
      fc.property(fc.array(string, { maxLength: 4 }), (values) => {
        // `$${` would be read as an escaped `${`, so text with a dollar before one cannot be written this way.
        fc.pre(values.every((value) => !/[$%][$%]+\{/.test(value)));
        const source = `x = [${values.map((value) => `"${escape(value)}"`).join(", ")}]`;
        const { data, problems } = lowerHcl(source);
        expect(problems).toEqual([]);
        const list = at(data, "x");
        expect(list.kind === "list" && list.items.map((item) => item.kind === "string" && item.value)).toEqual(values);
        for (const node of stringsOf(data)) expectPlaced(source, node);
      }),
    );
  });
});
