/** Reads the config file. It is data: it is never executed. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Node } from "jsonc-parser";
import type { Catalog } from "../catalog/index.js";
import { appsOf, configuredOf } from "./apps.js";
import { helpersOf, usesOf } from "./calls.js";
import { ConfigDocument, rangeOf, type ConfigError } from "./document.js";
import { levelsOf, overridesOf } from "./levels.js";
import { quoted } from "./nearest.js";
import { isPackageJson, PACKAGE_KEY, propertyOf } from "./package-key.js";
import { globsOf } from "./places.js";
import { isWellFormed, ScopeNames } from "./scope-names.js";
import type { Config } from "./types.js";

export interface ConfigContext {
  ruleNames: readonly string[];
  catalog: Catalog;
}

export interface LoadedConfig {
  /** Null where there is any error. */
  config: Config | null;
  /** In the order of the file. */
  errors: ConfigError[];
}

export const CONFIG_KEYS = [
  "$schema",
  "configured",
  "include",
  "ignore",
  "rules",
  "overrides",
  "justify",
  "scopes",
  "uses",
  "helpers",
  "apps",
] as const;

const LARGEST = 1_000_000;

/**
 * Reads and checks a config file: `klaviyo-scopes.json`, `.jsonc`, or the key `klaviyoScopes` of a package.json.
 * Comments and trailing commas are fine in all of them. Never throws for what is in the file or for a missing one.
 */
export function loadConfig(file: string, context: ConfigContext): LoadedConfig {
  const absolute = path.resolve(file);
  const unread = (reason: string): LoadedConfig => {
    const document = new ConfigDocument(absolute, "");
    document.error([0, 0], `The config cannot be read: ${reason}.`);
    return { config: null, errors: document.errors };
  };
  let bytes: Buffer;
  try {
    bytes = readFileSync(absolute);
  } catch (error) {
    return unread(reasonOf(error));
  }
  if (isUtf16(bytes)) return unread("it is UTF-16: save it as UTF-8");
  return parseConfig(absolute, bytes.toString("utf8"), context);
}

function isUtf16([first, second]: Buffer): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/**
 * As `loadConfig`, for a text at hand, such as an editor's unsaved one.
 * @param file Absolute path; its folder is where the config's paths start.
 */
export function parseConfig(file: string, text: string, context: ConfigContext): LoadedConfig {
  const document = new ConfigDocument(file, text.startsWith("\uFEFF") ? text.slice(1) : text);
  const root = rootOf(document);
  const config = root && configOf(document, root, context);
  const errors = document.errors.sort((a, b) => a.range[0] - b.range[0]);
  return { config: errors.length === 0 ? config : null, errors };
}

function rootOf(document: ConfigDocument): Node | null {
  if (document.text.length > LARGEST) {
    document.error([0, 0], "The config is larger than a megabyte.");
    return null;
  }
  const root = document.parse();
  if (root === null || !isPackageJson(document.file)) return root;
  const value = propertyOf(root, PACKAGE_KEY);
  if (value === null) document.error(root, `This package.json has no key \`${PACKAGE_KEY}\`.`);
  return value;
}

function configOf(
  document: ConfigDocument,
  node: Node,
  { ruleNames, catalog }: ConfigContext,
): Config | null {
  const fields = document.object(node, "The config", CONFIG_KEYS);
  if (fields === null) return null;
  const root = path.dirname(document.file);
  const read = <T>(key: (typeof CONFIG_KEYS)[number], reader: (value: Node) => T, absent: T): T => {
    const field = fields.get(key);
    return field === undefined ? absent : reader(field.value);
  };
  read("$schema", (value) => document.string(value, "`$schema`"), null);
  const scopes = read("scopes", (value) => ownScopesOf(document, value), []);
  const names = new ScopeNames(document, catalog, new Set(scopes));
  const apps = { document, root, scopes: names };
  return {
    file: document.file,
    root,
    scopes,
    configured: read("configured", (value) => configuredOf(apps, value), null),
    include: read("include", (value) => globsOf(document, value, "`include`"), ["**/*"]),
    ignore: read("ignore", (value) => globsOf(document, value, "`ignore`"), []),
    rules: read("rules", (value) => levelsOf(document, value, "`rules`", ruleNames), {}),
    overrides: read("overrides", (value) => overridesOf(document, value, ruleNames), []),
    justify: read("justify", (value) => justifyOf(document, value, names), {}),
    uses: read("uses", (value) => usesOf(document, value, catalog), []),
    helpers: read("helpers", (value) => helpersOf(document, value), []),
    apps: read("apps", (value) => appsOf(apps, value), []),
  };
}

/** Scopes that the catalog need not know: only their form can be judged. */
function ownScopesOf(document: ConfigDocument, node: Node): string[] {
  return document.strings(node, "`scopes`").flatMap(({ value, node: entry }) => {
    if (isWellFormed(value)) return [value];
    document.error(
      entry,
      `${quoted(value)} is not of the form of a scope.`,
      "A scope is a resource and an access, lower case: `loyalty:read` or `loyalty:write`.",
    );
    return [];
  });
}

/** An empty reason is none yet: a suggestion of ours writes it, for a person to fill in. */
function justifyOf(document: ConfigDocument, node: Node, scopes: ScopeNames): Config["justify"] {
  const entries: [string, Config["justify"][string]][] = [];
  for (const [scope, { key, value }] of document.object(node, "`justify`", null) ?? []) {
    if (!scopes.check(scope, rangeOf(key))) continue;
    const reason = document.string(value, `The reason for ${quoted(scope)}`);
    if (reason !== null) entries.push([scope, { reason, range: rangeOf(value) }]);
  }
  return Object.fromEntries(entries);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  return code === "EACCES" || code === "EPERM" ? "reading it is not permitted" : String(code ?? error);
}
