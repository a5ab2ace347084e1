/** What a repository is made with, as far as set-up depends on it. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { kindOf } from "../../source/kinds.js";
import { readSource } from "../../source/read.js";
import { eslintAddition, eslintConfig, type Languages } from "./eslint-config.js";
import { readManifest } from "./manifest.js";

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

export interface Stack {
  packageManager: PackageManager;
  /** ESLint is among the package's dependencies, or has a config. */
  eslint: boolean;
  /** The config that is there, relative to the root. It is read and never run. */
  eslintConfig: { file: string; text: string } | null;
  languages: Languages;
  /** Of the packages that the set-up needs, those that package.json does not have. */
  missing: string[];
  ci: "github" | "gitlab" | "circleci" | "jenkins" | null;
}

const ESLINT_CONFIG = /^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc(?:\.(?:[cm]?js|json|ya?ml))?)$/u;

/**
 * Looks at file names, package.json and the scripts of components.
 * @param files Those that are audited, relative to the root: the languages that ESLint is to read.
 */
export function detectStack(root: string, files: readonly string[]): Stack {
  const has = (...parts: string[]) => existsSync(path.join(root, ...parts));
  const { dependencies } = readManifest(root);
  const names = namesIn(root);
  const file = names.find((name) => ESLINT_CONFIG.test(name)) ?? null;
  const config = file === null ? null : { file, text: textOf(root, file) };
  const eslint = config !== null || dependencies.has("eslint");
  const hasAny = (...packages: string[]): boolean => packages.some((name) => dependencies.has(name));
  const languages = languagesOf(root, files, hasAny, has("tsconfig.json"));
  const setUp = config === null ? eslintConfig(languages) : eslintAddition(languages, config);
  const needed = ["eslint-plugin-klaviyo-scopes", ...((eslint ? setUp?.packages : null) ?? [])];
  return {
    packageManager: packageManagerOf(has),
    eslint,
    eslintConfig: config,
    languages,
    missing: [...new Set(needed)].filter((name) => !dependencies.has(name)),
    ci: ciOf(has),
  };
}

function languagesOf(
  root: string,
  files: readonly string[],
  hasAny: (...packages: string[]) => boolean,
  hasTsconfig: boolean,
): Languages {
  const ends = (pattern: RegExp) => files.some((file) => pattern.test(file));
  const typescript =
    hasAny("typescript-eslint", "typescript") ||
    hasTsconfig ||
    ends(/(?<!\.d)\.[cm]?tsx?$/u) ||
    files.some((file) => COMPONENT.test(file) && TYPED_SCRIPT.test(textOf(root, file)));
  return {
    typescript,
    jsx: ends(/\.jsx$/u) || (!typescript && hasAny("react", "preact", "solid-js")),
    vue: hasAny("vue", "nuxt") || ends(/\.vue$/u),
    svelte: hasAny("svelte", "@sveltejs/kit") || ends(/\.svelte$/u),
    env: files.some((file) => kindOf(file) === "env"),
  };
}

const COMPONENT = /\.(?:vue|svelte)$/u;
const TYPED_SCRIPT = /<script\b[^>]{0,200}\slang\s?=\s?["']?tsx?\b/iu;

function textOf(root: string, file: string): string {
  const read = readSource(path.join(root, file));
  return "text" in read ? read.text : "";
}

type Has = (...parts: string[]) => boolean;

function packageManagerOf(has: Has): PackageManager {
  if (has("pnpm-lock.yaml")) return "pnpm";
  if (has("yarn.lock")) return "yarn";
  return has("bun.lock") || has("bun.lockb") ? "bun" : "npm";
}

function ciOf(has: Has): Stack["ci"] {
  if (has(".github")) return "github";
  if (has(".gitlab-ci.yml")) return "gitlab";
  if (has(".circleci", "config.yml")) return "circleci";
  return has("Jenkinsfile") ? "jenkins" : null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
