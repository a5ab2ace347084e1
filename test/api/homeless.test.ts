/** What lies in no app of the config is judged in the app that reaches it, and told where none does. */
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { analyze } from "../../src/api/analyze.js";

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
