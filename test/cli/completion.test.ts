/** The completion scripts in the shells themselves, which `scripts/ensure-packages.sh` puts there. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { buildProgram } from "../../src/cli/program.js";
import { temporaryFolder } from "../api/temporary.js";
import { runIn } from "./terminal.js";

const NAME = "klaviyo-scope-audit";

/** What stands at the cursor → what it may become. */
const CASES: readonly (readonly [typed: string, completed: string[]])[] = [
  ["expl", ["explain"]],
  ["scopes --req", ["--requested"]],
  ["--max", ["--max-warnings"]],
  ["--format ju", ["junit"]],
  ["justify --format ma", ["markdown"]],
  ["--output ht", ["html="]],
  ["--rule no-unused-scope=o", ["no-unused-scope=off"]],
  ["--root src scopes --conf", ["--config", "--configured"]],
  ["explain profiles:wr", ["profiles:write"]],
  ["explain no-unused", ["no-unused-scope"]],
  ["explain src/au", ["src/auth.ts"]],
  ["--baseline kn", ["known issues.json"]],
  ["completion fi", ["fish"]],
  ["diff --no-such", []],
];

const FILES = { "src/auth.ts": "", "known issues.json": "" };

/** Each shell prints the words it would offer, one a line. */
const SHELLS = {
  // As readline calls a completion: the line, and its words, split at what bash splits at.
  bash: (line: string) => [
    "bash",
    "--norc",
    "-c",
    `source ./script
COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
COMP_LINE=${quoted(line)}
COMP_POINT=\${#COMP_LINE}
_klaviyo_scope_audit 2>/dev/null
printf '%s\\n' "\${COMPREPLY[@]}"`,
  ],
  fish: (line: string) => [
    "fish",
    "--no-config",
    "-c",
    `source ./script; complete -C ${quoted(line)} | cut -f1`,
  ],
};

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

async function offered(shell: keyof typeof SHELLS, typed: string): Promise<string> {
  const folder = temporaryFolder(FILES);
  writeFileSync(path.join(folder, "script"), (await runIn(folder, ["completion", shell])).stdout);
  const [command = "", ...args] = SHELLS[shell](`${NAME} ${typed}`);
  return execFileSync(command, args, { cwd: folder, encoding: "utf8", timeout: 20_000 });
}

describe("completion", () => {
  it.each(["bash", "zsh", "fish"])("knows every command and flag in %s", async (shell) => {
    const { code, stdout } = await runIn(temporaryFolder(), ["completion", shell]);
    expect(code).toBe(0);
    const quiet = {
      stdout: { write: () => true },
      stderr: { write: () => true },
      stdin: {},
      env: {},
      cwd: "/",
    };
    for (const { name, options } of buildProgram(quiet, () => undefined).commands.map((command) => ({
      name: command.name(),
      options: command.options,
    }))) {
      expect(stdout).toContain(name);
      for (const { long } of options) expect(stdout).toContain((long ?? "").slice(2));
    }
  });

  it.each(CASES)("of `%s` is %j in bash", async (typed, completed) => {
    // Readline keeps what stands before the last colon or equals sign.
    const before = /^.*[:=](?=[^:=\s]*$)/u.exec(typed.split(" ").at(-1) ?? "")?.[0] ?? "";
    const words = completed.map((word) => word.slice(before.length));
    expect((await offered("bash", typed)).split("\n").filter((word) => word !== "")).toEqual(words);
  });

  it.each(CASES)("of `%s` is %j in fish", async (typed, completed) => {
    const words = (await offered("fish", typed)).split("\n").filter((word) => word !== "");
    expect(words.map((word) => word.replaceAll("\\ ", " "))).toEqual(completed);
  });

  // zsh offers words only inside its line editor, where a test would depend on timing.
  it("is a script that zsh can read", async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, "script"), (await runIn(folder, ["completion", "zsh"])).stdout);
    expect(
      execFileSync("zsh", ["-f", "-n", "script"], { cwd: folder, encoding: "utf8", stdio: "pipe" }),
    ).toBe("");
  });
});
