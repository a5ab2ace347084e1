/** What a call is made with: an OAuth token, a private key, or nobody knows. */
import type { CallAuth } from "./types.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { objectEntries } from "../evaluate/literals.js";
import { chunksOf } from "../evaluate/strings.js";
import { BRANCH, knownTexts, outline } from "../evaluate/text.js";
import type { Origin, ResultValue, Thunk, Value } from "../evaluate/values.js";

/** `Authorization: Bearer …` is OAuth, `Klaviyo-API-Key …` a private key (https://developers.klaviyo.com/en/docs/authenticate_). */
export function credentialOf(
  evaluator: Evaluator,
  headers: readonly Value[],
  url: string,
  credential: string | null,
  origin: Origin,
): { auth: CallAuth; open: boolean; isKlaviyos: boolean } {
  const kinds = new Set<CallAuth>();
  let open = false;
  let isKlaviyos = false;
  for (const value of headers) {
    for (const { name, values } of headerPairs(evaluator, value)) {
      if (
        /^revision$/i.test(name) &&
        knownTexts(values).texts.some((text) => /^\d{4}-\d{2}-\d{2}(?:\.pre)?$/.test(text))
      )
        isKlaviyos = true;
      if (!/^authorization$/i.test(name)) continue;
      for (const one of values) {
        const text = outline(chunksOf(evaluator, one, origin));
        for (const alternative of text.split(BRANCH)) {
          if (/^\s*Bearer\b/i.test(alternative)) kinds.add("oauth");
          else if (/^\s*Klaviyo-API-Key\b/i.test(alternative)) {
            kinds.add("private-key");
            isKlaviyos = true;
          } else kinds.add("unknown");
        }
        if (one.kind === "unknown" && one.parameter !== null) open = true;
      }
    }
    if (value.kind === "unknown" && value.parameter !== null) open = true;
  }
  if (kinds.size === 0 && /[?&](?:api_key|apikey)=/i.test(url)) kinds.add("private-key");
  if (kinds.size === 0 && credential !== null) kinds.add(/oauth/i.test(credential) ? "oauth" : "unknown");
  const [only] = kinds;
  return { auth: kinds.size === 1 && only !== undefined ? only : "unknown", open, isKlaviyos };
}

function headerPairs(evaluator: Evaluator, value: Value): { name: string; values: Value[] }[] {
  if (value.kind === "object") {
    return objectEntries(evaluator, value).flatMap((entry) => {
      // axios: `headers: { common: { … } }`.
      const values = entry.get();
      const inner = values.flatMap((one) => (one.kind === "object" ? headerPairs(evaluator, one) : []));
      return [{ name: entry.key, values }, ...inner];
    });
  }
  if (value.kind === "params") {
    return value.entries.map((entry) => ({
      name: knownTexts(entry.key).texts[0] ?? "",
      values: entry.value(),
    }));
  }
  return [];
}

/** The session an SDK object was made with: `OAuthSession`, `ApiKeySession`, or a key in `ConfigWrapper`. */
export function sessionOf(args: readonly Thunk[]): { auth: CallAuth; open: boolean } {
  const kinds = new Set<CallAuth>();
  let open = false;
  for (const argument of args.slice(0, 1)) {
    for (const value of argument()) {
      const name = value.kind === "result" ? madeBy(value) : "";
      if (/oauth/i.test(name)) kinds.add("oauth");
      else if (/api_?key/i.test(name)) kinds.add("private-key");
      else {
        kinds.add("unknown");
        if (value.kind === "unknown" && value.parameter !== null) open = true;
      }
    }
  }
  const [only] = kinds;
  return { auth: kinds.size === 1 && only !== undefined ? only : "unknown", open };
}

function madeBy(value: ResultValue): string {
  return value.callee.path.at(-1) ?? "";
}
