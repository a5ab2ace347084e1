/** `npm run new-rule` in a copy of the repository: what it writes passes every check, and nothing else need be touched. */
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path, { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const NAME = "no-example-scope";
const WRITTEN = [
  `rules/${NAME}.ts`,
  `test/rules/${NAME}.test.ts`,
  `test/eslint/cases/${NAME}.ts`,
  `docs/rules/${NAME}.md`,
];
const CODE = WRITTEN.filter((file) => file.endsWith(".ts"));
/** What no check of a rule reads. */
const LEFT_OUT = new Set(["node_modules", "dist", "coverage", ".git"]);

interface JsonReport {
  testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[];
}

interface Outcome {
  status: number | null;
  output: string;
}

let copy: string;
let created: Outcome;

/** Runs a tool of the repository in the copy. */
function run(...args: string[]): Promise<Outcome> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(?:VITEST|NODE_OPTIONS|NODE_ENV|FORCE_COLOR)/.test(key)),
  );
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: copy, env: { ...env, CI: "1", NO_COLOR: "1" } });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text: Buffer) => (output += text.toString()));
    child.on("close", (status) => {
      resolve({ status, output });
    });
  });
}

const tool = (path: string): string => join("node_modules", path);

const PASSED = { status: 0 };

beforeAll(async () => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), "klaviyo-scopes-new-rule-")));
  for (const name of readdirSync(repository).filter((one) => !LEFT_OUT.has(one)))
    cpSync(join(repository, name), join(copy, name), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"));
  created = await run("--import", "tsx", "scripts/new-rule.ts", NAME);
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

describe("npm run new-rule", { timeout: 120_000 }, () => {
  it("writes a rule, its tests and its page", () => {
    expect(created).toMatchObject(PASSED);
    expect(created.output.split("\n")).toEqual(
      expect.arrayContaining(WRITTEN.map((file) => `wrote ${file}`)),
    );
    expect(WRITTEN.filter((file) => !existsSync(join(copy, file)))).toEqual([]);
  });

  it.concurrent("leaves no generated file stale", async () => {
    expect(await run("--import", "tsx", "scripts/update.ts", "--check")).toEqual({ status: 0, output: "" });
  });

  it.concurrent("writes what the type check, the linter and the formatter want", async () => {
    writeFileSync(
      join(copy, "tsconfig.new.json"),
      JSON.stringify({
        extends: "./tsconfig.json",
        include: [],
        files: [...CODE, "src/eslint/rule-options.cts"],
      }),
    );
    expect(await run(tool("typescript/bin/tsc"), "--noEmit", "-p", "tsconfig.new.json")).toMatchObject(
      PASSED,
    );
    expect(await run(tool("eslint/bin/eslint.js"), "--max-warnings", "0", ...CODE)).toMatchObject(PASSED);
    expect(await run(tool("prettier/bin/prettier.cjs"), "--check", ...WRITTEN)).toMatchObject(PASSED);
  });

  it.concurrent(
    "writes tests and examples that pass, as do those that compare rules, tests and pages",
    async () => {
      const results = "results.json";
      const files = [
        `test/rules/${NAME}.test.ts`,
        "test/rules/setup.test.ts",
        "test/rules/docs-examples.test.ts",
        "test/eslint/rules.test.ts",
      ];
      const flags = [
        "--project",
        "unit",
        "--reporter",
        "json",
        "--outputFile",
        results,
        "-t",
        `${NAME}|the rules`,
      ];
      const { status, output } = await run(tool("vitest/vitest.mjs"), "run", ...flags, ...files);
      expect([status, status === 0 ? "" : output]).toEqual([0, ""]);
      const { testResults } = JSON.parse(readFileSync(join(copy, results), "utf8")) as JsonReport;
      const ofTheRule = testResults.map(({ name, assertionResults }) => [
        path.relative(copy, name).replaceAll("\\", "/"),
        assertionResults.some((one) => one.status === "passed" && one.fullName.includes(NAME)),
      ]);
      expect(Object.fromEntries(ofTheRule)).toEqual(Object.fromEntries(files.map((file) => [file, true])));
    },
  );

  it("never writes over a rule, and wants a name like the others", async () => {
    expect(await run("--import", "tsx", "scripts/new-rule.ts", NAME)).toMatchObject({ status: 1 });
    expect(await run("--import", "tsx", "scripts/new-rule.ts", "Example")).toMatchObject({
      status: 2,
      output: expect.stringContaining("Usage") as string,
    });
  });
});
