import { cpSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { run, runNode, type Outcome } from "./run.js";
import { repository, temporary } from "./snippets.js";

const installed = inject("installed");
const project = installed.eslint10;
const folder = join(project, "node_modules/eslint-plugin-klaviyo-scopes");

function evaluate(code: string, type: "module" | "commonjs"): unknown {
  const { status, stdout, stderr } = runNode([`--input-type=${type}`, "--eval", code], project);
  expect([status, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

describe("the installed package", () => {
  it("holds what is needed at run time and nothing else", () => {
    expect(
      readdirSync(folder)
        .filter((name) => name !== "node_modules")
        .sort(),
    ).toEqual(["LICENSE", "README.md", "bin", "dist", "package.json", "schema"]);
    const dist = readdirSync(join(folder, "dist"), { recursive: true, encoding: "utf8" });
    expect(dist.filter((name) => !name.includes(sep)).sort()).toEqual(["bundle", "rules", "src"]);
    // Its code is in the bundle; beside that there are types alone.
    const others = dist.filter((name) => !name.startsWith("bundle") && /\.[^.]+$/.test(name));
    expect(others.filter((name) => !/\.d\.c?ts$/.test(name))).toEqual([]);
    expect(others.length).toBeGreaterThan(100);
  });

  it("gives the plugin to import and to require", () => {
    const show =
      "console.log(JSON.stringify([plugin.meta.name, Object.keys(plugin.configs).sort(), Object.keys(plugin.rules).length > 5]))";
    const imported = evaluate(`import plugin from "eslint-plugin-klaviyo-scopes"; ${show}`, "module");
    expect(imported).toEqual([
      "eslint-plugin-klaviyo-scopes",
      expect.arrayContaining(["all", "recommended", "strict"]),
      true,
    ]);
    const required = evaluate(`const plugin = require("eslint-plugin-klaviyo-scopes"); ${show}`, "commonjs");
    expect(required).toEqual(imported);
  });

  it("gives the programmatic audit to import and to require", () => {
    const show = `audit({ root: "." }).then((report) => console.log(JSON.stringify(report.findings.map(({ rule }) => rule))))`;
    const imported = evaluate(
      `import { audit } from "eslint-plugin-klaviyo-scopes/audit"; await ${show}`,
      "module",
    );
    expect(imported).toEqual([
      "require-accounts-read",
      "no-unused-scope",
      "no-unknown-scope",
      "no-missing-scope",
    ]);
    const required = evaluate(
      `const { audit } = require("eslint-plugin-klaviyo-scopes/audit"); ${show}`,
      "commonjs",
    );
    expect(required).toEqual(imported);
  });

  it("gives its schemas and its manifest", () => {
    for (const name of readdirSync(join(folder, "schema"))) {
      const schema = evaluate(
        `console.log(JSON.stringify(require("eslint-plugin-klaviyo-scopes/schema/${name}")))`,
        "commonjs",
      );
      expect(schema).toHaveProperty("$schema");
    }
    const manifest = evaluate(
      `console.log(JSON.stringify(require("eslint-plugin-klaviyo-scopes/package.json")))`,
      "commonjs",
    );
    expect(manifest).toMatchObject({ name: "eslint-plugin-klaviyo-scopes" });
  });

  it("keeps its insides to itself", () => {
    const { status, stderr } = runNode(
      ["--eval", 'require("eslint-plugin-klaviyo-scopes/dist/src/catalog/index.js")'],
      project,
    );
    expect(status).not.toBe(0);
    expect(stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });
});

const publint = (packed: string): Outcome =>
  runNode(
    [join(repository, "node_modules/publint/src/cli.js"), "--strict", "--pack", "false", packed],
    project,
  );
const attw = (tarball: string): Outcome =>
  run(join(repository, "node_modules/.bin/attw"), [tarball, "--profile", "esm-only"], project);

describe("the tarball", () => {
  it("is what publint wants of a package", () => {
    const { status, stdout } = publint(folder);
    expect([status, stdout]).toEqual([0, expect.stringContaining("All good!")]);
  });

  it("has types that resolve as its code does", () => {
    const { status, stdout } = attw(installed.tarball);
    expect(stdout).toContain("node16 (from ESM): 🟢 (ESM)");
    expect([status, stdout]).toEqual([0, stdout]);
  });

  it.each([
    ["code that is not there", "dist/bundle/audit.js", "the file does not exist", null],
    ["types that are not there", "dist/src/api/index.d.ts", "the file does not exist", "❌ No types"],
    ["a bin that is not there", "bin/klaviyo-scope-audit.js", "the file does not exist", null],
  ])("would not pass with %s", (_, missing, complaint, sign) => {
    const broken = temporary("klaviyo-scopes-tarball-");
    cpSync(folder, join(broken, "package"), {
      recursive: true,
      filter: (path) => !path.endsWith(`/${missing}`) && !path.endsWith("/node_modules"),
    });
    const { status, stdout } = publint(join(broken, "package"));
    expect([status, stdout]).toEqual([1, expect.stringContaining(complaint)]);
    if (sign === null) return;
    run("tar", ["-czf", "broken.tgz", "package"], broken);
    const { status: types, stdout: said } = attw(join(broken, "broken.tgz"));
    expect([types, said]).toEqual([1, expect.stringContaining(sign)]);
  });
});
