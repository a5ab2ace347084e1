/** Whatever a repository holds: every format and command ends, and what it prints is whole and harmless. */
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { FORMAT_NAMES } from "../../src/cli/formats.js";
import { temporaryFolder } from "../api/temporary.js";
import { runIn } from "./terminal.js";

const EVIL =
  "x\u001B[31mred\n::error file=a::pwned|`<img src=x onerror=alert(1)>`\u202E@octocat #1](http://evil)\u0000";
const EVIL_NAME = "src/d\u001B]0;t\u0007\n::error::x|`<b>/f'\"&<i>](x).ts";

function listOf(scopes: string): string {
  return `export const url = (c: string) => \`https://www.klaviyo.com/oauth/authorize?code_challenge=\${c}&code_challenge_method=S256&scope=\${encodeURIComponent(${JSON.stringify(scopes)})}\`;\n`;
}

/** Names, texts, sizes, encodings and links that a friendly repository does not have. */
function hostileProject(): string {
  const folder = temporaryFolder({
    "src/a.ts": listOf(`profiles:read ${EVIL} lists:reed ::error::pwned`),
    [EVIL_NAME]: listOf("profiles:read list:read"),
    "src/long.ts": `/*${"x".repeat(300_000)}*/ ${listOf(`accounts:read ${"y".repeat(5000)}:read`)}`,
    "src/crlf.ts": listOf("tags:read  lists:read").replaceAll("\n", "\r\n"),
    "src/broken.ts": `${listOf("tags:read")}const = ;;; {{{`,
    "src/big.ts": "// klaviyo.com/oauth/authorize\n",
    "src/calls.ts": `fetch("https://a.klaviyo.com/api/" + ${JSON.stringify(EVIL)});\n`,
    ".env": 'KLAVIYO_SCOPES="profiles:read,lists:read\n::warning::z"\nSECRET=hunter2\n',
    "klaviyo-scopes.json": JSON.stringify({
      configured: "accounts:read",
      justify: { "profiles:read": `because ${EVIL}` },
      rules: { "no-dynamic-call": "warn" },
    }),
  });
  const inside = (name: string) => path.join(folder, "src", name);
  truncateSync(inside("big.ts"), 3_000_000);
  writeFileSync(
    inside("bin.ts"),
    Buffer.concat([Buffer.from("// klaviyo.com/oauth/authorize\n"), Buffer.from([0, 255, 254])]),
  );
  writeFileSync(
    inside("latin.ts"),
    Buffer.concat([Buffer.from(listOf("tags:read")), Buffer.from([47, 47, 0xe9])]),
  );
  for (const [target, name] of [
    ["..", "loop"],
    ["self", "self"],
    ["/etc", "etc"],
    ["gone.ts", "dangling.ts"],
  ] as const)
    symlinkSync(target, inside(name));
  mkdirSync(inside("folder.ts"));
  // Opening a pipe would wait for ever.
  execFileSync("mkfifo", [inside("pipe.ts")]);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      cwd: folder,
      stdio: "ignore",
    });
  git("init", "-q");
  git("add", "src/crlf.ts");
  git("commit", "-qm", "start");
  return folder;
}

/** Controls, bidi and other invisible characters, but line ends. */
const RAW = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function wellFormed(xml: string): void {
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
}

const READERS: Record<string, (text: string) => void> = {
  json: (text) => JSON.parse(text) as unknown,
  sarif: (text) => JSON.parse(text) as unknown,
  gitlab: (text) => JSON.parse(text) as unknown,
  junit: wellFormed,
  github: (text) => {
    for (const line of text.trimEnd().split("\n"))
      expect(line).toMatch(/^::(?:error|warning|notice) [\w,=]/u);
  },
};

describe("a hostile repository", () => {
  it.each(FORMAT_NAMES)("is reported harmlessly as %s", async (format) => {
    const { code, stdout, stderr } = await runIn(hostileProject(), ["--format", format]);
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).not.toMatch(RAW);
    expect(stdout).not.toContain("hunter2");
    if (format !== "github") expect(stdout).not.toMatch(/^\s*(?:::|##\[)/mu);
    // In Markdown they stand in code; test/report/markdown.test.ts renders it.
    if (format === "html") expect(stdout).not.toMatch(/<img|<i>|<b>/u);
    READERS[format]?.(stdout);
  });

  it("is told from its skipped files", async () => {
    const { stdout } = await runIn(hostileProject(), ["--format", "json"]);
    const { skipped } = JSON.parse(stdout) as { skipped: { file: string }[] };
    expect(skipped.map(({ file }) => file)).toEqual(
      ["big", "bin", "broken", "dangling", "latin"].map((name) => `src/${name}.ts`),
    );
  });

  it.each<[string[], number]>([
    [["scopes"], 1],
    [["scopes", "--requested"], 1],
    [["scopes", "--json"], 1],
    [["justify"], 0],
    [["justify", "--format", "html"], 0],
    [["diff", "HEAD"], 1],
    [["diff", "HEAD", "--format", "json"], 1],
    [["diff", "HEAD", "--format", "markdown"], 1],
    [["explain", "src/a.ts:1"], 0],
    [["explain", EVIL], 2],
    [["explain", `https://www.klaviyo.com/oauth/authorize?scope=${EVIL}`], 0],
    [["explain", "lists:read"], 0],
    [["extract"], 0],
    [["--fix-dry-run"], 1],
    [["--stats"], 1],
    [["--baseline", "known.json", "--update-baseline"], 0],
    [[EVIL], 2],
    [["--config", EVIL], 2],
    [["--format", EVIL], 2],
    [["--root", EVIL.replace("\u0000", "")], 2],
  ])("is survived by %j", async (argv, expected) => {
    const { code, stdout, stderr } = await runIn(hostileProject(), argv);
    expect(code, stderr).toBe(expected);
    expect(`${stdout}${stderr}`).not.toMatch(RAW);
    expect(`${stdout}${stderr}`).not.toMatch(/^\s*(?:::|##\[)/mu);
    expect(`${stdout}${stderr}`).not.toContain("hunter2");
    expect(stderr).not.toContain("This is a bug");
    if (argv.includes("--json") || argv[2] === "json" || argv[0] === "extract") JSON.parse(stdout);
  });
});
