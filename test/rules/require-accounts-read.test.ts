import { describe, expect, it } from "vitest";
import rule from "../../rules/require-accounts-read.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const ARRAY = `export const KLAVIYO_SCOPES = ["profiles:read", "lists:read"];
export const authorizeUrl = (state) => url(KLAVIYO_SCOPES.join(" "), state);
`;

describe("require-accounts-read", () => {
  it("inserts the scope into a string", () => {
    const picture = project({ "src/auth.ts": 'const SCOPES = "profiles:read lists:read";\n' })
      .request("src/auth.ts", '"profiles:read lists:read"')
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:16 (accounts:read)
        const SCOPES = "profiles:read lists:read";
                       ~~~~~~~~~~~~~~~~~~~~~~~~~~
      This scope request lacks \`accounts:read\`, which Klaviyo requires of every app.
      fix:
        const SCOPES = "accounts:read profiles:read lists:read";"
    `);
  });

  it("inserts the scope into an array", () => {
    const picture = project({ "src/auth.ts": ARRAY })
      .request("src/auth.ts", '["profiles:read", "lists:read"]', { site: "url(KLAVIYO_SCOPES" })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:31 (accounts:read)
        export const KLAVIYO_SCOPES = ["profiles:read", "lists:read"];
                                      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      This scope request lacks \`accounts:read\`, which Klaviyo requires of every app.
      fix:
        export const KLAVIYO_SCOPES = ["accounts:read", "profiles:read", "lists:read"];"
    `);
  });

  it("has no fix where nothing can be inserted in one clean edit", () => {
    const picture = project({ "config/deploy.yml": "KLAVIYO_SCOPES: profiles:read\n" })
      .request("config/deploy.yml", "profiles:read", { kind: "env", editable: false })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "config/deploy.yml:1:17 (accounts:read)
        KLAVIYO_SCOPES: profiles:read
                        ~~~~~~~~~~~~~
      This scope request lacks \`accounts:read\`, which Klaviyo requires of every app."
    `);
  });

  it("reports an empty list in code", () => {
    const picture = project({ "src/auth.ts": 'login({ scope: "" });\n' }).request("src/auth.ts", '""', {
      site: "login(",
    });
    expect(findingsOf(rule, picture.picture())).toMatchInlineSnapshot(`
      "src/auth.ts:1:16 (accounts:read)
        login({ scope: "" });
                       ~~
      This scope request lacks \`accounts:read\`, which Klaviyo requires of every app.
      fix:
        login({ scope: "accounts:read" });"
    `);
  });

  it("does not insert beside a token that was meant for it", () => {
    const picture = project({ "src/auth.ts": 'const SCOPES = "account:read lists:read";\n' })
      .request("src/auth.ts", '"account:read lists:read"')
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:16 (accounts:read)
        const SCOPES = "account:read lists:read";
                       ~~~~~~~~~~~~~~~~~~~~~~~~~
      This scope request lacks \`accounts:read\`, which Klaviyo requires of every app: \`account:read\` does not stand for it.
      related: src/auth.ts:1:17 probably meant as \`accounts:read\`"
    `);
  });

  it("reports a list once that is sent from two sites", () => {
    const picture = project({
      "src/auth.ts": 'const SCOPES = "lists:read";\ninstall(SCOPES);\nreconnect(SCOPES);\n',
    })
      .request("src/auth.ts", '"lists:read"', { site: "install(" })
      .request("src/auth.ts", '"lists:read"', { site: "reconnect(" })
      .picture();
    expect(findingsOf(rule, picture).match(/lacks/g)).toHaveLength(1);
  });

  it("is silent where a list holds it", () => {
    const picture = project({ "src/auth.ts": 'const SCOPES = "lists:read accounts:read";\n' })
      .request("src/auth.ts", '"lists:read accounts:read"')
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent where a spread list brings it", () => {
    const picture = project({
      "src/auth.ts": 'const BASE = ["accounts:read"];\nconst ALL = [...BASE, "lists:read"];\n',
    })
      .request("src/auth.ts", '[...BASE, "lists:read"]', {
        also: { file: "src/auth.ts", list: '["accounts:read"]' },
      })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent where a part of the list is unknown: it may be there", () => {
    const picture = project({ "src/auth.ts": "const SCOPES = `lists:read ${process.env.EXTRA}`;\n" })
      .request("src/auth.ts", "lists:read", {
        unresolved: [["process.env.EXTRA", "an environment variable that no file sets"]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent about an upper-case token, which is malformed, not absent", () => {
    const picture = project({ "src/auth.ts": 'const SCOPES = "ACCOUNTS:READ";\n' }).request(
      "src/auth.ts",
      '"ACCOUNTS:READ"',
    );
    expect(findingsOf(rule, picture.picture())).toBe("");
  });

  it("is silent about a blank to fill in", () => {
    const picture = project({ ".env.example": 'KLAVIYO_SCOPES=""\n' }).request(".env.example", '""', {
      kind: "env",
    });
    expect(findingsOf(rule, picture.picture())).toBe("");
  });
});
