/** What a repository is made with, as far as set-up depends on it. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Stack {
  packageManager: "npm" | "pnpm" | "yarn" | "bun" | null;
  /** ESLint is among the package's dependencies, or has a flat config. */
  eslint: boolean;
  /** The flat config that is there, relative to the root. */
  eslintConfig: string | null;
  ci: "github" | "gitlab" | "circleci" | "jenkins" | null;
}

const ESLINT_CONFIGS = [
  "eslint.config.js",
  "eslint.config.mjs",
  "eslint.config.cjs",
  "eslint.config.ts",
  "eslint.config.mts",
];

/** Looks at file names and package.json only. */
export function detectStack(root: string): Stack {
  const has = (...parts: string[]) => existsSync(path.join(root, ...parts));
  const eslintConfig = ESLINT_CONFIGS.find((file) => has(file)) ?? null;
  return {
    packageManager: has("pnpm-lock.yaml")
      ? "pnpm"
      : has("yarn.lock")
        ? "yarn"
        : has("bun.lock") || has("bun.lockb")
          ? "bun"
          : has("package.json")
            ? "npm"
            : null,
    eslint: eslintConfig !== null || dependencies(root).has("eslint"),
    eslintConfig,
    ci: has(".github")
      ? "github"
      : has(".gitlab-ci.yml")
        ? "gitlab"
        : has(".circleci", "config.yml")
          ? "circleci"
          : has("Jenkinsfile")
            ? "jenkins"
            : null,
  };
}

function dependencies(root: string): Set<string> {
  try {
    const data: unknown = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    if (typeof data !== "object" || data === null) return new Set();
    const lists = Object.entries<unknown>({ ...data }).filter(
      ([key]) => key === "dependencies" || key === "devDependencies",
    );
    return new Set(
      lists.flatMap(([, list]) => (typeof list === "object" && list !== null ? Object.keys(list) : [])),
    );
  } catch {
    return new Set();
  }
}
