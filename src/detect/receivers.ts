/**
 * What takes a list of scopes with commas, because it joins them for the provider itself: there a comma is no fault.
 */
import type { Expression } from "../lower/form.js";
import { namedEntries } from "../lower/walk.js";
import type { FileIndex } from "../link/file-index.js";
import type { ListValueChunks } from "./scope-value.js";

/** https://nango.dev/docs/reference/api/integration/create: `scopes` is comma-separated. */
const NANGO = /(?:^|[^a-z])nango(?:$|[^a-z])|^nango/i;
const NANGO_MODULE = /^@nangohq\//;
const NANGO_KEY = /^(?:provider_config_key|unique_key)$/;

/**
 * Java's frameworks bind a text with commas to a collection: Spring
 * (https://docs.spring.io/spring-boot/reference/features/external-config.html), Quarkus, Micronaut.
 */
const JAVA_CLIENT =
  /^(?:spring[._]security[._]oauth2[._]client|quarkus[._]oidc|micronaut[._]security[._]oauth2[._]clients)[._]/i;

/** A list as it goes out through whatever takes it where it stands. */
export function received<T extends ListValueChunks>(list: T, takesCommas: boolean): T {
  return takesCommas && list.delivery === "text" ? { ...list, delivery: "commas" } : list;
}

/**
 * Whether a list that is written or handed over at `node` may have commas.
 * @param names The keys and the variable that lead to it.
 */
export function takesCommas(
  file: string,
  index: FileIndex,
  node: Expression,
  names: readonly string[],
): boolean {
  // A properties file has no other lists.
  if (/\.properties$/.test(file) || file.split("/").some((part) => NANGO.test(part))) return true;
  if (names.some((name) => NANGO.test(name)) || JAVA_CLIENT.test(names.join("."))) return true;
  return isNangos(index, node);
}

/** An object of Nango's API, or handed to its client. */
function isNangos(index: FileIndex, node: Expression): boolean {
  const importsIt = index.form.imports.some(({ source }) => NANGO_MODULE.test(source));
  for (let at: object | undefined = node; at !== undefined && "kind" in at; at = index.parent(at)) {
    const around = at as Expression;
    if (around.kind === "map" && namedEntries(around).some(({ key }) => NANGO_KEY.test(key))) return true;
    if (around.kind === "call" && importsIt) return true;
    if (around.kind === "function") return false;
  }
  return false;
}
