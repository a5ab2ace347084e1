/**
 * Provider objects: Klaviyo's URL and the scopes in one object, among providers of other services. The innermost
 * object that holds both is Klaviyo's entry; its siblings are somebody else's.
 */
import type { AuthorizationRequest, Evidence, Place } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import type { Expression, ListExpression, MapExpression } from "../lower/form.js";
import type { Frame } from "../evaluate/frames.js";
import { objectEntries, type ObjectEntry } from "../evaluate/literals.js";
import { knownTexts, outline, stringOf, unknownsIn } from "../evaluate/text.js";
import { chunksOf } from "../evaluate/strings.js";
import type { ObjectValue, Value } from "../evaluate/values.js";
import type { FileIndex } from "../link/file-index.js";
import { askEach, type InFile } from "./ask-each.js";
import type { CallGraph } from "./call-graph.js";
import { isContent, isHeldOtherwise } from "./apart.js";
import { isOpen, readUrl } from "./authorize-url.js";
import { lookAround } from "./contexts.js";
import { callWith, isKeyedAsKlaviyo, isPartOfApp, keyPath, KLAVIYO_NAME } from "./key-path.js";
import { authorizationOf, pkceOfGrant } from "./pkce-options.js";
import type { RawRequest } from "./raw.js";
import { isPlainlyScopes, listChunks, possibleLists, SCOPE_KEY } from "./scope-value.js";

const URL_KEY =
  /url|uri|endpoint|authori[sz]|issuer|host|domain|base|site|discovery|well.?known|server|realm/i;
/** Parts of a provider's entry, as opposed to an entry of their own. */
const PART_KEY =
  /^(?:authori[sz]ation|params|authorizationparams|authorization_params|options|details|endpoints?|urls?|custom_?params|default)$/i;
/** Objects that hold a provider's URL or scopes one level down. */
const NEST_KEY =
  /^(?:authori[sz]ation|auth|oauth2?|oauth2?config|options|endpoints?|params|authorizationparams|authorization_params|provider|config|client|credentials?|settings|urls?|defaults?|custom_?params|details|metadata|type|props)$/i;
/** Texts that name the service. */
const NAME_KEY =
  /^(?:id|name|provider|slug|type|key|service|app|providerid|provider_id|integration|platform|strategy|displayname|display_name|label|title)$/i;

interface Found {
  scopes: { values: Value[]; key: string }[];
  evidence: Evidence;
  authorization: AuthorizationRequest | null;
}

export function findProviderObjects(graph: CallGraph, catalog: Catalog): RawRequest[] {
  return askEach(graph, "provider object", mapsOf, (holder) =>
    mayHoldScopes(holder.node, 0) ? () => requestsOf(graph, catalog, holder) : null,
  );
}

type Holder = InFile<MapExpression>;

const mapsOf = ({ maps }: FileIndex): FileIndex["maps"] => maps;

function requestsOf(graph: CallGraph, catalog: Catalog, { file, fn, node }: Holder): RawRequest[] {
  const { evaluator } = graph;
  const index = evaluator.program.index(file);
  const out: RawRequest[] = [];
  const looks = lookAround(graph, file, fn, (frame) => look(graph, index, node, frame, catalog));
  for (const { answer, context } of looks) {
    if (answer === null) continue;
    const site =
      answer.evidence === "provider-url" ? { file, range: node.range } : handedOver(file, index, node);
    for (const { values } of answer.scopes) {
      for (const list of possibleLists(evaluator, values, { file, range: node.range })) {
        out.push({
          ...list,
          all: null,
          site,
          kind: site === null ? "config" : "provider",
          evidence: answer.evidence,
          authorization: answer.authorization,
          via: context.chain.map((caller) => ({ file: caller.file, range: caller.node.range })),
        });
      }
    }
  }
  return out;
}

/** An object that only a name says is Klaviyo's goes to it where it is handed to a call. */
function handedOver(file: string, index: FileIndex, node: Expression): Place | null {
  const call = callWith(index, node);
  return call === null ? null : { file, range: call.range };
}

/**
 * Lists of field descriptions, as n8n's credentials have them: one field is the scope, another Klaviyo's URL.
 * https://docs.n8n.io/integrations/creating-nodes/build/reference/credentials-files/
 */
export function findFieldLists(graph: CallGraph): RawRequest[] {
  return askEach(graph, "field list", mapsOf, (holder) =>
    isNamedScopes(holder.node) ? () => listsOfField(graph, holder) : null,
  );
}

function isNamedScopes({ entries }: MapExpression): boolean {
  const name = entries.find(({ key }) => key?.kind === "string" && key.value === "name")?.value;
  return name?.kind === "string" && SCOPE_KEY.test(name.value);
}

function listsOfField(graph: CallGraph, { file, fn, node }: Holder): RawRequest[] {
  const { evaluator } = graph;
  const list = evaluator.program.index(file).parent(node);
  if (list === undefined || !("kind" in list) || list.kind !== "list") return [];
  const site = list as ListExpression;
  const frame = evaluator.rootFrame(file, fn);
  const views = site.items.flatMap((item) => {
    const [object] = evaluator.within(() => evaluator.evaluate(item, frame));
    return object?.kind === "object" ? [viewOf(graph, object, 0)] : [];
  });
  if (!views.some((view) => view.urls.some((url) => /klaviyo\.com/i.test(url.text)))) return [];
  const [object] = evaluator.within(() => evaluator.evaluate(node, frame));
  if (object?.kind !== "object") return [];
  const place: Place = { file, range: site.range };
  const grant = views.flatMap((view) => view.grants)[0];
  return viewOf(graph, object, 0).scopes.flatMap(({ values }) =>
    possibleLists(evaluator, values, { file, range: node.range }).map((one): RawRequest => ({
      ...one,
      all: null,
      site: place,
      kind: "provider",
      evidence: "provider-url",
      authorization: {
        ...place,
        pkce: "unknown",
        methodPlace: null,
        pkceEdit: null,
        ...pkceOfGrant(grant),
      },
      via: [],
    })),
  );
}

/** A quick look at the written keys: is there a scope key here or one level down, or a spread that may bring one? */
function mayHoldScopes(node: MapExpression, depth: number): boolean {
  return node.entries.some((entry) => {
    if (entry.key === null) return depth === 0;
    if (entry.key.kind !== "string") return false;
    if (SCOPE_KEY.test(entry.key.value)) return true;
    // The list may stand in the URL itself: `authorization: "https://…/authorize?scope=…"`.
    if (URL_KEY.test(entry.key.value) && /[?&]scope=/.test(textIn(entry.value))) return true;
    return (
      depth < 3 &&
      entry.value.kind === "map" &&
      NEST_KEY.test(entry.key.value) &&
      mayHoldScopes(entry.value, depth + 1)
    );
  });
}

function textIn(node: Expression): string {
  if (node.kind === "string") return node.value;
  return node.kind === "template" ? node.quasis.map((quasi) => quasi.value).join("") : "";
}

function look(
  graph: CallGraph,
  index: FileIndex,
  node: MapExpression,
  frame: Frame,
  catalog: Catalog,
): { answer: Found | null; open: boolean } {
  const { evaluator } = graph;
  const [object] = evaluator.evaluate(node, frame);
  if (object?.kind !== "object") return { answer: null, open: false };
  const view = viewOf(graph, object, 0);
  const scopes = view.scopes.filter(({ values }) => values.length > 0);
  if (scopes.length === 0) return { answer: null, open: false };
  const texts = view.urls.map((url) => url.text);
  const isKlaviyos = texts.some((text) => /(?:^|[/.@])klaviyo\.com\b/i.test(text));
  const isForeign = view.urls.some(isForeignUrl);
  const origin: Place = { file: frame.file, range: node.range };
  const open = scopes.some(({ values }) =>
    values.some((value) => {
      const list = listChunks(evaluator, value, origin);
      return list !== null && unknownsIn(list.chunks).some(isOpen);
    }),
  );
  if (isKlaviyos && !isForeign && !isHeldByKlaviyos(graph, index, node, frame)) {
    // An object whose only Klaviyo URL is its token endpoint is a token request: it asks for nothing new.
    if (isTokenRequest(view)) return { answer: null, open: false };
    const authorization = authorizationOf(
      graph,
      index,
      { node, object, entries: view.entries, frame },
      origin,
    );
    const answer: Found = { scopes, evidence: "provider-url", authorization };
    return { answer, open };
  }
  if (texts.length > 0 && isForeign) return { answer: null, open: false };
  const keyed = isKeyedAsKlaviyo(index, node) || view.names.some((name) => KLAVIYO_NAME.test(name));
  if (keyed && !isKlaviyos && !isPartOfApp(keyPath(index, node))) {
    const lists = scopes.filter(
      ({ values, key }) =>
        !/granted|permission|required/i.test(key) &&
        values.some((value) => {
          const list = listChunks(evaluator, value, origin);
          return list !== null && isPlainlyScopes(list.chunks, catalog);
        }),
    );
    // A record of an account (tokens, ids) holds what was granted, not what is asked for.
    const isOther =
      view.isRecord || isContent(frame.file) || isHeldOtherwise(evaluator, frame.file, index, node);
    if (lists.length > 0 && !isOther)
      return { answer: { scopes: lists, evidence: "provider-key", authorization: null }, open };
  }
  return { answer: null, open: open && view.urls.some((url) => url.open) };
}

interface View {
  scopes: { values: Value[]; key: string }[];
  urls: { text: string; key: string; open: boolean }[];
  names: string[];
  /** How n8n's credential field `grantType` is set. */
  grants: string[];
  isRecord: boolean;
  entries: Map<string, ObjectEntry>;
}

/** A URL of somebody else's authorization; where the app itself is called back is no provider's. */
function isForeignUrl({ text, key }: View["urls"][number]): boolean {
  if (/redirect|callback|return|success|failure|error|web_?hook|app_?url|base_?uri$/i.test(key)) return false;
  return /^https?:\/\//i.test(text) && !/klaviyo\.com/i.test(text) && /auth/i.test(text);
}

/** The object's own URLs, scopes and names, those one level down included. */
function viewOf(graph: CallGraph, object: ObjectValue, depth: number): View {
  const { evaluator } = graph;
  const view: View = { scopes: [], urls: [], names: [], grants: [], isRecord: false, entries: new Map() };
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
            value.kind === "list" ||
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
    if (
      /^(?:access_?token|refresh_?token|expires_?(?:at|in)|granted_?(?:at|scopes?)|account_?id|user_?id|created_?at)$/i.test(
        entry.key,
      )
    )
      view.isRecord = true;
    const isUrl = URL_KEY.test(entry.key);
    const isName = NAME_KEY.test(entry.key);
    const isNest = NEST_KEY.test(entry.key);
    if (!isUrl && !isName && !isNest) continue;
    for (const value of entry.get()) {
      if (value.kind === "object" && isNest && depth < 3) {
        const inner = viewOf(graph, value, depth + 1);
        // An entry of its own inside (`oauth: { authorizationUrl, scopes }`) speaks for itself.
        if (
          !PART_KEY.test(entry.key) &&
          inner.scopes.length > 0 &&
          inner.urls.some((url) => /klaviyo\.com/i.test(url.text))
        )
          continue;
        view.scopes.push(...inner.scopes);
        view.urls.push(...inner.urls);
        for (const [key, one] of inner.entries) if (!view.entries.has(key)) view.entries.set(key, one);
        continue;
      }
      if (value.kind !== "string" && value.kind !== "url" && value.kind !== "unknown") continue;
      const text = outline(
        chunksOf(evaluator, value, { file: object.file, range: object.node?.range ?? [0, 0] }),
      );
      if (isUrl || /^https?:/i.test(text) || isNest)
        view.urls.push({ text, key: entry.key, open: value.kind === "unknown" && isOpen(value) });
      if (isName) view.names.push(text);
      if (isUrl && /[?&]scope=/.test(text)) {
        const chunks = chunksOf(evaluator, value, { file: object.file, range: object.node?.range ?? [0, 0] });
        for (const reading of readUrl(evaluator, chunks, {
          file: object.file,
          range: object.node?.range ?? [0, 0],
        }).readings) {
          if (reading.scope !== null) view.scopes.push({ key: entry.key, values: [stringOf(reading.scope)] });
        }
      }
    }
  }
  fieldDescriptions(entries, view);
  return view;
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
      if (value.kind === "string") view.urls.push({ text: outline(value.chunks), key: field, open: false });
    }
  }
}

/** `{ grant_type: "authorization_code", code, … }` goes to the token endpoint. */
function isTokenRequest(view: View): boolean {
  return view.entries.has("grant_type") || view.entries.has("granttype");
}

/** The object one level up is Klaviyo's entry as well and holds this one as `authorization`, `params` …: it speaks for both. */
function isHeldByKlaviyos(graph: CallGraph, index: FileIndex, node: MapExpression, frame: Frame): boolean {
  const parent = index.parent(node);
  if (parent === undefined || !("kind" in parent) || parent.kind !== "map") return false;
  const holder = parent as MapExpression;
  const key = holder.entries.find((entry) => entry.value === node)?.key;
  if (key?.kind !== "string" || !PART_KEY.test(key.value)) return false;
  const [object] = graph.evaluator.evaluate(holder, frame);
  if (object?.kind !== "object") return false;
  const outer = viewOf(graph, object, 0);
  return (
    outer.scopes.length > 0 &&
    outer.urls.some((url) => /klaviyo\.com/i.test(url.text)) &&
    !outer.urls.some(isForeignUrl)
  );
}
