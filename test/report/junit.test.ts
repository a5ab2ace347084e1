import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { junit } from "../../src/report/junit.js";
import { clean, contextOf, faulty, SAMPLES, type Sample } from "./reports.js";

interface Element {
  name: string;
  attributes: Record<string, string>;
}

/** All elements in document order; throws where the text is not well-formed XML 1.0. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => elements.push({ name, attributes }));
  parser.write(xml).close();
  return elements;
}

const write = (sample: Sample): string => junit(sample.report, contextOf(sample));
const named = (elements: Element[], name: string): Element[] =>
  elements.filter((element) => element.name === name);

test.each(Object.entries(SAMPLES))("the %s report is XML whose counts add up", (_, make) => {
  const elements = elementsOf(write(make()));
  const total = named(elements, "testsuites")[0]?.attributes;
  const sum = (key: string): number =>
    named(elements, "testsuite").reduce((all, { attributes }) => all + Number(attributes[key]), 0);
  expect(Number(total?.["tests"])).toBe(named(elements, "testcase").length);
  expect(Number(total?.["failures"])).toBe(named(elements, "failure").length);
  expect(Number(total?.["skipped"])).toBe(named(elements, "skipped").length);
  for (const key of ["tests", "failures", "skipped"]) expect(Number(total?.[key])).toBe(sum(key));
});

test("errors fail, warnings are skipped tests", async () => {
  await expect(write(faulty())).toMatchFileSnapshot("__snapshots__/faulty.junit.txt");
});

test("without findings there is one passing test", () => {
  expect(write(clean())).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="klaviyo-scope-audit" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testsuite name="app" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase name="no findings" classname="app" time="0"/>
    </testsuite>
    </testsuites>
    "
  `);
});

test("hostile text is text", () => {
  const sample = SAMPLES["hostile"]?.();
  if (sample === undefined) throw new Error("no sample");
  const elements = elementsOf(write(sample));
  expect(elements.map(({ name }) => name)).toEqual([
    "testsuites",
    "testsuite",
    "testcase",
    "failure",
    "system-err",
  ]);
  expect(named(elements, "failure")[0]?.attributes["message"]).toContain("</script><script>");
});
