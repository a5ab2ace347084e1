/** What an object says of a provider: its URLs, its scopes and its names, those one level down included. */
import { isKlaviyosPackage, isRecordKey } from "./apart.js";
import { readUrl } from "./authorize-url.js";
import { isTemplate } from "./placeholders.js";
import { SCOPE_KEY } from "./scope-value.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { objectEntries, type ObjectEntry } from "../evaluate/literals.js";
import { chunksOf } from "../evaluate/strings.js";
import { expand, knownText, knownTexts, outline, stringOf } from "../evaluate/text.js";
import { cutQuery } from "../evaluate/query-text.js";
import {
  conjoin,
  isGiven,
  under,
  type Chunk,
  type Condition,
  type ListValue,
  type ObjectValue,
  type Origin,
  type Value,
} from "../evaluate/values.js";

export const URL_KEY =
  /url|uri|endpoint|authori[sz]|issuer|host|domain|base|site|discovery|well.?known|server|realm/i;
/** Parts of a provider's entry, as opposed to an entry of their own. */
export const PART_KEY =
  /^(?:authori[sz]ation|params|authorizationparams|authorization_params|options|details|endpoints?|urls?|custom_?param(?:eter)?s|default)$/i;
/** Objects that hold a provider's URL or scopes one level down. */
export const NEST_KEY =
  /^(?:authori[sz]ation|auth|oauth2?|options|endpoints?|params|authorizationparams|authorization_params|provider|config(?:uration)?|client|credentials?|settings|urls?|defaults?|custom_?param(?:eter)?s|details|metadata|type|props|inputs|(?:oauth2?|auth|provider|service)_?(?:config(?:uration)?|settings|options|params))$/i;
/** Texts that name the service. */
const NAME_KEY =
  /^(?:id|name|provider|slug|type|key|service|app|providerid|provider_id|integration|platform|strategy|displayname|display_name|label|title)$/i;

/** The package that an entry of a list of plugins loads, as Medusa and Gatsby have it: `{ resolve: "medusa-plugin-klaviyo", options }`. */
const PACKAGE_KEY = /^(?:resolve|package|plugin|module)$/i;

/** A URL that the object may hold, and in which branches it does. */
interface ViewedUrl {
  text: string;
  key: string;
  open: boolean;
  when: readonly Condition[];
}

/** What the object may be called, and in which branches it is. */
interface ViewedName {
  text: string;
  key: string;
  when: readonly Condition[];
}

export interface View {
  scopes: { values: Value[]; key: string }[];
  urls: ViewedUrl[];
  names: ViewedName[];
  /** How n8n's credential field `grantType` is set. */
  grants: string[];
  isRecord: boolean;
  /** What a list is joined with, where that is another mark than a space. */
  separator: Value[];
  entries: Map<string, ObjectEntry>;
}

/** A URL of somebody else's authorization; where the app itself is called back is no provider's. */
export function isForeignUrl({ text, key }: ViewedUrl): boolean {
  if (/redirect|callback|return|success|failure|error|web_?hook|app_?url|base_?uri$/i.test(key)) return false;
  return /^https?:\/\//i.test(text) && !/klaviyo\.com/i.test(text) && /auth/i.test(text);
}

/** Klaviyo's site or API as a whole, or its authorization, as opposed to a page of it. */
const SERVICE_URL =
  /(?:^|[/@]|\0\.)(?:(?:www|a|api|app|auth)\.)?klaviyo\.com(?::\d+)?(?:\/api\b|\/?(?:$|[\0?#]))/i;
const OAUTH_URL = /(?:^|[/.@])klaviyo\.com(?::\d+)?\/oauth\b/i;
/** Links for people. */
const LINK_KEY =
  /docs?(?![a-z])|documentation|logo|icon|image|avatar|home_?page|web_?site|help|support|terms|privacy|pricing|dashboard|reference|guide|learn|blog/i;

/** A URL that makes the object Klaviyo's entry: the documentation or a logo does not. */
export function isKlaviyosUrl({ text, key }: ViewedUrl): boolean {
  return OAUTH_URL.test(text) || (SERVICE_URL.test(text) && !LINK_KEY.test(key));
}

/** A URL that is used for nothing but authorization, unlike that of the API. */
export function isOAuthUrl({ text }: ViewedUrl): boolean {
  return OAUTH_URL.test(text);
}

/**
 * The branches in which the object's URL is Klaviyo's and no other provider's stands beside it: `item.url` and
 * `item.scopes` of a table hold those of every entry, but never the one's with the other's.
 */
export function klaviyosBranches(view: View): (readonly Condition[])[] {
  const foreign = view.urls.filter(isForeignUrl);
  const out: (readonly Condition[])[] = [];
  for (const { when } of view.urls.filter(isKlaviyosUrl)) {
    if (foreign.some((other) => conjoin(other.when, when) !== null)) continue;
    if (!out.some((other) => other.length === when.length && conjoin(other, when)?.length === when.length))
      out.push(when);
  }
  return out;
}

/**
 * The branches in which a key of the object names Klaviyo: in `{ ...FLOWS[id], name }` every entry of the table meets
 * every name, and only `id` tells whose scopes they are. A key that is known to name others, too, whatever else is so, tells nothing; what
 * is not known may be another word for Klaviyo.
 */
export function branchesNamed(view: View, isKlaviyos: (text: string) => boolean): (readonly Condition[])[] {
  return view.names
    .filter(
      ({ text, key, when }) =>
        isKlaviyos(text) &&
        !view.names.some(
          (other) =>
            other.key === key &&
            !isKlaviyos(other.text) &&
            /^[^\0]+$/.test(other.text) &&
            conjoin(other.when, when) !== null,
        ),
    )
    .map(({ when }) => when);
}

/** The object's own URLs, scopes and names, those one level down included. */
export function viewOf(evaluator: Evaluator, object: ObjectValue, depth = 0): View {
  const origin = originOf(object);
  const view: View = {
    scopes: [],
    urls: [],
    names: [],
    grants: [],
    isRecord: false,
    separator: [],
    entries: new Map(),
  };
  const entries = objectEntries(evaluator, object);
  for (const entry of entries) {
    view.entries.set(entry.key.toLowerCase(), entry);
    if (SCOPE_KEY.test(entry.key)) {
      const values = entry.get();
      const nested = values.filter((value): value is ObjectValue => value.kind === "object");
      view.scopes.push({
        key: entry.key,
        values: values.filter(
          (value) =>
            value.kind === "string" ||
            (value.kind === "list" && !isDescriptions(value)) ||
            value.kind === "unknown" ||
            value.kind === "result",
        ),
      });
      // `scope: { default: "…", value: [...] }` of credential descriptions.
      for (const inner of nested) {
        for (const one of objectEntries(evaluator, inner)) {
          if (/^(?:default|value|values|items|list)$/i.test(one.key))
            view.scopes.push({ key: entry.key, values: one.get() });
        }
      }
      continue;
    }
    if (SEPARATOR_KEY.test(entry.key)) view.separator.push(...entry.get().filter(isMark));
    if (isRecordKey(entry.key)) view.isRecord = true;
    const isUrl = URL_KEY.test(entry.key);
    const isName = NAME_KEY.test(entry.key);
    const isNest = NEST_KEY.test(entry.key);
    if (!isUrl && !isName && !isNest && !PACKAGE_KEY.test(entry.key)) continue;
    for (const value of entry.get()) {
      if (value.kind === "object" && isUrl && !isNest) view.urls.push(...describedUrls(evaluator, value));
      if (value.kind === "object" && isNest && depth < 3) {
        const inner = viewOf(evaluator, value, depth + 1);
        // An entry of its own inside (`oauth: { authorizationUrl, scopes }`) speaks for itself.
        if (!PART_KEY.test(entry.key) && inner.scopes.length > 0 && inner.urls.some(isKlaviyosUrl)) continue;
        const { when } = value;
        view.scopes.push(
          ...(when === undefined
            ? inner.scopes
            : inner.scopes.map((one) => ({
                ...one,
                values: one.values.flatMap((scope) => under(scope, when) ?? []),
              }))),
        );
        for (const url of inner.urls) {
          const both = conjoin(url.when, when ?? []);
          if (both !== null) view.urls.push({ ...url, when: both });
        }
        view.separator.push(...inner.separator);
        for (const [key, one] of inner.entries) if (!view.entries.has(key)) view.entries.set(key, one);
        continue;
      }
      if (value.kind !== "string" && value.kind !== "url" && value.kind !== "unknown") continue;
      const chunks = chunksOf(evaluator, value, origin);
      const text = outline(chunks);
      if (isUrl || isNest || /^https?:/i.test(text)) {
        const open = isGiven(value);
        view.urls.push(...urlsIn(chunks, value.when ?? []).map((url) => ({ ...url, key: entry.key, open })));
      }
      const called = { key: entry.key, when: value.when ?? [] };
      if (isName) view.names.push({ ...called, text });
      if (PACKAGE_KEY.test(entry.key) && isKlaviyosPackage(text))
        view.names.push({ ...called, text: "klaviyo" });
      if (isUrl && /[?&]scope=/.test(text)) {
        for (const { scope } of readUrl(evaluator, chunks, origin).readings) {
          // `…&scope={scopes}`: what is filled in there is under a key of its own, or elsewhere.
          if (scope !== null && !isTemplate(outline(scope)))
            view.scopes.push({ key: entry.key, values: [stringOf(scope)] });
        }
      }
    }
  }
  fieldDescriptions(entries, view);
  return view;
}

/** passport's `scopeSeparator`, Nango's `scope_separator`, grant's `scope_delimiter`. */
const SEPARATOR_KEY = /^scopes?_?(?:separator|delimiter)$/i;

function isMark(value: Value): boolean {
  return /^[,;|]/.test(knownText(value) ?? "");
}

/** `authorizeUrl: { url: "https://…", params: { … } }`, `authorizeUrl: { label: "…", default: "https://…" }`. */
function describedUrls(evaluator: Evaluator, object: ObjectValue): ViewedUrl[] {
  const origin = originOf(object);
  return objectEntries(evaluator, object)
    .filter(({ key }) => /^(?:url|uri|href|default|value)$/i.test(key))
    .flatMap(({ key, get }) =>
      get().flatMap((value) =>
        value.kind === "string" || value.kind === "url"
          ? urlsIn(chunksOf(evaluator, value, origin), value.when ?? []).map((url) => ({
              ...url,
              key,
              open: false,
            }))
          : [],
      ),
    );
}

function originOf({ file, node }: ObjectValue): Origin {
  return { file, range: node?.range ?? [0, 0] };
}

/** The URLs that a text may be, each with the branches it takes. */
function urlsIn(chunks: readonly Chunk[], when: readonly Condition[]): Pick<ViewedUrl, "text" | "when">[] {
  const { head, query } = cutQuery(chunks);
  const { expansions, overflow } = expand(head, 64);
  if (overflow) return [{ text: outline(chunks), when }];
  const rest = query === null ? "" : `?${outline(query)}`;
  return expansions.flatMap((one) => {
    const both = conjoin(when, one.when);
    return both === null ? [] : [{ text: outline(one.chunks) + rest, when: both }];
  });
}

/** `[{ value: "lists:read", why: "…" }]`: scopes that are explained to people. What is asked for is said in texts. */
function isDescriptions({ items }: ListValue): boolean {
  return (
    items.length > 0 &&
    items.every((item) => {
      const values = item.values();
      return values.length > 0 && values.every(({ kind }) => kind === "object");
    })
  );
}

/** n8n's credentials list their fields: `{ name: "scope", default: "…" }`, `{ name: "authUrl", default: "https://…" }`. */
function fieldDescriptions(entries: readonly ObjectEntry[], view: View): void {
  const named = new Map(entries.map((entry) => [entry.key.toLowerCase(), entry]));
  const name = named.get("name")?.get() ?? [];
  const { texts } = knownTexts(name);
  const [field] = texts;
  const fallback = named.get("default")?.get() ?? named.get("value")?.get();
  if (field === undefined || fallback === undefined) return;
  if (field === "grantType") view.grants.push(...knownTexts(fallback).texts);
  if (SCOPE_KEY.test(field)) view.scopes.push({ key: field, values: fallback });
  else if (URL_KEY.test(field)) {
    for (const value of fallback) {
      if (value.kind === "string")
        view.urls.push({ text: outline(value.chunks), key: field, open: false, when: value.when ?? [] });
    }
  }
}
