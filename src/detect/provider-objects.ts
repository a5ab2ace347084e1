/**
 * Provider objects: Klaviyo's URL and the scopes in one object, among providers of other services. The innermost
 * object that holds both is Klaviyo's entry; its siblings are somebody else's.
 */
import { parentOf } from "../link/parent-of.js";
import type { AuthorizationRequest, Evidence, Place } from "./types.js";
import type { Catalog } from "../catalog/index.js";
import type { Expression, MapExpression } from "../lower/form.js";
import { namedEntries } from "../lower/walk.js";
import type { Frame } from "../evaluate/frames.js";
import { valuesUnder } from "../evaluate/restrict.js";
import { unknownsIn } from "../evaluate/text.js";
import { isGiven, type Condition, type Value } from "../evaluate/values.js";
import type { FileIndex } from "../link/file-index.js";
import { askEach, type InFile } from "./ask-each.js";
import type { CallGraph } from "./call-graph.js";
import { isContent, isHeldOtherwise } from "./apart.js";
import { lookAround, wayTo } from "./contexts.js";
import { callWith, isKeyedAsKlaviyo, isPartOfApp, keyPath, KLAVIYO_NAME } from "./key-path.js";
import { authorizationOf, pkceOfGrant } from "./pkce-options.js";
import {
  branchesNamed,
  isForeignUrl,
  isKlaviyosUrl,
  isOAuthUrl,
  klaviyosBranches,
  NEST_KEY,
  PART_KEY,
  URL_KEY,
  viewOf,
  type View,
} from "./provider-view.js";
import type { RawRequest } from "./raw.js";
import { received, takesCommas } from "./receivers.js";
import { isPlainlyScopes, listChunks, possibleLists, SCOPE_KEY } from "./scope-value.js";

interface Found {
  scopes: { values: Value[]; key: string }[];
  evidence: Evidence;
  authorization: AuthorizationRequest | null;
  separator: readonly Value[];
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
  if (isSpread(index, node)) return [];
  const copied = isCopied(index, node);
  const commas = takesCommas(file, index, node, keyPath(index, node));
  const origin = { file, range: node.range };
  return lookAround(graph, {
    file,
    fn,
    look: (frame) => look(graph, index, node, frame, catalog),
    settle: ({ answer, context }) => {
      if (answer === null) return [];
      const { evidence, authorization, separator } = answer;
      const site = evidence === "provider-url" ? origin : handedOver(file, index, node);
      return answer.scopes
        .flatMap(({ values }) => possibleLists(evaluator, values, origin, separator))
        .map((list): RawRequest => ({
          ...received(list, commas && separator.length === 0),
          all: null,
          site,
          kind: site === null ? "config" : "provider",
          evidence,
          authorization,
          copied,
          isNeutral: site === null,
          via: wayTo(context),
        }));
    },
  });
}

/** `{ ...{ url, scopes } }`, `<<: *base`: the object around it has all that it has. */
function isSpread(index: FileIndex, node: MapExpression): boolean {
  const around = parentOf(index, node, "map");
  return around?.entries.some((entry) => entry.kind === "spread" && entry.value === node) === true;
}

/** `{ authorizeUrl: item.authorizeUrl, scopes: item.scopes }`, `{ ...base, clientId }`: both are another object's. */
function isCopied(index: FileIndex, node: MapExpression): boolean {
  const named = namedEntries(node);
  const isTaken = node.entries.some(({ kind }) => kind === "spread");
  if (isTaken && !named.some(({ key }) => URL_KEY.test(key) || SCOPE_KEY.test(key) || NEST_KEY.test(key)))
    return true;
  const urls = named.filter(({ key }) => URL_KEY.test(key) && !SCOPE_KEY.test(key));
  const scopes = named.filter(({ key }) => SCOPE_KEY.test(key));
  return (
    urls.some(({ value }) => isTakenOut(index, value)) &&
    scopes.length > 0 &&
    scopes.every(({ value }) => isTakenOut(index, value))
  );
}

function isTakenOut(index: FileIndex, node: Expression): boolean {
  if (node.kind === "typed") return isTakenOut(index, node.value);
  if (node.kind === "member") return true;
  if (node.kind !== "name" || node.binding < 0) return false;
  return index
    .variable(node.binding)
    .declarations.some((declaration) => "path" in declaration && declaration.path.length > 0);
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
  const site = parentOf(evaluator.program.index(file), node, "list");
  if (site === null) return [];
  const frame = evaluator.rootFrame(file, fn);
  const views = site.items.flatMap((item) => {
    const [object] = evaluator.within(() => evaluator.evaluate(item, frame));
    return object?.kind === "object" ? [viewOf(evaluator, object)] : [];
  });
  if (!views.some((view) => view.urls.some((url) => /klaviyo\.com/i.test(url.text)))) return [];
  const [object] = evaluator.within(() => evaluator.evaluate(node, frame));
  if (object?.kind !== "object") return [];
  const place: Place = { file, range: site.range };
  const grant = views.flatMap((view) => view.grants)[0];
  return viewOf(evaluator, object).scopes.flatMap(({ values }) =>
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
  const view = viewOf(evaluator, object);
  const scopes = view.scopes.filter(({ values }) => values.length > 0);
  if (scopes.length === 0) return { answer: null, open: false };
  const isKlaviyos = view.urls.some(isKlaviyosUrl);
  const branches = klaviyosBranches(view);
  const origin: Place = { file: frame.file, range: node.range };
  const open = scopes.some(({ values }) =>
    values.some((value) => {
      const list = listChunks(evaluator, value, origin);
      return list !== null && unknownsIn(list.chunks).some(isGiven);
    }),
  );
  if (branches.length > 0 && !isHeldByKlaviyos(graph, index, node, frame)) {
    // An object whose only Klaviyo URL is its token endpoint is a token request: it asks for nothing new.
    if (isTokenRequest(view)) return { answer: null, open: false };
    // Endpoints, records of accounts and entries of services that are used with a key have the API's URL as well.
    if (!view.urls.some(isOAuthUrl) && (view.isRecord || isHeldOtherwise(evaluator, frame.file, index, node)))
      return { answer: null, open: false };
    const authorization = authorizationOf(
      graph,
      index,
      { node, object, entries: view.entries, frame },
      origin,
    );
    const own = scopes.map(({ values, key }) => ({
      values: valuesIn(values, branches),
      key,
    }));
    const { separator } = view;
    const answer: Found = { scopes: own, evidence: "provider-url", authorization, separator };
    return { answer, open };
  }
  if (view.urls.some(isForeignUrl)) return { answer: null, open: false };
  const named = isKeyedAsKlaviyo(index, node) ? [[]] : branchesNamed(view, (name) => KLAVIYO_NAME.test(name));
  if (named.length > 0 && !isKlaviyos && !isPartOfApp(keyPath(index, node))) {
    const lists = scopes
      .filter(({ key }) => !/granted|permission|required/i.test(key))
      .map(({ values, key }) => ({ values: valuesIn(values, named), key }))
      .filter(({ values }) =>
        values.some((value) => {
          const list = listChunks(evaluator, value, origin);
          return list !== null && isPlainlyScopes(list.chunks, catalog);
        }),
      );
    // A record of an account (tokens, ids) holds what was granted, not what is asked for.
    const isOther =
      view.isRecord || isContent(frame.file) || isHeldOtherwise(evaluator, frame.file, index, node);
    if (lists.length > 0 && !isOther)
      return {
        answer: {
          scopes: lists,
          evidence: "provider-key",
          authorization: null,
          separator: view.separator,
        },
        open,
      };
  }
  return { answer: null, open: open && view.urls.some((url) => url.open) };
}

/** Those of some values that hold in one of the branches. */
function valuesIn(values: readonly Value[], branches: readonly (readonly Condition[])[]): Value[] {
  return [...new Set(branches.flatMap((when) => valuesUnder(values, when)))];
}

/** `{ grant_type: "authorization_code", code, … }` goes to the token endpoint. */
function isTokenRequest(view: View): boolean {
  return view.entries.has("grant_type") || view.entries.has("granttype");
}

/** The object one level up is Klaviyo's entry as well and holds this one as `authorization`, `params` …: it speaks for both. */
function isHeldByKlaviyos(
  { evaluator }: CallGraph,
  index: FileIndex,
  node: MapExpression,
  frame: Frame,
): boolean {
  const holder = parentOf(index, node, "map");
  if (holder === null) return false;
  const key = holder.entries.find((entry) => entry.value === node)?.key;
  if (key?.kind !== "string" || !PART_KEY.test(key.value)) return false;
  const [object] = evaluator.evaluate(holder, frame);
  if (object?.kind !== "object") return false;
  const outer = viewOf(evaluator, object);
  return outer.scopes.length > 0 && outer.urls.some(isKlaviyosUrl) && !outer.urls.some(isForeignUrl);
}
