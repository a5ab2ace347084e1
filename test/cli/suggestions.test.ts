/** Every command that a message suggests is one that runs. */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { EXAMPLES } from "../../src/cli/examples.js";
import { temporaryFolder } from "../api/temporary.js";
import { demoApp } from "./demo.js";
import { runIn } from "./terminal.js";

/** Command lines in a message: after the program's name up to what ends them. */
function commandsIn(message: string): string[] {
  return [...message.matchAll(/klaviyo-scope-audit((?: (?:[\w./:=~>-]+|'[^']*'))+)/gu)].map(([, line = ""]) =>
    line
      .replace(/ for .*$/u, "")
      .trim()
      .replace(/[.:]$/u, ""),
  );
}

/** Flags to add to the command that was run. */
function flagsIn(message: string): string[] {
  return [...message.matchAll(/with ((?:--[\w-]+(?: [\w./=-]+)? ?)+)/gu)].map(([, line = ""]) =>
    line.trim().replace(/\.$/u, ""),
  );
}

/** As a shell would split it: quotes, and a redirection, which is the shell's own business. */
function argumentsOf(line: string): string[] {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/gu)].map(([, a, b, c]) => a ?? b ?? c ?? "");
  const redirection = words.findIndex((word) => word === ">" || word === "|");
  return redirection < 0 ? words : words.slice(0, redirection);
}

function repository(folder: string): string {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      cwd: folder,
      stdio: "ignore",
    });
  git("init", "-q", "-b", "main");
  for (const message of ["one", "two"]) {
    writeFileSync(path.join(folder, "NOTES.md"), message);
    git("add", "-A");
    git("commit", "-qm", message);
  }
  return folder;
}

const without = (file: string) => {
  const folder = demoApp();
  rmSync(path.join(folder, file));
  return folder;
};
const CLEAN =
  "export const url = (c: string) => `https://www.klaviyo.com/oauth/authorize?code_challenge=${c}&code_challenge_method=S256&scope=accounts:read`;\n" +
  'import { AccountsApi, OAuthSession } from "klaviyo-api";\nexport const get = (s: OAuthSession) => new AccountsApi(s).getAccounts();\n';
const clean = (config: object) => () =>
  temporaryFolder({
    "a.ts": CLEAN,
    ...(Object.keys(config).length > 0 && { "klaviyo-scopes.json": JSON.stringify(config) }),
  });
const apps = () =>
  temporaryFolder({
    "a/x.ts": CLEAN,
    "b/x.ts": CLEAN,
    "klaviyo-scopes.json": JSON.stringify({
      apps: [
        { name: "a", root: "a" },
        { name: "b", root: "b" },
      ],
    }),
  });

/** A run, and what it suggests. */
const RUNS: readonly (readonly [argv: string[], folder: () => string, suggested: string[]])[] = [
  [[], demoApp, ["--fix"]],
  [["--rule", "require-accounts-read=off"], demoApp, ["explain no-unknown-scope"]],
  [["--format", "markdown"], demoApp, ["--fix", "--fix"]],
  [[], clean({}), ["init"]],
  [[], clean({ configured: "accounts:read" }), ["scopes"]],
  [["justify", "--check", "SCOPES.md"], demoApp, ["justify > SCOPES.md"]],
  [["justify", "--check", "klaviyo-scopes.json"], demoApp, ["justify > klaviyo-scopes.json"]],
  [
    ["justify", "--format", "html", "--check", "package.json"],
    demoApp,
    ["justify --format html > package.json"],
  ],
  [["diff"], demoApp, ["diff HEAD~1"]],
  [["explain", "src/server.ts"], demoApp, ["explain src/server.ts:1"]],
  [["explain", "zzz"], demoApp, ["explain --help"]],
  [["explain", "no-unused-scope"], demoApp, ["--rule no-unused-scope=off"]],
  [["scopes"], apps, ["--app a"]],
  [["init", "--yes"], () => without("klaviyo-scopes.json"), []],
  [["--baseline", "nowhere.json"], demoApp, ["--baseline nowhere.json --update-baseline"]],
  [["--update-baseline"], demoApp, ["--baseline klaviyo-baseline.json"]],
  [["--format", "json,sarif"], demoApp, ["--output json=report.json"]],
];

describe("what messages suggest", () => {
  it.each(RUNS)("%j", async (argv, folderOf, suggested) => {
    const folder = repository(folderOf());
    const { stdout, stderr } = await runIn(folder, argv);
    const said = `${stdout}\n${stderr}`;
    const commands = commandsIn(said).map((line) => [line, argumentsOf(line)] as const);
    const flags = flagsIn(said).map(
      (line) => [line, [...(argv[1] === "json,sarif" ? [] : argv), ...argumentsOf(line)]] as const,
    );
    for (const line of suggested) expect([...commands, ...flags].map(([found]) => found)).toContain(line);
    for (const [line, command] of [...commands, ...flags]) {
      const ran = await runIn(folder, command);
      expect([line, ran.code === 2 ? ran.stderr : "runs"]).toEqual([line, "runs"]);
    }
  });

  it("explains every rule, as the last line of a report asks to", async () => {
    for (const { name } of rules) expect((await runIn(temporaryFolder(), ["explain", name])).code).toBe(0);
  });

  const examples = [...EXAMPLES.values()].flat().filter(([line]) => line.startsWith("klaviyo-scope-audit "));
  it.each(examples)("the example of the help runs: %s", async (line) => {
    const folder = repository(demoApp());
    execFileSync("git", ["tag", "v1.2.0", "HEAD~1"], { cwd: folder });
    execFileSync("git", ["tag", "v1.3.0"], { cwd: folder });
    execFileSync("git", ["update-ref", "refs/remotes/origin/main", "HEAD~1"], { cwd: folder });
    const config = JSON.parse(readFileSync(path.join(folder, "klaviyo-scopes.json"), "utf8")) as object;
    writeFileSync(
      path.join(folder, "klaviyo-scopes.json"),
      JSON.stringify({ apps: [{ name: "loyalty", root: ".", ...config, $schema: undefined }] }),
    );
    writeFileSync(path.join(folder, "src/auth.ts"), "//\n//\n//\n");
    writeFileSync(path.join(folder, "SCOPES.md"), "");
    if (line.includes("init")) rmSync(path.join(folder, "klaviyo-scopes.json"));
    if (line.includes("--facts")) await runIn(folder, ["extract", "-o", "facts-1.json"]);
    const { code, stderr } = await runIn(folder, argumentsOf(line).slice(1));
    expect(code === 2 ? stderr : "runs").toBe("runs");
  });
});
