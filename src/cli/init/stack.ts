/** What a repository is made with, as far as set-up depends on it. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { readManifest } from "./manifest.js";

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

export interface Stack {
  packageManager: PackageManager;
  /** ESLint is among the package's dependencies, or has a config. */
  eslint: boolean;
  /** The config that is there, relative to the root. */
  eslintConfig: string | null;
  /** The code is TypeScript, or `typescript-eslint` is there to parse it. */
  typescript: boolean;
  /** Of the packages that the set-up needs, those that package.json does not have. */
  missing: string[];
  ci: "github" | "gitlab" | "circleci" | "jenkins" | null;
}

const ESLINT_CONFIG = /^(?:eslint\.config\.[cm]?[jt]s|\.eslintrc(?:\.(?:[cm]?js|json|ya?ml))?)$/u;

/** Looks at file names and package.json only. */
export function detectStack(root: string): Stack {
  const has = (...parts: string[]) => existsSync(path.join(root, ...parts));
  const { dependencies } = readManifest(root);
  const eslintConfig = namesIn(root).find((name) => ESLINT_CONFIG.test(name)) ?? null;
  const eslint = eslintConfig !== null || dependencies.has("eslint");
  const typescript =
    dependencies.has("typescript-eslint") || dependencies.has("typescript") || has("tsconfig.json");
  // A config that is there has its parser already.
  const parser = eslint && eslintConfig === null && typescript ? ["typescript-eslint"] : [];
  const needed = ["eslint-plugin-klaviyo-scopes", ...parser];
  return {
    packageManager: packageManagerOf(has),
    eslint,
    eslintConfig,
    typescript,
    missing: needed.filter((name) => !dependencies.has(name)),
    ci: ciOf(has),
  };
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
