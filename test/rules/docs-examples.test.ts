/** The pages cannot lie: their incorrect examples are reported by the rule, their correct ones are not. */
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { auditText } from "./audit-text.js";
import { examplesOf, readPage } from "./pages.js";

const examples = rules.flatMap(({ name }) =>
  examplesOf(readPage(name)).map((example) => ({ name, ...example })),
);

const canAudit = existsSync(new URL("../../src/api/analyze.ts", import.meta.url));

describe.skipIf(!canAudit)("the examples of the rules' pages", () => {
  it.each(examples)("$name, line $line: $kind", async ({ name, kind, files }) => {
    const report = await auditText(files, [name]);
    const found = report.findings.filter(({ rule }) => rule === name).map(({ message }) => message);
    if (kind === "correct") expect(found).toEqual([]);
    else expect(found).not.toEqual([]);
  });

  it.each(examples)("$name, line $line: is read in full", async ({ files }) => {
    const report = await auditText(files);
    expect(report.skipped).toEqual([]);
    expect(report.requests.length + report.apiCalls.length).toBeGreaterThan(0);
  });
});
