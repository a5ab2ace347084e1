/** Where we know a scope or an operation from. Sources: see `data/README.md`. */
export type Provenance = "documented" | "stable" | "beta";

export type Access = "read" | "write";

export interface Scope {
  /** `profiles:read` */
  name: string;
  resource: string;
  access: Access;
  /** Never empty. A scope with only "beta" is known to beta API revisions alone. */
  provenance: Provenance[];
}

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** One Klaviyo API endpoint. */
export interface Operation {
  /** `get_profiles` */
  id: string;
  /** Older ids of the same operation, which SDKs keep as deprecated methods (`x-klaviyo-operation-aliases`). */
  aliases: string[];
  method: Method;
  /** Path template with `/api` or `/client`: `/api/profiles/{id}/lists`. No trailing slash. */
  path: string;
  /** `Profiles` */
  tag: string;
  /** All of them are needed. Sorted. */
  scopes: string[];
  /** The API revision it was published under. */
  revision: string;
  beta: boolean;
  summary: string;
}

/** One segment of a path of which not everything is known. */
export type Segment =
  | { kind: "literal"; text: string }
  /** One segment, of which nothing is known. */
  | { kind: "unknown" }
  /** One segment that starts and ends with known text. */
  | { kind: "partial"; prefix: string; suffix: string }
  /** Zero or more segments, of which nothing is known. */
  | { kind: "rest" };

/** What `npm run update` writes: the catalog as flat rows, names joined by spaces. */
export interface CatalogData {
  revision: string;
  betaRevision: string;
  scopes: readonly (readonly [name: string, provenance: string])[];
  operations: readonly OperationRow[];
  betaOperations: readonly OperationRow[];
}

export type OperationRow = readonly [
  id: string,
  aliases: string,
  method: Method,
  path: string,
  tag: string,
  scopes: string,
  summary: string,
];
