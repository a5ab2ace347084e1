import { describe, expect, it } from "vitest";
import rule from "../../rules/no-conflicting-requests.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const AUTH = {
  "src/auth.ts": 'login(process.env.KLAVIYO_SCOPES ?? "accounts:read lists:read tags:read");\n',
};
const LIST = '"accounts:read lists:read tags:read"';

/** A list that `login` sends, and another one that nothing but its name gives to Klaviyo. */
function besideNamed(sent: string, auth: Record<string, string>) {
  const named = '"accounts:read profiles:read"';
  return project({ ...auth, "config/klaviyo.json": `{ "scopes": ${named} }\n` })
    .request("config/klaviyo.json", named, { kind: "config", site: null })
    .request("src/auth.ts", sent, { site: "login(" })
    .picture();
}

describe("no-conflicting-requests", () => {
  it("compares each list with the largest", () => {
    const picture = project({
      ...AUTH,
      ".env": "KLAVIYO_SCOPES=accounts:read lists:read\n",
      ".env.example": "KLAVIYO_SCOPES=accounts:read profiles:read\n",
    })
      .request(".env", "accounts:read lists:read", { kind: "env" })
      .request(".env.example", "accounts:read profiles:read", { kind: "env" })
      .request("src/auth.ts", LIST, { site: "login(" })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      ".env:1:16
        KLAVIYO_SCOPES=accounts:read lists:read
                       ~~~~~~~~~~~~~~~~~~~~~~~~
      This list lacks \`tags:read\`, which the one at src/auth.ts:1 asks for: which scopes an install grants depends on the one that is sent.
      related: src/auth.ts:1:37 the app's largest list

      .env.example:1:16
        KLAVIYO_SCOPES=accounts:read profiles:read
                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~
      This list lacks \`lists:read\` and \`tags:read\` and adds \`profiles:read\`, compared with the one at src/auth.ts:1: which scopes an install grants depends on the one that is sent.
      related: src/auth.ts:1:37 the app's largest list"
    `);
  });

  it("compares a mistaken scope as the one it was meant as, and no scope at all as none", () => {
    const files = {
      ".env.example": "KLAVIYO_SCOPES=accounts:read list:read openid\n",
      "src/auth.ts": 'login("accounts:read lists:read");\n',
    };
    const picture = project(files)
      .request(".env.example", "accounts:read list:read openid", { kind: "env" })
      .request("src/auth.ts", '"accounts:read lists:read"', { site: "login(" })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("takes an access that a resource does not have for any of those that it has", () => {
    const files = { ".env.example": "KLAVIYO_SCOPES=accounts:read lists:full\n" };
    const said = (scopes: string) =>
      findingsOf(
        rule,
        project({ ...files, "src/auth.ts": `login("${scopes}");\n` })
          .request(".env.example", "accounts:read lists:full", { kind: "env" })
          .request("src/auth.ts", `"${scopes}"`, { site: "login(" })
          .picture(),
      );
    expect(said("accounts:read lists:read lists:write")).toBe("");
    expect(said("accounts:read lists:read tags:read")).toContain("This list lacks `tags:read`, which");
  });

  it("takes the first of two lists of one size for the largest", () => {
    const picture = project({
      "install.ts": 'login("accounts:read");\n',
      "reconnect.ts": 'login("lists:read");\n',
    })
      .request("install.ts", '"accounts:read"')
      .request("reconnect.ts", '"lists:read"')
      .picture();
    const text = findingsOf(rule, picture);
    expect(text).toContain("reconnect.ts:1:7");
    expect(text).not.toMatch(/^install/m);
  });

  it("names the way out where the lists may be of two apps: their folders lie beside each other", () => {
    const remedy = "If they are two Klaviyo apps, list both under `apps` in the config.";
    const said = (one: string, other: string) =>
      findingsOf(
        rule,
        project({ [one]: 'login("accounts:read");\n', [other]: 'login("accounts:read lists:read");\n' })
          .request(one, '"accounts:read"')
          .request(other, '"accounts:read lists:read"')
          .picture(),
      );
    expect(said("apps/loyalty/auth.ts", "apps/reviews/auth.ts")).toContain(remedy);
    expect(said("src/install.ts", "src/reconnect.ts")).not.toContain(remedy);
    expect(said(".env.example", "src/auth.ts")).not.toContain(remedy);
    expect(said("src/auth.ts", "src/auth/again.ts")).not.toContain(remedy);
  });

  it("is unsure of a list that only its name gives to Klaviyo, beside one that is sent", () => {
    expect(findingsOf(rule, besideNamed(LIST, AUTH))).toMatchInlineSnapshot(`
      "config/klaviyo.json:1:13 (low)
        { "scopes": "accounts:read profiles:read" }
                    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      This list lacks \`lists:read\` and \`tags:read\` and adds \`profiles:read\`, compared with the one at src/auth.ts:1. Only its name says that this list goes to Klaviyo: if it does, which scopes an install grants depends on the one that is sent; if not, it may be stale.
      related: src/auth.ts:1:37 the app's largest list"
    `);
  });

  it("is unsure as well where that list is the larger one", () => {
    const auth = { "src/auth.ts": 'login("accounts:read");\n' };
    expect(findingsOf(rule, besideNamed('"accounts:read"', auth))).toMatchInlineSnapshot(`
      "src/auth.ts:1:7 (low)
        login("accounts:read");
              ~~~~~~~~~~~~~~~
      This list lacks \`profiles:read\`, which the one at config/klaviyo.json:1 asks for. Only its name says that the other goes to Klaviyo: if it does, which scopes an install grants depends on the one that is sent; if not, it may be stale.
      related: config/klaviyo.json:1:13 the app's largest list"
    `);
  });

  it("is sure of an env entry, and of lists that all have no more than a name", () => {
    const named = project({
      "config/a.json": '{ "klaviyoScopes": "accounts:read tags:read" }\n',
      "config/b.json": '{ "klaviyoScopes": "accounts:read" }\n',
    })
      .request("config/a.json", '"accounts:read tags:read"', { kind: "config", site: null })
      .request("config/b.json", '"accounts:read"', { kind: "config", site: null })
      .picture();
    expect(findingsOf(rule, named)).toContain("config/b.json:1:20\n");
    const env = project({ ...AUTH, ".env.example": "KLAVIYO_SCOPES=accounts:read\n" })
      .request(".env.example", "accounts:read", { kind: "env", site: null })
      .request("src/auth.ts", LIST, { site: "login(" })
      .picture();
    expect(findingsOf(rule, env)).toContain(".env.example:1:16\n");
  });

  it("is silent about the same set in another order and spacing", () => {
    const picture = project({ ...AUTH, ".env": "KLAVIYO_SCOPES=tags:read  lists:read accounts:read\n" })
      .request(".env", "tags:read  lists:read accounts:read", { kind: "env" })
      .request("src/auth.ts", LIST)
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent about one list that two sites send", () => {
    const picture = project({ "src/auth.ts": 'const S = "lists:read";\ninstall(S);\nlogin(S);\n' })
      .request("src/auth.ts", '"lists:read"', { site: "install(" })
      .request("src/auth.ts", '"lists:read"', { site: "login(" })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent about a list that is not known in full", () => {
    const picture = project({ ...AUTH, "src/admin.ts": "login(`accounts:read ${extra}`);\n" })
      .request("src/auth.ts", LIST)
      .request("src/admin.ts", "accounts:read", {
        unresolved: [["extra", "a parameter that no caller sets"]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent about lists of two apps", () => {
    const picture = project({
      "shop.ts": 'login("accounts:read");\n',
      "loyalty.ts": 'login("lists:read");\n',
    })
      .app("shop")
      .request("shop.ts", '"accounts:read"')
      .app("loyalty")
      .request("loyalty.ts", '"lists:read"')
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent about a blank to fill in", () => {
    const picture = project({ ...AUTH, ".env.example": 'KLAVIYO_SCOPES=""\n' })
      .request("src/auth.ts", LIST)
      .request(".env.example", '""', { kind: "env" })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });
});
