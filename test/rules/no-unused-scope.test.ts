import { describe, expect, it } from "vitest";
import rule from "../../rules/no-unused-scope.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const LIST = '"accounts:read profiles:write lists:read"';
const AUTH = { "src/auth.ts": `export const SCOPES = ${LIST};\n` };
const SYNC = { "src/sync.ts": 'await klaviyo.get("/lists");\nawait klaviyo.get("/profiles");\n' };
const GET_LISTS = 'klaviyo.get("/lists")';
const GET_PROFILES = 'klaviyo.get("/profiles")';

describe("no-unused-scope", () => {
  it("offers to remove a scope that no call needs", () => {
    const picture = project({ ...AUTH, ...SYNC })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:38 (profiles:write)
        export const SCOPES = "accounts:read profiles:write lists:read";
                                             ~~~~~~~~~~~~~~
      \`profiles:write\` is requested, but no API call of the app needs it. Klaviyo's review rejects apps that ask for more than they use.
      suggestion: Remove \`profiles:write\` from the request.
        export const SCOPES = "accounts:read lists:read";"
    `);
  });

  it("offers the read scope where only that is needed", () => {
    const picture = project({ ...AUTH, ...SYNC })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .call("src/sync.ts", GET_PROFILES, "get_profiles")
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:38 (profiles:write)
        export const SCOPES = "accounts:read profiles:write lists:read";
                                             ~~~~~~~~~~~~~~
      \`profiles:write\` is requested, but the app's calls of that resource (\`GET /api/profiles\`) only need \`profiles:read\`. Klaviyo's review rejects apps that ask for more than they use.
      suggestion: Replace with \`profiles:read\`.
        export const SCOPES = "accounts:read profiles:read lists:read";
      related: src/sync.ts:2:7 \`GET /api/profiles\` needs \`profiles:read\`"
    `);
  });

  it("offers to drop the write scope where the read scope is requested already", () => {
    const list = '["accounts:read", "profiles:read", "profiles:write"]';
    const picture = project({ "src/auth.ts": `login(${list});\n`, ...SYNC })
      .request("src/auth.ts", list)
      .call("src/sync.ts", GET_PROFILES, "get_profiles")
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:43 (profiles:write)
        login(["accounts:read", "profiles:read", "profiles:write"]);
                                                  ~~~~~~~~~~~~~~
      \`profiles:write\` is requested, but the app's calls of that resource (\`GET /api/profiles\`) only need \`profiles:read\`. Klaviyo's review rejects apps that ask for more than they use.
      suggestion: Remove \`profiles:write\` from the request.
        login(["accounts:read", "profiles:read"]);
      related: src/sync.ts:2:7 \`GET /api/profiles\` needs \`profiles:read\`"
    `);
  });

  it("has doubts, and says which, where a call that may need it is not resolved", () => {
    const picture = project({
      ...AUTH,
      "src/sync.ts": 'klaviyo.get("/lists");\nklaviyo.request(method, path);\n',
    })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .call("src/sync.ts", "klaviyo.request(method, path)", [], {
        note: "dynamic",
        unresolved: [["path", "a parameter that no caller sets"]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:38 (profiles:write, low)
        export const SCOPES = "accounts:read profiles:write lists:read";
                                             ~~~~~~~~~~~~~~
      \`profiles:write\` is requested, but no API call of the app that could be resolved needs it. 1 API call that may need it could not be resolved (src/sync.ts:2).
      suggestion: Remove \`profiles:write\` from the request.
        export const SCOPES = "accounts:read lists:read";
      related: src/sync.ts:2:1 not resolved: part of it is a parameter that no caller sets"
    `);
  });

  it("has no doubts about a call that cannot need it, whatever it is", () => {
    const picture = project({ ...AUTH, "src/sync.ts": 'klaviyo.get("/lists");\nklaviyo.get(path);\n' })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .call("src/sync.ts", "klaviyo.get(path)", [], {
        note: "dynamic",
        method: "GET",
        unresolved: [["path", "a parameter that no caller sets"]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatch(/^src\/auth\.ts:1:38 \(profiles:write\)$/m);
  });

  it("has doubts about an ambiguous call one of whose candidates needs it", () => {
    const picture = project({
      ...AUTH,
      "src/sync.ts": 'klaviyo.get("/lists");\nsend(method, "/profiles");\n',
    })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .call("src/sync.ts", 'send(method, "/profiles")', ["get_profiles", "create_profile"], {
        path: "/api/profiles",
        unresolved: [["method", "a parameter that no caller sets"]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toContain("(profiles:write, low)");
  });

  it("has doubts about a mistaken path that may have meant it", () => {
    const picture = project({ ...AUTH, "src/sync.ts": 'klaviyo.get("/lists");\nklaviyo.post("/profile");\n' })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .call("src/sync.ts", 'klaviyo.post("/profile")', [], {
        note: "unknown-operation",
        method: "POST",
        path: "/api/profile",
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:38 (profiles:write, low)
        export const SCOPES = "accounts:read profiles:write lists:read";
                                             ~~~~~~~~~~~~~~
      \`profiles:write\` is requested, but no API call of the app that could be resolved needs it. 1 API call that may need it could not be resolved (src/sync.ts:2).
      suggestion: Remove \`profiles:write\` from the request.
        export const SCOPES = "accounts:read lists:read";
      related: src/sync.ts:2:1 \`POST /api/profile\` is no known operation"
    `);
  });

  it("has doubts where calls are known to be out of view", () => {
    const picture = project({ ...AUTH, ...SYNC })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .callsIncomplete()
      .picture();
    expect(findingsOf(rule, picture)).toContain("Not all of its API calls could be resolved.");
  });

  it("says that only calls with a private key would need it", () => {
    const picture = project({ ...AUTH, "src/sync.ts": 'klaviyo.get("/lists");\nadmin.post("/profiles");\n' })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .call("src/sync.ts", 'admin.post("/profiles")', "create_profile", { auth: "private-key" })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:38 (profiles:write)
        export const SCOPES = "accounts:read profiles:write lists:read";
                                             ~~~~~~~~~~~~~~
      \`profiles:write\` is requested, but the calls that would need it (\`POST /api/profiles\`) are made with a private key, which has scopes of its own.
      suggestion: Remove \`profiles:write\` from the request.
        export const SCOPES = "accounts:read lists:read";
      related: src/sync.ts:2:1 \`POST /api/profiles\` is called with a private key"
    `);
  });

  it("reports each list's own token", () => {
    const picture = project({ ...AUTH, ...SYNC, ".env": "KLAVIYO_SCOPES=accounts:read profiles:write\n" })
      .request("src/auth.ts", LIST)
      .request(".env", "accounts:read profiles:write", { kind: "env" })
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .picture();
    expect(findingsOf(rule, picture)).toMatch(/^src\/auth\.ts:1:38[^]*^\.env:1:30/m);
  });

  it("reports a token once that goes to two sites", () => {
    const picture = project({ "src/auth.ts": 'const S = "tags:read";\ninstall(S);\nlogin(S);\n', ...SYNC })
      .request("src/auth.ts", '"tags:read"', { site: "install(" })
      .request("src/auth.ts", '"tags:read"', { site: "login(" })
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .picture();
    expect(findingsOf(rule, picture).match(/is requested/g)).toHaveLength(1);
  });

  it("is silent where all is needed", () => {
    const picture = project({
      ...AUTH,
      "src/sync.ts": 'klaviyo.get("/lists");\nklaviyo.post("/profiles");\n',
    })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .call("src/sync.ts", 'klaviyo.post("/profiles")', "create_profile", { auth: "unknown" })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent where the app has no API call: they live elsewhere", () => {
    expect(findingsOf(rule, project(AUTH).request("src/auth.ts", LIST).picture())).toBe("");
  });

  it("is silent where no call at all is known for what it is", () => {
    const picture = project({ ...AUTH, "src/sync.ts": "klaviyo.request(method, path);\n" })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", "klaviyo.request(method, path)", [], {
        note: "dynamic",
        unresolved: [["path", "unknown"]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent where there are only legacy and client calls", () => {
    const picture = project({ ...AUTH, "src/track.ts": 'post("/track");\npost("/client/events");\n' })
      .request("src/auth.ts", LIST)
      .call("src/track.ts", 'post("/track")', [], { note: "legacy", method: "POST", path: "/api/track" })
      .call("src/track.ts", 'post("/client/events")', "create_client_event", {
        auth: "public",
        note: "client",
      })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("counts the operations of `uses`", () => {
    const picture = project({
      ...AUTH,
      "klaviyo-scopes.json": '{ "uses": ["create_profile", "get_lists"] }\n',
    })
      .request("src/auth.ts", LIST)
      .call("klaviyo-scopes.json", '"create_profile"', "create_profile", { via: "config", auth: "unknown" })
      .call("klaviyo-scopes.json", '"get_lists"', "get_lists", { via: "config", auth: "unknown" })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it.each(["list:write", "openid", "loyalty:read", "accounts:read"])("is silent about %s", (token) => {
    const picture = project({ "src/auth.ts": `login("${token}");\n`, ...SYNC })
      .request("src/auth.ts", `"${token}"`)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent about a scope that only the config knows: nobody knows what needs it", () => {
    const picture = project({
      "src/auth.ts": 'login("loyalty:read");\n',
      ...SYNC,
      "klaviyo-scopes.json": "{}",
    })
      .request("src/auth.ts", '"loyalty:read"')
      .config("klaviyo-scopes.json", { scopes: ["loyalty:read"] })
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });
});
