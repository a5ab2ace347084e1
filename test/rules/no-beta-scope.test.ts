import { describe, expect, it } from "vitest";
import rule from "../../rules/no-beta-scope.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

describe("no-beta-scope", () => {
  it("reports a scope of beta revisions alone", () => {
    const picture = project({ "src/auth.ts": 'login("accounts:read agents:read");\n' })
      .request("src/auth.ts", '"accounts:read agents:read"')
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:22 (agents:read)
        login("accounts:read agents:read");
                             ~~~~~~~~~~~
      \`agents:read\` is only known to beta revisions of Klaviyo's API, which can change or go without notice. If the app takes part in the beta, add it to \`scopes\` in the config."
    `);
  });

  it.each([
    ["a scope of stable and beta revisions", "campaigns:read"],
    ["a scope of the stable revision alone", "custom-objects:write"],
    ["a scope of the documentation alone", "data-privacy:read"],
    ["a mistaken beta scope", "agent:read"],
    ["an unlisted scope", "loyalty:read"],
  ])("is silent about %s", (_, token) => {
    const picture = project({ "src/auth.ts": `login("${token}");\n` })
      .request("src/auth.ts", `"${token}"`)
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent where the config accepts it", () => {
    const picture = project({ "src/auth.ts": 'login("agents:read");\n', "klaviyo-scopes.json": "{}" })
      .request("src/auth.ts", '"agents:read"')
      .config("klaviyo-scopes.json", { scopes: ["agents:read"] })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });
});
