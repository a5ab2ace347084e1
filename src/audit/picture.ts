/**
 * The picture: what the audit knows of each app before any judgement. Rules read it and nothing else.
 * Words are those of the design: request, configured set, operation, API call, needed set, app.
 */
import type { Catalog } from "../catalog/index.js";
import type { Config } from "../config/types.js";
import type { FoundCall, FoundRequest, Place, Edit } from "../detect/types.js";

export type {
  AuthorizationRequest,
  Edit,
  Malformation,
  MalformationKind,
  Place,
  RequestedToken,
  SdkMistake,
  Unresolved,
} from "../detect/types.js";

/** One list as somebody wrote it, in the app that sends it. */
export interface ScopeRequest extends FoundRequest {
  app: string;
}

/** One place that calls an operation, in its app. */
export interface ApiCall extends FoundCall {
  app: string;
}

/** One scope of the configured set. `place` is in the config file, or in the file `configured` points to. */
export interface ConfiguredScope {
  name: string;
  place: Place;
  removal: Edit | null;
}

export interface ConfiguredSet extends Place {
  scopes: ConfiguredScope[];
  insertion: { file: string; offset: number; prefix: string; suffix: string } | null;
}

/** One Klaviyo app of the repository, and all that was found of it. Every list is in report order. */
export interface App {
  name: string;
  /** Relative to the audited root; "." for the root itself. */
  root: string;
  /** Null when not declared. */
  configured: ConfiguredSet | null;
  requests: ScopeRequest[];
  calls: ApiCall[];
  /** Union of the tokens' names over all requests, sorted. */
  requested: string[];
  /** Union of the calls' scopes and `accounts:read`, sorted. Empty when there is neither a call nor a `uses`. */
  needed: string[];
  /** False where a request is incomplete, or something unknown may be sent in its stead. */
  requestsComplete: boolean;
  /** False where a call is ambiguous or dynamic. */
  callsComplete: boolean;
}

export interface Picture {
  apps: App[];
  config: Config | null;
  /** The config file as places name it, relative to the audited root; null without one. */
  configFile: string | null;
  catalog: Catalog;
  /** The text of an analyzed file, for edits that depend on layout; undefined when it is not at hand (`--facts`). */
  text(file: string): string | undefined;
  /** 1-based line and column of an offset in a known file. */
  position(file: string, offset: number): { line: number; column: number };
}
