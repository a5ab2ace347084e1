import { describe, expect, it } from "vitest";
import rule from "../../rules/no-missing-scope.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const AUTH = { "src/auth.ts": 'export const SCOPES = "accounts:read tags:read";\n' };
const LIST = '"accounts:read tags:read"';
const SYNC = { "src/sync.ts": 'const lists = await klaviyo.get("/lists");\n' };
const GET_LISTS = 'klaviyo.get("/lists")';

/** The app that asks for `LIST` and reads lists, with a list of its own as the configured set. */
function configuredTo(list: string) {
  return project({ "klaviyo-scopes.json": `{ "configured": ${list} }\n`, ...AUTH, ...SYNC })
    .configured("klaviyo-scopes.json", list)
    .request("src/auth.ts", LIST)
    .call("src/sync.ts", GET_LISTS, "get_lists")
    .picture();
}

describe("no-missing-scope", () => {
  it("points from the call to the request", () => {
    const picture = project({ ...AUTH, ...SYNC })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/sync.ts:1:21 (lists:read, get_lists)
        const lists = await klaviyo.get("/lists");
                            ~~~~~~~~~~~~~~~~~~~~~
      This API call (\`GET /api/lists\`) needs \`lists:read\`, which the app does not request: customers get a 403.
      suggestion: Add \`lists:read\` to the request.
        export const SCOPES = "lists:read accounts:read tags:read";
      related: src/auth.ts:1:23 requested here, without it"
    `);
  });

  it("reports each missing scope of a call", () => {
    const picture = project({ ...AUTH, "src/join.ts": "await lists.addProfilesToList(id, body);\n" })
      .request("src/auth.ts", LIST)
      .call("src/join.ts", "lists.addProfilesToList(id, body)", "add_profiles_to_list", { via: "sdk" })
      .picture();
    const text = findingsOf(rule, picture);
    expect(text).toContain("(lists:write, add_profiles_to_list)");
    expect(text).toContain("(profiles:write, add_profiles_to_list)");
  });

  it("offers to mend a token that was meant for it", () => {
    const picture = project({ "src/auth.ts": 'login("accounts:read list:read");\n', ...SYNC })
      .request("src/auth.ts", '"accounts:read list:read"')
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/sync.ts:1:21 (lists:read, get_lists)
        const lists = await klaviyo.get("/lists");
                            ~~~~~~~~~~~~~~~~~~~~~
      This API call (\`GET /api/lists\`) needs \`lists:read\`, which the app does not request: customers get a 403.
      suggestion: Replace with \`lists:read\`.
        login("accounts:read lists:read");
      related: src/auth.ts:1:22 probably meant as \`lists:read\`
      related: src/auth.ts:1:7 requested here, without it"
    `);
  });

  it("has doubts, and says which, where a request is not known in full", () => {
    const picture = project({ "src/auth.ts": "login(`accounts:read ${process.env.EXTRA}`);\n", ...SYNC })
      .request("src/auth.ts", "accounts:read", {
        unresolved: [["process.env.EXTRA", "an environment variable that no file sets"]],
        editable: false,
      })
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/sync.ts:1:21 (lists:read, get_lists, low)
        const lists = await klaviyo.get("/lists");
                            ~~~~~~~~~~~~~~~~~~~~~
      This API call (\`GET /api/lists\`) needs \`lists:read\`, which is not among the requested scopes that could be resolved (\`process.env.EXTRA\` is an environment variable that no file sets): without it customers get a 403.
      related: src/auth.ts:1:8 requested here"
    `);
  });

  it("says that the scope is not configured either", () => {
    expect(findingsOf(rule, configuredTo(LIST))).toMatchInlineSnapshot(`
      "src/sync.ts:1:21 (lists:read, get_lists)
        const lists = await klaviyo.get("/lists");
                            ~~~~~~~~~~~~~~~~~~~~~
      This API call (\`GET /api/lists\`) needs \`lists:read\`, which the app neither requests nor has configured: customers get a 403. Klaviyo ignores what is requested and not configured, so add it to both.
      suggestion: Add \`lists:read\` to the request.
        export const SCOPES = "lists:read accounts:read tags:read";
      suggestion: Add \`lists:read\` to the configured set.
        { "configured": "lists:read accounts:read tags:read" }
      related: src/auth.ts:1:23 requested here, without it
      related: klaviyo-scopes.json:1:17 the configured set, without it"
    `);
  });

  it("says nothing of the configured set where that has the scope", () => {
    const text = findingsOf(rule, configuredTo('"accounts:read tags:read lists:read"'));
    expect(text).toContain("which the app does not request: customers get a 403.");
    expect(text).not.toContain("configured");
  });

  it("compares with the configured set where nothing is requested", () => {
    const picture = project({
      "klaviyo-scopes.json": '{ "configured": "accounts:read tags:read" }\n',
      ...SYNC,
    })
      .configured("klaviyo-scopes.json", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/sync.ts:1:21 (lists:read, get_lists)
        const lists = await klaviyo.get("/lists");
                            ~~~~~~~~~~~~~~~~~~~~~
      This API call (\`GET /api/lists\`) needs \`lists:read\`, which is not in the app's configured set: customers get a 403.
      suggestion: Add \`lists:read\` to the configured set.
        { "configured": "lists:read accounts:read tags:read" }
      related: klaviyo-scopes.json:1:17 the configured set"
    `);
  });

  it("says it once of a call that can be two operations", () => {
    const picture = project({
      ...AUTH,
      "src/sync.ts": "await klaviyo.get(id ? `/lists/${id}` : '/lists');\n",
    })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", "klaviyo.get(id ? `/lists/${id}` : '/lists')", "get_list")
      .call("src/sync.ts", "klaviyo.get(id ? `/lists/${id}` : '/lists')", "get_lists")
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/sync.ts:1:7 (lists:read)
        await klaviyo.get(id ? \`/lists/\${id}\` : '/lists');
              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      This API call (\`GET /api/lists/{id}\` or \`GET /api/lists\`) needs \`lists:read\`, which the app does not request: customers get a 403.
      suggestion: Add \`lists:read\` to the request.
        export const SCOPES = "lists:read accounts:read tags:read";
      related: src/auth.ts:1:23 requested here, without it"
    `);
  });

  it("takes of an ambiguous call what all its candidates need", () => {
    const picture = project({ ...AUTH, "src/sync.ts": "await klaviyo.get(`/${resource}/${id}`);\n" })
      .request("src/auth.ts", LIST)
      .call(
        "src/sync.ts",
        "klaviyo.get(`/${resource}/${id}`)",
        ["get_profiles_for_list", "get_profiles_for_segment"],
        {
          unresolved: [["resource", "a parameter that no caller sets"]],
        },
      )
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/sync.ts:1:7 (profiles:read)
        await klaviyo.get(\`/\${resource}/\${id}\`);
              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      This API call (\`GET /api/lists/{id}/profiles\` or \`GET /api/segments/{id}/profiles\`) needs \`profiles:read\`, which the app does not request: customers get a 403.
      suggestion: Add \`profiles:read\` to the request.
        export const SCOPES = "profiles:read accounts:read tags:read";
      related: src/auth.ts:1:23 requested here, without it"
    `);
  });

  it("reports an operation of `uses` in the config", () => {
    const picture = project({ ...AUTH, "klaviyo-scopes.json": '{ "uses": ["create_event"] }\n' })
      .request("src/auth.ts", LIST)
      .call("klaviyo-scopes.json", '"create_event"', "create_event", { via: "config", auth: "unknown" })
      .picture();
    expect(findingsOf(rule, picture)).toContain("klaviyo-scopes.json:1:12 (events:write, create_event)");
  });

  it("adds the scope to each of two lists, and points to the one in code first", () => {
    const picture = project({ ...AUTH, ...SYNC, ".env": "KLAVIYO_SCOPES=accounts:read\n" })
      .request("src/auth.ts", LIST)
      .request(".env", "accounts:read", { kind: "env" })
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .picture();
    const text = findingsOf(rule, picture);
    expect(text).toContain("suggestion: Add `lists:read` to each list of scopes.");
    expect(text).toContain("KLAVIYO_SCOPES=lists:read accounts:read");
    expect(text.match(/related:/g)).toHaveLength(2);
  });

  it("is silent where any of the requests asks for the scope", () => {
    const picture = project({ ...AUTH, ...SYNC, ".env": "KLAVIYO_SCOPES=lists:read\n" })
      .request("src/auth.ts", LIST)
      .request(".env", "lists:read", { kind: "env" })
      .call("src/sync.ts", GET_LISTS, "get_lists")
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it.each(["private-key", "public"] as const)("is silent about a call with a key (%s)", (auth) => {
    const picture = project({ ...AUTH, ...SYNC })
      .request("src/auth.ts", LIST)
      .call("src/sync.ts", GET_LISTS, "get_lists", { auth })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent about `accounts:read`", () => {
    const picture = project({
      "src/auth.ts": 'login("tags:read");\n',
      "src/me.ts": 'klaviyo.get("/accounts");\n',
    })
      .request("src/auth.ts", '"tags:read"')
      .call("src/me.ts", 'klaviyo.get("/accounts")', "get_accounts")
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent in a private integration: no request, no configured set", () => {
    const picture = project(SYNC).call("src/sync.ts", GET_LISTS, "get_lists").picture();
    expect(findingsOf(rule, picture)).toBe("");
  });

  it("is silent where nothing at all is known of the request", () => {
    const picture = project({ "src/auth.ts": "login(process.env.KLAVIYO_SCOPES);\n", ...SYNC })
      .request("src/auth.ts", "process.env.KLAVIYO_SCOPES", {
        opaque: true,
        unresolved: [["process.env.KLAVIYO_SCOPES", "an environment variable that no file sets"]],
      })
      .call("src/sync.ts", GET_LISTS, "get_lists");
    expect(findingsOf(rule, picture.picture())).toBe("");
  });

  it("is silent about unresolved, legacy and client calls", () => {
    const picture = project({
      ...AUTH,
      "src/track.ts": 'klaviyo.get(path);\nklaviyo.post("/track");\nklaviyo.post("/client/events");\n',
    })
      .request("src/auth.ts", LIST)
      .call("src/track.ts", "klaviyo.get(path)", [], { note: "dynamic", unresolved: [["path", "unknown"]] })
      .call("src/track.ts", 'klaviyo.post("/track")', [], {
        note: "legacy",
        method: "POST",
        path: "/api/track",
      })
      .call("src/track.ts", 'klaviyo.post("/client/events")', "create_client_event", {
        auth: "public",
        note: "client",
      })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });
});
