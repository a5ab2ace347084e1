/** Where a value stands in the config file. */
import { findNodeAtLocation, parseTree } from "jsonc-parser";
import type { Range } from "../lower/form.js";
import { isPackageJson, PACKAGE_KEY } from "./package-key.js";

/**
 * @param file Path of the config file. @param keys From the outermost key of the config to the value.
 * @returns The value's range; the file's beginning where it is not there.
 */
export function rangeOf(file: string, text: string, keys: readonly (string | number)[]): Range {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const whole = isPackageJson(file) ? [PACKAGE_KEY, ...keys] : [...keys];
  const node = root === undefined ? undefined : findNodeAtLocation(root, whole);
  return node === undefined ? [0, 0] : [node.offset, node.offset + node.length];
}
