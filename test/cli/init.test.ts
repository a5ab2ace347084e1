import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { appOfEachPackage, configText, oneApp } from "../../src/cli/init/propose.js";
import { eslintAddition, eslintConfig } from "../../src/cli/init/eslint-config.js";
import { nextSteps, setupFiles } from "../../src/cli/init/snippets.js";
import { detectStack } from "../../src/cli/init/stack.js";
import { appOf, pictureOf, requestAt } from "../api/picture.js";
import { temporaryFolder } from "../api/temporary.js";
import { runIn } from "./terminal.js";
import type { Report } from "../../src/report/types.js";

/** The stack of a folder with these files, all of which are audited. */
function stackOf(files: Record<string, string>) {
  return detectStack(temporaryFolder(files), Object.keys(files));
}

function pictureWith(files: Record<string, string>) {
  const requests = Object.entries(files).map(([file, text]) =>
    requestAt({ file, range: [0, text.length] }, text.split(" "), files),
  );
  return pictureOf(files, [appOf(requests, [])]);
}

describe("the proposed config", () => {
  it("is one app with the scopes that exist", () => {
    const apps = [oneApp(pictureWith({ "src/auth.ts": "tags:read list:read accounts:read" }))];
    expect(apps).toEqual([{ name: "app", root: ".", requested: ["accounts:read", "tags:read"] }]);
    const text = configText(apps.map((app) => ({ ...app, configured: app.requested })));
    expect(JSON.parse(text)).toEqual({
      $schema: "./node_modules/eslint-plugin-klaviyo-scopes/schema/config.json",
      configured: "accounts:read tags:read",
    });
  });

  it("is one app a package in a monorepo, with names of their own", () => {
    const files = {
      "apps/loyalty/src/a.ts": "tags:read",
      "apps/reviews/a.ts": "lists:read",
      "legacy/reviews/a.ts": "lists:read",
    };
    const root = temporaryFolder({
      "package.json": "{}",
      "apps/loyalty/package.json": "{}",
      "apps/reviews/package.json": "{}",
      "legacy/reviews/package.json": "{}",
    });
    const apps = appOfEachPackage(pictureWith(files), root);
    expect(apps.map(({ name, root: folder }) => [name, folder])).toEqual([
      ["loyalty", "apps/loyalty"],
      ["reviews", "apps/reviews"],
      ["legacy-reviews", "legacy/reviews"],
    ]);
  });

  it("calls an app at the top as its package is called, or its folder", () => {
    const files = { "a.ts": "tags:read", "apps/reviews/a.ts": "lists:read" };
    const namesIn = (manifest: string) => {
      const root = temporaryFolder({ "package.json": manifest, "apps/reviews/package.json": "{}" });
      return [appOfEachPackage(pictureWith(files), root).map(({ name }) => name), path.basename(root)];
    };
    expect(namesIn('{ "name": "@acme/portal" }')[0]).toEqual(["portal", "reviews"]);
    const [names, folder] = namesIn("{}");
    expect(names).toEqual([folder, "reviews"]);
  });

  it("says which scopes it left out because there are none of that name", async () => {
    const root = temporaryFolder({
      "a.ts":
        'export const url = "https://www.klaviyo.com/oauth/authorize?client_id=x&scope=accounts:read%20profile:read";\n',
    });
    const { stdout } = await runIn(root, ["init"]);
    expect(stdout).toContain("Left out, because Klaviyo has no such scope: profile:read.");
  });

  it("leaves the configured set out where it is not known", () => {
    expect(JSON.parse(configText([{ name: "app", root: ".", configured: null }]))).not.toHaveProperty(
      "configured",
    );
  });
});

describe("apps that share code", () => {
  const shared = {
    "package.json": "{}",
    "apps/loyalty/package.json": '{ "name": "loyalty", "dependencies": { "@acme/klaviyo": "*" } }',
    "apps/reviews/package.json": '{ "name": "reviews", "dependencies": { "@acme/klaviyo": "*" } }',
    "packages/klaviyo/package.json": '{ "name": "@acme/klaviyo" }',
    "packages/klaviyo/index.ts": `
      export const request = (token: string, path: string) =>
        fetch(\`https://a.klaviyo.com/api\${path}\`, { headers: { Authorization: \`Bearer \${token}\` } });
      export function authorizeUrl(scope: string, challenge: string) {
        const query = new URLSearchParams({ scope, code_challenge: challenge, code_challenge_method: "S256" });
        return \`https://www.klaviyo.com/oauth/authorize?\${query}\`;
      }
    `,
    "apps/loyalty/login.ts": `
      import { authorizeUrl, request } from "../../packages/klaviyo/index";
      export const login = (challenge: string) => authorizeUrl("accounts:read profiles:read", challenge);
      export const sync = (token: string) => request(token, "/profiles");
    `,
    "apps/reviews/login.ts": `
      import { authorizeUrl, request } from "../../packages/klaviyo/index";
      export const login = (challenge: string) => authorizeUrl("accounts:read reviews:read", challenge);
      export const sync = (token: string) => request(token, "/tags");
    `,
  };

  it("are told apart by where the lists come from, and each keeps its calls", async () => {
    const folder = temporaryFolder(shared);
    expect(await runIn(folder, ["init", "--yes"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        "Its `apps` are loyalty (apps/loyalty), reviews (apps/reviews)",
      ) as unknown,
    });
    expect(JSON.parse(readFileSync(path.join(folder, "klaviyo-scopes.json"), "utf8"))).toMatchObject({
      apps: [
        { name: "loyalty", root: "apps/loyalty", configured: "accounts:read profiles:read" },
        { name: "reviews", root: "apps/reviews", configured: "accounts:read reviews:read" },
      ],
    });
    const report = JSON.parse((await runIn(folder, ["--format", "json"])).stdout) as Report;
    expect(report.apps.map(({ name, requested, needed }) => [name, requested, needed])).toEqual([
      ["loyalty", ["accounts:read", "profiles:read"], ["accounts:read", "profiles:read"]],
      ["reviews", ["accounts:read", "reviews:read"], ["accounts:read", "tags:read"]],
    ]);
  });

  it("are told apart where an app was seen to reach each call that lies in the shared code", async () => {
    const folder = temporaryFolder({
      ...shared,
      "packages/klaviyo/lists.ts": `
        import { request } from "./index";
        export const lists = (token: string) => request(token, "/lists");
      `,
      "apps/reviews/lists.ts": `
        import { lists } from "../../packages/klaviyo/lists";
        export const load = (token: string) => lists(token);
      `,
    });
    await runIn(folder, ["init", "--yes"]);
    const report = JSON.parse((await runIn(folder, ["--format", "json"])).stdout) as Report;
    expect(report.apps.map(({ name, needed }) => [name, needed])).toEqual([
      ["loyalty", ["accounts:read", "profiles:read"]],
      ["reviews", ["accounts:read", "lists:read", "tags:read"]],
    ]);
  });

  it("are one app where nobody was seen to reach a call in the shared code: between the apps it would be lost", async () => {
    const folder = temporaryFolder({
      ...shared,
      "packages/klaviyo/lists.ts": `
        import { request } from "./index";
        export const lists = (token: string) => request(token, "/lists");
      `,
    });
    await runIn(folder, ["init", "--yes"]);
    expect(JSON.parse(readFileSync(path.join(folder, "klaviyo-scopes.json"), "utf8"))).not.toHaveProperty(
      "apps",
    );
    rmSync(path.join(folder, "klaviyo-scopes.json"));
    expect((await runIn(folder, ["init", "--yes"])).stdout).toContain(
      "Several packages ask for scopes (apps/loyalty, apps/reviews), but they are one app here: none of them was seen to reach what packages/klaviyo/lists.ts asks of Klaviyo.",
    );
    expect((await runIn(folder, ["scopes"])).stdout).toContain("lists:read");
  });
});

/** What ESLint reads by itself. */
const PLAIN = { typescript: false, jsx: false, vue: false, svelte: false, env: false };

describe("set-up", () => {
  const app = {
    "auth.ts": 'export const url = "https://www.klaviyo.com/oauth/authorize?scope=accounts:read";\n',
  };
  const eslint = '{ "devDependencies": { "eslint": "^10", "typescript-eslint": "^8" } }';

  it("is written where there is none yet, and left alone where there is", async () => {
    const folder = temporaryFolder({
      ...app,
      "package.json": eslint,
      "pnpm-lock.yaml": "",
      ".github/CODEOWNERS": "",
    });
    const { stdout } = await runIn(folder, ["init", "--yes"]);
    expect(stdout.split("\n").filter((line) => line.startsWith("Wrote"))).toEqual([
      "Wrote klaviyo-scopes.json.",
      "Wrote eslint.config.mjs.",
      "Wrote .github/workflows/klaviyo-scopes.yml.",
    ]);
    expect(stdout).toContain("pnpm add --save-dev eslint-plugin-klaviyo-scopes");
    const text = (file: string) => readFileSync(path.join(folder, file), "utf8");
    expect(text("eslint.config.mjs")).toContain("parser: tseslint.parser");
    expect(text(".github/workflows/klaviyo-scopes.yml")).toContain(
      "      - run: pnpm install --frozen-lockfile\n      - run: pnpm exec klaviyo-scope-audit\n",
    );

    rmSync(path.join(folder, "klaviyo-scopes.json"));
    writeFileSync(path.join(folder, "eslint.config.mjs"), "mine");
    writeFileSync(path.join(folder, ".github/workflows/klaviyo-scopes.yml"), "mine");
    const again = await runIn(folder, ["init", "--yes"]);
    expect([again.code, text("eslint.config.mjs"), text(".github/workflows/klaviyo-scopes.yml")]).toEqual([
      0,
      "mine",
      "mine",
    ]);
    expect(again.stdout).toContain("In eslint.config.mjs, for findings in the editor:");
  });

  it("asks to install only what package.json lacks", async () => {
    const installed = (devDependencies: object) =>
      stackOf({ "package.json": JSON.stringify({ devDependencies }) });
    const plugin = { "eslint-plugin-klaviyo-scopes": "^0.1" };
    expect(nextSteps(installed({}), new Set())).toContain(
      "npm install --save-dev eslint-plugin-klaviyo-scopes\n",
    );
    expect(nextSteps(installed(plugin), new Set())).not.toContain("npm install");
    expect(nextSteps(installed({ ...plugin, eslint: "^10", typescript: "^5" }), new Set())).toContain(
      "npm install --save-dev typescript-eslint\n",
    );
    const folder = temporaryFolder({ ...app, "package.json": JSON.stringify({ devDependencies: plugin }) });
    expect((await runIn(folder, ["init", "--yes"])).stdout).not.toContain("Install");
  });

  it("says that there is nothing of Klaviyo's in the folder", async () => {
    const said = "Nothing in this folder asks Klaviyo for scopes or calls its API.";
    expect((await runIn(temporaryFolder({ "a.ts": "" }), ["init", "--yes"])).stdout).toContain(said);
    expect((await runIn(temporaryFolder(app), ["init", "--yes"])).stdout).not.toContain(said);
  });

  it.each(["README.md", "docs/editors.md"])("%s shows the ESLint configs that it writes", (page) => {
    const text = readFileSync(new URL(`../../${page}`, import.meta.url), "utf8");
    for (const typescript of [false, true])
      expect(text).toContain(`\n${eslintConfig({ ...PLAIN, typescript }).text}\`\`\`\n`);
  });

  it("has ESLint read all of the project's languages", () => {
    const of = (dependencies: object, files: Record<string, string> = {}) => {
      const devDependencies = { eslint: "^10", ...dependencies };
      return stackOf({ ...files, "package.json": JSON.stringify({ devDependencies }) });
    };
    expect(of({})).toMatchObject({ languages: PLAIN, missing: ["eslint-plugin-klaviyo-scopes"] });
    const nuxt = of({ nuxt: "^4", typescript: "^6" }, { ".env.example": "" });
    expect(nuxt).toMatchObject({
      languages: { ...PLAIN, typescript: true, vue: true, env: true },
      missing: ["eslint-plugin-klaviyo-scopes", "typescript-eslint", "vue-eslint-parser"],
    });
    expect(setupFiles(nuxt)[0]?.text).toBe(
      `import klaviyoScopes from "eslint-plugin-klaviyo-scopes";
import tseslint from "typescript-eslint";
import vueParser from "vue-eslint-parser";

export default [
  { files: ["**/*.{ts,tsx,mts,cts}"], languageOptions: { parser: tseslint.parser } },
  klaviyoScopes.configs.recommended,
  klaviyoScopes.configs.env,
  { files: ["**/*.vue"], languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser } } },
  klaviyoScopes.configs.vue,
];
`,
    );
    expect(of({ svelte: "^5" }).languages).toEqual({ ...PLAIN, svelte: true });
    expect(of({ react: "^19" }).languages).toEqual({ ...PLAIN, jsx: true });
    expect(of({ react: "^19", typescript: "^6" }).languages).toEqual({ ...PLAIN, typescript: true });
  });

  it.each([
    ["TypeScript", { "src/a.mts": "" }, { typescript: true }],
    ["declarations alone", { "types/a.d.ts": "" }, {}],
    ["JSX beside TypeScript", { "a.jsx": "", "b.ts": "" }, { jsx: true, typescript: true }],
    ["Vue", { "web/App.vue": "<script setup>\nlet a;\n</script>" }, { vue: true }],
    [
      "Vue with TypeScript",
      { "web/App.vue": '<script setup lang="ts">\nlet a: 1;\n</script>' },
      { vue: true, typescript: true },
    ],
    ["Vue with Sass", { "web/App.vue": '<script>\n</script><style lang="ts">' }, { vue: true }],
    [
      "Svelte with TypeScript",
      { "a.svelte": "<script lang='ts' module>\n</script>" },
      { svelte: true, typescript: true },
    ],
    ["env files below the top", { "config/.env.example": "" }, { env: true }],
  ])("knows %s by the files, whatever package.json says", (_, files, languages) => {
    expect(stackOf({ ...files, "package.json": "{}" }).languages).toEqual({ ...PLAIN, ...languages });
  });

  const typed = { ...PLAIN, typescript: true };
  it.each([
    ["JavaScript alone", 'import js from "@eslint/js";\nexport default [js.configs.recommended];', true],
    ["a plugin of rules", 'import n from "eslint-plugin-n";\nexport default [n.configs.all];', true],
    ["TypeScript", 'import t from "typescript-eslint";\nexport default t.config();', false],
    [
      "a set of rules of its own",
      'import antfu from "@antfu/eslint-config";\nexport default antfu();',
      false,
    ],
    ["a file of its own", 'export { default } from "./.nuxt/eslint.config.mjs";', false],
  ])("has the parser added to a config of %s: %s", (_, text, isAdded) => {
    const addition = eslintAddition(typed, { file: "eslint.config.js", text });
    expect(addition?.text.includes("tseslint.parser")).toBe(isAdded);
    expect(addition?.packages.includes("typescript-eslint")).toBe(isAdded);
  });

  it("adds to a config as that is written, and nothing to one that has the plugin", () => {
    const stackWith = (text: string) =>
      stackOf({ "eslint.config.js": text, "package.json": "{}", "tsconfig.json": "{}" });
    const commonJs = stackWith(
      'const js = require("@eslint/js");\nmodule.exports = [js.configs.recommended];',
    );
    expect(nextSteps(commonJs, new Set())).toContain(`In eslint.config.js, for findings in the editor:

    const klaviyoScopes = require("eslint-plugin-klaviyo-scopes");
    const tseslint = require("typescript-eslint");

    module.exports = [
      // … what is there already
`);
    expect(commonJs.missing).toEqual(["eslint-plugin-klaviyo-scopes", "typescript-eslint"]);
    const done = stackWith(
      'import own from "eslint-plugin-klaviyo-scopes";\nexport default [own.configs.strict];',
    );
    expect(nextSteps(done, new Set())).not.toContain("eslint.config.js");
    expect(done.missing).toEqual(["eslint-plugin-klaviyo-scopes"]);
  });

  it("is only shown where nobody could be asked", async () => {
    const folder = temporaryFolder({ ...app, "package.json": eslint, ".github/CODEOWNERS": "" });
    const { stdout } = await runIn(folder, ["init"]);
    expect(readdirSync(folder).sort()).toEqual([".github", "auth.ts", "klaviyo-scopes.json", "package.json"]);
    expect(stdout).toContain("To be written to eslint.config.mjs:");
    expect(stdout).toContain(
      "`init --yes` in place of `init` writes eslint.config.mjs and .github/workflows/klaviyo-scopes.yml too",
    );
    rmSync(path.join(folder, "klaviyo-scopes.json"));
    expect((await runIn(folder, ["init", "--yes"])).stdout).not.toContain("in place of");
    expect(stdout).toContain("To be written to .github/workflows/klaviyo-scopes.yml:");
  });

  it.each([
    [{ ".gitlab-ci.yml": "" }, "gitlab", "codequality: gl-code-quality-report.json"],
    [{ ".circleci/config.yml": "" }, "circleci", "store_test_results"],
    [{ Jenkinsfile: "" }, "jenkins", "junit 'klaviyo-scopes.xml'"],
    [{}, null, "npm ci"],
  ] as const)("fits the CI there is: %j", (files, ci, words) => {
    const stack = stackOf(files);
    expect(stack.ci).toBe(ci);
    expect(nextSteps(stack, new Set())).toContain(words);
  });

  it.each([
    ["yarn.lock", "yarn add --dev", "yarn run klaviyo-scope-audit"],
    ["bun.lock", "bun add --dev", "bunx klaviyo-scope-audit"],
    ["package-lock.json", "npm install --save-dev", "npx klaviyo-scope-audit"],
  ])("speaks to the package manager of %s", (lock, add, run) => {
    const steps = nextSteps(stackOf({ [lock]: "" }), new Set());
    expect(steps).toContain(add);
    expect(steps).toContain(`Next: ${run}`);
  });

  it("does not send an old config into the new one's syntax", () => {
    const stack = stackOf({ ".eslintrc.json": "{}" });
    expect(setupFiles(stack)).toEqual([]);
    expect(nextSteps(stack, new Set())).toContain("flat configs only");
  });

  it("does not mind a broken package.json", () => {
    expect(stackOf({ "package.json": "{" })).toMatchObject({ eslint: false });
  });
});
