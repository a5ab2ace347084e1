import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { expect, test } from "vitest";
import { githubSummary, markdown } from "../../src/report/markdown.js";
import { at, contextOf, finding, report, SAMPLES, type Sample } from "./reports.js";

const write = (sample: Sample): string => markdown(sample.report, contextOf(sample));

/** As GitHub renders it: with raw HTML, tables and bare links. */
const render = (text: string): string =>
  micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

function sampleOf(name: string): Sample {
  const sample = SAMPLES[name]?.();
  if (sample === undefined) throw new Error(`no sample ${name}`);
  return sample;
}

test.each(Object.keys(SAMPLES))("the %s report", async (name) => {
  await expect(write(sampleOf(name))).toMatchFileSnapshot(`__snapshots__/${name}.markdown.txt`);
});

test.each(Object.keys(SAMPLES))("the %s report renders to nothing but the elements we wrote", (name) => {
  const tags = new Set(
    [...render(write(sampleOf(name))).matchAll(/<\/?([a-z][\w-]*)/gi)].map(([, tag]) => tag),
  );
  const ours = [
    "blockquote",
    "br",
    "code",
    "details",
    "em",
    "h2",
    "h3",
    "li",
    "p",
    "strong",
    "summary",
    "table",
    "tbody",
  ];
  expect([...tags].filter((tag) => ![...ours, "td", "th", "thead", "tr", "ul"].includes(tag ?? ""))).toEqual(
    [],
  );
});

test("hostile text makes no mention, link or reference outside code", () => {
  const text = render(write(sampleOf("hostile"))).replace(/<code>.*?<\/code>/g, "");
  expect(text).not.toMatch(/@octocat|#1\b|evil\.example/);
});

test("the table has a row for each scope, whatever its name", () => {
  const rows = [...render(write(sampleOf("hostile"))).matchAll(/<tr>(.*?)<\/tr>/gs)].map(
    ([, row = ""]) => [...row.matchAll(/<t[dh]>/g)].length,
  );
  expect(rows).toEqual([4, 4, 4, 4, 4, 4, 4]);
});

test("a comment is cut where GitHub would refuse it, and says so; a job summary has more room", () => {
  const sources = { "a.ts": 'const s = "list:read";\n' };
  const findings = Array.from({ length: 2000 }, () =>
    finding(at(sources, "a.ts", "list:read"), { message: "Klaviyo has no scope `list:read`." }),
  );
  const sample = { sources, report: report({ findings }) };
  expect(write(sample).length).toBeLessThan(65_536);
  expect(write(sample)).toMatch(/_\d+ parts of the report left out: too long\._/);
  const summary = githubSummary(sample.report, contextOf(sample));
  expect(summary).not.toContain("left out");
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
});

test.each(["- item", "1. item", "2) item", "+ item", "=== heading", "# heading", "> quote", "    code"])(
  "a message %j makes no block",
  (message) => {
    const sample = sampleOf("clean");
    const place = { file: "a.ts", line: 1, column: 1, endLine: 1, endColumn: 2 };
    const text = render(write({ ...sample, report: report({ findings: [finding(place, { message })] }) }));
    expect(text).toContain(message.trim().replace(">", "&gt;"));
    expect(text).not.toMatch(/<(?:li|ol|h1|pre|blockquote>\s*<p>quote)/);
  },
);
