/** Code in languages that are not read: which they are, and what their text says to Klaviyo at a glance. */
import type { Range } from "../lower/form.js";
import { mentionsKlaviyo } from "./scan.js";

/** Languages in which apps call Klaviyo's API, by the ending of their files. */
const OTHER_CODE: Readonly<Record<string, string>> = {
  c: "C",
  clj: "Clojure",
  cpp: "C++",
  cs: "C#",
  dart: "Dart",
  erl: "Erlang",
  ex: "Elixir",
  exs: "Elixir",
  fs: "F#",
  go: "Go",
  groovy: "Groovy",
  java: "Java",
  kt: "Kotlin",
  lua: "Lua",
  php: "PHP",
  pl: "Perl",
  pm: "Perl",
  py: "Python",
  r: "R",
  rb: "Ruby",
  rs: "Rust",
  scala: "Scala",
  swift: "Swift",
  vb: "Visual Basic",
};

/** What the language of a file is called whose code is not read; null for all other files. */
export function otherLanguageOf(file: string): string | null {
  const ending = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(OTHER_CODE, ending) ? (OTHER_CODE[ending] ?? null) : null;
}

/** How these languages call their tests; what they share with JavaScript is excluded for all. */
const TESTS =
  /(?:^|\/)(?:(?:test_|conftest\b)[^/]*\.py|[^/]*_(?:test|spec)\.\w+|[^/]*(?:Tests?|Spec)\.(?:java|kt|cs|fs|vb|php|scala|groovy|swift))$|(?:^|\/)(?:spec|Tests)\//;

/** Packages of others that lie in the tree, and what Xcode builds. */
const PACKAGES = /(?:^|\/)(?:venv|site-packages|__pycache__|Pods|DerivedData)\//;

/** Whether a file in another language is no part of the app. */
export function isNoCodeOfTheApp(file: string): boolean {
  return TESTS.test(file) || PACKAGES.test(file);
}

/** Klaviyo's API for OAuth apps: not the token endpoint, the public one or the one before OAuth. */
const API =
  /\ba\.klaviyo\.com\b(?!\/(?:oauth|client|media|api\/(?:v1|v2|track|identify))\b)[\w/{}.:-]{0,100}/g;

/** Klaviyo's SDKs for Python, Ruby and PHP, https://github.com/klaviyo */
const SDK = /\b(?:from|import)[ \t]{1,9}klaviyo_api\b|\bklaviyo-api-sdk\b|\bKlaviyoAPI(?:::|\\)/g;

const AUTHORIZE = /\bklaviyo\.com\/oauth\/authorize\b/g;

const SAYS_OAUTH = /bearer|oauth|access_?token/i;
const SAYS_KEY = /klaviyo-api-key|klaviyo_(?:private_)?(?:api_)?key/i;

export interface Spoken {
  /** Where its API is called with what may be an OAuth token. */
  api: Range | null;
  /** Where the authorize URL stands. */
  authorize: Range | null;
}

/** Where code in another language first speaks to Klaviyo. */
export function spokenIn(text: string): Spoken {
  // Most files say nothing of it.
  if (!mentionsKlaviyo(text)) return { api: null, authorize: null };
  const isOAuth = SAYS_OAUTH.test(text);
  return {
    api:
      (isOAuth || !SAYS_KEY.test(text) ? firstOf(API, text) : null) ?? (isOAuth ? firstOf(SDK, text) : null),
    authorize: firstOf(AUTHORIZE, text),
  };
}

/** `#`, `//`, `*` and `--` at a line's beginning. */
const COMMENT = /^\s*(?:#|\/[/*]|\*|--)/;

/** The first place that is no comment. */
function firstOf(pattern: RegExp, text: string): Range | null {
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const line = text.slice(text.lastIndexOf("\n", index) + 1, index);
    if (!COMMENT.test(line)) return [index, index + found.length];
  }
  return null;
}
