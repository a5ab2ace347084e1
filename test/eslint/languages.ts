/** ESLint as a user sets it up who has every language linted. */
import json from "@eslint/json";
import * as parser from "@typescript-eslint/parser";
import { ESLint, type Linter } from "eslint";
import toml from "eslint-plugin-toml";
import yml from "eslint-plugin-yml";
import * as svelteParser from "svelte-eslint-parser";
import vueParser from "vue-eslint-parser";
import plugin from "../../src/eslint/index.js";

const { configs } = plugin;

export const CODE = ["**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"];

/** Every language with every rule. */
export const everyLanguage: Linter.Config[] = withAllRules([
  { files: CODE, languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } } },
  { ...configs.recommended, files: CODE },
  { plugins: { json } },
  configs.json,
  configs.jsonc,
  configs.json5,
  ...yml.configs.base,
  configs.yaml,
  ...toml.configs.base,
  configs.toml,
  configs.env,
  { files: ["**/*.vue"], languageOptions: { parser: vueParser, parserOptions: { parser } } },
  configs.vue,
  { files: ["**/*.svelte"], languageOptions: { parser: svelteParser, parserOptions: { parser } } },
  configs.svelte,
]);

function withAllRules(list: readonly Linter.Config[]): Linter.Config[] {
  const { rules = {} } = configs.all;
  return list.map((config) => (config.name?.startsWith("klaviyo-scopes/") ? { ...config, rules } : config));
}

/** All files that one of them reads. */
export const EVERY_FILE = [
  ...CODE,
  "**/*.{json,jsonc,json5,yaml,yml,toml,vue,svelte}",
  "**/.env",
  "**/.env.*",
  "**/*.env",
  "**/.{envrc,flaskenv,dev.vars}",
];

/** The level that makes the audit judge as `configs.all` does. */
export const everyRule = Object.fromEntries(Object.keys(plugin.rules).map((name) => [name, "warn" as const]));

export function linter(cwd: string, config: Linter.Config[] = everyLanguage): ESLint {
  return new ESLint({
    cwd,
    overrideConfigFile: true,
    ignorePatterns: ["!**/dist/**"],
    errorOnUnmatchedPattern: false,
    overrideConfig: config,
  });
}

interface Found {
  line: number;
  column: number;
  endLine?: number | undefined;
  endColumn?: number | undefined;
}

/** One line a finding, all four positions, the rule without a prefix. */
export function said({ line, column, endLine, endColumn }: Found, rule: string): string {
  const end = `${String(endLine)}:${String(endColumn)}`;
  return `${String(line)}:${String(column)}-${end} ${rule.replace("klaviyo-scopes/", "")}`;
}
