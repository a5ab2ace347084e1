import { describe, expect, it } from "vitest";
import rule from "../../rules/no-unknown-scope.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

/** A request for one list in `src/auth.ts`. */
function requesting(list: string) {
  return project({ "src/auth.ts": `export const SCOPES = ${list};\n` }).request("src/auth.ts", list);
}

describe("no-unknown-scope", () => {
  it.each([
    ["list:read", "lists:read"],
    ["template:write", "templates:write"],
    ["data_privacy:read", "data-privacy:read"],
    ["profiles.read", "profiles:read"],
    ["read:profiles", "profiles:read"],
    ["read_profiles", "profiles:read"],
    ["profles:read", "profiles:read"],
    ["campagins:write", "campaigns:write"],
  ])("knows what %s means", (written, meant) => {
    const [line] = findingsOf(rule, requesting(`"accounts:read ${written}"`).picture())
      .split("\n")
      .slice(3);
    expect(line).toBe(`Klaviyo has no scope \`${written}\`. Did you mean \`${meant}\`?`);
  });

  it("replaces in a string", () => {
    expect(findingsOf(rule, requesting('"accounts:read list:read"').picture())).toMatchInlineSnapshot(`
      "src/auth.ts:1:38 (list:read)
        export const SCOPES = "accounts:read list:read";
                                             ~~~~~~~~~
      Klaviyo has no scope \`list:read\`. Did you mean \`lists:read\`?
      suggestion: Replace with \`lists:read\`.
        export const SCOPES = "accounts:read lists:read";"
    `);
  });

  it("replaces in an array, with its quotes", () => {
    expect(findingsOf(rule, requesting('["accounts:read", "template:write"]').picture()))
      .toMatchInlineSnapshot(`
      "src/auth.ts:1:42 (template:write)
        export const SCOPES = ["accounts:read", "template:write"];
                                                 ~~~~~~~~~~~~~~
      Klaviyo has no scope \`template:write\`. Did you mean \`templates:write\`?
      suggestion: Replace with \`templates:write\`.
        export const SCOPES = ["accounts:read", "templates:write"];"
    `);
  });

  it("removes what would be there twice", () => {
    expect(findingsOf(rule, requesting('"lists:read list:read"').picture())).toMatchInlineSnapshot(`
      "src/auth.ts:1:35 (list:read)
        export const SCOPES = "lists:read list:read";
                                          ~~~~~~~~~
      Klaviyo has no scope \`list:read\`. Did you mean \`lists:read\`?
      suggestion: Remove \`list:read\` from the request.
        export const SCOPES = "lists:read";"
    `);
  });

  it("names the accesses that a resource has", () => {
    expect(findingsOf(rule, requesting('"accounts:write lists:full"').picture())).toMatchInlineSnapshot(`
      "src/auth.ts:1:24 (accounts:write)
        export const SCOPES = "accounts:write lists:full";
                               ~~~~~~~~~~~~~~
      Klaviyo has no scope \`accounts:write\`: for \`accounts\` there is only \`accounts:read\`.
      suggestion: Replace with \`accounts:read\`.
        export const SCOPES = "accounts:read lists:full";

      src/auth.ts:1:39 (lists:full)
        export const SCOPES = "accounts:write lists:full";
                                              ~~~~~~~~~~
      Klaviyo has no scope \`lists:full\`: for \`lists\` there is only \`lists:read\` and \`lists:write\`.
      suggestion: Replace with \`lists:read\`.
        export const SCOPES = "accounts:write lists:read";
      suggestion: Replace with \`lists:write\`.
        export const SCOPES = "accounts:write lists:write";"
    `);
  });

  it("removes what is no scope at all", () => {
    expect(findingsOf(rule, requesting('"openid accounts:read offline_access"').picture()))
      .toMatchInlineSnapshot(`
      "src/auth.ts:1:24 (openid)
        export const SCOPES = "openid accounts:read offline_access";
                               ~~~~~~
      \`openid\` is no scope of Klaviyo's, so it cannot be granted: those are written \`resource:read\` or \`resource:write\`.
      suggestion: Remove \`openid\` from the request.
        export const SCOPES = "accounts:read offline_access";

      src/auth.ts:1:45 (offline_access)
        export const SCOPES = "openid accounts:read offline_access";
                                                    ~~~~~~~~~~~~~~
      \`offline_access\` is no scope of Klaviyo's, so it cannot be granted: those are written \`resource:read\` or \`resource:write\`.
      suggestion: Remove \`offline_access\` from the request.
        export const SCOPES = "openid accounts:read";"
    `);
  });

  it("quotes a hostile token on one line", () => {
    const text = findingsOf(rule, requesting('"accounts:read \u0007x{{name}}:\u001b[31m"').picture());
    expect(text.split("\n")[3]).toMatchInlineSnapshot(
      `"\`x{{name}}: [31m\` is no scope of Klaviyo's, so it cannot be granted: those are written \`resource:read\` or \`resource:write\`."`,
    );
  });

  it("reports a token once that two apps send", () => {
    const files = { "src/scopes.ts": 'export const SCOPES = "list:read";\n' };
    const picture = project(files)
      .app("shop", "apps/shop")
      .request("src/scopes.ts", '"list:read"')
      .app("loyalty", "apps/loyalty")
      .request("src/scopes.ts", '"list:read"')
      .picture();
    expect(findingsOf(rule, picture).match(/Did you mean/g)).toHaveLength(1);
  });

  it.each([
    ["known scopes", '"accounts:read profiles:write custom-objects:read"'],
    ["beta scopes", '"agents:read"'],
    ["documented scopes that no operation needs", '"data-privacy:read"'],
    ["upper case, which is malformed", '"Accounts:Read"'],
    ["a resource that nothing is near to", '"loyalty:read"'],
    ["an empty list", '""'],
  ])("is silent about %s", (_, list) => {
    expect(findingsOf(rule, requesting(list).picture())).toBe("");
  });

  it("is silent about what the config says exists", () => {
    const picture = project({
      "src/auth.ts": 'export const SCOPES = "list:read";\n',
      "klaviyo-scopes.json": "{}",
    })
      .request("src/auth.ts", '"list:read"')
      .config("klaviyo-scopes.json", { scopes: ["list:read"] });
    expect(findingsOf(rule, picture.picture())).toBe("");
  });
});
