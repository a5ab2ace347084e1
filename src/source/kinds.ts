/** Which files we read, by name, and what each is for. `src/lower` knows a language for every one of them. */
import { otherLanguageOf } from "./other-code.js";

const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/;

const ENV =
  /^\.envrc$|^\.env(?:\..+)?$|\.env$|\.env\.[\w-]+$|^\.(?:flaskenv|dev\.vars)(?:\.[\w-]+)?$|^(?:dot)?env\.[\w-]+$/;

/** Files of other languages, and of markup, whatever they are called before that: `env.py`, `.env.php`, `env.md`. */
const FOREIGN =
  /\.(?:py|rb|php\d?|go|rs|java|kts?|cs|fs|vb|swift|mm?|[ch](?:pp|xx|c|h)?|scala|cljs?|exs?|erl|hs|lua|p[lm]|r|jl|dart|groovy|gradle|(?:ba|z|fi)?sh|ps1|bat|cmd|sql|html?|s?css|less|mdx?|rst|tex|xml|svg|graphql|proto|lock|vault)$/;

/** Whether a file's ending says that it is code, or a text, in a language that is not read. @param name In lower case. */
export function isForeign(name: string): boolean {
  return FOREIGN.test(name);
}

const DATA =
  /\.(?:jsonc?|json5|ya?ml|toml|properties|ini|cfg|tf|tfvars|hcl|dockerfile|containerfile)$|^(?:dockerfile|containerfile)(?:\..+)?$|^procfile(?:\.[\w-]+)?$/;

/**
 * "env": flat files of environment variables, which are read though `.gitignore` names them. "other": code in a language
 * that is not read, of which only is known whether it speaks to Klaviyo.
 */
export type FileKind = "code" | "env" | "data" | "other";

/** @param file Path with `/`. Null for files that are not read. */
export function kindOf(file: string): FileKind | null {
  const name = file.slice(file.lastIndexOf("/") + 1).toLowerCase();
  // `env.ts` and `.env.d.ts` are code.
  if (CODE.test(name)) return "code";
  if (isForeign(name)) return otherLanguageOf(name) === null ? null : "other";
  if (ENV.test(name) && !/\.(?:jsonc?|json5|ya?ml|toml)$/.test(name)) return "env";
  return ENV.test(name) || DATA.test(name) ? "data" : null;
}
