import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../api/temporary.js";
import { runIn } from "./terminal.js";

/** The lines of the table in docs/cli.md. */
const table = [
  ...readFileSync("docs/cli.md", "utf8").matchAll(/^\| `klaviyo-scope-audit([^`]*)` +\| +(\d) +\|$/gmu),
].map(([, line = "", code]): [string, number] => [line.trim(), Number(code)]);

/** A project with one error (no accounts:read) and one warning (an unused scope). */
function project(): string {
  const folder = temporaryFolder({
    "README.md": "# Not the review document\n",
    "src/auth.ts":
      "export const url = (challenge: string) =>\n  `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&code_challenge=${challenge}&code_challenge_method=S256&scope=profiles:read%20tags:read`;\n",
    "src/sync.ts":
      'export const sync = (token: string) =>\n  fetch("https://a.klaviyo.com/api/profiles", { headers: { Authorization: `Bearer ${token}` } });\n',
  });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      cwd: folder,
      stdio: "ignore",
    });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "start");
  return folder;
}

describe("the table of exit codes", () => {
  it("is there", () => {
    expect(table.length).toBeGreaterThan(40);
  });

  it("stands on one error and one warning", async () => {
    const { stdout } = await runIn(project(), ["--format", "json"]);
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; severity: string }[] };
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ["require-accounts-read", "error"],
      ["no-unused-scope", "warning"],
    ]);
  });

  it.each(table)("%s → %i", async (line, code) => {
    const { code: actual, stderr } = await runIn(project(), line === "" ? [] : line.split(" "));
    expect(actual, stderr).toBe(code);
    if (code === 2) expect(stderr).not.toBe("");
    expect(stderr).not.toContain("This is a bug");
  });
});
