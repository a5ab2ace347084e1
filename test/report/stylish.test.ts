import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { stylish } from "../../src/report/stylish.js";
import { at, contextOf, finding, report, SAMPLES, type Sample, type Sources } from "./reports.js";
import type { FormatContext } from "../../src/report/context.js";

const write = (sample: Sample, fields: Partial<FormatContext> = {}): string =>
  stylish(sample.report, contextOf(sample, fields));

function sampleOf(name: string): Sample {
  const sample = SAMPLES[name]?.();
  if (sample === undefined) throw new Error(`no sample ${name}`);
  return sample;
}

test.each(Object.keys(SAMPLES))("the %s report", async (name) => {
  await expect(write(sampleOf(name))).toMatchFileSnapshot(`__snapshots__/${name}.stylish.txt`);
});

test("in colour", async () => {
  const text = write(sampleOf("faulty"), { color: true, hyperlinks: true, root: "/shop" });
  await expect(text.replaceAll("\u001b", "␛")).toMatchFileSnapshot("__snapshots__/faulty.stylish-color.txt");
});

test("in ASCII", () => {
  const text = write(sampleOf("several"), { unicode: false });
  expect(text).toMatch(/^[\n -~]*$/);
  expect(text).toContain("! missing");
  expect(text).toContain("^^^^^");
});

test("colour changes nothing but colour", () => {
  for (const name of Object.keys(SAMPLES)) {
    const colored = write(sampleOf(name), { color: true });
    // eslint-disable-next-line no-control-regex -- the escape sequences are what is taken out
    expect(colored.replace(/\u001b\[[\d;]*m/g, "")).toBe(write(sampleOf(name)));
  }
});

describe.each([60, 80, 100])("at %i columns", (width) => {
  test.each(Object.keys(SAMPLES))("no line of the %s report is longer", (name) => {
    const lines = write(sampleOf(name), { width }).split("\n");
    expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
  });
});

test("quiet says nothing of warnings", () => {
  const text = write(sampleOf("faulty"), { quiet: true });
  expect(text).not.toContain("no-unused-scope");
  expect(text).toContain("4 findings: 4 errors, 0 warnings");
});

describe("the line of code", () => {
  /** The line and its underline, for a finding at `token`. */
  function codeOf(source: string, token: string, width = 80): string[] {
    const sources: Sources = { "a.ts": source };
    const sample = { sources, report: report({ findings: [finding(at(sources, "a.ts", token), {})] }) };
    return write(sample, { width })
      .split("\n")
      .filter((line) => line.includes("│"));
  }
  /** What stands above the underline, by terminal cells. */
  function underlined([code = "", under = ""]: string[]): string {
    const start = stringWidth(under.slice(0, under.indexOf("━")));
    const end = stringWidth(under.slice(0, under.lastIndexOf("━") + 1));
    let cell = 0;
    let text = "";
    for (const { segment } of new Intl.Segmenter("en").segment(code)) {
      if (cell >= start && cell < end) text += segment;
      cell += stringWidth(segment);
    }
    return text;
  }

  test.each([
    ["plain", 'const s = "list:read";', "list:read"],
    ["after tabs", '\t\tconst s =\t"list:read";', "list:read"],
    ["after wide characters", '/* 日本語 👍 */ const s = "list:read";', "list:read"],
    ["of wide characters", 'const s = "日本語";', "日本語"],
    ["after combining marks", 'const e\u0301te\u0301 = "list:read";', "list:read"],
    ["at the start", "list:read other", "list:read"],
    ["in the middle of a long line", `${"a".repeat(5000)} list:read ${"b".repeat(5000)}`, "list:read"],
    ["at the end of a long line", `${"日".repeat(5000)} list:read`, "list:read"],
    ["at the start of a long line", `list:read ${"b".repeat(5000)}`, "list:read"],
  ])("is underlined exactly: token %s", (_, source, token) => {
    const code = codeOf(source, token);
    expect(underlined(code)).toBe(token);
    expect(Math.max(...code.map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
  });

  test("a token longer than the line is cut, and fits", () => {
    const token = "x".repeat(500);
    const code = codeOf(`const s = "${token}";`, token);
    expect(underlined(code)).toMatch(/^x+…$/);
    expect(Math.max(...code.map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
  });

  test("a token over several lines says where it ends", () => {
    expect(codeOf("const s = `a\nb\nc`;", "`a\nb\nc`")[1]).toMatch(/━━ to line 3$/);
  });

  test("an escape sequence is spelled out and underlined whole", () => {
    expect(underlined(codeOf('const s = "\u001b[2Jlist:read";', "\u001b[2Jlist:read"))).toBe(
      "\\x1b[2Jlist:read",
    );
  });

  test("lines end where ESLint ends them", () => {
    const [code] = codeOf("a\r\nb\rc\u2028list:read\n", "list:read");
    // The sample's positions count only \n, so the finding is put by hand.
    expect(code).toBeDefined();
    const place = { file: "a.ts", line: 4, column: 1, endLine: 4, endColumn: 10 };
    const sample = {
      sources: { "a.ts": "a\r\nb\rc\u2028list:read\n" },
      report: report({ findings: [finding(place, {})] }),
    };
    expect(write(sample)).toContain("4 │ list:read");
  });

  test("is left out without source", () => {
    const place = { file: "gone.ts", line: 4, column: 1, endLine: 4, endColumn: 10 };
    const sample = { sources: {}, report: report({ findings: [finding(place, {})] }) };
    expect(write(sample)).not.toContain("│");
  });
});

test("the last line tells what to do next", () => {
  const last = (name: string): string | undefined => write(sampleOf(name)).trimEnd().split("\n").at(-1);
  expect(last("faulty")).toBe("  Run `klaviyo-scope-audit --fix` to mend 1 of them.");
  expect(last("clean")).toBe("  Run `klaviyo-scope-audit scopes` for the line to paste into Manage apps.");
});
