/** Did-you-mean for operations: by name, and by method and path. */
import { distance } from "fastest-levenshtein";
import { loadCatalog, operationKey } from "./index.js";
import type { Catalog } from "./index.js";
import { isTypo, joined, sameButNumber } from "./near.js";
import { isParameter, methodAsked, pathSegments } from "./path.js";
import type { Method, Operation } from "./types.js";

/** What other APIs call the verbs that Klaviyo's operation ids begin with. */
const VERBS: ReadonlyMap<string, readonly string[]> = new Map([
  ["get", ["list", "fetch", "retrieve", "read", "find", "query", "show"]],
  ["create", ["add", "post", "new", "insert"]],
  ["update", ["edit", "patch", "put", "modify", "set"]],
  ["delete", ["remove", "destroy"]],
]);

const LONGEST_NAME = 120;

/** The operation that a mistaken id or alias most likely means. Null when it is one already, and when nothing is near. */
export function suggestOperation(idOrAlias: string, catalog: Catalog = loadCatalog()): Operation | null {
  if (idOrAlias.length > LONGEST_NAME || catalog.operation(idOrAlias) !== undefined) return null;
  const key = operationKey(idOrAlias);
  return withUsualVerb(key, catalog) ?? nearestName(key, catalog.operations())?.operation ?? null;
}

function withUsualVerb(key: string, catalog: Catalog): Operation | null {
  for (const [verb, others] of VERBS) {
    const other = others.find((word) => key.startsWith(word));
    const found = other === undefined ? undefined : catalog.operation(verb + key.slice(other.length));
    if (found !== undefined) return found;
  }
  return null;
}

/** At most one letter in six may differ, and three in all: ids are long and share most of their words. */
function nearestName(
  key: string,
  operations: readonly Operation[],
): { operation: Operation; name: string } | null {
  let least = Math.min(3, Math.floor(key.length / 6)) + 1;
  let nearest: { operation: Operation; name: string } | null = null;
  for (const operation of operations) {
    for (const name of [operation.id, ...operation.aliases]) {
      const other = operationKey(name);
      if (Math.abs(other.length - key.length) >= least) continue;
      const away = distance(key, other);
      if (away < least) {
        least = away;
        nearest = { operation, name };
      }
    }
  }
  return nearest;
}

/**
 * The method of a class of Klaviyo's Node SDK (`ProfilesApi`) that a mistaken name most likely means. Null where it is a
 * method of the SDK, where the class is not known, and where nothing is near.
 */
export function suggestSdkMethod(
  className: string,
  name: string,
  catalog: Catalog = loadCatalog(),
): string | null {
  if (name.length > LONGEST_NAME || catalog.operation(name) !== undefined) return null;
  const tag = className.replace(/Api$/, "").toLowerCase();
  const own = catalog.operations().filter((one) => one.tag.replaceAll(" ", "").toLowerCase() === tag);
  const key = operationKey(name);
  const found = withUsualVerb(key, catalog);
  if (found !== null) return own.includes(found) ? camelCase(found.id) : null;
  const nearest = nearestName(key, own);
  return nearest === null ? null : camelCase(nearest.name);
}

function camelCase(id: string): string {
  return id.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export type PathSuggestion =
  /** The path exists, but not with that method. */
  | { kind: "method"; path: string; methods: Method[]; operations: Operation[] }
  /** Another path exists. */
  | {
      kind: "path";
      /** The template: `/api/lists/{id}`. */
      path: string;
      /** The template with the ids of the mistaken path: `/api/lists/123`. */
      filled: string;
      /** Never empty. */
      methods: Method[];
      /** The operation with the same method, if there is one. */
      operation: Operation | null;
      /** The segments to replace: index from 0, which is `api`. Empty where one is too many. */
      replaced: { index: number; from: string; to: string }[];
    };

/**
 * What a method and a path that match no operation most likely mean. `path` may be concrete, a template, or hold `{}`
 * for unknown segments; a null method is any. Null when an operation matches, and when nothing is near.
 */
export function suggestPath(
  method: string | null,
  path: string,
  catalog: Catalog = loadCatalog(),
): PathSuggestion | null {
  const segments = pathSegments(path);
  if (segments === null) return null;
  const wanted = methodAsked(method);
  const existing = catalog.operationsForPath(path);
  if (existing.some((operation) => wanted === null || operation.method === wanted)) return null;
  const [first] = existing;
  if (first !== undefined) {
    return { kind: "method", path: first.path, methods: methodsOf(existing), operations: existing };
  }
  return withoutDoubledRoot(wanted, segments, catalog) ?? nearestPath(wanted, segments, catalog);
}

/** `/api/api/profiles`: a base URL that ends in `/api`, and a path that begins with it. */
function withoutDoubledRoot(
  method: string | null,
  segments: string[],
  catalog: Catalog,
): PathSuggestion | null {
  if (segments[1] !== "api") return null;
  const operations = catalog.operationsForPath(segments.slice(1).join("/"));
  return operations.length === 0 ? null : otherPath(method, segments.slice(1), operations, []);
}

interface Candidate {
  cost: number;
  operations: Operation[];
  replaced: { index: number; from: string; to: string }[];
}

function nearestPath(method: string | null, segments: string[], catalog: Catalog): PathSuggestion | null {
  let best: Candidate[] = [];
  for (const [template, operations] of byTemplate(catalog)) {
    const candidate = compare(segments, template.split("/").slice(1));
    if (candidate === null) continue;
    // Between equals the one that has the method is meant.
    const missing = method !== null && !operations.some((operation) => operation.method === method);
    const cost = candidate.cost + (missing ? 0.5 : 0);
    const least = best[0]?.cost ?? Infinity;
    if (cost < least) best = [];
    if (cost <= least) best.push({ cost, operations, replaced: candidate.replaced });
  }
  const [only] = best;
  return best.length !== 1 || only === undefined
    ? null
    : otherPath(method, segments, only.operations, only.replaced);
}

function otherPath(
  method: string | null,
  segments: string[],
  operations: Operation[],
  replaced: Candidate["replaced"],
): PathSuggestion | null {
  const path = operations[0]?.path;
  if (path === undefined) return null;
  const filled = segments.map((text, index) => replaced.find((change) => change.index === index)?.to ?? text);
  return {
    kind: "path",
    path,
    filled: `/${filled.join("/")}`,
    methods: methodsOf(operations),
    operation: operations.find((operation) => operation.method === method) ?? null,
    replaced,
  };
}

function byTemplate(catalog: Catalog): Map<string, Operation[]> {
  const templates = new Map<string, Operation[]>();
  for (const operation of catalog.operations()) {
    const known = templates.get(operation.path);
    if (known === undefined) templates.set(operation.path, [operation]);
    else if (!known.some((other) => other.method === operation.method)) known.push(operation);
  }
  return templates;
}

/** What must be replaced to make `segments` fit `template`, and how bold that is. Null if they cannot be the same. */
function compare(segments: string[], template: string[]): Pick<Candidate, "cost" | "replaced"> | null {
  if (segments.length !== template.length) return null;
  let cost = 0;
  const replaced: Candidate["replaced"] = [];
  for (const [index, to] of template.entries()) {
    const from = segments[index] ?? "";
    if (isParameter(to) || from === to) continue;
    const boldness = boldnessOf(from, to);
    if (index === 0 || boldness === null) return null;
    cost += boldness;
    replaced.push({ index, from, to });
  }
  return replaced.length > 3 ? null : { cost, replaced };
}

function boldnessOf(from: string, to: string): number | null {
  if (isParameter(from) || from.startsWith(":")) return null;
  const [a, b] = [joined(from), joined(to)];
  if (a === b || sameButNumber(a, b)) return 1;
  if (isTypo(a, b)) return 2;
  // `messages` for `campaign-messages`.
  const dash = to.lastIndexOf("-");
  return dash !== -1 && sameButNumber(a, to.slice(dash + 1)) ? 3 : null;
}

function methodsOf(operations: readonly Operation[]): Method[] {
  return operations.map((operation) => operation.method).sort();
}
