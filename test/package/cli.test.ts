import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Ajv } from "ajv";
import { describe, expect, inject, it } from "vitest";
import type { Report } from "../../src/report/types.js";
import { run, runNode } from "./run.js";

const project = inject("installed").eslint10;
const bin = join(project, "node_modules/eslint-plugin-klaviyo-scopes/bin/klaviyo-scope-audit.js");
const manifest = JSON.parse(
  readFileSync(fileURLToPath(new URL("../../package.json", import.meta.url)), "utf8"),
) as { version: string };

describe("the installed command line", () => {
  it("runs through npx and says its version", () => {
    const { status, stdout } = run("npx", ["--no-install", "klaviyo-scope-audit", "--version"], project);
    expect(stdout).toBe(`${manifest.version}\n`);
    expect(status).toBe(0);
  });

  it("reports what is wrong with the app, as its schema says", () => {
    const { status, stdout, stderr } = runNode([bin, "--format", "json"], project);
    expect(stderr).toBe("");
    const report = JSON.parse(stdout) as Report;
    expect(
      report.findings.map(({ rule, file, line, column }) => `${file}:${line}:${column} ${rule}`),
    ).toEqual([
      "src/auth.js:1:16 require-accounts-read",
      "src/auth.js:1:18 no-unused-scope",
      "src/auth.js:1:35 no-unknown-scope",
      "src/lists.js:2:26 no-missing-scope",
    ]);
    expect(status).toBe(1);

    const schemaFile = join(project, "node_modules/eslint-plugin-klaviyo-scopes/schema/report.json");
    const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as { $schema?: string };
    const ajv =
      schema.$schema?.includes("2020-12") === true
        ? new Ajv2020({ strict: false })
        : new Ajv({ strict: false });
    const valid = ajv.validate(schema, report);
    expect(ajv.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it.each([
    ["--version", 0],
    ["--help", 0],
    ["audit", 1],
  ])("loads neither ESLint nor TypeScript: %s", (argument, status) => {
    const loaded = modulesLoadedBy([bin, argument], status);
    expect(loaded).toContain("eslint-plugin-klaviyo-scopes");
    expect(
      loaded.filter((name) => /^(?:eslint|typescript|@typescript-eslint\/.*|@eslint\/.*)$/.test(name)),
    ).toEqual([]);
  });

  it("is seen to load them where it does", () => {
    const loaded = modulesLoadedBy([join(project, "node_modules/eslint/bin/eslint.js"), "src"], 1);
    expect(loaded).toContain("eslint");
    expect(loaded).toContain("@typescript-eslint/utils");
  });
});

/** The names of the packages of which a Node program loads a module. */
function modulesLoadedBy(args: string[], status: number): string[] {
  const record = join(mkdtempSync(join(tmpdir(), "klaviyo-scopes-modules-")), "modules.txt");
  process.env["RECORD"] = record;
  const outcome = runNode(["--import", "./record-modules.mjs", ...args], project);
  delete process.env["RECORD"];
  expect([outcome.status, outcome.stderr]).toEqual([status, ""]);
  const names = readFileSync(record, "utf8")
    .split("\n")
    .flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
  return [...new Set(names)].sort();
}
