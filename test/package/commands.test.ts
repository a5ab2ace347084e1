/** Each format and each command of the installed package, read by its consumer or held against its schema. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { chromium } from "playwright-core";
import { SaxesParser } from "saxes";
import { describe, expect, inject, it } from "vitest";
import { runNode } from "./run.js";
import { git, projectWith } from "./snippets.js";

const require = createRequire(import.meta.url);
const bin = join(
  inject("installed").eslint10,
  "node_modules/eslint-plugin-klaviyo-scopes/bin/klaviyo-scope-audit.js",
);
const cli = (folder: string, ...args: string[]) => runNode([bin, ...args], folder);
/** What a format prints of the sample app, which has three errors and a warning. */
function printed(format: string): string {
  const { status, stdout, stderr } = cli(projectWith(), "--format", format);
  expect([status, stderr]).toEqual([1, ""]);
  return stdout;
}

describe("formats", () => {
  it("stylish, for people", () => {
    expect(printed("stylish")).toContain("4 findings: 3 errors, 1 warning");
  });

  it("json, as its shipped schema says", () => {
    const schema = join(dirname(bin), "../schema/report.json");
    const ajv = new Ajv({ strict: false });
    expect(
      ajv.validate(JSON.parse(readFileSync(schema, "utf8")) as object, JSON.parse(printed("json"))),
      ajv.errorsText(),
    ).toBe(true);
  });

  it("sarif, as Microsoft's multitool reads it", () => {
    const folder = projectWith();
    cli(folder, "--output", "sarif=scopes.sarif");
    const tool = join(
      dirname(require.resolve(`@microsoft/sarif-multitool-${process.platform}/package.json`)),
      "Sarif.Multitool",
    );
    chmodSync(tool, 0o755);
    const { stdout } = spawnSync(tool, ["validate", "scopes.sarif"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
    });
    expect(stdout).toContain("1 files scanned");
    expect(stdout.split("\n").filter((line) => / (?:error|warning) /u.test(line))).toEqual([]);
    expect(readFileSync(join(folder, "scopes.sarif"), "utf8")).toContain('"uri": "src/auth.js"');
  });

  it("github, errors first", () => {
    const kinds = [...printed("github").matchAll(/^::(\w+) file=src\/(?:auth|lists)\.js,line=\d+/gmu)].map(
      ([, kind]) => kind,
    );
    expect(kinds).toEqual(["error", "error", "error", "warning"]);
  });

  it("gitlab, issues with unique fingerprints", () => {
    const issues = JSON.parse(printed("gitlab")) as { fingerprint: string; location: { path: string } }[];
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(4);
    expect(new Set(issues.map(({ location }) => location.path))).toEqual(
      new Set(["src/auth.js", "src/lists.js"]),
    );
  });

  it("junit, XML with a failure for each error", () => {
    const names: string[] = [];
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("opentag", ({ name }) => names.push(name));
    parser.write(printed("junit")).close();
    expect(names.filter((name) => name === "failure")).toHaveLength(3);
    expect(names.filter((name) => name === "skipped")).toHaveLength(1);
  });

  it("markdown, as GitHub renders it", () => {
    const html = micromark(printed("markdown"), {
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
      allowDangerousHtml: true,
    });
    expect(html).toContain("<h2>Klaviyo scopes</h2>");
    expect(html.match(/<tr>/gu)?.length).toBeGreaterThan(3);
  });

  it("html, in a browser", async () => {
    const folder = projectWith();
    cli(folder, "--output", "html=report.html");
    const browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    });
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`file://${join(folder, "report.html")}`);
    expect(await page.title()).toBe("Klaviyo scopes");
    expect(await page.locator("article.finding").count()).toBe(4);
    expect(requests).toHaveLength(1);
    await browser.close();
  });
});

describe("commands", () => {
  it("init, then an audit with what it wrote", () => {
    const folder = projectWith();
    const { status, stdout } = cli(folder, "init", "--yes");
    expect([status, stdout.split("\n")[0]]).toEqual([0, "Wrote klaviyo-scopes.json."]);
    expect(existsSync(join(folder, "eslint.config.mjs"))).toBe(false);
    expect(cli(folder).status).toBe(1);
  });

  it("scopes", () => {
    const { status, stdout } = cli(projectWith(), "scopes");
    expect([status, stdout]).toEqual([0, "accounts:read lists:read\n"]);
  });

  it("justify, and its check", () => {
    const folder = projectWith();
    writeFileSync(join(folder, "SCOPES.md"), cli(folder, "justify").stdout);
    expect(cli(folder, "justify", "--check", "SCOPES.md").status).toBe(0);
    writeFileSync(
      join(folder, "src/auth.js"),
      readFileSync(join(folder, "src/auth.js"), "utf8").replace("profiles:read", "tags:read"),
    );
    expect(cli(folder, "justify", "--check", "SCOPES.md").status).toBe(1);
  });

  it("diff", () => {
    const folder = projectWith();
    writeFileSync(
      join(folder, "src/auth.js"),
      readFileSync(join(folder, "src/auth.js"), "utf8").replace("list:read", "lists:read"),
    );
    const { status, stdout } = cli(folder, "diff", "HEAD");
    expect([status, stdout]).toEqual([0, expect.stringContaining("Requested, added: lists:read")]);
    expect(git(folder, "status", "--porcelain")).toBe(" M src/auth.js\n");
  });

  it("explain", () => {
    const { status, stdout } = cli(projectWith(), "explain", "src/lists.js:2");
    expect([status, stdout]).toEqual([0, expect.stringContaining("It calls get_lists (GET /api/lists).")]);
  });

  it("extract, and the audit of what it wrote", () => {
    const folder = projectWith();
    expect(cli(folder, "extract", "-o", "facts.json").status).toBe(0);
    const report = (...args: string[]) =>
      (JSON.parse(cli(folder, "--format", "json", ...args).stdout) as { findings: unknown[] }).findings;
    expect(report("--facts", "facts.json")).toEqual(report());
  });

  it("completion", () => {
    expect(cli(projectWith(), "completion", "bash").stdout).toContain(
      "complete -F _klaviyo_scope_audit klaviyo-scope-audit",
    );
  });
});
