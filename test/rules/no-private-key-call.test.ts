import { describe, expect, it } from "vitest";
import rule from "../../rules/no-private-key-call.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const AUTH = { "src/auth.ts": 'login("accounts:read lists:read");\n' };
const LIST = '"accounts:read lists:read"';
const SYNC = { "src/sync.ts": "await klaviyo.getLists();\n" };

describe("no-private-key-call", () => {
  it("reports a call with a private key", () => {
    const picture = project({ ...AUTH, ...SYNC })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", "klaviyo.getLists()", "get_lists", { auth: "private-key" })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/sync.ts:1:7 (get_lists)
        await klaviyo.getLists();
              ~~~~~~~~~~~~~~~~~~
      This API call (\`GET /api/lists\`) is made with a private key, though the app requests scopes. Klaviyo's review wants OAuth for every call: send the access token instead.
      related: src/auth.ts:1:7 scopes are requested here"
    `);
  });

  it("reports a call that is not resolved", () => {
    const picture = project({ ...AUTH, "src/sync.ts": "admin.request(path);\n" })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", "admin.request(path)", [], {
        auth: "private-key",
        note: "dynamic",
        unresolved: [["path", "a parameter that no caller sets"]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toContain(
      "This API call (an unknown operation) is made with a private key",
    );
  });

  it.each(["oauth", "unknown", "public"] as const)("is silent about %s", (auth) => {
    const picture = project({ ...AUTH, ...SYNC })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", "klaviyo.getLists()", "get_lists", { auth })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent in an app without a request: a private integration", () => {
    const picture = project(SYNC)
      .call("src/sync.ts", "klaviyo.getLists()", "get_lists", { auth: "private-key" })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });
});
