/** The parsers of data languages, loaded when the first file of a language is read: most audits need one or two. */
import { createRequire } from "node:module";
import type * as Momoa from "@humanwhocodes/momoa";
import type * as Toml from "toml-eslint-parser";
import type * as Yaml from "yaml";

const require = createRequire(import.meta.url);

export function yaml(): typeof Yaml {
  return require("yaml") as typeof Yaml;
}

export function toml(): typeof Toml {
  return require("toml-eslint-parser") as typeof Toml;
}

export function momoa(): typeof Momoa {
  return require("@humanwhocodes/momoa") as typeof Momoa;
}
