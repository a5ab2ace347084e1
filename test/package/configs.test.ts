/**
 * ESLint's command in a user's project, with every config that docs/editors.md shows, as it stands there, and with those
 * that people have besides: one app with the same faulty list in every language, and the same app mended.
 */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import type { ESLint, Linter } from "eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eslintAddition, eslintConfig } from "../../src/cli/init/eslint-config.js";
import { languagesWith, type EslintVersion } from "./languages.js";
import { runNode } from "./run.js";
import { snippetsOf, temporary } from "./snippets.js";

/** The faulty list and the mended one, of the same length. */
const FAULTY = ["profiles:read", "list:read"] as const;
const MENDED = ["accounts:read", "lists:read"] as const;

const LIST = FAULTY.map((scope) => `"${scope}"`).join(", ");
const URL = `"https://www.klaviyo.com/oauth/authorize?code_challenge=x&code_challenge_method=S256&scope=" + encodeURIComponent(scopes.join(" "))`;
const JS = `const scopes = [${LIST}];\nexport const url =\n  ${URL};\n`;
const TS = JS.replace("scopes =", "scopes: readonly string[] =");
const JSX = "export const Connect = () => <a href={url}>Connect</a>;\n";
const JSON_TEXT = `{\n  "klaviyo": { "scopes": [${LIST}] }\n}\n`;

const APP: Readonly<Record<string, string>> = {
  "src/connect.js": JS,
  "src/typed.ts": TS,
  "src/Connect.jsx": JS + JSX,
  "src/Connected.tsx": TS + JSX,
  "src/Connect.vue": `<template>\n  <a :href="url">Connect</a>\n</template>\n\n<script setup lang="ts">\n${TS.replace("export ", "")}</script>\n`,
  "src/Connect.svelte": `<script lang="ts">\n${TS.replace("export ", "")}</script>\n\n<a href={url}>Connect</a>\n`,
  "src/connect.astro": `---\n${TS.replace("export ", "")}---\n\n<a href={url}>Connect</a>\n`,
  "config/oauth.json": JSON_TEXT,
  "config/oauth.jsonc": `// The app's scopes.\n${JSON_TEXT.replace("] }", "], }")}`,
  "config/oauth.json5": `{\n  klaviyo: { scopes: [${LIST}] },\n}\n`,
  "config/oauth.yaml": `klaviyo:\n  scopes: [${LIST}]\n`,
  "config/oauth.toml": `[klaviyo]\nscopes = [${LIST}]\n`,
  ".env": `# Shown on the consent page.\nKLAVIYO_SCOPES="${FAULTY.join(" ")}"\n`,
  ".env.local": `KLAVIYO_SCOPES='${FAULTY.join(" ")}'\n`,
  "deploy/.env.production": `KLAVIYO_SCOPES=${FAULTY.join(" ")}\n`,
  "klaviyo-scopes.json": `{\n  // As in Manage apps.\n  "configured": "${FAULTY[0]} lists:read"\n}\n`,
  // What other tools read, with comments and commas.
  "tsconfig.json": `{\n  // Strict.\n  "compilerOptions": { "strict": true, },\n}\n`,
};

/** What is said of each file: of the list as a whole (with a fix), and of its second scope. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  "src/connect.js": list("1:16-1:46", "1:35-1:44"),
  "src/typed.ts": list("1:35-1:65", "1:54-1:63"),
  "src/Connect.jsx": list("1:16-1:46", "1:35-1:44"),
  "src/Connected.tsx": list("1:35-1:65", "1:54-1:63"),
  "src/Connect.vue": list("6:35-6:65", "6:54-6:63"),
  "src/Connect.svelte": list("2:35-2:65", "2:54-2:63"),
  "src/connect.astro": list("2:35-2:65", "2:54-2:63"),
  "config/oauth.json": list("2:26-2:56", "2:45-2:54"),
  "config/oauth.jsonc": list("3:26-3:56", "3:45-3:54"),
  "config/oauth.json5": list("2:22-2:52", "2:41-2:50"),
  "config/oauth.yaml": list("2:11-2:41", "2:30-2:39"),
  "config/oauth.toml": list("2:10-2:40", "2:29-2:38"),
  ".env": list("2:16-2:41", "2:31-2:40"),
  ".env.local": list("1:16-1:41", "1:31-1:40"),
  "deploy/.env.production": list("1:16-1:39", "1:30-1:39"),
  "package.json": list("1:61-1:91", "1:80-1:89"),
  "klaviyo-scopes.json": ["3:32-3:42 no-unrequested-scope (suggestion)"],
};

function list(whole: string, unknown: string): string[] {
  return [`${whole} require-accounts-read (fix)`, `${unknown} no-unknown-scope (suggestion)`];
}

const CODE = ["src/connect.js"];
const TYPED = [...CODE, "src/typed.ts", "src/Connected.tsx"];
const ENV = [".env", ".env.local", "deploy/.env.production"];
const JSON_FILES = ["config/oauth.json", "klaviyo-scopes.json", "package.json"];

const HEAD = `import { defineConfig } from "eslint/config";
import js from "@eslint/js";
import json from "@eslint/json";
import astro from "eslint-plugin-astro";
import klaviyoScopes from "eslint-plugin-klaviyo-scopes";
import svelte from "eslint-plugin-svelte";
import vue from "eslint-plugin-vue";
import tseslint from "typescript-eslint";
`;

interface Setup {
  name: string;
  file: string;
  text: string;
  /** The files in which something is found. */
  files: readonly string[];
  /** What is said besides. */
  besides?: readonly string[];
  /** The app has these files alone. */
  alone?: true;
}

/** The rest of the file, after the imports; all of them stand in it. */
function setup(name: string, text: string, files: readonly string[], file = "eslint.config.mjs"): Setup {
  return { name, file, text: `${HEAD}${text}\n`, files };
}

const page = snippetsOf("docs/editors.md").filter(({ language }) => language === "js");

/** The snippets of the page in their order, and what each makes ESLint read. */
const OF_THE_PAGE: readonly (readonly string[])[] = [
  CODE,
  TYPED,
  TYPED,
  [...CODE, "src/Connect.jsx"],
  CODE,
  CODE,
  Object.keys(FOUND).filter((file) => !/\.(?:jsx|astro)$/.test(file)),
  [...CODE, ...ENV, ...JSON_FILES],
  CODE,
];

const SNIPPETS: readonly Setup[] = OF_THE_PAGE.map((files, at) => {
  const text = page[at]?.text ?? "";
  return {
    name: `docs/editors.md, ${String(at + 1)}`,
    file: text.includes("module.exports") ? "eslint.config.cjs" : "eslint.config.mjs",
    text,
    files,
  };
});

/** What `strict` says besides, at the first of the lists of code: a sensitive scope has no reason. */
const STRICTLY = ["src/Connect.jsx 1:18-1:31 require-justification"];
/** In an app without code, at the first of its lists. */
const STRICTLY_IN_DATA = [".env 2:17-2:30 require-justification"];

const JSX_CONFIG =
  '{ files: ["**/*.{js,jsx}"], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } }';

/** What `init` writes into a project of everything that it knows, and what it has added to a config that is there. */
const OF_INIT: readonly Setup[] = [
  {
    name: "as init writes it",
    file: "eslint.config.mjs",
    text: eslintConfig({ typescript: true, jsx: false, vue: true, svelte: true, env: true }).text,
    files: [...TYPED, ...ENV, "src/Connect.vue", "src/Connect.svelte"],
  },
  {
    name: "as init writes it without TypeScript",
    file: "eslint.config.mjs",
    text: eslintConfig({ typescript: false, jsx: true, vue: false, svelte: false, env: false }).text,
    files: [...CODE, "src/Connect.jsx"],
  },
  {
    name: "as init has it added",
    file: "eslint.config.cjs",
    text:
      eslintAddition(
        { typescript: true, jsx: false, vue: true, svelte: false, env: true },
        { file: "eslint.config.cjs", text: "module.exports = [];" },
      )?.text ?? "",
    files: [...TYPED, ...ENV, "src/Connect.vue"],
  },
];

const STRICT_EVERYWHERE =
  "klaviyoScopes.configs.strict, klaviyoScopes.configs.env, { plugins: { json } }, klaviyoScopes.configs.json";

const OF_USERS: readonly Setup[] = [
  setup(
    "before typescript-eslint",
    "export default [klaviyoScopes.configs.recommended, ...tseslint.configs.recommended];",
    TYPED,
  ),
  setup(
    "after it, with .env",
    "export default [js.configs.recommended, ...tseslint.configs.recommended, klaviyoScopes.configs.recommended, klaviyoScopes.configs.env];",
    [...TYPED, ...ENV],
  ),
  setup("spread", "export default [...klaviyoScopes.configs.recommended, ...klaviyoScopes.configs.env];", [
    ...CODE,
    ...ENV,
  ]),
  setup("the one entry alone", "export default klaviyoScopes.configs.recommended;", CODE),
  setup("extended", "export default defineConfig({ extends: [klaviyoScopes.configs.recommended] });", CODE),
  setup(
    "extended by name",
    `export default defineConfig({ files: ["**/*.js"], plugins: { "klaviyo-scopes": klaviyoScopes }, extends: ["klaviyo-scopes/recommended"] });`,
    CODE,
  ),
  setup(
    "narrowed to other files",
    `export default [{ ...klaviyoScopes.configs.recommended, files: ["test/**"] }];`,
    [],
  ),
  setup(
    "rules by hand",
    `export default [{ plugins: { "klaviyo-scopes": klaviyoScopes }, rules: { "klaviyo-scopes/require-accounts-read": "error", "klaviyo-scopes/no-unknown-scope": "warn" } }];`,
    CODE,
  ),
  setup(
    "JSON in another order, and strict afterwards",
    `export default [klaviyoScopes.configs.jsonc, { plugins: { json } }, klaviyoScopes.configs.json, { files: ["config/*.json"], language: "json/json" }];`,
    [...JSON_FILES, "config/oauth.jsonc"],
  ),
  setup(
    "Vue's own config",
    `export default [...vue.configs["flat/recommended"], { files: ["**/*.vue"], languageOptions: { parserOptions: { parser: tseslint.parser } } }, klaviyoScopes.configs.recommended, klaviyoScopes.configs.env];`,
    [...CODE, ...ENV, "src/Connect.vue"],
  ),
  setup(
    "Svelte's own config",
    `export default [...svelte.configs.recommended, { files: ["**/*.svelte"], languageOptions: { parserOptions: { parser: tseslint.parser } } }, klaviyoScopes.configs.recommended, klaviyoScopes.configs.env];`,
    [...CODE, ...ENV, "src/Connect.svelte"],
  ),
  setup(
    "Astro's own config",
    `export default [...astro.configs.recommended, klaviyoScopes.configs.recommended];`,
    [...CODE, "src/connect.astro"],
  ),
  setup(
    "TypeScript",
    `export default defineConfig([klaviyoScopes.configs.recommended]);`,
    CODE,
    "eslint.config.ts",
  ),
  {
    ...setup("strict in other languages", `export default [${JSX_CONFIG}, ${STRICT_EVERYWHERE}];`, [
      ...CODE,
      "src/Connect.jsx",
      ...ENV,
      ...JSON_FILES,
    ]),
    besides: STRICTLY,
  },
  {
    ...setup("strict where there is no code", `export default [${STRICT_EVERYWHERE}];`, [
      ...ENV,
      ...JSON_FILES,
    ]),
    besides: STRICTLY_IN_DATA,
    alone: true,
  },
  {
    ...setup(
      "all of them",
      `export default [${JSX_CONFIG}, klaviyoScopes.configs.env, klaviyoScopes.configs.all];`,
      [...CODE, "src/Connect.jsx", ...ENV],
    ),
    besides: STRICTLY,
  },
];

it("knows every snippet of the page, and those of the README", () => {
  expect(page).toHaveLength(OF_THE_PAGE.length);
  const texts = page.map(({ text }) => text);
  const readme = snippetsOf("README.md").filter(
    ({ heading, language }) => heading === "Set up" && language === "js",
  );
  expect(readme).toHaveLength(2);
  for (const { text } of readme) expect(texts).toContain(text);
});

/** With ESLint 9 what a config says differs in nothing but how its entries are put together. */
const OTHERWISE = ["extended", "extended by name", "TypeScript", "strict in other languages"];

describe.each([
  ["10", [...SNIPPETS, ...OF_INIT, ...OF_USERS], SNIPPETS],
  ["9", [...SNIPPETS, ...OF_USERS.filter(({ name }) => OTHERWISE.includes(name))], []],
] as const)("with ESLint %s", (version, setups, ofMended) => {
  const folders: string[] = [];
  const said = new Map<string, readonly string[]>();

  function lintAll(
    all: readonly Setup[],
    app: Readonly<Record<string, string>>,
    nameOf: (one: Setup) => string,
  ): void {
    const root = realpathSync(mkdtempSync(join(tmpdir(), "klaviyo-configs-")));
    folders.push(root);
    write(root, version, app);
    const results = lintWithEach(root, all);
    all.forEach((one, at) => said.set(nameOf(one), results[at] ?? []));
  }

  beforeAll(() => {
    const own = ({ name }: Setup): string => name;
    lintAll(
      setups.filter(({ alone }) => !alone),
      APP,
      own,
    );
    for (const one of setups.filter(({ alone }) => alone)) lintAll([one], appOf(one), own);
    if (ofMended.length > 0) lintAll(ofMended, mended(), ofTheMended);
  }, 180_000);
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it.each(setups)("$name", ({ name, files, besides = [] }) => {
    const expected = files.flatMap((one) => (FOUND[one] ?? []).map((what) => `${one} ${what}`));
    expect(said.get(name)).toEqual([...expected, ...besides].sort());
  });

  it.each(ofMended)("$name, of the mended app", (one) => {
    expect(said.get(ofTheMended(one))).toEqual([]);
  });
});

function ofTheMended({ name }: Setup): string {
  return `${name}, of the mended app`;
}

function appOf({ files }: Setup): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(APP).filter(([name]) => files.includes(name)));
}

it("the command itself, whose --fix mends the list in every language, in its own style", () => {
  const setup = SNIPPETS[6];
  if (setup === undefined) throw new Error("The page has no config for all languages.");
  const root = temporary("klaviyo-configs-");
  write(root, "10", APP);
  writeFileSync(join(root, setup.file), setup.text);
  const before = lint(root);
  expect(before).toEqual(
    setup.files.flatMap((one) => (FOUND[one] ?? []).map((what) => `${one} ${what}`)).sort(),
  );
  expect(lint(root, "--fix").filter((one) => one.includes("require-accounts-read"))).toEqual([]);
  for (const file of setup.files.filter((one) => one !== "klaviyo-scopes.json" && one !== "package.json")) {
    const text = APP[file] ?? "";
    const wanted = file.includes(".env")
      ? text.replace("profiles:read", "accounts:read profiles:read")
      : text.replace('"profiles:read"', '"accounts:read", "profiles:read"');
    expect(readFileSync(join(root, file), "utf8"), file).toBe(wanted);
  }
});

function mended(): Record<string, string> {
  const [first, second] = MENDED;
  return Object.fromEntries(
    Object.entries(APP).map(([file, text]) => [
      file,
      text.replaceAll(FAULTY[0], first).replaceAll(/\blist:read/g, second),
    ]),
  );
}

/** The app in a folder of its own, with the installed packages. */
function write(root: string, version: EslintVersion, app: Readonly<Record<string, string>>): void {
  const scopes = app["config/oauth.json"]?.match(/\[.*\]/)?.[0] ?? "[]";
  const manifest = `{ "private": true, "type": "module", "klaviyo": { "scopes": ${scopes} } }\n`;
  for (const [file, text] of Object.entries({ ...app, "package.json": manifest })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  symlinkSync(languagesWith(version), join(root, "node_modules"), "junction");
}

/**
 * Lints the folder with one config after the other. In one process: to load each plugin anew takes longer than all the
 * rest. In one folder: typescript-eslint takes that of a config for the project's, and two would be one too many.
 */
const LINT_WITH_EACH = `
  import { rmSync, utimesSync, writeFileSync } from "node:fs";
  import { ESLint } from "eslint";
  const said = [];
  for (const [at, { file, text }] of SETUPS.entries()) {
    writeFileSync(file, text);
    // ESLint loads again what has another time.
    utimesSync(file, 1_700_000_000 + at, 1_700_000_000 + at);
    said.push(await new ESLint().lintFiles(["."]));
    rmSync(file);
  }
  console.log(JSON.stringify(said));
`;

function lintWithEach(root: string, setups: readonly Setup[]): string[][] {
  const script = join(root, "node_modules/lint-with-each.mjs");
  const given = JSON.stringify(setups.map(({ file, text }) => ({ file, text })));
  writeFileSync(
    script,
    LINT_WITH_EACH.replace("SETUPS", () => given),
  );
  const { stdout, stderr } = runNode([script], root);
  expect(stderr).toBe("");
  return (JSON.parse(stdout) as ESLint.LintResult[][]).map((results) => saidOf(root, results));
}

/** What `eslint .` says in a folder: file, place, rule. */
function lint(root: string, ...options: string[]): string[] {
  const bin = join(root, "node_modules/eslint/bin/eslint.js");
  const { stdout, stderr } = runNode([bin, "--format", "json", ...options, "."], root);
  expect(stderr).toBe("");
  return saidOf(root, JSON.parse(stdout) as ESLint.LintResult[]);
}

/** File, place, rule. Other plugins' rules may say what they like. */
function saidOf(root: string, results: readonly ESLint.LintResult[]): string[] {
  return results
    .flatMap(({ filePath, messages }) =>
      messages
        .filter(({ ruleId }) => ruleId === null || ruleId.startsWith("klaviyo-scopes/"))
        .map((message) => `${relative(root, filePath).split(sep).join("/")} ${said(message)}`),
    )
    .sort();
}

function said({
  line,
  column,
  endLine,
  endColumn,
  ruleId,
  message,
  fix,
  suggestions,
}: Linter.LintMessage): string {
  const place = `${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)}`;
  const offers = [fix && "(fix)", suggestions && "(suggestion)"].filter(Boolean);
  return [place, ruleId?.replace("klaviyo-scopes/", "") ?? message, ...offers].join(" ");
}
