/**
 * Scopes that a reviewer, or the person who installs the app, will ask about. `require-justification` wants a reason
 * for each; the docs list them from here.
 */
import type { Catalog } from "./index.js";
import type { Scope } from "./types.js";

/** Why reading a resource needs a reason. Every write scope needs one as well. */
const SENSITIVE_READS: ReadonlyMap<string, string> = new Map([
  ["profiles", "reads personal data: names, e-mail addresses, phone numbers, locations"],
  ["events", "reads what each person did and bought"],
  ["conversations", "reads private messages with customers"],
  ["data-privacy", "reads requests to delete a person's data"],
  ["push-tokens", "reads tokens with which a person's device can be reached"],
  ["subscriptions", "reads who consented to be contacted, and how"],
  ["reviews", "reads what named customers wrote"],
  ["credentials", "reads the account's API keys"],
  ["agents", "reads the customer agent's knowledge and secrets"],
]);

const SENSITIVE_WRITES: ReadonlyMap<string, string> = new Map([
  ["profiles", "changes, merges or suppresses personal data"],
  ["data-privacy", "deletes a person's data for good"],
  ["subscriptions", "changes who consented to be contacted"],
  ["campaigns", "can send messages to customers"],
  ["flows", "can start or stop automated messages to customers"],
  ["conversations", "can write to customers"],
  ["push-tokens", "registers devices to which messages are sent"],
  ["webhooks", "sends the account's data to other servers"],
  ["credentials", "makes and revokes API keys"],
  ["sender-config", "changes on whose behalf messages are sent"],
]);

/** Why a scope needs a reason, in words that complete "`profiles:read` …"; null if it needs none. */
export function sensitiveReason(scope: Pick<Scope, "resource" | "access">): string | null {
  if (scope.access === "read") return SENSITIVE_READS.get(scope.resource) ?? null;
  return (
    SENSITIVE_WRITES.get(scope.resource) ?? `changes the account's ${scope.resource.replaceAll("-", " ")}`
  );
}

/** Whether the scope of that name is a known one that needs a reason. */
export function isSensitive(name: string, catalog: Catalog): boolean {
  const scope = catalog.scope(name);
  return scope !== undefined && sensitiveReason(scope) !== null;
}
