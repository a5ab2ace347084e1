import { describe, expect, it } from "vitest";
import rule from "../../rules/no-unrequested-scope.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const CONFIG = { "klaviyo-scopes.json": '{ "configured": "accounts:read lists:read tags:read" }\n' };
const CONFIGURED = '"accounts:read lists:read tags:read"';

describe("no-unrequested-scope", () => {
  it("offers to drop the scope from the set, or to request it", () => {
    const picture = project({ ...CONFIG, "src/auth.ts": 'login("accounts:read lists:read");\n' })
      .request("src/auth.ts", '"accounts:read lists:read"')
      .configured("klaviyo-scopes.json", CONFIGURED)
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "klaviyo-scopes.json:1:43 (tags:read)
        { "configured": "accounts:read lists:read tags:read" }
                                                  ~~~~~~~~~
      \`tags:read\` is in the configured set, but the app never requests it. Remove it from the app's Scopes field in Klaviyo, or request it.
      suggestion: Remove \`tags:read\` from the configured set.
        { "configured": "accounts:read lists:read" }
      suggestion: Add \`tags:read\` to the request.
        login("tags:read accounts:read lists:read");
      related: src/auth.ts:1:7 requested here, without it"
    `);
  });

  it("never tells to give up what a call needs", () => {
    const picture = project({
      ...CONFIG,
      "src/auth.ts": 'login("accounts:read lists:read");\n',
      "src/tags.ts": "getTags();\n",
    })
      .request("src/auth.ts", '"accounts:read lists:read"')
      .call("src/tags.ts", "getTags()", "get_tags")
      .configured("klaviyo-scopes.json", CONFIGURED)
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "klaviyo-scopes.json:1:43 (tags:read)
        { "configured": "accounts:read lists:read tags:read" }
                                                  ~~~~~~~~~
      \`tags:read\` is in the configured set and API calls of the app need it, but the app never requests it: customers get a 403. Request it.
      suggestion: Add \`tags:read\` to the request.
        login("tags:read accounts:read lists:read");
      related: src/auth.ts:1:7 requested here, without it"
    `);
  });

  it("adds the scope to each of two lists", () => {
    const picture = project({
      ...CONFIG,
      "src/auth.ts": 'login("accounts:read lists:read");\n',
      ".env": "KLAVIYO_SCOPES=accounts:read\n",
    })
      .request("src/auth.ts", '"accounts:read lists:read"')
      .request(".env", "accounts:read", { kind: "env" })
      .configured("klaviyo-scopes.json", CONFIGURED)
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "klaviyo-scopes.json:1:43 (tags:read)
        { "configured": "accounts:read lists:read tags:read" }
                                                  ~~~~~~~~~
      \`tags:read\` is in the configured set, but the app never requests it. Remove it from the app's Scopes field in Klaviyo, or request it.
      suggestion: Remove \`tags:read\` from the configured set.
        { "configured": "accounts:read lists:read" }
      suggestion: Add \`tags:read\` to each list of scopes.
        login("tags:read accounts:read lists:read");
        KLAVIYO_SCOPES=tags:read accounts:read
      related: src/auth.ts:1:7 requested here, without it
      related: .env:1:16 requested here, without it"
    `);
  });

  it("is silent where any of the app's requests asks for it", () => {
    const picture = project({
      ...CONFIG,
      "src/auth.ts": 'login("accounts:read lists:read");\n',
      ".env": "KLAVIYO_SCOPES=accounts:read tags:read\n",
    })
      .request("src/auth.ts", '"accounts:read lists:read"')
      .request(".env", "accounts:read tags:read", { kind: "env" })
      .configured("klaviyo-scopes.json", CONFIGURED)
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent where a part of the request is unknown", () => {
    const picture = project({ ...CONFIG, "src/auth.ts": "login(`accounts:read lists:read ${extra}`);\n" })
      .request("src/auth.ts", "accounts:read lists:read", {
        unresolved: [["extra", "a parameter that no caller sets"]],
      })
      .configured("klaviyo-scopes.json", CONFIGURED)
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent where nothing is requested in this repository", () => {
    const picture = project(CONFIG).configured("klaviyo-scopes.json", CONFIGURED).picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("leaves `accounts:read` to require-accounts-read", () => {
    const picture = project({ ...CONFIG, "src/auth.ts": 'login("lists:read tags:read");\n' })
      .request("src/auth.ts", '"lists:read tags:read"')
      .configured("klaviyo-scopes.json", CONFIGURED)
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent without a configured set", () => {
    const picture = project({ "src/auth.ts": 'login("lists:read");\n' })
      .request("src/auth.ts", '"lists:read"')
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });
});
