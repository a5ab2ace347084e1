/** Which objects things are put on for others: an application, a request, a context, a container; nothing else is. */
import { isCarrier } from "../link/registrations.js";
import { nameOf, type Reading } from "./members.js";
import { isUnknown, type Value } from "./values.js";

/** How far what is read of something may be what was registered under that name. */
export interface Receiver {
  /** Its name says that it carries things. */
  carrier: boolean;
  /** A function's parameter that is taken apart where it stands: `({ crm }) => …`. */
  apart: boolean;
  /** Nobody knows what it is. */
  unknown: boolean;
}

/** What something is that a property is read of; null for what a package exports, which has its own. */
export function receiverOf(object: Value, key: string, at: Reading): Receiver | null {
  if (object.kind === "external" && object.module !== "" && object.result === null) return null;
  const name = writtenReceiver(key, at) ?? (isUnknown(object) ? object.name : "");
  const apart =
    isUnknown(object) && object.parameter !== null && at.node.kind === "name" && object.name === at.node.name;
  return { carrier: !apart && isCarrier(name), apart, unknown: isUnknown(object) };
}

/** The name of what stands before the point; null where the property is not written so. */
function writtenReceiver(key: string, { node }: Reading): string | null {
  const read = node.kind === "call" ? node.callee : node;
  if (read.kind !== "member" || nameOf(read) !== key) return null;
  return nameOf(read.object);
}
