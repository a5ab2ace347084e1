import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Log, Result } from "sarif";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { sarif } from "../../src/report/sarif.js";
import { contextOf, faulty, SAMPLES, type Sample } from "./reports.js";

const require = createRequire(import.meta.url);
// Microsoft's validator carries the official schema and the standard's rules that a schema cannot say.
const tool = require.resolve(`@microsoft/sarif-multitool-${process.platform}/package.json`);
const schema = JSON.parse(readFileSync(join(dirname(tool), "sarif-2.1.0.json"), "utf8")) as object;
const validate = new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(schema);

const logOf = (sample: Sample): Log => JSON.parse(sarif(sample.report, contextOf(sample))) as Log;
const resultsOf = (sample: Sample): Result[] => logOf(sample).runs[0]?.results ?? [];
const byRule = (sample: Sample, rule: string): Result => {
  const result = resultsOf(sample).find(({ ruleId }) => ruleId === rule);
  if (result === undefined) throw new Error(`no result of ${rule}`);
  return result;
};

test.each(Object.entries(SAMPLES))("the %s report validates against the official schema", (_, make) => {
  validate(logOf(make()));
  expect(validate.errors).toBeNull();
});

test("the schema refuses what is not SARIF", () => {
  expect(validate({ ...logOf(faulty()), bogus: 1 })).toBe(false);
});

test("the official validator finds no error and no warning in any report", () => {
  const program = join(dirname(tool), "Sarif.Multitool");
  const folder = mkdtempSync(join(tmpdir(), "sarif-"));
  try {
    expect(existsSync(program)).toBe(true);
    chmodSync(program, 0o755); // The package ships it without the bit.
    for (const [name, make] of Object.entries(SAMPLES)) {
      const sample = make();
      writeFileSync(join(folder, `${name}.sarif`), sarif(sample.report, contextOf(sample)));
    }
    const { stdout, status } = spawnSync(
      program,
      ["validate", "*.sarif", "--output", "result.json", "--log", "ForceOverwrite"],
      { cwd: folder, encoding: "utf8", env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" } },
    );
    expect(stdout.split("\n").filter((line) => / (?:error|warning) /.test(line))).toEqual([]);
    expect(stdout).toContain(`${String(Object.keys(SAMPLES).length)} files scanned`);
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

describe("one run", () => {
  test("is written as expected", async () => {
    const sample = faulty();
    await expect(sarif(sample.report, contextOf(sample))).toMatchFileSnapshot(
      "__snapshots__/faulty.sarif.txt",
    );
  });

  test("names each rule once, with help, and results point to them", () => {
    const run = logOf(faulty()).runs[0];
    const rules = run?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual([
      "no-missing-scope",
      "no-unconfigured-scope",
      "no-unknown-scope",
      "no-unrequested-scope",
      "no-unused-scope",
      "require-accounts-read",
      "require-pkce",
    ]);
    for (const result of run?.results ?? []) expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
    expect(rules[0]?.help?.markdown).toBe("# no-missing-scope\n\nRead **this**.");
    expect(rules[4]?.defaultConfiguration?.level).toBe("warning");
  });

  test("tells no machine path", () => {
    const sample = faulty();
    const text = sarif(sample.report, contextOf(sample, { root: "/home/somebody/shop" }));
    expect(text).not.toContain("somebody");
  });

  test("says which files were not audited", () => {
    const notifications = logOf(faulty()).runs[0]?.invocations?.[0]?.toolExecutionNotifications ?? [];
    expect(notifications.map(({ message }) => message.text)).toEqual([
      "src/broken.ts was not audited: it does not parse: unexpected token at 3:4",
    ]);
  });

  test("puts the root's place in the repository before each file", () => {
    const sample = faulty();
    const text = sarif(sample.report, contextOf(sample, { prefix: "apps/shop" }));
    const uris = [...text.matchAll(/"uri": "([^"]*)"/g)].map(([, uri]) => uri);
    expect(uris.length).toBeGreaterThan(10);
    expect(uris.filter((uri) => uri?.startsWith("apps/shop/") !== true)).toEqual([]);
  });
});

describe("a result", () => {
  test("about a request has the way from its list to Klaviyo", () => {
    const steps = byRule(faulty(), "no-unknown-scope").codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    expect(
      steps.map(({ location }) => [
        location?.message?.text,
        location?.physicalLocation?.artifactLocation?.uri,
        location?.physicalLocation?.region?.startLine,
      ]),
    ).toEqual([
      ["The list is written here.", "src/auth.ts", 3],
      ["imported here", "src/login.ts", 1],
      ["It goes to Klaviyo here.", "src/login.ts", 4],
    ]);
    expect(byRule(faulty(), "no-missing-scope").codeFlows).toBeUndefined();
  });

  test("has its suppression with the reason; the others say that they have none", () => {
    expect(byRule(faulty(), "require-pkce").suppressions).toEqual([
      { kind: "inSource", justification: "the gateway adds it" },
    ]);
    expect(byRule(faulty(), "no-missing-scope").suppressions).toEqual([]);
  });

  test("has its fix and its suggestions", () => {
    const [fix] = byRule(faulty(), "require-accounts-read").fixes ?? [];
    expect(fix?.artifactChanges[0]?.replacements).toEqual([
      {
        deletedRegion: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 3 },
        insertedContent: { text: "accounts:read " },
      },
    ]);
    const [suggestion] = byRule(faulty(), "no-unknown-scope").fixes ?? [];
    expect(suggestion?.description?.text).toBe("Replace with `lists:read`.");
  });

  test("cannot smuggle a link into its message", () => {
    const sample = SAMPLES["hostile"]?.();
    if (sample === undefined) throw new Error("no sample");
    const texts = resultsOf(sample).map(({ message }) => message.text ?? "");
    expect(texts.every((text) => text.includes("[link\\](http://evil.example)"))).toBe(true);
  });
});
