import { describe, expect, it } from "vitest";
import rule from "../../rules/require-pkce.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const LIST = '"accounts:read"';

/** A login whose authorization request has the parameters given. */
function login(parameters: string) {
  return { "src/login.ts": `redirect(authorizeUrl({ scope: "accounts:read", ${parameters} }));\n` };
}

describe("require-pkce", () => {
  it("reports a request without a challenge", () => {
    const picture = project(login("state"))
      .request("src/login.ts", LIST, { site: "authorizeUrl(", pkce: "missing" })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/login.ts:1:10
        redirect(authorizeUrl({ scope: "accounts:read", state }));
                 ~~~~~~~~~~~~~
      This authorization request has no \`code_challenge\`. Klaviyo requires PKCE with \`S256\` of every app, also of those with a client secret."
    `);
  });

  it("offers a library's option", () => {
    const picture = project({
      "src/passport.ts": 'new OAuth2Strategy({ authorizationURL, scope: "accounts:read", clientID });\n',
    })
      .request("src/passport.ts", LIST, {
        site: "new OAuth2Strategy(",
        pkce: "missing",
        pkceEdit: { before: "clientID", insert: "pkce: true, ", description: "Set `pkce: true`." },
        because: "`pkce` is not set",
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/passport.ts:1:1
        new OAuth2Strategy({ authorizationURL, scope: "accounts:read", clientID });
        ~~~~~~~~~~~~~~~~~~~
      \`pkce\` is not set, so that this authorization request has no \`code_challenge\`. Klaviyo requires PKCE with \`S256\` of every app, also of those with a client secret.
      suggestion: Set \`pkce: true\`.
        new OAuth2Strategy({ authorizationURL, scope: "accounts:read", pkce: true, clientID });"
    `);
  });

  it("reports a challenge without a method", () => {
    const picture = project(login("code_challenge"))
      .request("src/login.ts", LIST, { site: "authorizeUrl(", pkce: "no-method" })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/login.ts:1:10
        redirect(authorizeUrl({ scope: "accounts:read", code_challenge }));
                 ~~~~~~~~~~~~~
      This authorization request has a \`code_challenge\` but no \`code_challenge_method\`, which means \`plain\`. Klaviyo requires \`S256\`."
    `);
  });

  it.each(["'plain'", "plain", "'S512'"])("replaces the method %s", (method) => {
    const picture = project(login(`code_challenge_method: ${method}`))
      .request("src/login.ts", LIST, { site: "authorizeUrl(", pkce: "plain", method })
      .picture();
    expect(findingsOf(rule, picture)).toContain(
      `suggestion: Replace with \`S256\`.\n  redirect(authorizeUrl({ scope: "accounts:read", code_challenge_method: ${method.replace(/\w+/, "S256")} }));`,
    );
  });

  it("underlines the wrong method", () => {
    const picture = project(login("code_challenge_method: 'plain'"))
      .request("src/login.ts", LIST, { site: "authorizeUrl(", pkce: "plain", method: "'plain'" })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/login.ts:1:72
        redirect(authorizeUrl({ scope: "accounts:read", code_challenge_method: 'plain' }));
                                                                               ~~~~~~~
      Klaviyo requires PKCE with \`S256\`, not \`plain\`.
      suggestion: Replace with \`S256\`.
        redirect(authorizeUrl({ scope: "accounts:read", code_challenge_method: 'S256' }));"
    `);
  });

  it("says it once of a site to which two lists go", () => {
    const picture = project({ "src/login.ts": 'authorizeUrl(beta ? "lists:read" : "tags:read");\n' })
      .request("src/login.ts", '"lists:read"', { site: "authorizeUrl(", pkce: "missing" })
      .request("src/login.ts", '"tags:read"', { site: "authorizeUrl(", pkce: "missing" })
      .picture();
    expect(findingsOf(rule, picture).match(/code_challenge/g)).toHaveLength(1);
  });

  it("says it of a site by which one list goes without a challenge, and another with one", () => {
    const picture = project({ "src/login.ts": 'authorizeUrl(beta ? "lists:read" : "tags:read");\n' })
      .request("src/login.ts", '"lists:read"', { site: "authorizeUrl(", pkce: "S256" })
      .request("src/login.ts", '"tags:read"', { site: "authorizeUrl(", pkce: "missing" })
      .picture();
    expect(findingsOf(rule, picture).match(/code_challenge/g)).toHaveLength(1);
  });

  it.each(["S256", "unknown"] as const)("is silent where the method is %s", (pkce) => {
    const picture = project(login("state"))
      .request("src/login.ts", LIST, { site: "authorizeUrl(", pkce })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent where the authorization request is not in view", () => {
    const picture = project({ ".env": "KLAVIYO_SCOPES=accounts:read\n" }).request(".env", "accounts:read", {
      kind: "env",
    });
    expect(findingsOf(rule, picture.picture())).toBe("");
  });
});
