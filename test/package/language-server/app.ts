/** A user's project with every language linted, to be opened in an editor. */
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repository } from "../snippets.js";

export const CONFIG = `import json from "@eslint/json";
import klaviyoScopes from "eslint-plugin-klaviyo-scopes";
import toml from "eslint-plugin-toml";
import yml from "eslint-plugin-yml";
import tseslint from "typescript-eslint";

const { configs } = klaviyoScopes;
const every = (config) => ({ ...config, rules: configs.all.rules });

export default [
  { files: ["**/*.{ts,tsx,mts,cts}"], languageOptions: { parser: tseslint.parser } },
  configs.all,
  { plugins: { json } },
  every(configs.json),
  every(configs.jsonc),
  ...yml.configs.base,
  every(configs.yaml),
  ...toml.configs.base,
  every(configs.toml),
  every(configs.env),
];
`;

/** Of the user's own; the others are those of this repository. */
const OF_THE_PROJECT = ["eslint", "eslint-plugin-klaviyo-scopes"];
const OTHERS = ["@eslint/json", "eslint-plugin-toml", "eslint-plugin-yml", "typescript-eslint"];

/** @param installed The folder of a project with the packed package and an ESLint. @returns The app's folder. */
export function appIn(installed: string, files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "klaviyo-scopes-editor-")));
  const link = (from: string, name: string): void => {
    const path = join(root, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(from, "node_modules", name), path);
  };
  for (const name of OF_THE_PROJECT) link(installed, name);
  for (const name of OTHERS) link(repository, name);
  save(root, "package.json", '{ "type": "module" }\n');
  save(root, "eslint.config.js", CONFIG);
  for (const [file, text] of Object.entries(files)) save(root, file, text);
  return root;
}

export function save(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
