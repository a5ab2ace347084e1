import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { gitlab } from "../../src/report/gitlab.js";
import { contextOf, faulty, SAMPLES, type Sample } from "./reports.js";

/** What GitLab's documentation says of a code quality report. */
const validate = new Ajv().compile({
  type: "array",
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    additionalProperties: false,
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", pattern: "^[0-9a-f]{64}$" },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        additionalProperties: false,
        properties: {
          path: { type: "string", pattern: "^(?!/|\\./)" },
          lines: {
            type: "object",
            required: ["begin", "end"],
            properties: { begin: { type: "integer", minimum: 1 }, end: { type: "integer", minimum: 1 } },
          },
        },
      },
    },
  },
});

interface Issue {
  check_name: string;
  fingerprint: string;
  severity: string;
  location: { path: string };
}
const issuesOf = (sample: Sample, prefix?: string): Issue[] =>
  JSON.parse(gitlab(sample.report, contextOf(sample, prefix === undefined ? {} : { prefix }))) as Issue[];

test.each(Object.entries(SAMPLES))(
  "the %s report is what GitLab takes, with unique fingerprints",
  (_, make) => {
    const issues = issuesOf(make());
    validate(issues);
    expect(validate.errors).toBeNull();
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  },
);

test("severity follows level and confidence; suppressed findings are left out", () => {
  expect(issuesOf(faulty()).map(({ check_name, severity }) => [check_name, severity])).toEqual([
    ["no-unrequested-scope", "minor"],
    ["require-accounts-read", "critical"],
    ["no-unknown-scope", "critical"],
    ["no-unconfigured-scope", "critical"],
    ["no-unused-scope", "info"],
    ["no-missing-scope", "critical"],
  ]);
});

test("paths are the repository's", () => {
  expect(issuesOf(faulty(), "apps/shop")[0]?.location.path).toBe("apps/shop/klaviyo-scopes.json");
});
