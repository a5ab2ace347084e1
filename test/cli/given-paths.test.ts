import { symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../api/temporary.js";
import { runIn } from "./terminal.js";

const url = (scopes: string) =>
  `export const login = "https://www.klaviyo.com/oauth/authorize?client_id=a&code_challenge=b&code_challenge_method=S256&scope=${scopes}";\n`;

describe("paths that narrow the report", () => {
  const project = () =>
    temporaryFolder({
      "src/auth.js": url("accounts:read%20list:read"),
      "src/other.js": "export const other = 1;\n",
      "test/auth.test.js": url("accounts:read"),
      "public/logo.svg": "<svg/>",
    });
  const row = (stdout: string) => stdout.split("\n").find((line) => line.startsWith("  list:read"));

  it("say so where nothing is found in them, and leave the table as it is", async () => {
    const root = project();
    const all = await runIn(root, []);
    const some = await runIn(root, ["src/other.js"]);
    expect(some.stdout).toContain("✓ No findings in the given paths\n");
    expect(row(some.stdout)).toContain("! no such scope");
    expect(row(some.stdout)).toBe(row(all.stdout));
    expect(row((await runIn(root, ["--rule", "no-unknown-scope=off"])).stdout)).toBe(row(all.stdout));
    expect(some.stderr).toBe("");
  });

  it("are told of where none of them is audited", async () => {
    const root = project();
    for (const given of [["test/auth.test.js"], ["public"], ["test", "public"]]) {
      const { code, stderr } = await runIn(root, given);
      expect([code, stderr.split(":", 2).join(":")]).toEqual([
        0,
        "warning: none of the given paths is audited",
      ]);
    }
    expect((await runIn(root, ["test", "src"])).stderr).toBe("");
  });

  it("mean what they name where they are links: that is audited in its own place", async () => {
    const root = project();
    symlinkSync("auth.js", `${root}/src/alias.js`);
    symlinkSync("src", `${root}/app`);
    for (const given of ["src/alias.js", "app", "app/auth.js"]) {
      const { code, stdout, stderr } = await runIn(root, [given]);
      expect([code, stderr], given).toEqual([1, ""]);
      expect(stdout, given).toContain("src/auth.js:1:");
    }
  });

  it("that are the whole root narrow nothing", async () => {
    const root = temporaryFolder({ "src/other.js": "export const other = 1;\n" });
    expect((await runIn(root, ["."])).stdout).toContain("✓ No findings\n");
  });
});

describe("a glob of facts that the shell has expanded", () => {
  it("is told of", async () => {
    const root = temporaryFolder({ "auth.js": url("accounts:read") });
    for (const part of ["1", "2"])
      await runIn(root, ["extract", "--shard", `${part}/2`, "-o", `facts-${part}.json`]);
    const { code, stderr } = await runIn(root, ["--facts", "facts-1.json", "facts-2.json"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("Quote the glob")]);
    expect((await runIn(root, ["--facts", "facts-*.json", "auth.js"])).code).toBe(0);
  });
});

describe("the line of scopes to paste", () => {
  it("leaves out what Klaviyo does not have, and says so", async () => {
    const root = temporaryFolder({ "auth.js": url("accounts:read%20list:read%20loyalty-points:read") });
    expect(await runIn(root, ["scopes", "--requested"])).toEqual({
      code: 0,
      stdout: "accounts:read loyalty-points:read\n",
      stderr: "warning: Klaviyo has no scope list:read, so it is left out. Did you mean lists:read?\n",
    });
  });

  it("is data with --json: what the code asks for", async () => {
    const root = temporaryFolder({ "auth.js": url("accounts:read%20list:read") });
    const { stdout, stderr } = await runIn(root, ["scopes", "--requested", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ apps: [{ scopes: ["accounts:read", "list:read"] }] });
    expect(stderr).toBe("warning: Klaviyo has no scope list:read. Did you mean lists:read?\n");
  });

  it("has the scopes that the config allows", async () => {
    const root = temporaryFolder({
      "auth.js": url("accounts:read%20list:read"),
      "klaviyo-scopes.json": '{ "scopes": ["list:read"] }',
    });
    expect(await runIn(root, ["scopes", "--requested"])).toMatchObject({
      stdout: "accounts:read list:read\n",
      stderr: "",
    });
  });
});

describe("init below a config", () => {
  const project = () =>
    temporaryFolder({
      "klaviyo-scopes.json": '{ "apps": [{ "name": "reviews", "root": "apps/reviews" }] }',
      "apps/reviews/auth.js": url("accounts:read"),
      "apps/loyalty/auth.js": url("accounts:read"),
    });

  it("writes no other one, and says what to do", async () => {
    const { code, stdout, stderr } = await runIn(`${project()}/apps/loyalty`, ["init", "--yes"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatchInlineSnapshot(`
      "error: There is a config above this folder: ../../klaviyo-scopes.json. One here would take the folder out of that audit, and what it imports from outside would not be seen.
        Add the folder to its \`apps\`: { "name": "loyalty", "root": "apps/loyalty" }. To audit it by itself all the same: init --root .
      "
    `);
  });

  it("writes one where the folder is named as a root", async () => {
    const { code, stdout } = await runIn(`${project()}/apps/loyalty`, ["init", "--yes", "--root", "."]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("Wrote klaviyo-scopes.json.")]);
  });
});

describe("values of options that are near", () => {
  it.each([
    [["--rule", "no-unused-scope=warning"], "Did you mean no-unused-scope=warn?"],
    [["--rule", "no-unused-scope=2"], "Did you mean no-unused-scope=error?"],
    [["--output", "x.json"], "Write it as format=file, with the format stylish, json, sarif,"],
  ])("%j", async (argv, hint) => {
    const { code, stderr } = await runIn(temporaryFolder(), argv);
    expect([code, stderr]).toEqual([2, expect.stringContaining(hint)]);
  });
});
