import path from "node:path";
import type { Node } from "jsonc-parser";

/** The key of a package.json that holds the config. */
export const PACKAGE_KEY = "klaviyoScopes";

export function isPackageJson(file: string): boolean {
  return path.basename(file) === "package.json";
}

/** The value of an object's key; null where there is none. */
export function propertyOf(node: Node, key: string): Node | null {
  if (node.type !== "object") return null;
  for (const property of node.children ?? []) {
    const [name, value] = property.children ?? [];
    if (name?.value === key && value !== undefined) return value;
  }
  return null;
}
