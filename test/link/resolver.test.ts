import { describe, expect, it } from "vitest";
import { collectFiles } from "../../src/source/collect.js";
import { createResolver } from "../../src/link/resolver.js";
import { temporaryFolder } from "../api/temporary.js";

/** What specifiers written in one file resolve to, in a project of these files. */
function resolveIn(
  files: Readonly<Record<string, string>>,
  from: string,
  specifiers: readonly string[],
): Record<string, string | null> {
  const root = temporaryFolder({ [from]: "", ...files });
  const known = collectFiles(root).files.map(({ file }) => file);
  const resolve = createResolver(root, known);
  return Object.fromEntries(specifiers.map((specifier) => [specifier, resolve(from, specifier)]));
}

const json = (value: unknown): string => JSON.stringify(value);

describe("relative specifiers", () => {
  it("finds files with and without extension, folders with an index, and data", () => {
    const files = {
      "src/scopes.ts": "",
      "src/klaviyo/index.tsx": "",
      "src/widget.vue": "",
      "src/oauth.json": "{}",
      "src/oauth.yaml": "",
      "src/index.ts": "",
      "lib/url.cjs": "",
      "src/page.svelte": "",
    };
    expect(
      resolveIn(files, "src/auth.ts", [
        "./scopes",
        "./klaviyo",
        "./klaviyo/",
        "./widget.vue",
        "./widget",
        "./oauth.json",
        "./oauth.yaml?raw",
        ".",
        "./",
        "../lib/url",
        "./page.svelte",
        "./absent",
      ]),
    ).toEqual({
      "./scopes": "src/scopes.ts",
      "./klaviyo": "src/klaviyo/index.tsx",
      "./klaviyo/": "src/klaviyo/index.tsx",
      "./widget.vue": "src/widget.vue",
      "./widget": "src/widget.vue",
      "./oauth.json": "src/oauth.json",
      "./oauth.yaml?raw": "src/oauth.yaml",
      ".": "src/index.ts",
      "./": "src/index.ts",
      "../lib/url": "lib/url.cjs",
      "./page.svelte": "src/page.svelte",
      "./absent": null,
    });
  });

  it("takes `.js` for what is compiled to it, and prefers a file to a folder of its name", () => {
    const files = {
      "src/scopes.ts": "",
      "src/view.tsx": "",
      "src/url.mts": "",
      "src/old.cts": "",
      "src/plain.js": "",
      "src/api.ts": "",
      "src/api/index.ts": "",
    };
    expect(
      resolveIn(files, "src/auth.ts", [
        "./scopes.js",
        "./view.js",
        "./view.jsx",
        "./url.mjs",
        "./old.cjs",
        "./plain.js",
        "./api",
        "./api/",
      ]),
    ).toEqual({
      "./scopes.js": "src/scopes.ts",
      "./view.js": "src/view.tsx",
      "./view.jsx": "src/view.tsx",
      "./url.mjs": "src/url.mts",
      "./old.cjs": "src/old.cts",
      "./plain.js": "src/plain.js",
      "./api": "src/api.ts",
      "./api/": "src/api/index.ts",
    });
  });

  it("lets a script that names `.js` have the script, though there is a `.ts` beside it", () => {
    const files = { "src/scopes.ts": "", "src/scopes.js": "" };
    expect(resolveIn(files, "src/auth.js", ["./scopes.js"])).toEqual({ "./scopes.js": "src/scopes.js" });
    expect(resolveIn(files, "src/auth.ts", ["./scopes.js"])).toEqual({ "./scopes.js": "src/scopes.ts" });
  });

  it("reads the package.json of a folder", () => {
    const files = { "lib/klaviyo/package.json": json({ main: "./oauth.js" }), "lib/klaviyo/oauth.js": "" };
    expect(resolveIn(files, "lib/app.js", ["./klaviyo"])).toEqual({ "./klaviyo": "lib/klaviyo/oauth.js" });
  });

  it("never leaves the root, and never answers with what is not audited", () => {
    const files = { "src/scopes.test.ts": "", "dist/scopes.js": "", "node_modules/klaviyo-kit/index.js": "" };
    expect(
      resolveIn(files, "src/auth.ts", [
        "../../outside",
        "../../../../../../etc/passwd",
        "/etc/passwd",
        "./scopes.test",
        "../dist/scopes.js",
        "klaviyo-kit",
        "node:fs",
        "fs",
        "",
        "\0",
        "constructor",
      ]),
    ).toEqual({
      "../../outside": null,
      "../../../../../../etc/passwd": null,
      "/etc/passwd": null,
      "./scopes.test": null,
      "../dist/scopes.js": null,
      "klaviyo-kit": null,
      "node:fs": null,
      fs: null,
      "": null,
      "\0": null,
      constructor: null,
    });
  });
});

describe("tsconfig and jsconfig", () => {
  it("follows `paths`, with and without a star, from the folder of the config that says them", () => {
    const files = {
      "config/tsconfig.base.json": json({
        compilerOptions: {
          baseUrl: "..",
          paths: { "@klaviyo/*": ["src/klaviyo/*"], "#constants": ["src/constants.ts"] },
        },
      }),
      "tsconfig.json": `{ // comments and trailing commas
        "extends": "./config/tsconfig.base.json", }`,
      "src/klaviyo/scopes.ts": "",
      "src/constants.ts": "",
    };
    expect(
      resolveIn(files, "src/routes/connect.ts", ["@klaviyo/scopes", "#constants", "src/constants"]),
    ).toEqual({
      "@klaviyo/scopes": "src/klaviyo/scopes.ts",
      "#constants": "src/constants.ts",
      "src/constants": "src/constants.ts",
    });
  });

  it("takes the config nearest to the importing file", () => {
    const files = {
      "tsconfig.json": json({ compilerOptions: { paths: { "~lib/*": ["./lib/*"] } } }),
      "apps/web/tsconfig.json": json({ compilerOptions: { paths: { "~lib/*": ["./src/lib/*"] } } }),
      "lib/scopes.ts": "",
      "apps/web/src/lib/scopes.ts": "",
    };
    expect(resolveIn(files, "apps/web/src/auth.ts", ["~lib/scopes"])).toEqual({
      "~lib/scopes": "apps/web/src/lib/scopes.ts",
    });
    expect(resolveIn(files, "server/auth.ts", ["~lib/scopes"])).toEqual({ "~lib/scopes": "lib/scopes.ts" });
  });

  it("reads jsconfig.json for scripts and components", () => {
    const files = {
      "jsconfig.json": json({ compilerOptions: { baseUrl: ".", paths: { "lib/*": ["src/lib/*"] } } }),
      "src/lib/scopes.js": "",
    };
    expect(resolveIn(files, "src/App.vue", ["lib/scopes"])).toEqual({ "lib/scopes": "src/lib/scopes.js" });
    expect(resolveIn(files, "src/app.jsx", ["lib/scopes"])).toEqual({ "lib/scopes": "src/lib/scopes.js" });
  });

  it("keeps the paths of a config whose base is not installed", () => {
    const files = {
      "tsconfig.json": json({
        extends: "@tsconfig/node20/tsconfig.json",
        compilerOptions: { paths: { "@app/*": ["./src/*"] } },
      }),
      "src/scopes.ts": "",
    };
    expect(resolveIn(files, "src/auth.ts", ["@app/scopes"])).toEqual({ "@app/scopes": "src/scopes.ts" });
  });

  it("finds the paths in the configs that a solution refers to", () => {
    const files = {
      "tsconfig.json": json({ files: [], references: [{ path: "./tsconfig.app.json" }] }),
      "tsconfig.app.json": json({ compilerOptions: { paths: { "@app/*": ["./src/*"] } }, include: ["src"] }),
      "src/scopes.ts": "",
    };
    expect(resolveIn(files, "src/auth.ts", ["@app/scopes"])).toEqual({ "@app/scopes": "src/scopes.ts" });
  });

  it("is not stopped by a config that is broken, or that extends itself", () => {
    const broken = { "tsconfig.json": '{ "compilerOptions": ', "src/scopes.ts": "" };
    expect(resolveIn(broken, "src/auth.ts", ["./scopes", "@/scopes"])).toEqual({
      "./scopes": "src/scopes.ts",
      "@/scopes": "src/scopes.ts",
    });
    const circular = {
      "tsconfig.json": json({
        extends: "./tsconfig.json",
        compilerOptions: { paths: { "@a/*": ["./src/*"] } },
      }),
      "src/scopes.ts": "",
    };
    expect(resolveIn(circular, "src/auth.ts", ["./scopes", "@a/scopes"])).toEqual({
      "./scopes": "src/scopes.ts",
      "@a/scopes": "src/scopes.ts",
    });
  });

  it("knows what frameworks mean by `@/`, `~/` and `$lib/` where no config says it", () => {
    const files = {
      "apps/web/package.json": json({ name: "web" }),
      "apps/web/src/scopes.ts": "",
      "apps/web/src/lib/url.ts": "",
      "apps/shop/package.json": json({ name: "shop" }),
      "apps/shop/composables/klaviyo.ts": "",
    };
    expect(resolveIn(files, "apps/web/src/routes/auth.ts", ["@/scopes", "~/scopes", "$lib/url"])).toEqual({
      "@/scopes": "apps/web/src/scopes.ts",
      "~/scopes": "apps/web/src/scopes.ts",
      "$lib/url": "apps/web/src/lib/url.ts",
    });
    expect(resolveIn(files, "apps/shop/pages/auth.vue", ["~/composables/klaviyo"])).toEqual({
      "~/composables/klaviyo": "apps/shop/composables/klaviyo.ts",
    });
  });
});

describe("packages of the repository", () => {
  it("follows `imports` of package.json, with conditions and stars", () => {
    const files = {
      "package.json": json({
        name: "loyalty",
        imports: {
          "#scopes": { node: "./src/scopes.js", default: "./src/none.js" },
          "#klaviyo/*": "./src/klaviyo/*.js",
        },
      }),
      "src/scopes.js": "",
      "src/klaviyo/url.ts": "",
    };
    expect(resolveIn(files, "src/auth.js", ["#scopes", "#klaviyo/url", "#none"])).toEqual({
      "#scopes": "src/scopes.js",
      "#klaviyo/url": "src/klaviyo/url.ts",
      "#none": null,
    });
  });

  it("finds packages by name though nothing is installed", () => {
    const files = {
      "packages/shared/package.json": json({
        name: "@shop/shared",
        exports: {
          ".": "./src/index.ts",
          "./klaviyo": { import: "./src/klaviyo.ts" },
          "./api/*": "./src/api/*.ts",
        },
      }),
      "packages/shared/src/index.ts": "",
      "packages/shared/src/klaviyo.ts": "",
      "packages/shared/src/api/lists.ts": "",
      "packages/plain/package.json": json({ name: "plain", main: "main.js" }),
      "packages/plain/main.js": "",
      "packages/plain/lib/url.js": "",
    };
    expect(
      resolveIn(files, "apps/web/auth.ts", [
        "@shop/shared",
        "@shop/shared/klaviyo",
        "@shop/shared/api/lists",
        "@shop/other",
        "plain",
        "plain/lib/url",
        "@shop",
      ]),
    ).toEqual({
      "@shop/shared": "packages/shared/src/index.ts",
      "@shop/shared/klaviyo": "packages/shared/src/klaviyo.ts",
      "@shop/shared/api/lists": "packages/shared/src/api/lists.ts",
      "@shop/other": null,
      plain: "packages/plain/main.js",
      "plain/lib/url": "packages/plain/lib/url.js",
      "@shop": null,
    });
  });

  it("takes the source for what is not built", () => {
    const files = {
      "packages/a/package.json": json({ name: "a", main: "dist/index.js", types: "dist/index.d.ts" }),
      "packages/a/src/index.ts": "",
      "packages/b/package.json": json({
        name: "b",
        exports: {
          ".": { types: "./dist/esm/index.d.ts", import: "./dist/esm/index.js" },
          "./*": "./dist/esm/*.js",
        },
      }),
      "packages/b/src/index.ts": "",
      "packages/b/src/scopes.ts": "",
      "packages/c/package.json": json({ name: "c" }),
      "packages/c/index.js": "",
    };
    expect(resolveIn(files, "apps/web/auth.ts", ["a", "b", "b/scopes", "c"])).toEqual({
      a: "packages/a/src/index.ts",
      b: "packages/b/src/index.ts",
      "b/scopes": "packages/b/src/scopes.ts",
      c: "packages/c/index.js",
    });
  });

  it("takes the source though the built package is installed as a link", async () => {
    const { symlinkSync, mkdirSync } = await import("node:fs");
    const root = temporaryFolder({
      "packages/a/package.json": json({ name: "a", main: "dist/index.js" }),
      "packages/a/dist/index.js": "",
      "packages/a/src/index.ts": "",
      "apps/web/auth.ts": "",
    });
    mkdirSync(`${root}/node_modules`);
    symlinkSync("../packages/a", `${root}/node_modules/a`);
    const resolve = createResolver(
      root,
      collectFiles(root).files.map(({ file }) => file),
    );
    expect(resolve("apps/web/auth.ts", "a")).toBe("packages/a/src/index.ts");
  });
});
