import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { audit } from "../../src/api/index.js";
import { FORMAT_NAMES } from "../../src/cli/formats.js";
import { temporaryFolder } from "../api/temporary.js";
import { demoApp } from "./demo.js";
import { runIn } from "./terminal.js";
import type { Report } from "../../src/report/types.js";

const json = (text: string) => JSON.parse(text) as Report;
const rulesIn = (text: string) => json(text).findings.map(({ rule }) => rule);
/** What the demo app has, as JSON. */
async function demoReport(folder: string, ...argv: string[]): Promise<Report> {
  return json((await runIn(folder, ["--format", "json", ...argv])).stdout);
}

describe("a report", () => {
  it("goes to stdout, and the exit code is 1 for errors", async () => {
    const { code, stdout, stderr } = await runIn(demoApp(), ["--format", "json"]);
    expect([code, stderr]).toEqual([1, ""]);
    expect(new Set(rulesIn(stdout))).toEqual(
      new Set([
        "no-missing-scope",
        "no-unconfigured-scope",
        "no-unknown-scope",
        "no-unrequested-scope",
        "no-unused-scope",
        "require-accounts-read",
        "require-pkce",
      ]),
    );
  });

  it("is the same from the API, from a folder inside, and from --root", async () => {
    const folder = demoApp();
    const report = await demoReport(folder);
    expect(await audit({ cwd: folder })).toEqual(report);
    expect(await demoReport(path.join(folder, "src"))).toEqual(report);
    expect(json((await runIn("/", ["--root", folder, "--format", "json"])).stdout)).toEqual(report);
  });

  it("has the same exit code in every format, on stdout and in files", async () => {
    const folder = demoApp();
    for (const format of FORMAT_NAMES) {
      const { code, stdout } = await runIn(folder, [
        "--format",
        format,
        "--output",
        `${format}=out/report.${format}`,
      ]);
      expect([format, code]).toEqual([format, 1]);
      expect(stdout.length, format).toBeGreaterThan(100);
      expect(readFileSync(path.join(folder, `out/report.${format}`), "utf8").length).toBeGreaterThan(100);
    }
  });

  it("names files as the repository does, whether the root is its top or a folder in it", async () => {
    const top = demoApp();
    mkdirSync(path.join(top, ".git"));
    cpSync(path.resolve("fixtures/demo-app"), path.join(top, "apps/shop"), { recursive: true });
    const filesIn = async (folder: string) => {
      const text = async (format: string) => (await runIn(folder, ["--format", format])).stdout;
      const [sarif, gitlab, github] = [await text("sarif"), await text("gitlab"), await text("github")];
      return [
        [...sarif.matchAll(/"uri": "([^"]*)"/gu)],
        [...gitlab.matchAll(/"path": "([^"]*)"/gu)],
        [...github.matchAll(/^::\w+ file=([^,]*),/gmu)],
      ].map((matches) => [...new Set(matches.map(([, file]) => file ?? ""))].sort());
    };
    const inside = await filesIn(path.join(top, "apps/shop"));
    rmSync(path.join(top, "apps"), { recursive: true });
    const atTop = await filesIn(top);
    for (const files of atTop) expect(files).toContain("src/routes/oauth.ts");
    expect(inside).toEqual(atTop.map((files) => files.map((file) => `apps/shop/${file}`)));
  });

  it("adds annotations and the job summary under GitHub Actions, unless formats are named", async () => {
    const folder = demoApp();
    const summary = path.join(folder, "summary.md");
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
    const { stdout } = await runIn(folder, [], env);
    expect(stdout).toContain("::error ");
    expect(stdout).toContain("no-missing-scope");
    expect(readFileSync(summary, "utf8")).toContain("no-missing-scope");
    expect(() => json("")).toThrow();
    expect(rulesIn((await runIn(folder, ["--format", "json"], env)).stdout)).toHaveLength(7);
  });

  it("keeps to stdout what is findings, and colours only when told to", async () => {
    const folder = demoApp();
    const plain = await runIn(folder, []);
    // eslint-disable-next-line no-control-regex
    expect(plain.stdout).not.toMatch(/\u001B/u);
    expect((await runIn(folder, [], { FORCE_COLOR: "1" })).stdout).toContain("\u001B[");
    expect((await runIn(folder, ["--no-color"], { FORCE_COLOR: "1" })).stdout).toBe(plain.stdout);
  });

  it("prints what was read to stderr, and what the requests rest on", async () => {
    const folder = demoApp();
    const { stdout, stderr } = await runIn(folder, ["--stats", "--format", "json"]);
    const rows = stderr
      .trimEnd()
      .split("\n")
      .map((line) => line.trim().split(/ {2,}/u));
    const { stats, requests } = json(stdout);
    expect(rows).toContainEqual(["files", String(stats.files)]);
    expect(rows).toContainEqual(["API calls", "7"]);
    expect(requests.map(({ evidence }) => evidence)).toEqual(["authorize-url"]);
    expect(rows).toContainEqual(["by evidence: authorize-url", "1"]);
    writeFileSync(path.join(folder, ".env"), "KLAVIYO_SCOPES=accounts:read\n");
    expect((await runIn(folder, ["--stats"])).stderr).toMatch(/by evidence: name +1\n/u);
  });
});

describe("what counts", () => {
  it("is less with --quiet, a higher confidence, and paths; the sets stay", async () => {
    const folder = demoApp();
    const whole = await demoReport(folder);
    const quiet = await demoReport(folder, "--quiet");
    expect(quiet.findings).toEqual(whole.findings.filter(({ severity }) => severity === "error"));
    const some = await demoReport(folder, "src/routes");
    expect(some.findings).toEqual(whole.findings.filter(({ file }) => file.startsWith("src/routes/")));
    expect(some.findings.length).toBeGreaterThan(0);
    expect(some.apps).toEqual(whole.apps);
  });

  it("is set by --rule, and by the config's overrides", async () => {
    const folder = demoApp();
    const off = await demoReport(folder, "--rule", "no-unused-scope=off", "--rule", "require-pkce=warn");
    expect(off.findings.map(({ rule }) => rule)).not.toContain("no-unused-scope");
    expect(off.findings.find(({ rule }) => rule === "require-pkce")?.severity).toBe("warning");
    const file = path.join(folder, "klaviyo-scopes.json");
    const config = JSON.parse(readFileSync(file, "utf8")) as object;
    const overrides = [{ files: ["src/routes/**"], rules: { "require-pkce": "off" } }];
    writeFileSync(file, JSON.stringify({ ...config, overrides }));
    expect((await demoReport(folder)).findings.map(({ rule }) => rule)).not.toContain("require-pkce");
  });

  it("decides the exit code", async () => {
    const folder = demoApp();
    const errors = [
      "no-missing-scope",
      "no-unconfigured-scope",
      "no-unknown-scope",
      "require-accounts-read",
      "require-pkce",
    ];
    const warnings = errors.flatMap((rule) => ["--rule", `${rule}=warn`]);
    expect((await runIn(folder, warnings)).code).toBe(0);
    expect((await runIn(folder, [...warnings, "--max-warnings", "7"])).code).toBe(0);
    expect((await runIn(folder, [...warnings, "--max-warnings", "6"])).code).toBe(1);
    expect((await runIn(folder, [...warnings, "--max-warnings", "6", "--quiet"])).code).toBe(1);
    expect((await runIn(folder, ["src/jobs"])).code).toBe(0);
  });
});

describe("suppressions", () => {
  it("mute findings with a reason, and are named when they mute nothing", async () => {
    const folder = demoApp();
    const file = path.join(folder, "src/klaviyo/scopes.ts");
    const text = readFileSync(file, "utf8");
    const comment = "// klaviyo-scope-audit-ignore-next-line no-unused-scope -- the summer campaign\n";
    writeFileSync(
      file,
      `// klaviyo-scope-audit-ignore-file no-beta-scope\n${text.replace(/^.*"campaigns:read"/mu, `${comment}$&`)}`,
    );
    const { stdout, stderr } = await runIn(folder, ["--format", "json"]);
    expect(json(stdout).findings.find(({ rule }) => rule === "no-unused-scope")).toMatchObject({
      suppressed: true,
      suppressionReason: "the summer campaign",
    });
    expect(stderr).toBe(
      "warning: src/klaviyo/scopes.ts:1:1: Nothing to suppress: `no-beta-scope` finds nothing here. Remove the comment.\n",
    );
  });
});

describe("--fix", () => {
  it("shows what it would change, and changes nothing, with --fix-dry-run", async () => {
    const folder = demoApp();
    const before = readFileSync(path.join(folder, "src/klaviyo/scopes.ts"), "utf8");
    const { code, stdout } = await runIn(folder, ["--fix-dry-run"]);
    expect(code).toBe(1);
    expect(stdout).toContain('+  "accounts:read",');
    expect(stdout).toContain("--- a/src/klaviyo/scopes.ts");
    expect(readFileSync(path.join(folder, "src/klaviyo/scopes.ts"), "utf8")).toBe(before);
    const asJson = await runIn(folder, ["--fix-dry-run", "--format", "json"]);
    expect(rulesIn(asJson.stdout)).toHaveLength(7);
    expect(asJson.stderr).toContain('+  "accounts:read",');
  });

  it("mends what it can, once and for all", async () => {
    const folder = demoApp();
    const { stdout, stderr } = await runIn(folder, ["--fix", "--format", "json"]);
    expect(stderr).toBe("Fixed 1 file.\n");
    expect(rulesIn(stdout)).not.toContain("require-accounts-read");
    expect(readFileSync(path.join(folder, "src/klaviyo/scopes.ts"), "utf8")).toContain('"accounts:read"');
    expect((await runIn(folder, ["--fix", "--format", "json"])).stderr).toBe("");
  });

  it("touches nothing outside the paths, and nothing that is known", async () => {
    const folder = demoApp();
    expect((await runIn(folder, ["--fix", "src/routes"])).stderr).toBe("");
    await runIn(folder, ["--baseline", "known.json", "--update-baseline"]);
    expect((await runIn(folder, ["--fix", "--baseline", "known.json"])).stderr).toBe("");
  });
});

describe("a baseline", () => {
  it("is written, mutes what it knows, and is told from what is new", async () => {
    const folder = demoApp();
    const written = await runIn(folder, ["--baseline", "known.json", "--update-baseline"]);
    expect(written.code).toBe(0);
    expect(written.stderr).toBe("Wrote 7 entries to known.json.\n");
    expect((await runIn(folder, ["--baseline", "known.json"])).code).toBe(0);
    const route = path.join(folder, "src/routes/oauth.ts");
    writeFileSync(route, `\n\n${readFileSync(route, "utf8")}`);
    expect((await runIn(folder, ["--baseline", "known.json"])).code).toBe(0);
    const scopes = path.join(folder, "src/klaviyo/scopes.ts");
    writeFileSync(
      scopes,
      readFileSync(scopes, "utf8").replace('"campaigns:read"', '"campaigns:read", "profile:read"'),
    );
    const { code, stdout } = await runIn(folder, ["--baseline", "known.json", "--format", "json"]);
    expect(code).toBe(1);
    expect(json(stdout).findings.filter(({ suppressed }) => !suppressed)).toMatchObject([
      { scope: "profile:read" },
    ]);
  });

  it("names the entries that match nothing, and drops them when it is updated", async () => {
    const folder = demoApp();
    await runIn(folder, ["--baseline", "known.json", "--update-baseline"]);
    const scopes = path.join(folder, "src/klaviyo/scopes.ts");
    writeFileSync(scopes, readFileSync(scopes, "utf8").replace("catalog:read", "catalogs:read"));
    const stale = await runIn(folder, ["--baseline", "known.json"]);
    expect(stale.stderr).toContain(
      "`no-unknown-scope` in src/klaviyo/scopes.ts (catalog:read) matches nothing",
    );
    const updated = await runIn(folder, ["--baseline", "known.json", "--update-baseline"]);
    expect(updated.stderr).toContain("dropped 1 that matched nothing");
    expect((await runIn(folder, ["--baseline", "known.json"])).stderr).toBe("");
  });

  it("keeps what lies outside the paths", async () => {
    const folder = demoApp();
    await runIn(folder, ["--baseline", "known.json", "--update-baseline"]);
    const before = readFileSync(path.join(folder, "known.json"), "utf8");
    await runIn(folder, ["src/routes", "--baseline", "known.json", "--update-baseline"]);
    expect(readFileSync(path.join(folder, "known.json"), "utf8")).toBe(before);
    await runIn(folder, ["src/routes", "--baseline", "new.json", "--update-baseline"]);
    expect(
      (JSON.parse(readFileSync(path.join(folder, "new.json"), "utf8")) as { findings: [] }).findings,
    ).toHaveLength(2);
  });

  it.each([
    ["missing.json", undefined, "there is no such file"],
    ["known.json", "{", "JSON"],
    ["known.json", "[]", '"version": 1'],
  ])("says what is wrong with %s holding %s", async (name, text, message) => {
    const folder = demoApp();
    if (text !== undefined) writeFileSync(path.join(folder, name), text);
    const { code, stderr } = await runIn(folder, ["--baseline", name]);
    expect(code).toBe(2);
    expect(stderr).toContain(name);
    expect(stderr).toContain(message);
  });
});

describe("facts", () => {
  it("give the report that the files give, whole and in shards", async () => {
    const folder = demoApp();
    const direct = await demoReport(folder);
    const facts = temporaryFolder();
    await runIn(folder, ["extract", "-o", `${facts}/all.json`]);
    expect(await demoReport(folder, "--facts", `${facts}/all.json`)).toEqual(direct);
    for (const index of [1, 2, 3])
      await runIn(folder, ["extract", "--shard", `${index}/3`, "-o", `${facts}/part-${index}.json`]);
    expect(await demoReport(folder, "--facts", `${facts}/part-*.json`)).toEqual(direct);
  });

  it("are nothing of the app's own, nor are reports and baselines", async () => {
    const folder = demoApp();
    const { apps, requests, apiCalls } = await demoReport(folder);
    await runIn(folder, ["extract", "-o", "klaviyo-facts.json"]);
    await runIn(folder, [
      "--output",
      "json=klaviyo-report.json",
      "--baseline",
      "klaviyo-known.json",
      "--update-baseline",
    ]);
    expect(await demoReport(folder)).toMatchObject({ apps, requests, apiCalls });
  });

  it("hold no value of an env file but scopes", async () => {
    const folder = temporaryFolder({
      ".env": "DATABASE_PASSWORD=hunter2hunter2\nKLAVIYO_SCOPES=accounts:read\n",
      "src/auth.ts": "export const scope = process.env.KLAVIYO_SCOPES;",
    });
    const { stdout } = await runIn(folder, ["extract"]);
    expect(stdout).toContain("accounts:read");
    expect(stdout).not.toContain("hunter2");
  });

  it("are refused when a shard is missing or the file is none of ours", async () => {
    const folder = demoApp();
    await runIn(folder, ["extract", "--shard", "1/2", "-o", "part-1.json"]);
    expect(await runIn(folder, ["--facts", "part-*.json"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("The facts of shard 2/2 are missing.") as string,
    });
    writeFileSync(path.join(folder, "other.json"), "{}");
    expect((await runIn(folder, ["--facts", "other.json"])).stderr).toContain("`extract` did not write it");
    expect((await runIn(folder, ["--facts", "none-*.json"])).stderr).toContain("No facts file matches");
  });
});

describe("a cache", () => {
  it("changes nothing but the time it takes", async () => {
    const folder = demoApp();
    const direct = await demoReport(folder);
    expect(await demoReport(folder, "--cache")).toEqual(direct);
    expect(existsSync(path.join(folder, "node_modules/.cache/klaviyo-scope-audit"))).toBe(true);
    expect(await demoReport(folder, "--cache")).toEqual(direct);
  });
});

describe("bad input", () => {
  it.each([
    [["--root", "nowhere"], "nowhere"],
    [["--root", "package.json"], "is no directory"],
    [["src/nothing.ts"], "`src/nothing.ts` matches no file"],
    [["*.py"], "`*.py` matches no file"],
    [["--config", "nowhere.json"], "nowhere.json"],
    [["--config", "no/where.json"], "where.json"],
    [["--rule", "no-unsued-scope=off"], "Did you mean `no-unused-scope`?"],
    [["--output", "json=package.json/report.json"], "Cannot write"],
  ])("%j exits with 2, names it, and leaves stdout to parse", async (argv, message) => {
    const { code, stdout, stderr } = await runIn(demoApp(), [...argv, "--format", "json"]);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(json(stdout)).toMatchObject({ schemaVersion: 1, findings: [] });
    expect(stderr).not.toContain("This is a bug");
  });

  it("looks like no success in the formats that people and services read", async () => {
    const failed = async (format: string) =>
      (await runIn(demoApp(), ["--config", "nowhere.json", "--format", format])).stdout;
    const html = await failed("html");
    expect(html).toContain("✗ The audit failed: nowhere.json:1:1: The config cannot be read");
    expect(html).not.toContain("No findings");
    expect(json(await failed("sarif"))).toMatchObject({
      runs: [
        {
          results: [],
          invocations: [
            {
              executionSuccessful: false,
              toolExecutionNotifications: [
                { level: "error", message: { text: expect.stringContaining("nowhere.json") as unknown } },
              ],
            },
          ],
        },
      ],
    });
    expect(await failed("junit")).toMatch(
      /tests="1" failures="0" errors="1"[^]*<error message="nowhere.json/u,
    );
  });

  it("names file, line, the wrong thing and the right one of a config", async () => {
    const folder = demoApp();
    writeFileSync(
      path.join(folder, "klaviyo-scopes.json"),
      '{\n  "configured": "accounts:read list:read",\n  "rules": { "no-unsued-scope": "off" }\n}\n',
    );
    const { code, stderr } = await runIn(folder, []);
    expect(code).toBe(2);
    expect(stderr).toMatch(/klaviyo-scopes\.json:2:\d+: .*list:read.*lists:read/u);
    expect(stderr).toMatch(/klaviyo-scopes\.json:3:\d+: .*no-unsued-scope.*no-unused-scope/u);
  });

  it("goes on where a file does not parse or cannot be read", async () => {
    const folder = demoApp();
    writeFileSync(path.join(folder, "src/broken.ts"), "// klaviyo\nconst = ;\n");
    mkdirSync(path.join(folder, "src/locked"));
    chmodSync(path.join(folder, "src/locked"), 0);
    const report = await demoReport(folder);
    chmodSync(path.join(folder, "src/locked"), 0o755);
    expect(report.skipped.map(({ file }) => file)).toContain("src/broken.ts");
    expect(report.findings).toHaveLength(7);
  });

  it("says loudly that there is no request", async () => {
    const folder = temporaryFolder({ "src/index.ts": "export const klaviyo = 1;" });
    const { code, stdout } = await runIn(folder, []);
    expect(code).toBe(0);
    expect(stdout).toMatch(/no .*request/iu);
    rmSync(folder, { recursive: true });
  });
});
