/** Where a linted file may lie: several packages in one process, behind symbolic links, nowhere, outside of the folder. */
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { ESLint, type Linter } from "eslint";
import { describe, expect, it, vi } from "vitest";
import * as readProject from "../../src/api/read-project.js";
import plugin from "../../src/eslint/index.js";
import { said } from "./languages.js";
import { project } from "./project.js";

const rules: Linter.RulesRecord = Object.fromEntries(
  Object.keys(plugin.rules).map((name) => [`klaviyo-scopes/${name}`, "error"]),
);
const config: Linter.Config[] = [
  {
    plugins: { "klaviyo-scopes": plugin },
    rules: { ...rules, "klaviyo-scopes/require-justification": "off" },
  },
];

const url = (scopes: string): string =>
  `const scopes = "${scopes}";\nexport const url = \`https://www.klaviyo.com/oauth/authorize?code_challenge=x&code_challenge_method=S256&scope=\${scopes}\`;\n`;
const call = (resource: string): string =>
  `export const read = (token) => fetch("https://a.klaviyo.com/api/${resource}", { headers: { Authorization: \`Bearer \${token}\` } });\n`;

function eslint(cwd: string): ESLint {
  return new ESLint({ cwd, overrideConfigFile: true, overrideConfig: config });
}

/** File, place and rule of each message. */
function shown(results: readonly ESLint.LintResult[], cwd: string): string[] {
  return results.flatMap(({ filePath, messages }) =>
    messages.map(
      (one) =>
        `${path.relative(cwd, filePath).replaceAll("\\", "/")} ${one.ruleId === null ? one.message : said(one, one.ruleId)}`,
    ),
  );
}

async function lint(cwd: string, patterns: readonly string[]): Promise<string[]> {
  return shown(await eslint(cwd).lintFiles([...patterns]), cwd);
}

/** Two packages with configs of their own. */
const MONOREPO = {
  "apps/loyalty/klaviyo-scopes.json": `{ "configured": "accounts:read" }`,
  "apps/loyalty/auth.js": url("accounts:read profiles:read"),
  "apps/loyalty/read.js": call("profiles"),
  "apps/reviews/klaviyo-scopes.json": "{}",
  "apps/reviews/auth.js": url("accounts:read lists:read"),
  "apps/reviews/read.js": call("profiles"),
  "tools/format.js": "export const price = (cents) => cents / 100;\n",
};
const IN_LOYALTY = ["apps/loyalty/auth.js 1:31-1:44 no-unconfigured-scope"];
const IN_REVIEWS = [
  "apps/reviews/auth.js 1:31-1:41 no-unused-scope",
  "apps/reviews/read.js 1:32-1:126 no-missing-scope",
];

describe("a repository of several packages", () => {
  it("judges each package by its own config and its own calls, in one process", async () => {
    const root = project(MONOREPO);
    expect(await lint(root, ["."])).toEqual([...IN_LOYALTY, ...IN_REVIEWS]);
  });

  it("judges the same when ESLint is started in one of them", async () => {
    const root = project(MONOREPO);
    const inside = await lint(path.join(root, "apps/reviews"), ["."]);
    expect(inside.map((one) => `apps/reviews/${one}`)).toEqual(IN_REVIEWS);
  });

  it("judges a list of files as the whole, as lint-staged asks", async () => {
    const root = project(MONOREPO);
    const staged = ["apps/reviews/read.js", "apps/loyalty/auth.js", "tools/format.js"];
    expect(
      (
        await lint(
          root,
          staged.map((file) => path.join(root, file)),
        )
      ).sort(),
    ).toEqual(
      [...IN_LOYALTY, ...IN_REVIEWS].filter((one) => staged.some((file) => one.startsWith(file))).sort(),
    );
  });

  it("scans each once in a process", async () => {
    const spy = vi.spyOn(readProject, "readFiles");
    const root = project(MONOREPO);
    await lint(root, ["."]);
    await lint(path.join(root, "apps/reviews"), ["."]);
    await lint(root, ["apps/loyalty/read.js"]);
    // The third is the folder in which ESLint runs: of files beside the packages.
    expect(
      spy.mock.calls.map(([folder]) => path.relative(root, folder).replaceAll("\\", "/")).sort(),
    ).toEqual(["", "apps/loyalty", "apps/reviews"]);
    spy.mockRestore();
  });

  it("keeps the apps of one config apart", async () => {
    const root = project({
      ...Object.fromEntries(Object.entries(MONOREPO).filter(([file]) => file.endsWith(".js"))),
      "klaviyo-scopes.json": JSON.stringify({
        apps: [
          { name: "loyalty", root: "apps/loyalty", configured: "accounts:read" },
          { name: "reviews", root: "apps/reviews" },
        ],
      }),
    });
    expect((await lint(root, ["apps"])).sort()).toEqual([...IN_LOYALTY, ...IN_REVIEWS].sort());
  });
});

describe("a project behind a symbolic link", () => {
  it("is judged as it is under its own path", async () => {
    const root = project(MONOREPO);
    const linked = path.join(project({}), "linked");
    symlinkSync(root, linked, "junction");
    expect(await lint(linked, ["."])).toEqual(await lint(root, ["."]));
  });

  it("takes the open file's unsaved text for the one on the disk", async () => {
    const root = project(MONOREPO);
    const linked = path.join(project({}), "linked");
    symlinkSync(root, linked, "junction");
    const filePath = path.join(linked, "apps/reviews/read.js");
    // The call on the disk would need profiles:read still, were it not replaced.
    expect(shown(await eslint(linked).lintText(call("lists"), { filePath }), linked)).toEqual([]);
  });
});

describe("a package behind a symbolic link", () => {
  it("is judged with the project that it lies in", async () => {
    const elsewhere = project({ "package.json": "{}", "auth.js": url("accounts:read list:read") });
    const root = project({ "auth.js": url("accounts:read profiles:read"), "read.js": call("profiles") });
    mkdirSync(path.join(root, "packages"));
    symlinkSync(elsewhere, path.join(root, "packages/linked"), "junction");
    const results = await lint(root, ["packages/linked/auth.js", "auth.js"]);
    expect(results.sort()).toEqual(["packages/linked/auth.js 1:31-1:40 no-unknown-scope"]);
  });
});

describe("text that is no file", () => {
  const code = url("accounts:read list:read");

  it("is judged by itself and with the project around it", async () => {
    const root = project({ "read.js": call("profiles") });
    const results = await eslint(root).lintText(code);
    expect(results[0]?.messages.map((one) => said(one, one.ruleId ?? ""))).toEqual([
      "1:31-1:40 no-unknown-scope",
    ]);
  });

  it("is the file that its name says", async () => {
    const root = project({ "auth.js": url("accounts:read"), "read.js": call("profiles") });
    const filePath = path.join(root, "auth.js");
    const before = shown(
      await eslint(root).lintText(call("profiles"), { filePath: path.join(root, "read.js") }),
      root,
    );
    expect(before).toEqual(["read.js 1:32-1:126 no-missing-scope"]);
    expect(shown(await eslint(root).lintText(code, { filePath }), root)).toEqual([
      "auth.js 1:31-1:40 no-unknown-scope",
    ]);
  });

  it("may have the name of a file and a folder that do not exist", async () => {
    const root = project({ "read.js": call("lists") });
    const filePath = path.join(root, "src/new/auth.js");
    expect(shown(await eslint(root).lintText(code, { filePath }), root)).toEqual([
      "src/new/auth.js 1:31-1:40 no-unknown-scope",
    ]);
  });
});

describe("a file outside of ESLint's folder", () => {
  it("is judged with the project it lies in", async () => {
    const other = project({
      "package.json": "{}",
      "auth.js": url("accounts:read"),
      "read.js": call("profiles"),
    });
    const [result] = await eslint(path.parse(other).root).lintFiles([path.join(other, "read.js")]);
    expect(result?.messages.map((one) => said(one, one.ruleId ?? ""))).toEqual([
      "1:32-1:126 no-missing-scope",
    ]);
  });
});

describe("a block that a processor cuts out of a file", () => {
  const blocks: Linter.Processor = {
    preprocess: (text) =>
      text
        .split("---\n")
        .map((one, at) => ({ text: one, filename: `${String(at)}.js` }))
        .slice(1),
    postprocess: (messages) => messages.flat(),
  };
  const files = {
    "read.js": call("lists"),
    "page.astro": `---\n${url("accounts:read list:read")}---\n${call("tags")}`,
    "README.md": `# App\n---\n${url("accounts:read list:read")}---\n`,
  };

  it("is no file of the project: neither read as the file's text nor reported", async () => {
    const root = project(files);
    const cut = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      overrideConfig: [{ files: ["**/*.{astro,md}"], processor: blocks }, ...config],
    });
    const results = await cut.lintFiles(["."]);
    expect(results.map(({ filePath }) => path.basename(filePath)).sort()).toEqual([
      "README.md",
      "page.astro",
      "read.js",
    ]);
    expect(shown(results, root)).toEqual(["read.js 1:32-1:123 no-missing-scope"]);
  });
});
