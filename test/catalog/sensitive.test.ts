import { expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/index.js";
import { isSensitive, sensitiveReason } from "../../src/catalog/sensitive.js";

const catalog = loadCatalog();

it("every write scope, and reading personal data, needs a reason", () => {
  const sensitiveReads: string[] = [];
  for (const scope of catalog.scopes()) {
    if (scope.access === "write") expect(isSensitive(scope.name, catalog)).toBe(true);
    else if (isSensitive(scope.name, catalog)) sensitiveReads.push(scope.name);
    expect(isSensitive(scope.name, catalog)).toBe(sensitiveReason(scope) !== null);
  }
  expect(sensitiveReads).toEqual([
    "agents:read",
    "conversations:read",
    "credentials:read",
    "data-privacy:read",
    "events:read",
    "profiles:read",
    "push-tokens:read",
    "reviews:read",
    "subscriptions:read",
  ]);
});

it("a scope that the catalog does not know needs none", () => {
  expect(isSensitive("loyalty:write", catalog)).toBe(false);
});
