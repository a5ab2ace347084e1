/** What lies in no app of the config is judged in the app that reaches it, and told where none does; so are other configs. */
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { analyze } from "../../src/api/analyze.js";
import { temporaryFolder } from "./temporary.js";

const root = fileURLToPath(new URL("../../fixtures/calls/apps-share-package", import.meta.url));

it("tells of an API call that no app was seen to make", async () => {
  const { diagnostics, report } = await analyze({ root });
  expect(diagnostics).toEqual([
    {
      file: "packages/klaviyo/client.js",
      line: 12,
      column: 41,
      message: expect.stringContaining("lies in no app of the config") as string,
    },
  ]);
  expect(report.apiCalls.map(({ app, operation }) => [app, operation])).toEqual([
    ["loyalty", "get_profile"],
    ["reviews", "create_event"],
  ]);
});

it("tells of configs below the root, which do not count", async () => {
  const root = temporaryFolder({
    "klaviyo-scopes.json": "{}",
    "klaviyo-scopes.jsonc": "{}",
    "apps/loyalty/klaviyo-scopes.json": '{ "configured": "accounts:read" }',
    "test/app/klaviyo-scopes.json": "{}",
  });
  const { diagnostics } = await analyze({ root });
  expect(diagnostics).toEqual([
    {
      file: "apps/loyalty/klaviyo-scopes.json",
      line: 1,
      column: 1,
      message:
        "this config is not read: an audit has one, that of its root. Audit the folder by itself (`--root apps/loyalty`), or name it under `apps` in the root's config.",
    },
  ]);
  expect((await analyze({ cwd: `${root}/apps/loyalty` })).diagnostics).toEqual([]);
});

it("tells of one in a package.json as well", async () => {
  const root = temporaryFolder({
    "package.json": '{ "name": "top" }',
    "apps/loyalty/package.json": '{ "klaviyoScopes": { "configured": "accounts:read" } }',
    "apps/reviews/package.json": '{ "name": "klaviyo-reviews" }',
  });
  const { diagnostics } = await analyze({ root });
  expect(diagnostics.map(({ file }) => file)).toEqual(["apps/loyalty/package.json"]);
});
