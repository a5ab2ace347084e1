/** Where the config is. It is data: it is never executed. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parseTree } from "jsonc-parser";
import { PACKAGE_KEY, propertyOf } from "./package-key.js";

/** What `init` calls it. */
export const CONFIG_NAME = "klaviyo-scopes.json";

/** In the order of preference within one folder. */
export const CONFIG_NAMES = [CONFIG_NAME, "klaviyo-scopes.jsonc"] as const;

/** Whether a file of that name is a config, wherever it lies. */
export function isConfigName(name: string): boolean {
  return CONFIG_NAMES.some((one) => one === name);
}

/**
 * The nearest config upward from a folder: `klaviyo-scopes.json`, `klaviyo-scopes.jsonc`, or a `package.json` with the
 * key `klaviyoScopes`. Null if there is none.
 */
export function findConfig(startDir: string): string | null {
  let folder = path.resolve(startDir);
  for (;;) {
    for (const name of CONFIG_NAMES) {
      const file = path.join(folder, name);
      if (isFile(file)) return file;
    }
    const manifest = path.join(folder, "package.json");
    if (hasKey(manifest)) return manifest;
    const parent = path.dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}

/** Whether a package.json holds a config; a broken one that does is found as well, so that its error is reported. */
function hasKey(manifest: string): boolean {
  if (!isFile(manifest)) return false;
  try {
    const text = readFileSync(manifest, "utf8").replace(/^\uFEFF/, "");
    // Most do not, and need not be parsed.
    if (!text.includes(`"${PACKAGE_KEY}"`)) return false;
    const root = parseTree(text, [], { allowTrailingComma: true });
    return root !== undefined && propertyOf(root, PACKAGE_KEY) !== null;
  } catch {
    return false;
  }
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    // Not there, or in a folder that may not be entered.
    return false;
  }
}
