/** The ESLint plugin: the rules of the audit, the configs, and a language for `.env` files. */
import type { ESLint, Linter } from "eslint";
import { rules as ours } from "../../rules/index.js";
import type { RuleLevel } from "../audit/rule.js";
import { packageVersion } from "../api/version.js";
import { createRule } from "./create-rule.js";
import { envLanguage } from "./env-language.js";
import type { RuleOptions } from "./rule-options.cjs";

export type { RuleOptions } from "./rule-options.cjs";

/** A rule as a config names it: `klaviyo-scopes/no-unused-scope`. */
export type RuleName = keyof RuleOptions;

/**
 * What `rules` of a config may say of them. ESLint's own type lets any name pass; with `satisfies RuleEntries` a misspelt
 * one is an error.
 */
export type RuleEntries = { [Name in RuleName]?: Linter.RuleEntry<RuleOptions[Name]> };

/** The configs: three levels for code, and entries that make other languages' files linted as well. */
export type ConfigName =
  "recommended" | "strict" | "all" | "json" | "jsonc" | "json5" | "yaml" | "toml" | "env" | "vue" | "svelte";

const NAMESPACE = "klaviyo-scopes";

type WithoutNamespace<Name> = Name extends `${typeof NAMESPACE}/${infer Own}` ? Own : never;

export interface KlaviyoScopesPlugin {
  meta: { name: string; version: string; namespace: string };
  rules: Record<WithoutNamespace<RuleName>, NonNullable<ESLint.Plugin["rules"]>[string]>;
  languages: { env: NonNullable<ESLint.Plugin["languages"]>[string] };
  configs: Record<ConfigName, Linter.Config>;
}

const rules = Object.fromEntries(
  ours.map((rule) => [rule.name, createRule(rule)]),
) as unknown as KlaviyoScopesPlugin["rules"];

const plugin: KlaviyoScopesPlugin = {
  meta: { name: "eslint-plugin-klaviyo-scopes", version: packageVersion(), namespace: NAMESPACE },
  rules,
  languages: { env: envLanguage },
  configs: {} as KlaviyoScopesPlugin["configs"],
};

function levels(pick: (recommended: RuleLevel, strict: RuleLevel) => RuleLevel): Linter.RulesRecord {
  const chosen: Linter.RulesRecord = {};
  for (const { name, meta } of ours) {
    const level = pick(meta.recommended, meta.strict);
    if (level !== "off") chosen[`${NAMESPACE}/${name}`] = level;
  }
  return chosen;
}

/** Of env files whose names have no leading dot: `env.py` and `env.sh` are something else. */
const SUFFIX = "{example,sample,template,dist,defaults,local,dev,development,prod,production,staging,test}";

const plugins = { [NAMESPACE]: plugin };
const recommended = levels((level) => level);

function config(name: ConfigName, parts: Linter.Config): Linter.Config {
  const made: Linter.Config = { name: `${NAMESPACE}/${name}`, plugins, ...parts };
  // Other plugins' configs are arrays, which people spread: `...configs.recommended` gives this one. Neither enumerable
  // nor in its type, so that ESLint, and `{ ...configs.recommended, files }`, see a plain object.
  return Object.defineProperty(made, Symbol.iterator, { value: () => [made].values() });
}

Object.assign(plugin.configs, {
  recommended: config("recommended", { rules: recommended }),
  strict: config("strict", { rules: levels((_, strict) => strict) }),
  all: config("all", { rules: levels((_, strict) => (strict === "off" ? "warn" : strict)) }),
  // The user's own plugin brings the language; these say which files and which rules.
  json: config("json", {
    files: ["**/*.json"],
    // Large, or with trailing commas, and silent on scopes.
    ignores: ["**/package-lock.json", "**/{tsconfig,jsconfig}{,.*}.json", "**/.vscode/*.json"],
    // With comments, which many tools allow in their .json files. Without options: they would be an error in `json/json`.
    language: "json/jsonc",
    rules: recommended,
  }),
  jsonc: config("jsonc", {
    files: ["**/*.jsonc", "**/klaviyo-scopes.json"],
    language: "json/jsonc",
    languageOptions: { allowTrailingCommas: true },
    rules: recommended,
  }),
  json5: config("json5", { files: ["**/*.json5"], language: "json/json5", rules: recommended }),
  yaml: config("yaml", { files: ["**/*.yaml", "**/*.yml"], rules: recommended }),
  toml: config("toml", { files: ["**/*.toml"], rules: recommended }),
  vue: config("vue", { files: ["**/*.vue"], rules: recommended }),
  svelte: config("svelte", { files: ["**/*.svelte"], rules: recommended }),
  env: config("env", {
    files: [
      "**/.env",
      "**/.env.*",
      "**/*.env",
      `**/{env,dotenv,*.env}.${SUFFIX}`,
      "**/.envrc",
      "**/.{flaskenv,dev.vars}",
      "**/.{flaskenv,dev.vars}.*",
    ],
    // `.env.d.ts` is code, and `cypress.env.json` is JSON.
    ignores: ["**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx,vue,svelte,astro,json,jsonc,json5,yaml,yml,toml}"],
    language: `${NAMESPACE}/env`,
    rules: recommended,
  }),
} satisfies KlaviyoScopesPlugin["configs"]);

export default plugin;
// What `require()` of this module gives in a CommonJS config: https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require
export { plugin as "module.exports" };
