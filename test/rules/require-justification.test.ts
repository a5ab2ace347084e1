import { describe, expect, it } from "vitest";
import rule from "../../rules/require-justification.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const AUTH = { "src/auth.ts": 'login("accounts:read data-privacy:write");\n' };
const LIST = '"accounts:read data-privacy:write"';

describe("require-justification", () => {
  it("offers an entry beside the others", () => {
    const config = `{
  "justify": {
    // agreed with legal
    "profiles:read": "Shows the customer's profile in the cart"
  }
}
`;
    const picture = project({ ...AUTH, "klaviyo-scopes.jsonc": config })
      .request("src/auth.ts", LIST)
      .config("klaviyo-scopes.jsonc", {
        justify: { "profiles:read": "Shows the customer's profile in the cart" },
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:22 (data-privacy:write)
        login("accounts:read data-privacy:write");
                             ~~~~~~~~~~~~~~~~~~
      \`data-privacy:write\` needs a reason in the config's \`justify\`: it deletes a person's data for good.
      suggestion: Add an entry for \`data-privacy:write\` to \`justify\`, to be filled in.
            "profiles:read": "Shows the customer's profile in the cart",
            "data-privacy:write": """
    `);
  });

  it("offers the whole of `justify`, in the file's indentation", () => {
    const picture = project({ ...AUTH, "klaviyo-scopes.json": '{\n\t"configured": "accounts:read"\n}\n' })
      .request("src/auth.ts", LIST)
      .config("klaviyo-scopes.json", {})
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:22 (data-privacy:write)
        login("accounts:read data-privacy:write");
                             ~~~~~~~~~~~~~~~~~~
      \`data-privacy:write\` needs a reason in the config's \`justify\`: it deletes a person's data for good.
      suggestion: Add an entry for \`data-privacy:write\` to \`justify\`, to be filled in.
        	"configured": "accounts:read",
        	"justify": {
        		"data-privacy:write": ""
        	}"
    `);
  });

  it("writes under the plugin's key in package.json", () => {
    const picture = project({ ...AUTH, "package.json": '{\n  "klaviyoScopes": {}\n}\n' })
      .request("src/auth.ts", LIST)
      .config("package.json", {})
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:22 (data-privacy:write)
        login("accounts:read data-privacy:write");
                             ~~~~~~~~~~~~~~~~~~
      \`data-privacy:write\` needs a reason in the config's \`justify\`: it deletes a person's data for good.
      suggestion: Add an entry for \`data-privacy:write\` to \`justify\`, to be filled in.
          "klaviyoScopes": {
            "justify": {
              "data-privacy:write": ""
            }
          }"
    `);
  });

  it("reports a scope once for an app, without a suggestion where there is no config", () => {
    const picture = project({ ...AUTH, ".env": "KLAVIYO_SCOPES=data-privacy:write\n" })
      .request("src/auth.ts", LIST)
      .request(".env", "data-privacy:write", { kind: "env" })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:22 (data-privacy:write)
        login("accounts:read data-privacy:write");
                             ~~~~~~~~~~~~~~~~~~
      \`data-privacy:write\` needs a reason in the config's \`justify\`: it deletes a person's data for good.
      related: .env:1:16 also requested here"
    `);
  });

  it("reports an entry that says nothing, and does not add another", () => {
    const picture = project({
      ...AUTH,
      "klaviyo-scopes.json": '{ "justify": { "data-privacy:write": " " } }\n',
    })
      .request("src/auth.ts", LIST)
      .config("klaviyo-scopes.json", { justify: { "data-privacy:write": " " } })
      .picture();
    const text = findingsOf(rule, picture);
    expect(text).toContain("(data-privacy:write)");
    expect(text).not.toContain("suggestion:");
  });

  it("is silent where there is a reason", () => {
    const picture = project({ ...AUTH, "klaviyo-scopes.json": "{}" })
      .request("src/auth.ts", LIST)
      .config("klaviyo-scopes.json", { justify: { "data-privacy:write": "GDPR deletions from our portal" } })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it.each(["accounts:read", "lists:read", "tags:read", "profile:write", "openid", "loyalty:write"])(
    "is silent about %s, which is not sensitive or not known",
    (token) => {
      const picture = project({ "src/auth.ts": `login("${token}");\n` })
        .request("src/auth.ts", `"${token}"`)
        .picture();
      expect(findingsOf(rule, picture)).toBe("");
    },
  );
});
