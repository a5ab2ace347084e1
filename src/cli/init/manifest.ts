/** What `init` reads of a package.json. */
import { readFileSync } from "node:fs";
import path from "node:path";

export interface Manifest {
  name: string | null;
  /** Names of `dependencies` and `devDependencies`. */
  dependencies: ReadonlySet<string>;
  /** It has a `klaviyoScopes`: our config. */
  hasConfig: boolean;
}

/** Of the folder's package.json; nothing where there is none or it is broken. */
export function readManifest(folder: string): Manifest {
  const data = readJson(path.join(folder, "package.json"));
  const names = (key: string) => {
    const list = data[key];
    return typeof list === "object" && list !== null ? Object.keys(list) : [];
  };
  return {
    name: typeof data["name"] === "string" ? data["name"] : null,
    dependencies: new Set([...names("dependencies"), ...names("devDependencies")]),
    hasConfig: Object.hasOwn(data, "klaviyoScopes"),
  };
}

function readJson(file: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof data === "object" && data !== null ? { ...data } : {};
  } catch {
    return {};
  }
}
