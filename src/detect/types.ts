/** What detection finds, before it is sorted by app. Words are those of the design: request, operation, API call. */
import type { Operation } from "../catalog/types.js";
import type { Range } from "../lower/form.js";

/** A place in a file; lines and columns are computed when it is reported. */
export interface Place {
  file: string;
  range: Range;
}

/** Replaces the text of `range` in `file`. */
export interface Edit {
  file: string;
  range: Range;
  text: string;
}

/** Something that could not be resolved: which part, and why in words that complete "… because it is <reason>". */
export interface Unresolved extends Place {
  reason: string;
}

export type RequestKind = "authorize-url" | "sdk" | "provider" | "env" | "config";

/**
 * How we know that a list goes to Klaviyo, strongest first: Klaviyo's authorize URL; the SDK; a provider object with
 * Klaviyo's URL; an entry keyed or typed as Klaviyo's; a name that says Klaviyo and scopes.
 */
export type Evidence = "authorize-url" | "sdk" | "provider-url" | "provider-key" | "name";

/** One token of a request, as its author meant it. */
export interface RequestedToken {
  /** Trimmed, decoded, lower case: what is compared and judged. */
  name: string;
  /** As it goes out. */
  text: string;
  /** Where its characters are written. */
  place: Place;
  /** Stands in an optional part of the list (`...(beta ? ['x:read'] : [])`). */
  optional: boolean;
  /** Takes the token and one separator out of the list; null where that is not one clean edit. */
  removal: Edit | null;
  /** The edit that writes another name in its stead, without the name: prefix and suffix keep quotes. Null where not writable. */
  replacement: { file: string; range: Range } | null;
}

export type MalformationKind =
  | "comma"
  | "semicolon"
  | "pipe"
  | "newline"
  | "duplicate"
  | "upper-case"
  | "stray-space"
  | "double-encoding"
  | "no-separator";

/** One way in which a list is not "one space-separated list". */
export interface Malformation {
  kind: MalformationKind;
  place: Place;
  /** The offending text or token. */
  text: string;
  /** Together they mend it; empty where a person must. */
  edits: Edit[];
}

/** The whole authorization request a list goes out in, where it is in view. */
export interface AuthorizationRequest extends Place {
  /** "S256"; "plain" (or any other method); "missing" (no code_challenge); "no-method"; "unknown" says nothing. */
  pkce: "S256" | "plain" | "missing" | "no-method" | "unknown";
  /** Where `code_challenge_method` is written, for the suggestion that replaces it; null if absent or computed. */
  methodPlace: Place | null;
  /** The text to add for S256 at a place, where one edit can (an option such as passport's `pkce`); null otherwise. */
  pkceEdit: { edit: Edit; description: string } | null;
  /** Why an option of a library means that there is no challenge: words that begin a sentence. */
  because?: string;
}

/** One list as somebody wrote it. */
export interface FoundRequest extends Place {
  /** The one deployment it is written for, as `production` or `!production`; null where nothing says so. */
  deployment: string | null;
  /** Nothing of its own says Klaviyo, only the file or the object that it stands in; or it may be what a private key needs. */
  isNeutral: boolean;
  /** Where it goes to Klaviyo; null for an env or config entry that only its name tells. */
  site: Place | null;
  kind: RequestKind;
  evidence: Evidence;
  /** False when part of it is unknown: then nothing is said to be absent from it. */
  complete: boolean;
  /** In the order they go out. */
  tokens: RequestedToken[];
  unresolved: Unresolved[];
  /** What may be sent in its stead and is not known: `options.scopes ?? DEFAULTS` where callers are out of sight. */
  instead: Unresolved[];
  malformations: Malformation[];
  /** Inserting `prefix + scope + suffix` at the offset adds a scope; null where that is not one clean edit. */
  insertion: { file: string; offset: number; prefix: string; suffix: string } | null;
  authorization: AuthorizationRequest | null;
  /** The steps from the list to its site, for code flows and `explain`. */
  flow: (Place & { message: string })[];
}

export type CallVia = "sdk" | "http" | "helper" | "config";
export type CallAuth = "oauth" | "private-key" | "public" | "unknown";

/** Why a call has no operation, or why none is needed of it. */
export type CallNote =
  | "legacy" // /api/v1, /api/v2, track, identify: not OAuth
  | "client" // /client/: public key
  | "unknown-operation" // Klaviyo's API, but no operation of the catalog matches
  | "dynamic"; // the path or method could not be resolved

export interface FoundCall extends Place {
  /** The one operation it is; null where there is none or several are possible. */
  operation: Operation | null;
  /** All it can be: one when resolved; several when ambiguous; none for a note. */
  candidates: Operation[];
  /** Null where unresolved. */
  method: string | null;
  /** As resolved, with `{}` for unknown segments; null where unresolved. */
  path: string | null;
  /** The scopes that every candidate needs; empty when called with a private or public key: no need of the app's. */
  scopes: string[];
  via: CallVia;
  auth: CallAuth;
  note: CallNote | null;
  /** Not empty for ambiguous and dynamic calls: they make `callsComplete` false. */
  unresolved: Unresolved[];
  /** Where the method is written, if it is a literal; for suggestions. */
  methodPlace: Place | null;
  /** Where the wrong segment of the path is written, if it is a literal; for suggestions. */
  pathPlace: Place | null;
  /** The way from the place to the HTTP client: helpers passed. */
  flow: (Place & { message: string })[];
  /** The function that nothing is seen to call, so that nothing sends it; absent for calls. */
  idle?: Place & { name: string };
  /** Stands in code of a language that is not read. */
  isUnread?: true;
  /** What hides it comes from callers that nobody sees: no next page of what was asked for before. */
  isGiven?: boolean;
  /** A host of Klaviyo's that does not serve the API; absent for the one that does, and where it is not known. */
  host?: string;
  /** Of a helper that the config names; absent where the code tells. */
  declared?: true;
  /** A method that the SDK's class does not have; absent for calls that are none. */
  mistaken?: SdkMistake;
}

/** `new ProfilesApi(session).getProfils()`. */
export interface SdkMistake {
  className: string;
  name: string;
  /** The method of the class that is near. */
  meant: string;
  /** Where the name is written. */
  place: Place;
}

/**
 * How a list goes out: as the one text Klaviyo reads, as a list that a library joins with spaces, or as a text that what
 * takes it splits at commas and joins with spaces.
 */
export type Delivery = "text" | "list" | "commas";
