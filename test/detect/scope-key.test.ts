/** Which keys hold a list of scopes. Keys come from analyzed code, so that any key must take linear time. */
import { expect, it } from "vitest";
import { SCOPE_KEY } from "../../src/detect/scope-value.js";

it.each([
  "scope",
  "scopes",
  "default_scopes",
  "authorize_scopes",
  "requiredOAuthScopes",
  "app.permissions",
  "scope_list",
])("takes %s", (key) => {
  expect(SCOPE_KEY.test(key)).toBe(true);
});

it.each(["scoped", "telescope", "scope_separator", "microscopes", "grants"])("leaves %s alone", (key) => {
  expect(SCOPE_KEY.test(key)).toBe(false);
});

it("answers for hostile keys", () => {
  for (const part of ["app_", "requiredoauth", "min_imal_", "_.-"]) {
    expect(SCOPE_KEY.test(`${part.repeat(5_000)}x`)).toBe(false);
  }
});
