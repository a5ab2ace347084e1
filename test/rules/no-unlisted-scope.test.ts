import { describe, expect, it } from "vitest";
import rule from "../../rules/no-unlisted-scope.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const AUTH = { "src/auth.ts": 'export const SCOPES = "accounts:read loyalty:read";\n' };

describe("no-unlisted-scope", () => {
  it("names the catalog's revision, and the way to allow the scope", () => {
    const picture = project(AUTH).request("src/auth.ts", '"accounts:read loyalty:read"').picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:38 (loyalty:read)
        export const SCOPES = "accounts:read loyalty:read";
                                             ~~~~~~~~~~~~
      \`loyalty:read\` is not in the catalog of Klaviyo's scopes (revision 2026-07-15). If it exists, add it to \`scopes\` in the config."
    `);
  });

  it("is silent where the config allows it", () => {
    const picture = project({ ...AUTH, "klaviyo-scopes.json": '{ "scopes": ["loyalty:read"] }' })
      .request("src/auth.ts", '"accounts:read loyalty:read"')
      .config("klaviyo-scopes.json", { scopes: ["loyalty:read"] })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it.each(["list:read", "accounts:write", "openid", "profiles:read", "agents:read"])(
    "is silent about %s, which is known or no-unknown-scope's",
    (token) => {
      const picture = project({ "src/auth.ts": `login("${token}");\n` })
        .request("src/auth.ts", `"${token}"`)
        .picture();
      expect(findingsOf(rule, picture)).toBe("");
    },
  );
});
