import { existsSync, readFileSync } from "node:fs";

/** The version of this package, from the package.json above this file (which is two folders deeper once built). */
export function packageVersion(): string {
  const file = [
    new URL("../../package.json", import.meta.url),
    new URL("../../../package.json", import.meta.url),
  ].find((url) => existsSync(url));
  const data: unknown = file && JSON.parse(readFileSync(file, "utf8"));
  const version = typeof data === "object" && data !== null && "version" in data ? data.version : undefined;
  return typeof version === "string" ? version : "0.0.0";
}
