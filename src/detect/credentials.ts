/** What a call is made with: an OAuth token, a private key, or nobody knows. */
import type { CallAuth } from "./types.js";
import { ancestors } from "../evaluate/ancestors.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { objectEntries } from "../evaluate/literals.js";
import { getProperty } from "../evaluate/members.js";
import { chunksOf } from "../evaluate/strings.js";
import { expand, knownTexts, outline } from "../evaluate/text.js";
import { isGiven, type ObjectValue, type Origin, type Thunk, type Value } from "../evaluate/values.js";

/** `Authorization: Bearer …` is OAuth, `Klaviyo-API-Key …` a private key (https://developers.klaviyo.com/en/docs/authenticate_). */
export function credentialOf(
  evaluator: Evaluator,
  headers: readonly Value[],
  url: string,
  credentials: readonly string[],
  origin: Origin,
): { auth: CallAuth; open: boolean; isKlaviyos: boolean; hasRevision: boolean } {
  const kinds = new Set<CallAuth>();
  let open = false;
  let isKlaviyos = false;
  let hasRevision = false;
  for (const value of headers) {
    for (const { name, values } of headerPairs(evaluator, value)) {
      if (
        /^revision$/i.test(name) &&
        knownTexts(values).texts.some((text) => /^\d{4}-\d{2}-\d{2}(?:\.pre)?$/.test(text))
      )
        hasRevision = true;
      // Sent under a name of its own; not what Klaviyo reads, but what the author calls with.
      if (/^(?:x-)?klaviyo-api-key$/i.test(name)) {
        kinds.add("private-key");
        isKlaviyos = true;
      }
      if (!/^authorization$/i.test(name)) continue;
      for (const one of values) {
        for (const kind of schemes(evaluator, one, origin)) {
          kinds.add(kind);
          if (kind === "private-key") isKlaviyos = true;
        }
        if (isGiven(one)) open = true;
      }
    }
    if (isGiven(value)) open = true;
  }
  if (kinds.size === 0 && /[?&](?:api_key|apikey)=/i.test(url)) kinds.add("private-key");
  if (kinds.size === 0)
    for (const name of credentials)
      for (const kind of namedCredential(evaluator, name, origin)) kinds.add(kind);
  const [only] = kinds;
  return {
    auth: kinds.size === 1 && only !== undefined ? only : "unknown",
    open,
    isKlaviyos: isKlaviyos || hasRevision,
    hasRevision,
  };
}

/** What each text of an `Authorization` header says. */
function schemes(evaluator: Evaluator, value: Value, origin: Origin): CallAuth[] {
  return expand(chunksOf(evaluator, value, origin)).expansions.map(({ chunks }) => {
    const text = outline(chunks);
    if (/^[\s=]*Bearer\b/i.test(text)) return "oauth";
    return /^[\s=]*Klaviyo-API-Key\b/i.test(text) ? "private-key" : "unknown";
  });
}

/** A credential that only its name is handed to a framework: by the class that declares it, else by the name (n8n). */
function namedCredential(evaluator: Evaluator, name: string, origin: Origin): CallAuth[] {
  const kinds = new Set<CallAuth>();
  for (const { file, cls, form } of evaluator.program.classes().all) {
    const named = form.members.find((one) => one.key.kind === "string" && one.key.value === "name");
    if (named?.value?.kind !== "string" || named.value.value !== name) continue;
    const frame = evaluator.rootFrame(file, form.fn);
    const instance: Value = { kind: "instance", file, cls, frame, args: null, call: null };
    const read = (...keys: string[]): Value[] =>
      keys.reduce<Value[]>(
        (values, key) =>
          values.flatMap((value) =>
            getProperty(evaluator, value, key, { ...origin, node: named.key, frame }),
          ),
        [instance],
      );
    for (const header of read("authenticate", "properties", "headers").flatMap((value) =>
      headerPairs(evaluator, value),
    )) {
      if (!/^authorization$/i.test(header.name)) continue;
      for (const value of header.values)
        for (const kind of schemes(evaluator, value, origin)) kinds.add(kind);
    }
  }
  if (kinds.size > 0) return [...kinds];
  return [/oauth/i.test(name) ? "oauth" : "unknown"];
}

interface Header {
  name: string;
  values: Value[];
}

function headerPairs(evaluator: Evaluator, value: Value): Header[] {
  if (value.kind === "object") {
    // axios: `headers: { common: { … } }`.
    return fieldsOf(evaluator, value).flatMap((field) => [
      field,
      ...field.values.flatMap((one) => (one.kind === "object" ? fieldsOf(evaluator, one) : [])),
    ]);
  }
  if (value.kind === "params") {
    return value.entries.map((entry) => ({
      name: knownTexts(entry.key).texts[0] ?? "",
      values: entry.value(),
    }));
  }
  // fetch takes pairs too: `[["Authorization", "…"]]`.
  if (value.kind === "list") {
    return value.items.flatMap((item) =>
      item.values().flatMap((pair) => {
        const [name, text] = pair.kind === "list" ? pair.items : [];
        if (name === undefined || text === undefined) return [];
        return knownTexts(name.values()).texts.map((known) => ({ name: known, values: text.values() }));
      }),
    );
  }
  return [];
}

function fieldsOf(evaluator: Evaluator, value: ObjectValue): Header[] {
  return objectEntries(evaluator, value).map((entry) => ({ name: entry.key, values: entry.get() }));
}

/** The session an SDK object was made with: `OAuthSession`, `ApiKeySession`, a class that extends one; or a key itself. */
export function sessionOf(evaluator: Evaluator, args: readonly Thunk[]): { auth: CallAuth; open: boolean } {
  const kinds = new Set<CallAuth>();
  let open = false;
  for (const argument of args.slice(0, 1)) {
    for (const value of argument()) {
      // `return;` where the app is not connected: nothing is called with that.
      if (value.kind === "primitive") continue;
      const name = sessionClass(evaluator, value);
      if (/oauth/i.test(name)) kinds.add("oauth");
      // Before version 7 there were no sessions: a class took the private key.
      else if (/api_?key/i.test(name) || value.kind === "string") kinds.add("private-key");
      else if (value.kind === "unknown" && value.env !== null) kinds.add("private-key");
      else {
        kinds.add("unknown");
        if (isGiven(value)) open = true;
      }
    }
  }
  // `session = new OAuthSession(…)` as a default: what callers may pass says nothing where there are none.
  if (open && kinds.size > 1) kinds.delete("unknown");
  const [only] = kinds;
  return { auth: kinds.size === 1 && only !== undefined ? only : "unknown", open };
}

function sessionClass(evaluator: Evaluator, value: Value): string {
  if (value.kind === "result") return value.callee.path.at(-1) ?? "";
  if (value.kind !== "instance") return "";
  const parent = ancestors(evaluator, value).beyond.find((one) => one.kind === "external");
  return parent?.path.at(-1) ?? "";
}
