/** `.env` files beside rules for JavaScript, which a config without `files` turns on for them as well. */
import js from "@eslint/js";
import { ESLint, type Linter, type SourceCode } from "eslint";
import toml from "eslint-plugin-toml";
import yml from "eslint-plugin-yml";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import plugin from "../../src/eslint/index.js";
import { said } from "./languages.js";
import { project } from "./project.js";

const TEXT = `# The app's scopes, see README.md\nKLAVIYO_SCOPES="accounts:read list:read"\nexport URL=http://localhost:3000\n`;

type Plugin = NonNullable<Linter.Config["plugins"]>[string];

const PLUGINS: Readonly<Record<string, Plugin>> = {
  "@typescript-eslint": tseslint.plugin,
  yml: yml,
  toml: toml,
};

/** Does nothing without options, and ESLint refuses it. */
const NO_USE_ALONE = new Set(["yml/sort-sequence-values"]);

async function lint(config: Linter.Config[]): Promise<string[]> {
  const eslint = new ESLint({
    cwd: project({ ".env": TEXT, "klaviyo-scopes.json": "{}" }),
    overrideConfigFile: true,
    overrideConfig: [...config, plugin.configs.env],
  });
  const [result] = await eslint.lintFiles([".env"]);
  return (result?.messages ?? []).map((message) => said(message, message.ruleId ?? message.message));
}

const OURS = ["2:31-2:40 no-unknown-scope"];

describe("rules for JavaScript, made for .env as well, neither fail nor speak", () => {
  it("of ESLint's own", async () => {
    expect(Object.keys(js.configs.all.rules).length).toBeGreaterThan(150);
    expect(await lint([js.configs.all])).toEqual(OURS);
  });

  it.each(Object.entries(PLUGINS))("of %s, typed ones too", async (namespace, one) => {
    const names = Object.keys(one.rules ?? {}).map((name) => `${namespace}/${name}`);
    const rules = Object.fromEntries(
      names.filter((name) => !NO_USE_ALONE.has(name)).map((name) => [name, "error" as const]),
    );
    expect(Object.keys(rules).length).toBeGreaterThan(10);
    expect(await lint([{ plugins: { [namespace]: one }, rules }])).toEqual(OURS);
  });

  it("of rules that look at every node or token", async () => {
    const nosy: Plugin = {
      rules: {
        nosy: {
          create(context) {
            const sourceCode = context.sourceCode as unknown as SourceCode;
            const seen = [
              ...sourceCode.getAllComments(),
              ...sourceCode.ast.tokens,
              ...sourceCode.ast.comments,
              ...sourceCode.ast.body,
              ...(sourceCode.scopeManager.globalScope?.variables ?? []),
              ...sourceCode.getTokens(sourceCode.ast),
            ];
            const report = (): void => {
              context.report({ loc: { line: 1, column: 1 }, message: "seen" });
            };
            if (seen.length > 0) report();
            return { "*": report, Program: report, "Program:exit": report };
          },
        },
      },
    };
    expect(await lint([{ plugins: { nosy }, rules: { "nosy/nosy": "error" } }])).toEqual(OURS);
  });
});

describe("which files the entry reads", () => {
  const eslint = new ESLint({
    cwd: project({}),
    overrideConfigFile: true,
    overrideConfig: [plugin.configs.recommended, plugin.configs.env],
  });
  const isRead = async (file: string): Promise<boolean> => {
    const config = (await eslint.calculateConfigForFile(file)) as { language: unknown } | undefined;
    return config?.language === plugin.languages.env;
  };

  it.each([
    ".env",
    ".env.production.local",
    "deploy/prod.env",
    "prod.env.example",
    "env.example",
    "dotenv.sample",
    ".envrc",
    ".flaskenv",
    ".dev.vars",
    ".dev.vars.staging",
  ])("%s", async (file) => {
    expect(await isRead(file)).toBe(true);
  });

  it.each([".env.d.ts", "env.mjs", "alembic/env.py", "cypress.env.json", ".env.yaml", "environment"])(
    "not %s",
    async (file) => {
      expect(await isRead(file)).toBe(false);
    },
  );
});
