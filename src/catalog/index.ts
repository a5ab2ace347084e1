/** The catalog: Klaviyo's scopes and operations, and the ways to look them up. */
import { CATALOG_DATA } from "./generated.js";
import { pathSegments } from "./path.js";
import { PathTree } from "./path-tree.js";
import type { CatalogData, Operation, OperationRow, Provenance, Scope, Segment } from "./types.js";

export interface Catalog {
  /** The stable revision, `2026-07-15`. */
  revision: string;
  /** A scope by its exact name. */
  scope(name: string): Scope | undefined;
  /** Sorted by name. */
  scopes(): readonly Scope[];
  /** The resources of all scopes, sorted: `accounts`, `agents` … */
  resources(): readonly string[];
  /** Stable ones, then beta ones, each sorted by path and method. */
  operations(): readonly Operation[];
  /**
   * An operation by its id or an alias of it, in any case style: `get_profiles`, `getProfiles`, `GetListProfiles`.
   * A `_beta` at the end may be missing, or be one too many; a stable operation wins over a beta one of the same name.
   */
  operation(idOrAlias: string): Operation | undefined;
  /** The operations that need a scope of the app, without those under `/client/`: they are called with a public key. */
  operationsForScope(name: string): readonly Operation[];
  /**
   * The operation of a method (any case) and a concrete path, ids filled in; with or without host, `/api`, trailing
   * slash, query and fragment. A fixed segment is preferred over an id, a stable operation over a beta one.
   * Undefined for the URL of a foreign host.
   */
  match(method: string, path: string): Operation | undefined;
  /**
   * All operations that a path with unknown parts can be; a null method is any. Without a literal `api` or `client` at
   * the front, `/api` is meant. An unknown segment is an id where an operation has one, otherwise any fixed segment.
   */
  matchPattern(method: string | null, segments: readonly Segment[]): Operation[];
  /** The operations of a concrete path, whatever their method. */
  operationsForPath(path: string): Operation[];
}

let loaded: Catalog | undefined;

/** The catalog that is built in. Indexes are made when first used, so loading costs nothing but the module. */
export function loadCatalog(): Catalog {
  return (loaded ??= createCatalog(CATALOG_DATA));
}

/** A catalog over any data; `loadCatalog` is the one to use outside of tests. */
export function createCatalog(data: CatalogData): Catalog {
  const scopes = lazy(() => new Map(data.scopes.map(([name, from]) => [name, toScope(name, from)])));
  const scopeList = lazy(() => [...scopes().values()]);
  const resources = lazy(() => [...new Set(scopeList().map((scope) => scope.resource))]);
  const operations = lazy(() => [
    ...data.operations.map((row) => toOperation(row, data.revision, false)),
    ...data.betaOperations.map((row) => toOperation(row, data.betaRevision, true)),
  ]);
  const byName = lazy(() => indexByName(operations()));
  const byScope = lazy(() => indexByScope(operations()));
  const tree = lazy(() => {
    const paths = new PathTree();
    for (const operation of operations()) paths.add(operation);
    return paths;
  });

  function findConcrete(method: string | null, path: string): Operation[] {
    const segments = pathSegments(path);
    return segments === null ? [] : tree().find(method, segments.map(literal));
  }

  return {
    revision: data.revision,
    scope: (name) => scopes().get(name),
    scopes: scopeList,
    resources,
    operations,
    operation(idOrAlias) {
      const key = operationKey(idOrAlias);
      const found = byName().get(key) ?? byName().get(key.replace(/beta$/, ""));
      return found !== undefined && isSpelled(idOrAlias, found) ? found : undefined;
    },
    operationsForScope: (name) => byScope().get(name) ?? [],
    match: (method, path) => findConcrete(method, path)[0],
    matchPattern: (method, segments) => tree().find(method, segments),
    operationsForPath: (path) => findConcrete(null, path),
  };
}

/** Whether an operation is called with a public key (`company_id`), so that it is no evidence of need. */
export function isClientOperation(operation: Operation): boolean {
  return operation.path.startsWith("/client/");
}

function toScope(name: string, provenance: string): Scope {
  const colon = name.indexOf(":");
  return {
    name,
    resource: name.slice(0, colon),
    access: name.endsWith(":write") ? "write" : "read",
    provenance: words(provenance) as Provenance[],
  };
}

function toOperation(row: OperationRow, revision: string, beta: boolean): Operation {
  const [id, aliases, method, path, tag, scopes, summary] = row;
  return { id, aliases: words(aliases), method, path, tag, scopes: words(scopes), revision, beta, summary };
}

/** An operation's name without what case styles change: `get_profiles` and `GetProfiles` are one key. */
export function operationKey(name: string): string {
  return name.replace(/[_\s-]/g, "").toLowerCase();
}

/** Whether words that are written apart are the operation's own: `get_profile_s` is a slip, and no case style. */
function isSpelled(name: string, { id, aliases }: Operation): boolean {
  if (!/[_\s-]/.test(name)) return true;
  const written = wordsOf(name);
  return [id, ...aliases].some((known) => wordsOf(known) === written);
}

/** A name's words, in any case style, without the `beta` at the end. */
function wordsOf(name: string): string {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_")
    .replace(/[\s-]/g, "_")
    .toLowerCase()
    .replace(/_beta$/, "");
}

function indexByName(operations: readonly Operation[]): Map<string, Operation> {
  const index = new Map<string, Operation>();
  const add = (name: string, operation: Operation): void => {
    const key = operationKey(name);
    if (!index.has(key)) index.set(key, operation);
  };
  for (const operation of operations) add(operation.id, operation);
  for (const operation of operations) for (const alias of operation.aliases) add(alias, operation);
  // Last, so that leaving the suffix out never hides a stable operation.
  for (const operation of operations) if (operation.beta) add(operation.id.replace(/_beta$/, ""), operation);
  return index;
}

function indexByScope(operations: readonly Operation[]): Map<string, Operation[]> {
  const index = new Map<string, Operation[]>();
  for (const operation of operations) {
    if (isClientOperation(operation)) continue;
    for (const scope of operation.scopes) {
      const known = index.get(scope);
      if (known === undefined) index.set(scope, [operation]);
      else known.push(operation);
    }
  }
  return index;
}

function literal(text: string): Segment {
  return { kind: "literal", text };
}

function words(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
