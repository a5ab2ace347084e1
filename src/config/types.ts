import type { Range } from "../lower/form.js";

export type Level = "off" | "warn" | "error";

/** A scope name with its place in the config file (or in the file that `configured` points to). */
export interface PlacedName {
  name: string;
  range: Range;
}

export type ConfiguredSource =
  /** A string or an array in the config itself; `range` is the value's, `list` tells which. */
  | { kind: "list"; style: "string" | "array"; range: Range; names: PlacedName[] }
  /** `{ "file": ".env.example", "key": "KLAVIYO_SCOPES" }`, relative to the config file's folder. */
  | { kind: "file"; range: Range; file: string; key: string };

export interface HelperConfig {
  /** `klaviyoRequest`, `client.request`, `this.api.call`: matched against the last parts of a callee's name. */
  callee: string;
  /** Index of the argument, or a literal method such as "GET". Default: GET. */
  method: number | string | null;
  /** Index of the argument that holds the path. */
  path: number;
}

/** An operation of `uses`: as written, and its place. */
export type UsedOperation = PlacedName;

export interface AppConfig {
  name: string;
  /** Relative to the config file's folder; "." by default. */
  root: string;
  configured: ConfiguredSource | null;
}

/** Overrides of rule levels for some files. */
export interface RuleOverride {
  files: string[];
  rules: Record<string, Level>;
}

export interface Config {
  /** Absolute path of the config file (may be a package.json). */
  file: string;
  /** Absolute path of its folder: the default root. */
  root: string;
  configured: ConfiguredSource | null;
  include: string[];
  ignore: string[];
  rules: Record<string, Level>;
  overrides: RuleOverride[];
  /** By scope; the range is the reason's. An empty reason is still to be written. */
  justify: Record<string, { reason: string; range: Range }>;
  /** Scopes that exist although the catalog does not know them. */
  scopes: string[];
  uses: UsedOperation[];
  helpers: HelperConfig[];
  apps: AppConfig[];
}
