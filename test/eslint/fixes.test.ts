/** ESLint's `--fix` over every fixture: it ends, and leaves each file as the audit's own `--fix` does. */
import { cpSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/api/analyze.js";
import { planFixes, type FileChange } from "../../src/api/fix.js";
import { leaves } from "../fixtures/leaves.js";
import { EVERY_FILE, everyLanguage, everyRule } from "./languages.js";

const FIXING: ESLint.Options = {
  overrideConfigFile: true,
  ignorePatterns: ["!**/dist/**"],
  errorOnUnmatchedPattern: false,
  overrideConfig: everyLanguage,
  fix: true,
};

/** What the audit would write. */
async function planned(root: string): Promise<FileChange[]> {
  const audit = (overlay: ReadonlyMap<string, string>) => analyze({ root, overlay, rules: everyRule });
  return planFixes(await audit(new Map()), audit, (report) => report);
}

let fixed = 0;

describe("--fix", () => {
  it.each(leaves())("$name", async ({ root: fixture }) => {
    const root = realpathSync(mkdtempSync(path.join(tmpdir(), "klaviyo-scopes-")));
    cpSync(fixture, root, { recursive: true });
    const nameOf = (file: string): string => path.relative(root, file).split(path.sep).join("/");
    const plan = await planned(root);
    // The two faces agree on what there is: see parity.test.ts.
    if (plan.length === 0) return;
    const results = await new ESLint({ cwd: root, ...FIXING }).lintFiles(EVERY_FILE);
    const linted = new Set(results.map(({ filePath }) => nameOf(filePath)));
    const expected = plan.filter(({ file }) => linted.has(file));
    const after = results.flatMap(({ filePath, output }) =>
      output === undefined
        ? []
        : [{ file: nameOf(filePath), before: readFileSync(filePath, "utf8"), after: output }],
    );
    expect(after.sort((a, b) => (a.file < b.file ? -1 : 1))).toEqual(expected);
    fixed += after.length;
    if (after.length === 0) return;
    await ESLint.outputFixes(results);
    const again = await new ESLint({ cwd: root, ...FIXING }).lintFiles(EVERY_FILE);
    expect(again.filter(({ output }) => output !== undefined)).toEqual([]);
  });

  it("had something to fix", () => {
    expect(fixed).toBeGreaterThan(10);
  });
});
