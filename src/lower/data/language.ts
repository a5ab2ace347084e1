/** Which data files we read, by name. */
import { isForeign } from "../../source/kinds.js";
import type { Language } from "../form.js";

/** A way to read: several belong to one language of the form. */
export type Dialect =
  | "json"
  | "json5"
  | "yaml"
  | "toml"
  | "env"
  | "envrc"
  | "procfile"
  | "ini"
  | "properties"
  | "hcl"
  | "dockerfile";

/** First match wins; matched against the lower-case name without its folder. */
const NAMES: readonly [RegExp, Dialect][] = [
  [/^procfile(?:\.[\w-]+)?$/, "procfile"],
  [/^\.envrc$/, "envrc"],
  [/\.jsonc?$/, "json"],
  [/\.json5$/, "json5"],
  [/\.ya?ml$/, "yaml"],
  [/\.toml$/, "toml"],
  // Behind those: `.env.yaml` and `cypress.env.json` are what their endings say.
  [/^\.env(?:\..+)?$|\.env$|\.env\.[\w-]+$|^\.(?:flaskenv|dev\.vars)(?:\.[\w-]+)?$|^(?:dot)?env\.[\w-]+$/, "env"],
  [/^(?:dockerfile|containerfile)(?:\..+)?$|\.(?:dockerfile|containerfile)$/, "dockerfile"],
  [/\.properties$/, "properties"],
  [/\.(?:ini|cfg)$/, "ini"],
  [/\.(?:tf|tfvars|hcl)$/, "hcl"],
];

const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

const LANGUAGES: Record<Dialect, Language> = {
  json: "json",
  json5: "json",
  yaml: "yaml",
  toml: "toml",
  env: "env",
  envrc: "env",
  procfile: "env",
  ini: "ini",
  properties: "ini",
  hcl: "hcl",
  dockerfile: "dockerfile",
};

/** @param file Path with `/`; null for files that are no data files. */
export function dialectOf(file: string): Dialect | null {
  const name = file.slice(file.lastIndexOf("/") + 1).toLowerCase();
  // `env.ts` and `.env.d.ts` are code.
  if (CODE.test(name) || isForeign(name)) return null;
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** @param file Path with `/`; null for files that are no data files. */
export function dataLanguage(file: string): Language | null {
  const dialect = dialectOf(file);
  return dialect && LANGUAGES[dialect];
}
