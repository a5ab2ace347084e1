/** A scope list on its way to Klaviyo, before it is read as a list. */
import type { Delivery, AuthorizationRequest, Evidence, Place, RequestKind } from "./types.js";
import type { Chunk, Condition, UnknownValue } from "../evaluate/values.js";

export interface RawRequest {
  chunks: Chunk[];
  /** The larger text it stands in, where that matters for its place; null when `chunks` were cut out of it. */
  all: Chunk[] | null;
  delivery: Delivery;
  /** The branches in which it is sent. */
  when?: readonly Condition[];
  /** What may be sent in its stead and is not known. */
  instead?: UnknownValue[];
  site: Place | null;
  kind: RequestKind;
  evidence: Evidence;
  authorization: AuthorizationRequest | null;
  /** Its site is an object that takes the URL and the list from another one, which says as much. */
  copied?: boolean;
  /** Nothing of its own says Klaviyo, only the file or the object that it stands in. */
  isNeutral?: boolean;
  /** The calls on the way, outermost first. */
  via: Place[];
}
