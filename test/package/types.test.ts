/** The types of the installed package, as a user's build and a user's editor see them, with each ESLint. */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { rules } from "../../rules/index.js";
import { repository } from "./snippets.js";
import { runNode } from "./run.js";

const installed = inject("installed");
const CONFIG = "typed.config.mts";
const COMMONJS = "typed.config.cts";
const EACH_RULE = "typed-rules.config.mts";

// Without skipLibCheck: the package's own declarations have no errors either, whatever the user's options.
const FLAGS = "--ignoreConfig --noEmit --strict --target es2022 --types node".split(" ");

/** What editors take for a file of no project. */
const NO_TSCONFIG: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

// Here CommonJS may load the plugin as well; each rule's entry is the same in all.
const NODENEXT = ["nodenext", "--module nodenext", [CONFIG, COMMONJS, EACH_RULE]] as const;

describe.each([
  [
    "10",
    installed.eslint10,
    [
      NODENEXT,
      ["node16", "--module node16", [CONFIG]],
      ["a bundler's resolution", "--module esnext --moduleResolution bundler", [CONFIG]],
      ["exact optional properties", "--module nodenext --exactOptionalPropertyTypes", [CONFIG]],
    ],
  ],
  ["9", installed.eslint9, [NODENEXT]],
] as const)("with ESLint %s", (_, project, builds) => {
  beforeAll(() => {
    cpSync(join(repository, "test/package/types/eslint.config.mts"), join(project, CONFIG));
    cpSync(join(repository, "test/package/types/eslint.config.cts"), join(project, COMMONJS));
    writeFileSync(join(project, EACH_RULE), levelsOfEachRule());
  });

  it.each(builds)("configs are checked as they should be: %s", (_name, flags, files) => {
    const tsc = join(project, "node_modules/typescript/bin/tsc");
    const { status, stdout } = runNode([tsc, ...FLAGS, ...flags.split(" "), ...files], project);
    expect([status, stdout]).toEqual([0, ""]);
  });

  it.each([
    ["eslint.config.js, no tsconfig", "completed.config.js", NO_TSCONFIG],
    ["eslint.config.ts, nodenext", "completed.config.ts", { module: ts.ModuleKind.NodeNext }],
  ])("an editor completes rule names: %s", (_name, file, options) => {
    const { entries, documentation } = completions(project, file, options);
    expect(entries.filter((name) => name.startsWith("klaviyo-scopes/"))).toEqual(
      rules.map(({ name }) => `klaviyo-scopes/${name}`),
    );
    expect(documentation).toContain("Disallow requesting scopes that no API call needs.");
  });

  it("an editor completes levels", () => {
    const entry = `"klaviyo-scopes/no-unused-scope": "HERE"`;
    const { entries } = completions(project, "completed-levels.config.js", NO_TSCONFIG, entry);
    expect(entries.sort()).toEqual(["error", "off", "warn"]);
  });
});

/** Of each rule what ESLint takes, and what it refuses, each refusal an error of its own. */
function levelsOfEachRule(): string {
  const config = (rule: string, entry: string, ...before: string[]): string =>
    `defineConfig({\n  rules: {\n${before.map((line) => `    ${line}\n`).join("")}    "klaviyo-scopes/${rule}": ${entry},\n  },\n});\n`;
  const parts = rules.flatMap(({ name, schema }) => {
    if (schema !== null) throw new Error(`Write out what ${name} takes.`);
    return [
      ...['"off"', '"warn"', '"error"', "0", "1", "2", '["error"]', "[1]"].map((entry) =>
        config(name, entry),
      ),
      ...['"fatal"', "3", "true", "[]", '["fatal"]', '["error", {}]', '["error", undefined, 1]'].map(
        (entry) => config(name, entry, "// @ts-expect-error"),
      ),
    ];
  });
  return `import { defineConfig } from "eslint/config";
import "eslint-plugin-klaviyo-scopes";
${parts.join("")}`;
}

/** What the editor offers at HERE. */
function completions(
  project: string,
  name: string,
  options: ts.CompilerOptions,
  entry = `"HERE": "error"`,
): { entries: string[]; documentation: string } {
  const text = `import klaviyoScopes from "eslint-plugin-klaviyo-scopes";
import { defineConfig } from "eslint/config";
export default defineConfig([klaviyoScopes.configs.recommended, { rules: { ${entry} } }]);
`;
  const file = join(project, name);
  const at = text.indexOf("HERE");
  writeFileSync(file, text.replace("HERE", ""));
  const settings: ts.CompilerOptions = {
    allowJs: true,
    target: ts.ScriptTarget.ES2022,
    types: [],
    ...options,
  };
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => settings,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const content = ts.sys.readFile(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => project,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => ts.sys.fileExists(path),
    readFile: (path) => ts.sys.readFile(path),
    directoryExists: (path) => ts.sys.directoryExists(path),
    getDirectories: (path) => ts.sys.getDirectories(path),
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
  };
  const service = ts.createLanguageService(host);
  const entries = (service.getCompletionsAtPosition(file, at, undefined)?.entries ?? []).map(
    (one) => one.name,
  );
  const details = service.getCompletionEntryDetails(
    file,
    at,
    "klaviyo-scopes/no-unused-scope",
    undefined,
    undefined,
    undefined,
    undefined,
  );
  return { entries, documentation: ts.displayPartsToString(details?.documentation) };
}
