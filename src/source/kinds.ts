/** Which files we read, by name, and what each is for. `src/lower` knows a language for every one of them. */

const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

const ENV =
  /^\.envrc$|^\.env(?:\..+)?$|\.env$|\.env\.[\w-]+$|^\.(?:flaskenv|dev\.vars)(?:\.[\w-]+)?$|^(?:dot)?env\.[\w-]+$/;

const DATA =
  /\.(?:jsonc?|json5|ya?ml|toml|properties|ini|cfg|tf|tfvars|hcl|dockerfile|containerfile)$|^(?:dockerfile|containerfile)(?:\..+)?$|^procfile(?:\.[\w-]+)?$/;

/** "env": flat files of environment variables, which are read though `.gitignore` names them. */
export type FileKind = "code" | "env" | "data";

/** @param file Path with `/`. Null for files that are not read. */
export function kindOf(file: string): FileKind | null {
  const name = file.slice(file.lastIndexOf("/") + 1).toLowerCase();
  // `env.ts` and `.env.d.ts` are code.
  if (CODE.test(name)) return "code";
  if (ENV.test(name) && !/\.(?:jsonc?|json5|ya?ml|toml)$/.test(name)) return "env";
  return ENV.test(name) || DATA.test(name) ? "data" : null;
}
