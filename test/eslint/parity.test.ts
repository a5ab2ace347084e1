/** Both faces say the same: ESLint over every fixture reports what the audit finds in the files that ESLint reads. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { audit } from "../../src/api/index.js";
import { leaves } from "../fixtures/leaves.js";
import { EVERY_FILE, everyRule, linter, said } from "./languages.js";

/** By ending, how many findings were compared: a language that ESLint does not read would agree by silence. */
const compared = new Map<string, number>();

describe("ESLint and the audit agree on every fixture", () => {
  it.each(leaves())("$name", async ({ root }) => {
    const results = await linter(root).lintFiles(EVERY_FILE);
    const reported = results.flatMap(({ filePath, messages }) =>
      messages
        .filter(({ ruleId }) => ruleId?.startsWith("klaviyo-scopes/"))
        .map((message) => `${nameOf(filePath, root)} ${said(message, message.ruleId ?? "")}`),
    );
    const report = await audit({ root, rules: everyRule });
    const linted = new Set(results.map(({ filePath }) => nameOf(filePath, root)));
    const found = report.findings.filter(({ file, suppressed }) => linted.has(file) && !suppressed);
    expect(reported.sort()).toEqual(found.map((one) => `${one.file} ${said(one, one.rule)}`).sort());
    for (const { file } of found) {
      const ending = /\.env\b/.test(file) ? ".env" : path.posix.extname(file);
      compared.set(ending, (compared.get(ending) ?? 0) + 1);
    }
    // What ESLint leaves out is only what no plugin reads.
    const unread = report.findings.filter(({ file }) => !linted.has(file)).map(({ file }) => file);
    expect(unread.filter((file) => !NOT_FOR_ESLINT.test(file))).toEqual([]);
  });

  it("in each language", () => {
    expect([...compared.keys()]).toEqual(
      expect.arrayContaining([
        ".js",
        ".ts",
        ".tsx",
        ".json",
        ".yaml",
        ".yml",
        ".toml",
        ".vue",
        ".svelte",
        ".env",
      ]),
    );
  });
});

/** Read by the audit alone. */
const NOT_FOR_ESLINT =
  /\.(?:astro|ini|cfg|properties|tf|tfvars|hcl|py|rb|php|go)$|(?:^|\/)(?:\w+\.)?(?:docker|container|proc)file/i;

function nameOf(file: string, root: string): string {
  return path.relative(root, file).split(path.sep).join("/");
}
