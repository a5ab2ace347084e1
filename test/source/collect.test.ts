import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { languageOf } from "../../src/lower/index.js";
import { collectFiles, type CollectOptions } from "../../src/source/collect.js";
import { kindOf } from "../../src/source/kinds.js";
import { temporaryFolder } from "../api/temporary.js";

const empty = (files: readonly string[]): Record<string, string> =>
  Object.fromEntries(files.map((file) => [file, ""]));

/** The collected files of a folder with these, relative to it. */
function collected(
  files: readonly string[] | Record<string, string>,
  options?: CollectOptions,
  below = "",
): string[] {
  const root = temporaryFolder(Array.isArray(files) ? empty(files) : (files as Record<string, string>));
  return collectFiles(`${root}/${below}`, options).files.map(({ file }) => file);
}

describe("which files", () => {
  it("takes code, data and env files, in order, and nothing else", () => {
    const files = [
      ...["a.ts", "a.tsx", "a.mts", "a.cts", "a.js", "a.jsx", "a.mjs", "a.cjs", "a.vue", "a.svelte"],
      ...[
        "b.json",
        "b.jsonc",
        "b.json5",
        "b.yaml",
        "b.yml",
        "b.toml",
        "b.ini",
        "b.properties",
        "b.tf",
        "b.tfvars",
      ],
      ...[
        ".env",
        ".env.example",
        "prod.env",
        "Dockerfile",
        "Dockerfile.dev",
        "Procfile",
        ".github/workflows/ci.yml",
      ],
    ];
    const others = [
      "README.md",
      "a.css",
      "logo.png",
      "a.d.ts",
      "package-lock.json",
      "pnpm-lock.yaml",
      "a.min.js",
      "a.html",
    ];
    expect(collected([...files, ...others])).toEqual([...files].sort((a, b) => (a < b ? -1 : 1)));
  });

  it("says the kind, the size and the time of each", () => {
    const root = temporaryFolder({ "a.ts": "é", ".env": "", "b.yml": "a: 1" });
    expect(collectFiles(root).files).toMatchObject([
      { file: ".env", absolute: `${root}/.env`, kind: "env", size: 0 },
      { file: "a.ts", kind: "code", size: 2 },
      { file: "b.yml", kind: "data", size: 4 },
    ]);
    expect(collectFiles(root).files.every(({ mtimeMs }) => mtimeMs > 0)).toBe(true);
  });

  it("names no file that the lowering does not know, and all that it does", () => {
    const names = [
      "env.ts",
      ".env.d.ts",
      ".env.local.json",
      "a.env",
      ".envrc",
      ".dev.vars",
      ".flaskenv",
      "env.example",
      "dotenv.prod",
    ];
    const more = [
      "Dockerfile",
      "api.dockerfile",
      "Containerfile",
      "a.hcl",
      "setup.cfg",
      "Procfile.dev",
      "A.TS",
      "x.YML",
      "a.astro",
    ];
    const none = ["a.css", "Makefile", "a.md", "a.txt", "a.py", "environment", "a.lock"];
    for (const name of [...names, ...more, ...none]) {
      expect([name, kindOf(name) !== null]).toEqual([name, languageOf(name) !== null]);
    }
  });
});

describe("what is no part of the app", () => {
  const others = [
    "src/a.test.ts",
    "src/a.spec.js",
    "src/__tests__/a.ts",
    "src/__mocks__/a.ts",
    "test/a.ts",
    "tests/deep/a.ts",
    "fixtures/a.ts",
    "node_modules/klaviyo-api/index.js",
    "packages/a/node_modules/b/index.js",
    "dist/a.js",
    "build/a.js",
    "packages/a/out/a.js",
    ".next/server/a.js",
    "coverage/a.js",
    "vendor/a.js",
    ".git/a.json",
  ];

  it("is left out", () => {
    expect(collected([...others, "src/a.ts"])).toEqual(["src/a.ts"]);
  });

  it("is taken where `include` names it", () => {
    const include = ["**/*", "tests/**", "src/*.spec.js", "dist/**", "node_modules/klaviyo-api/**"];
    expect(collected([...others, "src/a.ts", "dist/a.test.js"], { include })).toEqual([
      "dist/a.js",
      "node_modules/klaviyo-api/index.js",
      "src/a.spec.js",
      "src/a.ts",
      "tests/deep/a.ts",
    ]);
  });

  it("is not named by wildcards alone", () => {
    expect(collected(others, { include: ["**/*", "**", "*/*.ts", "**/*.{ts,js}"] })).toEqual([]);
  });

  it("is judged from the root on, wherever that lies", () => {
    const files = ["test/fixtures/app/src/a.ts", "test/fixtures/app/test/a.ts"];
    expect(collected(files, {}, "test/fixtures/app")).toEqual(["src/a.ts"]);
  });

  it("has names that people give to folders of their sources as well", () => {
    expect(
      collected(["src/build/url.ts", "src/vendor/klaviyo.ts", "build/src/a.ts", "packages/a/src/out/b.ts"]),
    ).toEqual(["packages/a/src/out/b.ts", "src/build/url.ts", "src/vendor/klaviyo.ts"]);
  });
});

describe("globs", () => {
  it("take and leave out, folders by name as well", () => {
    const files = ["src/a.ts", "src/legacy/b.ts", "lib/c.ts", "d.ts", "src/deep/er/e.ts"];
    expect(collected(files, { include: ["src"] })).toEqual([
      "src/a.ts",
      "src/deep/er/e.ts",
      "src/legacy/b.ts",
    ]);
    expect(collected(files, { include: ["./src/**", "*.ts"], ignore: ["src/legacy", "**/er/**"] })).toEqual([
      "d.ts",
      "src/a.ts",
    ]);
    expect(collected(files, { ignore: ["**/e.ts", "*/c.ts"] })).toEqual([
      "d.ts",
      "src/a.ts",
      "src/legacy/b.ts",
    ]);
    expect(collected(files, { ignore: ["**"] })).toEqual([]);
  });

  it("start in the config's folder", () => {
    const root = temporaryFolder(empty(["apps/web/src/a.ts", "apps/web/b.ts"]));
    const include = ["apps/web/src/**"];
    expect(collectFiles(`${root}/apps/web`, { include, base: root }).files.map(({ file }) => file)).toEqual([
      "src/a.ts",
    ]);
    expect(
      collectFiles(`${root}/apps/web`, { ignore: include, base: root }).files.map(({ file }) => file),
    ).toEqual(["b.ts"]);
  });
});

describe(".gitignore", () => {
  it("counts at every level, the deeper the later", () => {
    const files = {
      ".gitignore": "*.gen.ts\n/private/\ncache\n# comment\n\nlogs/*\n!logs/keep.json\n",
      "a.gen.ts": "",
      "src/a.gen.ts": "",
      "private/a.ts": "",
      "src/private/a.ts": "",
      "src/cache/a.ts": "",
      "logs/a.json": "",
      "logs/keep.json": "",
      "packages/a/.gitignore": "!a.gen.ts\n/only.ts\ndeep/er.ts\nany.ts",
      "packages/a/a.gen.ts": "",
      "packages/a/b.gen.ts": "",
      "packages/a/only.ts": "",
      "packages/a/src/only.ts": "",
      "packages/a/deep/er.ts": "",
      "packages/a/src/deep/er.ts": "",
      "packages/a/src/any.ts": "",
    };
    expect(collected(files)).toEqual([
      "logs/keep.json",
      "packages/a/a.gen.ts",
      "packages/a/src/deep/er.ts",
      "packages/a/src/only.ts",
      "src/private/a.ts",
    ]);
  });

  it("lets a deeper file take back a folder, and nothing in a folder that stays ignored", () => {
    const files = {
      ".gitignore": "generated\n",
      "a/.gitignore": "!generated/\n",
      "a/generated/x.ts": "",
      "generated/.gitignore": "!x.ts",
      "generated/x.ts": "",
    };
    expect(collected(files)).toEqual(["a/generated/x.ts"]);
  });

  it("of parents counts up to the top of the working tree, and that of `info/exclude`", () => {
    const files = {
      ".gitignore": "outside.ts",
      "repo/.git/info/exclude": "excluded.ts\n",
      "repo/.gitignore": "/apps/*/local.ts\n",
      "repo/apps/.gitignore": "scratch/\n",
      "repo/apps/web/local.ts": "",
      "repo/apps/web/excluded.ts": "",
      "repo/apps/web/outside.ts": "",
      "repo/apps/web/scratch/a.ts": "",
      "repo/apps/web/src/local.ts": "",
    };
    expect(collected(files, {}, "repo/apps/web")).toEqual(["outside.ts", "src/local.ts"]);
  });

  it("is found through a worktree's `.git` file", () => {
    const root = temporaryFolder({
      "main/.git/info/exclude": "secret.ts",
      "main/.git/worktrees/w/commondir": "../..\n",
      "w/secret.ts": "",
      "w/a.ts": "",
      "w/.git": "gitdir: ../main/.git/worktrees/w\n",
    });
    expect(collectFiles(`${root}/w`).files.map(({ file }) => file)).toEqual(["a.ts"]);
  });

  it("does not hide a root that was named on purpose", () => {
    const files = {
      ".git/HEAD": "",
      ".gitignore": "generated/\n",
      "generated/app/.gitignore": "b.ts",
      "generated/app/a.ts": "",
      "generated/app/b.ts": "",
    };
    expect(collected(files, {}, "generated/app")).toEqual(["a.ts"]);
  });

  it("does not hide env files, but folders", () => {
    const files = {
      ".gitignore": ".env*\n*.env\n/private/\n",
      ".env": "",
      "apps/a/.env.local": "",
      "prod.env": "",
      "private/.env": "",
    };
    expect(collected(files)).toEqual([".env", "apps/a/.env.local", "prod.env"]);
  });

  it("does not hide what `include` names", () => {
    const files = {
      ".gitignore": "generated/\n*.local.ts\n",
      "generated/a.ts": "",
      "src/generated/b.ts": "",
      "src/x.local.ts": "",
      "c.ts": "",
    };
    expect(collected(files, { include: ["**/*", "generated/**"] })).toEqual(["c.ts", "generated/a.ts"]);
    expect(collected(files, { include: ["src/x.local.ts"] })).toEqual(["src/x.local.ts"]);
  });

  it("that takes in only some folders is read as that", () => {
    const files = { ".gitignore": "/*\n!/src/\n!.gitignore\n", "src/a.ts": "", "lib/b.ts": "" };
    expect(collected(files)).toEqual(["src/a.ts"]);
    expect(collected(files, { include: ["**/*.ts"] })).toEqual(["src/a.ts"]);
  });

  it("holds no pattern that breaks or slows the reading", () => {
    const files = {
      ".gitignore": `${"*".repeat(200)}a\n[\n\\\n!\n${"**/".repeat(200)}b\n${"x".repeat(5000)}`,
      "src/c.ts": "",
    };
    expect(collected(files)).toEqual(["src/c.ts"]);
  });
});

describe("links and odd things", () => {
  it("reads what links name in its own place, and says what lies outside", () => {
    const outside = temporaryFolder({ "scopes.ts": "" });
    const root = temporaryFolder({ "src/a.ts": "" });
    symlinkSync("..", `${root}/src/loop`);
    symlinkSync("a.ts", `${root}/src/alias.ts`);
    symlinkSync(`${outside}/scopes.ts`, `${root}/src/scopes.ts`);
    symlinkSync("gone.ts", `${root}/src/broken.ts`);
    symlinkSync("self.ts", `${root}/src/self.ts`);
    const { files, skipped } = collectFiles(root);
    expect(files.map(({ file }) => file)).toEqual(["src/a.ts"]);
    expect(skipped).toEqual([
      { file: "src/broken.ts", reason: "it is a symbolic link, and it is gone" },
      { file: "src/scopes.ts", reason: "it is a symbolic link to a place outside the root" },
      { file: "src/self.ts", reason: "it is a symbolic link, and its symbolic links go in a circle" },
    ]);
  });

  it("says what a link names inside the root that is left out there, if it speaks of Klaviyo", () => {
    const root = temporaryFolder({
      ".gitignore": "generated\n",
      "generated/scopes.ts": "export const klaviyoScopes = [];",
      "generated/prices.ts": "export const prices = [];",
      "test/login.ts": "// klaviyo",
      "src/a.ts": "// klaviyo",
    });
    symlinkSync("../generated/scopes.ts", `${root}/src/scopes.ts`);
    symlinkSync("../generated/prices.ts", `${root}/src/prices.ts`);
    symlinkSync("../test/login.ts", `${root}/src/login.ts`);
    symlinkSync("a.ts", `${root}/src/alias.ts`);
    symlinkSync("../generated", `${root}/src/folder.ts`);
    expect(collectFiles(root).skipped).toEqual([
      { file: "src/login.ts", reason: "it is a symbolic link to test/login.ts, which is not audited" },
      { file: "src/scopes.ts", reason: "it is a symbolic link to generated/scopes.ts, which is not audited" },
    ]);
    const include = ["**/*", "generated/**", "test/**"];
    expect(collectFiles(root, { include }).skipped).toEqual([]);
  });

  it("takes a root that is a link itself", () => {
    const root = temporaryFolder({ "real/a.ts": "", "real/b/c.ts": "" });
    symlinkSync("real", `${root}/link`);
    expect(collectFiles(`${root}/link`).files.map(({ file }) => file)).toEqual(["a.ts", "b/c.ts"]);
  });

  it("says that a folder is nested too deeply", () => {
    const root = temporaryFolder({ "a.ts": "" });
    mkdirSync(`${root}/${"d/".repeat(80)}`, { recursive: true });
    const { files, skipped } = collectFiles(root);
    expect(files).toHaveLength(1);
    expect(skipped).toMatchObject([{ reason: "it is nested too deeply" }]);
  });

  it("says that the root is not there", () => {
    expect(collectFiles(`${temporaryFolder()}/none`)).toEqual({
      files: [],
      skipped: [{ file: "./", reason: "it is gone" }],
    });
  });

  it.skipIf(process.getuid?.() === 0)("says that a folder may not be read", () => {
    const root = temporaryFolder({ "closed/a.ts": "", "b.ts": "" });
    chmodSync(`${root}/closed`, 0);
    const { files, skipped } = collectFiles(root);
    chmodSync(`${root}/closed`, 0o700);
    expect(files.map(({ file }) => file)).toEqual(["b.ts"]);
    expect(skipped).toEqual([{ file: "closed/", reason: "reading it is not permitted" }]);
  });
});
