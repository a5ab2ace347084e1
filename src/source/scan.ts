/**
 * What a file's text says at a glance, before it is parsed: the prefilter's evidence. Each answer may be too generous,
 * never too strict: what is missed here is never parsed. All expressions are bounded, so that any text takes linear time.
 */

const KLAVIYO = /klaviyo/i;

/** Whether a text or a path speaks of Klaviyo. */
export function mentionsKlaviyo(text: string): boolean {
  return KLAVIYO.test(text);
}

/** As `mentionsKlaviyo`, for bytes that are no UTF-8; in UTF-16 every other one is zero. */
export function bytesMentionKlaviyo(bytes: Buffer): boolean {
  return KLAVIYO.test(bytes.toString("latin1").replaceAll("\0", ""));
}

/** Any string without spaces that looks like the path of a module; a closing quote may open the next string. */
const PATH_STRING = /["'`]([.@~#$/][^"'`\s\\]{0,200})(?=["'`])/g;

/** A string where a module is named, whatever it looks like. */
const MODULE_STRING =
  /\b(?:from|import|require|resolve)\b(?:[\s(.]|\/\*[^*]{0,200}\*\/|\/\/[^\n]{0,200}\n){0,20}["'`]([^"'`\n\\]{1,200})["'`]/g;

/** All that a file of code may import: every import specifier, and some other strings. */
export function specifiersIn(text: string): Set<string> {
  const found = new Set<string>();
  for (const pattern of [PATH_STRING, MODULE_STRING]) {
    for (const [, specifier] of text.matchAll(pattern)) if (specifier !== undefined) found.add(specifier);
  }
  return found;
}

/** `KLAVIYO_SCOPES`, `SCOPES`: what environment variables are called. */
const UPPER_NAME = /(?<![A-Za-z0-9_])[A-Z][A-Z0-9]{1,60}(?:_[A-Z0-9]{1,60}){0,10}(?![A-Za-z0-9_])/g;

/** The upper-case names in a text. */
export function upperNamesIn(text: string): Set<string> {
  return new Set(text.match(UPPER_NAME));
}

/** A name that is no member's (`...SCOPES` is one), or one that a plugin may provide: `app.$shop`. */
const IDENTIFIER = /(?<![\w$]|[^.]\.)[A-Za-z_][\w$]{0,100}|(?<![\w$])\$[\w$]{1,100}/g;

/** The names in code that may stand for variables. */
export function identifiersIn(text: string): Set<string> {
  return new Set(text.match(IDENTIFIER));
}

const EXPORTED =
  /\bexport\s+(?:(?:default|declare|abstract|async|const|let|var|function|class|enum|type|interface|namespace)\b[\s*]*){1,4}([\w$]{1,100}|[{[][^}\]]{0,5000})|\bexport\s*\{([^}]{0,5000})/g;

/** All names that code may export; null where it hands on all of another module. */
export function exportedIn(text: string): Set<string> | null {
  if (/\bexport\s*\*/.test(text)) return null;
  return new Set(
    [...text.matchAll(EXPORTED)].flatMap(([, declared = "", listed = ""]) => [
      ...identifiersIn(declared),
      ...identifiersIn(listed),
    ]),
  );
}

/** `CRM_URL=`, `"CRM_URL":`, and `name: CRM_URL`, `variable "CRM_URL"`. */
const SET_NAME =
  /(?<![A-Za-z0-9_])([A-Z][A-Z0-9_]{1,80})["']?\s{0,20}[:=]|\b(?:name|key|variable|env|ENV|ARG)["']?\s{0,20}[:=]?\s{0,20}["']?([A-Z][A-Z0-9_]{1,80})(?![A-Za-z0-9_])/g;

/** The names that a line of configuration gives values to. */
export function namesSetIn(line: string): string[] {
  return [...line.matchAll(SET_NAME)].flatMap(([, set, named]) => set ?? named ?? []);
}

/** Calls that read a file. */
const READS_FILE = /\b(?:readFile|readTextFile|readJ(?:son|SON)|jsonfile|(?:Json|Yaml)File|Bun\.file)/;

/** `config/klaviyo.json` in a text: the name alone, since the folders may stand apart from it. */
const DATA_FILE = /([\w.-]{1,80}\.(?:json[5c]?|ya?ml|toml|ini|properties))["'`]/g;

/** The names of data files in code that reads files. */
export function dataFilesIn(text: string): Set<string> {
  if (!READS_FILE.test(text)) return new Set();
  return new Set([...text.matchAll(DATA_FILE)].flatMap(([, name]) => name ?? []));
}
