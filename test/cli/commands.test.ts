import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../api/temporary.js";
import { demoApp } from "./demo.js";
import { runIn } from "./terminal.js";

function edit(folder: string, file: string, change: (text: string) => string): void {
  const name = path.join(folder, file);
  writeFileSync(name, change(readFileSync(name, "utf8")));
}

describe("scopes", () => {
  it("prints one line to paste", async () => {
    const folder = demoApp();
    expect(await runIn(folder, ["scopes"])).toEqual({
      code: 0,
      stdout:
        "accounts:read coupons:write events:write lists:read profiles:read profiles:write webhooks:write\n",
      stderr: "",
    });
    expect((await runIn(folder, ["scopes", "--configured"])).stdout).toContain("segments:read");
    expect((await runIn(folder, ["scopes", "--requested"])).stdout).not.toContain("catalog:read");
  });

  it("is JSON with --json", async () => {
    const { stdout } = await runIn(demoApp(), ["scopes", "--requested", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ set: "requested", apps: [{ name: "app", complete: true }] });
  });

  it("exits with 1 and says why when the set may lack something", async () => {
    const folder = demoApp();
    writeFileSync(
      path.join(folder, "src/jobs/more.ts"),
      'import { klaviyo } from "../klaviyo/client";\nexport const more = () => klaviyo("1", String(globalThis.name));\n',
    );
    const { code, stdout, stderr } = await runIn(folder, ["scopes"]);
    expect(code).toBe(1);
    expect(stdout).toContain("accounts:read");
    expect(stderr).toMatch(/needed set of app is not complete\.\n {2}src\/jobs\/more\.ts:2:\d+: /u);
  });

  it("exits with 1 when a file could not be read that may hold calls", async () => {
    const folder = demoApp();
    expect((await runIn(folder, ["scopes"])).code).toBe(0);
    writeFileSync(path.join(folder, "src/broken.ts"), 'fetch("https://a.klaviyo.com/api/tags"; const =');
    const { code, stdout, stderr } = await runIn(folder, ["scopes"]);
    expect([code, stdout.split(" ")[0]]).toEqual([1, "accounts:read"]);
    expect(stderr).toContain("  src/broken.ts was not audited: line 1");
    const json = await runIn(folder, ["scopes", "--json"]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ apps: [{ complete: false }] });
    // What the config declares does not depend on the code.
    expect((await runIn(folder, ["scopes", "--configured"])).code).toBe(0);
  });

  it("exits with 1 where nothing was found", async () => {
    const folder = temporaryFolder({ "index.ts": "" });
    expect(await runIn(folder, ["scopes"])).toMatchObject({ code: 1, stdout: "" });
    expect((await runIn(folder, ["scopes", "--configured"])).stderr).toContain("klaviyo-scopes.json");
  });

  it("asks which of several apps", async () => {
    const folder = demoApp();
    const apps = [
      { name: "shop", root: "src/routes" },
      { name: "jobs", root: "src/jobs" },
    ];
    writeFileSync(path.join(folder, "klaviyo-scopes.json"), JSON.stringify({ apps }));
    const { code, stderr } = await runIn(folder, ["scopes"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--app shop");
    expect((await runIn(folder, ["scopes", "--app", "jobs"])).stdout).toContain("coupons:write");
    expect((await runIn(folder, ["scopes", "--app", "job"])).stderr).toContain("Did you mean `jobs`?");
  });
});

describe("justify", () => {
  it("writes the document, and tells when it is stale", async () => {
    const folder = demoApp();
    edit(folder, "klaviyo-scopes.json", (text) =>
      text.replace("{", '{\n  "justify": { "coupons:write": "Rewards are <coupons>." },'),
    );
    const { stdout } = await runIn(folder, ["justify"]);
    expect(stdout).toContain("**Why:** Rewards are \\<coupons\\>.");
    expect(stdout).toContain("| `POST /api/coupons` | Create Coupon | `src/jobs/rewards.ts:");
    expect(stdout).toContain("Needed by the code but not requested: `webhooks:write`.");
    writeFileSync(path.join(folder, "SCOPES.md"), stdout);
    expect(await runIn(folder, ["justify", "--check", "SCOPES.md"])).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });

    edit(folder, "src/jobs/rewards.ts", (text) => `\n\n${text}`);
    expect((await runIn(folder, ["justify", "--check", "SCOPES.md"])).code).toBe(0);
    edit(folder, "src/klaviyo/scopes.ts", (text) => text.replace('"campaigns:read",', ""));
    const stale = await runIn(folder, ["justify", "--check", "SCOPES.md"]);
    expect(stale.code).toBe(1);
    expect(stale.stderr).toContain("klaviyo-scope-audit justify > SCOPES.md");
    expect((await runIn(folder, ["justify", "--check", "NONE.md"])).code).toBe(2);
  });

  it("is one page of HTML", async () => {
    const { stdout } = await runIn(demoApp(), ["justify", "--format", "html"]);
    expect(stdout).toContain("<!doctype html>");
    expect(stdout).toContain("<code>coupons:write</code>");
    expect(stdout).not.toMatch(/<script|https?:\/\/(?!.*<)/u);
  });
});

describe("explain", () => {
  it("tells the way of a literal to Klaviyo", async () => {
    const { code, stdout } = await runIn(demoApp(), ["explain", "src/klaviyo/scopes.ts:9"]);
    expect(code).toBe(0);
    expect(stdout).toContain("This line asks for campaigns:read");
    expect(stdout).toContain(
      [
        "  - The list is written here: src/klaviyo/scopes.ts:2:23.",
        "  - It goes to Klaviyo here: src/routes/oauth.ts:19:16.",
        "",
      ].join("\n"),
    );
    expect(stdout).toContain("no-unused-scope");
  });

  it("tells what an API call needs", async () => {
    const { stdout } = await runIn(demoApp(), ["explain", "src/routes/webhooks.ts:9"]);
    expect(stdout).toContain("create_webhook (POST /api/webhooks)");
    expect(stdout).toContain("It needs webhooks:write.");
  });

  it("tells what comes through a helper", async () => {
    const { stdout } = await runIn(demoApp(), ["explain", "src/klaviyo/client.ts:8"]);
    expect(stdout).toContain("create_coupon of src/jobs/rewards.ts:7:9: sends the request.");
    // What lies in the line itself is shown whole, not as passing.
    const whole = await runIn(demoApp(), ["explain", "src/routes/oauth.ts:19"]);
    expect(whole.stdout).toContain("It goes to Klaviyo here");
    expect(whole.stdout).not.toContain("On the way");
  });

  it("says of a helper that nothing calls that it counts for nothing", async () => {
    const folder = temporaryFolder({
      "src/client.ts": [
        "const headers = { Authorization: `Bearer ${process.env.TOKEN}` };",
        "export const send = (method: string, path: string) =>",
        "  fetch(`https://a.klaviyo.com/api${path}`, { method, headers });",
        "export const lists = (path = 'lists') => fetch(`https://a.klaviyo.com/api/${path}`, { headers });",
      ].join("\n"),
    });
    const { code, stdout } = await runIn(folder, ["explain", "src/client.ts:3"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Nothing is seen to call send");
    expect(stdout).toContain("name what they call in uses");
    expect((await runIn(folder, ["explain", "src/client.ts:4"])).stdout).toContain(
      "get_lists (GET /api/lists)",
    );
  });

  it("refuses a place that is not there", async () => {
    const folder = demoApp();
    const gone = await runIn(folder, ["explain", "src/nowhere.ts:3"]);
    expect([gone.code, gone.stdout]).toEqual([2, ""]);
    expect(gone.stderr).toContain("There is no file `src/nowhere.ts`.");
    const beyond = await runIn(folder, ["explain", "src/klaviyo/scopes.ts:4000"]);
    expect([beyond.code, beyond.stderr.split("\n")[0]]).toEqual([
      2,
      "error: src/klaviyo/scopes.ts has no line 4000.",
    ]);
  });

  it("says when there is nothing at a place", async () => {
    expect((await runIn(demoApp(), ["explain", "package.json:1"])).stdout).toMatch(/does not read|sees no/u);
  });

  it("says where the project requests and needs a scope", async () => {
    const { stdout } = await runIn(demoApp(), ["explain", "coupons:write"]);
    expect(stdout).toContain("Configured: no.");
    expect(stdout).toContain("Requested at src/klaviyo/scopes.ts:8:4.");
    expect(stdout).toMatch(/Needed by create_coupon at src\/jobs\/rewards\.ts:\d+:\d+\./u);
  });

  it("says what of an authorize URL is ignored and missing in this project", async () => {
    const url = "https://www.klaviyo.com/oauth/authorize?scope=accounts:read%20coupons:write%20segments:read";
    const { stdout } = await runIn(demoApp(), ["explain", url]);
    expect(stdout).toContain("coupons:write: ignored");
    expect(stdout).toContain("segments:read: no API call of the project needs it");
    expect(stdout).toMatch(/Missing: .*webhooks:write, which API calls of the project need/u);
  });

  it.each([
    [["GET", "/api/lists"], "get_lists"],
    [["get_lists"], "get_lists"],
    [["getLists"], "get_lists"],
    [["https://a.klaviyo.com/api/lists/X1"], "get_list"],
    [["no-unused-scope"], "In recommended it is a warning"],
    [["klaviyo-scopes/require-pkce"], "code_challenge"],
  ])("knows %j", async (what, said) => {
    const { code, stdout } = await runIn(demoApp(), ["explain", ...what]);
    expect(code).toBe(0);
    expect(stdout.replaceAll("`", "")).toContain(said);
  });

  it.each([
    [["no-unsued-scope"], "Did you mean `no-unused-scope`?"],
    [["get_lsts"], "Did you mean `get_lists`?"],
    [["get_list_s"], "Did you mean `get_lists`?"],
    [["no-unused"], "Did you mean `no-unused-scope`?"],
    [["lists"], "Did you mean `lists:read` or `lists:write`?"],
    [["lists:wrte"], "Did you mean `lists:write`?"],
    [["GET", "/api/list"], "Did you mean `GET /api/lists`?"],
    [["src/klaviyo/scopes.ts"], "explain src/klaviyo/scopes.ts:1"],
    [["qqqqqqqqq"], "--help"],
  ])("exits with 2 for %j and says %s", async (what, said) => {
    const { code, stdout, stderr } = await runIn(demoApp(), ["explain", ...what]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(said);
  });

  it("knows a scope that the config says exists, and means it where it is near", async () => {
    const folder = temporaryFolder({ "klaviyo-scopes.json": '{ "scopes": ["loyalty:read"] }' });
    expect(await runIn(folder, ["explain", "loyalty:read"])).toMatchObject({ code: 0 });
    expect((await runIn(folder, ["explain", "loyalt:read"])).stderr).toContain(
      "Did you mean `loyalty:read`?",
    );
  });

  it("needs no project that works", async () => {
    const folder = temporaryFolder({ "klaviyo-scopes.json": "{" });
    const { code, stdout, stderr } = await runIn(folder, ["explain", "lists:read"]);
    expect(code).toBe(0);
    expect(stdout).toContain("get_lists");
    expect(stderr).toContain("klaviyo-scopes.json");
  });
});

describe("diff", () => {
  function repository(): { folder: string; git: (...args: string[]) => string; commit: () => void } {
    const folder = demoApp();
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    const commit = () => {
      git("add", "-A");
      git("commit", "-qm", "change");
    };
    git("init", "-q", "-b", "main");
    commit();
    return { folder, git, commit };
  }
  const askForTags = (text: string) => text.replace('"campaigns:read",', '"campaigns:read", "tags:read",');

  it("compares a revision with the files as they are, and two revisions", async () => {
    const { folder, git, commit } = repository();
    expect((await runIn(folder, ["diff", "HEAD"])).stdout).toContain("are the same");
    edit(folder, "src/klaviyo/scopes.ts", askForTags);
    const { code, stdout, stderr } = await runIn(folder, ["diff", "HEAD"]);
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("Klaviyo scopes: HEAD → working tree");
    expect(stdout).toContain("Requested, added: tags:read");
    expect(stdout).toContain("must authorize it again to grant tags:read");
    commit();
    const between = await runIn(path.join(folder, "src"), ["diff", "HEAD~1", "HEAD", "--format", "json"]);
    expect(JSON.parse(between.stdout)).toMatchObject({
      apps: [
        {
          requested: { added: ["tags:read"], removed: [] },
          unconfigured: expect.arrayContaining(["tags:read"]) as [],
        },
      ],
      findings: { removed: [] },
    });
    expect(git("status", "--porcelain")).toBe("");
  });

  it("compares with where a branch began", async () => {
    const { folder, git, commit } = repository();
    git("checkout", "-qb", "feature");
    edit(folder, "src/klaviyo/scopes.ts", askForTags);
    commit();
    git("checkout", "-q", "main");
    edit(folder, "src/klaviyo/scopes.ts", (text) => text.replace('"campaigns:read",', ""));
    commit();
    git("checkout", "-q", "feature");
    const { stdout } = await runIn(folder, ["diff", "--base", "main", "--format", "markdown"]);
    expect(stdout).toContain("**Requested, added:** `tags:read`");
    expect(stdout).not.toContain("removed");
  });

  it("reports the new findings in the formats of other tools", async () => {
    const { folder } = repository();
    edit(folder, "src/klaviyo/scopes.ts", (text) =>
      text.replace('"campaigns:read",', '"campaigns:read", "tag:read",'),
    );
    const { stdout } = await runIn(folder, ["diff", "HEAD", "--format", "github"]);
    expect(stdout).toContain("tag:read");
    expect(stdout).not.toContain("webhooks:write");
    for (const format of ["sarif", "gitlab", "junit", "html"]) {
      expect((await runIn(folder, ["diff", "HEAD", "--format", format])).stdout).toContain("tag:read");
    }
  });

  it("does not take a file that only this machine has for a change", async () => {
    const { folder, commit } = repository();
    writeFileSync(path.join(folder, ".gitignore"), ".env\n");
    commit();
    writeFileSync(path.join(folder, ".env"), "KLAVIYO_SCOPES=accounts:read images:read\n");
    const { code, stdout } = await runIn(folder, ["diff", "HEAD"]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("sets are the same")]);
    expect(stdout).not.toContain("New findings");
    expect((await runIn(folder, [])).stdout).toContain(".env:1");
  });

  it("exits with 2 without a repository, a revision, or one that exists", async () => {
    const { folder } = repository();
    expect(await runIn(folder, ["diff"])).toMatchObject({ code: 2, stdout: "" });
    expect((await runIn(folder, ["diff", "v9"])).stderr).toContain("fetch-depth: 0");
    rmSync(path.join(folder, ".git"), { recursive: true });
    const { code, stdout } = await runIn(folder, ["diff", "HEAD", "--format", "json"]);
    expect(code).toBe(2);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });
});

describe("init", () => {
  it("writes a config that the audit reads, and what to set up", async () => {
    const folder = demoApp();
    rmSync(path.join(folder, "klaviyo-scopes.json"));
    const { code, stdout, stderr } = await runIn(folder, ["init", "--yes"]);
    expect([code, stderr]).toEqual([0, "Found 1 scope request and 7 API calls.\n"]);
    expect(stdout).toContain("Wrote klaviyo-scopes.json.");
    expect(stdout).toContain("npx klaviyo-scope-audit");
    expect(JSON.parse(readFileSync(path.join(folder, "klaviyo-scopes.json"), "utf8"))).toEqual({
      $schema: "./node_modules/eslint-plugin-klaviyo-scopes/schema/config.json",
      configured: "campaigns:read coupons:write events:write lists:read profiles:read profiles:write",
    });
    expect((await runIn(folder, [])).code).toBe(1);
  });

  it("never overwrites", async () => {
    const folder = demoApp();
    const before = readFileSync(path.join(folder, "klaviyo-scopes.json"), "utf8");
    const { code, stderr } = await runIn(folder, ["init", "--yes"]);
    expect(code).toBe(2);
    expect(stderr).toContain("There is a config already: klaviyo-scopes.json.");
    expect(readFileSync(path.join(folder, "klaviyo-scopes.json"), "utf8")).toBe(before);
    const other = temporaryFolder({ "package.json": '{ "klaviyoScopes": {} }' });
    expect((await runIn(other, ["init", "--yes"])).code).toBe(2);
  });
});
