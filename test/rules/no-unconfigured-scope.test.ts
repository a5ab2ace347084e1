import { describe, expect, it } from "vitest";
import rule from "../../rules/no-unconfigured-scope.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const AUTH = 'export const SCOPES = "accounts:read lists:read profiles:write";\n';
const LIST = '"accounts:read lists:read profiles:write"';

describe("no-unconfigured-scope", () => {
  it("offers to configure the scope, or not to request it", () => {
    const picture = project({
      "src/auth.ts": AUTH,
      "klaviyo-scopes.json": '{ "configured": "accounts:read lists:read" }\n',
    })
      .request("src/auth.ts", LIST)
      .configured("klaviyo-scopes.json", '"accounts:read lists:read"')
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:49 (profiles:write)
        export const SCOPES = "accounts:read lists:read profiles:write";
                                                        ~~~~~~~~~~~~~~
      \`profiles:write\` is requested but is not in the app's configured set, so Klaviyo ignores it silently. Add it to the app's Scopes field in Klaviyo, or do not request it.
      suggestion: Add \`profiles:write\` to the configured set.
        { "configured": "profiles:write accounts:read lists:read" }
      suggestion: Remove \`profiles:write\` from the request.
        export const SCOPES = "accounts:read lists:read";
      related: klaviyo-scopes.json:1:17 the configured set"
    `);
  });

  it("adds to an array", () => {
    const picture = project({
      "src/auth.ts": AUTH,
      "klaviyo-scopes.json": '{ "configured": ["accounts:read", "profiles:write"] }\n',
    })
      .request("src/auth.ts", LIST)
      .configured("klaviyo-scopes.json", '["accounts:read", "profiles:write"]')
      .picture();
    expect(findingsOf(rule, picture)).toContain(
      '{ "configured": ["lists:read", "accounts:read", "profiles:write"] }',
    );
  });

  it("compares each app with its own set", () => {
    const picture = project({
      "shop.ts": 'login("accounts:read lists:read");\n',
      "loyalty.ts": 'login("accounts:read lists:read");\n',
      "klaviyo-scopes.json": '{ "shop": "accounts:read", "loyalty": "lists:read accounts:read" }\n',
    })
      .app("shop")
      .request("shop.ts", '"accounts:read lists:read"')
      .configured("klaviyo-scopes.json", '"accounts:read"')
      .app("loyalty")
      .request("loyalty.ts", '"accounts:read lists:read"')
      .configured("klaviyo-scopes.json", '"lists:read accounts:read"')
      .picture();
    const text = findingsOf(rule, picture);
    expect(text).toContain("shop.ts:1:22 (lists:read)");
    expect(text).not.toContain("loyalty.ts");
  });

  it("judges what is known of an incomplete request", () => {
    const picture = project({
      "src/auth.ts": "login(`accounts:read lists:read ${extra}`);\n",
      "klaviyo-scopes.json": '{ "configured": "accounts:read" }\n',
    })
      .request("src/auth.ts", "accounts:read lists:read", {
        unresolved: [["extra", "a parameter that no caller sets"]],
      })
      .configured("klaviyo-scopes.json", '"accounts:read"')
      .picture();
    expect(findingsOf(rule, picture)).toContain("src/auth.ts:1:22 (lists:read)");
  });

  it("is silent without a configured set", () => {
    expect(findingsOf(rule, project({ "src/auth.ts": AUTH }).request("src/auth.ts", LIST).picture())).toBe(
      "",
    );
  });

  it("is silent where all is configured, in any order, and more", () => {
    const picture = project({
      "src/auth.ts": AUTH,
      "klaviyo-scopes.json": '{ "configured": "profiles:write lists:read accounts:read tags:read" }\n',
    })
      .request("src/auth.ts", LIST)
      .configured("klaviyo-scopes.json", '"profiles:write lists:read accounts:read tags:read"')
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it.each(["list:read", "openid", "loyalty:read"])("leaves %s to the rules about its existence", (token) => {
    const picture = project({
      "src/auth.ts": `login("accounts:read ${token}");\n`,
      "klaviyo-scopes.json": '{ "configured": "accounts:read" }\n',
    })
      .request("src/auth.ts", `"accounts:read ${token}"`)
      .configured("klaviyo-scopes.json", '"accounts:read"')
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("judges a scope that the config says exists", () => {
    const picture = project({
      "src/auth.ts": 'login("accounts:read loyalty:read");\n',
      "klaviyo-scopes.json": '{ "configured": "accounts:read" }\n',
    })
      .request("src/auth.ts", '"accounts:read loyalty:read"')
      .configured("klaviyo-scopes.json", '"accounts:read"')
      .config("klaviyo-scopes.json", { scopes: ["loyalty:read"] })
      .picture();
    expect(findingsOf(rule, picture)).toContain("(loyalty:read)");
  });
});
