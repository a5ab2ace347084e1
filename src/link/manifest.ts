/** A package.json, as far as it tells of packages. */
import { readFileSync } from "node:fs";

/** A manifest is small; what is larger is none. */
const MOST_BYTES = 2_000_000;

/** The fields of a package.json; null where there is none, or none that can be read. */
export function readManifest(absolute: string): ReadonlyMap<string, unknown> | null {
  try {
    const text = readFileSync(absolute, "utf8");
    const data: unknown = text.length > MOST_BYTES ? null : JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof data === "object" && data !== null ? new Map(Object.entries(data)) : null;
  } catch {
    return null;
  }
}
