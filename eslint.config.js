import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import tseslint from "typescript-eslint";
import oneWayImports from "./eslint-rules/one-way-imports.js";

/** Packages that only the ESLint face may load; the others may name their types. */
const ESLINT_ONLY = ["eslint", "eslint/*", "@typescript-eslint/*", "typescript"];

export default defineConfig(
  globalIgnores([
    "dist/",
    "fixtures/",
    "test/package/app/",
    "test/package/types/",
    "coverage/",
    "src/catalog/generated.ts",
    "src/eslint/rule-options.cts",
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ["src/**/*.ts", "rules/**/*.ts"],
    plugins: { local: { rules: { "one-way-imports": oneWayImports } } },
    rules: { "local/one-way-imports": "error" },
  },
  {
    files: ["src/**/*.ts", "rules/**/*.ts"],
    ignores: ["src/eslint/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ESLINT_ONLY,
              allowTypeImports: true,
              message: "The CLI must not load ESLint or TypeScript.",
            },
          ],
        },
      ],
    },
  },
  {
    // A node's type is compared with its name: the enum of names is a value, and loading it would load ESLint's utilities.
    files: ["src/parse/**/*.ts", "src/lower/**/*.ts", "test/lower/**/*.ts", "test/parse/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
    },
  },
  {
    files: ["src/eslint/**/*.ts", "test/eslint/**/*.ts"],
    extends: [eslintPlugin.configs["all-type-checked"]],
  },
  {
    files: ["**/*.js"],
    languageOptions: {
      globals: { process: "readonly", console: "readonly", URL: "readonly" },
    },
  },
);
