import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { json } from "../../src/report/json.js";
import { contextOf, SAMPLES } from "./reports.js";

type Schema = Record<string, unknown>;
const schema = JSON.parse(
  readFileSync(new URL("../../schema/report.json", import.meta.url), "utf8"),
) as Schema;
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

describe.each(Object.entries(SAMPLES))("the %s report", (_, make) => {
  test("validates and reads back unchanged", () => {
    const sample = make();
    const written: unknown = JSON.parse(json(sample.report, contextOf(sample)));
    validate(written);
    expect(validate.errors).toBeNull();
    expect(written).toEqual(sample.report);
  });

  test("is the same text whatever the order of the keys", () => {
    const sample = make();
    const shuffled = JSON.parse(
      JSON.stringify(sample.report, (_key, value: unknown) =>
        value !== null && typeof value === "object" && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      ),
    ) as typeof sample.report;
    expect(json(shuffled, contextOf(sample))).toBe(json(sample.report, contextOf(sample)));
  });
});

test("every object of the schema is closed, complete and described", () => {
  const objects: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (node === null || typeof node !== "object") return;
    const { properties, required, additionalProperties, description } = node as Schema;
    if (properties !== undefined) {
      objects.push(path);
      const fields = properties as Record<string, Schema>;
      expect({ path, additionalProperties, described: typeof description }).toEqual({
        path,
        additionalProperties: false,
        described: "string",
      });
      expect(required, path).toEqual(Object.keys(fields));
      for (const [name, field] of Object.entries(fields)) {
        const ref = typeof field["$ref"] === "string" ? field["$ref"] : undefined;
        expect(typeof field["description"], `${path}/${name} ${ref ?? ""}`).toBe("string");
      }
    }
    for (const [key, child] of Object.entries(node)) visit(child, `${path}/${key}`);
  };
  visit(schema, "");
  expect(objects.length).toBeGreaterThan(10);
});

test("a field too many or too few is refused", () => {
  const sample = SAMPLES["faulty"]?.();
  if (sample === undefined) throw new Error("no sample");
  expect(validate({ ...sample.report, more: 1 })).toBe(false);
  expect(validate({ ...sample.report, stats: undefined })).toBe(false);
});

test("quiet leaves the warnings out", () => {
  const sample = SAMPLES["faulty"]?.();
  if (sample === undefined) throw new Error("no sample");
  const written = JSON.parse(json(sample.report, contextOf(sample, { quiet: true }))) as typeof sample.report;
  expect(new Set(written.findings.map((finding) => finding.severity))).toEqual(new Set(["error"]));
});
