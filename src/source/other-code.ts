/** Code in languages that are not read: which they are, and what their text says to Klaviyo at a glance. */
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

/** Apple's packages of others, and what Xcode builds. */
const PACKAGES = /(?:^|\/)(?:Pods|DerivedData)\//;

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
const SAYS_KEY = /klaviyo[-_ ](?:private[-_ ])?(?:api[-_ ])?key|\b(?:private|api)_?key\b/i;

type Range = readonly [start: number, end: number];

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
  // The SDKs take a private key or a token by the same argument.
  const isKeyed = SAYS_KEY.test(text) && !SAYS_OAUTH.test(text);
  return {
    api: isKeyed ? null : (firstOf(API, text) ?? firstOf(SDK, text)),
    authorize: firstOf(AUTHORIZE, text),
  };
}

/** `#`, `//`, `*` and `--` at a line's beginning. */
const COMMENT = /^\s*(?:#|\/[/*]|\*|--)/;

/** The first place that is no comment. */
function firstOf(pattern: RegExp, text: string): Range | null {
  const search = new RegExp(pattern);
  for (let found = search.exec(text); found !== null; found = search.exec(text)) {
    const { 0: spoken, index } = found;
    const start = text.lastIndexOf("\n", index) + 1;
    if (!COMMENT.test(text.slice(start, index))) return [index, index + spoken.length];
    // The rest of the line is comment too; a line is looked at once.
    const end = text.indexOf("\n", index);
    if (end < 0) return null;
    search.lastIndex = end;
  }
  return null;
}
