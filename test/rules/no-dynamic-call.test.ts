import { describe, expect, it } from "vitest";
import rule from "../../rules/no-dynamic-call.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const UNKNOWN = [["path", "a parameter that no caller sets"]] as [string, string][];

describe("no-dynamic-call", () => {
  it("says which part is unknown, and what to do", () => {
    const picture = project({ "src/api.ts": "klaviyo.request(method, path);\n" })
      .call("src/api.ts", "klaviyo.request(method, path)", [], { note: "dynamic", unresolved: UNKNOWN })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/api.ts:1:1
        klaviyo.request(method, path);
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Which operation this API call is cannot be resolved: \`path\` is a parameter that no caller sets. Write the path and the method where the call is made, describe the function in the config's \`helpers\`, or list the operations in \`uses\`.
      related: src/api.ts:1:25 a parameter that no caller sets"
    `);
  });

  it("asks for a type where the SDK's client is unknown", () => {
    const picture = project({ "src/api.ts": "deps.api.getProfiles();\n" })
      .call("src/api.ts", "deps.api.getProfiles()", [], {
        via: "sdk",
        note: "dynamic",
        unresolved: [["deps", "a parameter without a type"]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/api.ts:1:1
        deps.api.getProfiles();
        ~~~~~~~~~~~~~~~~~~~~~~
      Which operation this API call is cannot be resolved: \`deps\` is a parameter without a type. Annotate the client with its class (\`ProfilesApi\`), or list the operation in the config's \`uses\`.
      related: src/api.ts:1:1 a parameter without a type"
    `);
  });

  it("lists what an ambiguous call can be", () => {
    const picture = project({ "src/api.ts": "klaviyo.send(method, '/profiles');\n" })
      .call("src/api.ts", "klaviyo.send(method, '/profiles')", ["get_profiles", "create_profile"], {
        path: "/api/profiles",
        unresolved: [["method", "a parameter that no caller sets"]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/api.ts:1:1
        klaviyo.send(method, '/profiles');
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      This API call can be \`GET /api/profiles\` or \`POST /api/profiles\`: \`method\` is a parameter that no caller sets, which have no scope in common. Write the path and the method where the call is made, describe the function in the config's \`helpers\`, or list the operations in \`uses\`.
      related: src/api.ts:1:14 a parameter that no caller sets"
    `);
  });

  it("says what all candidates need", () => {
    const picture = project({ "src/api.ts": "klaviyo.get(`/${kind}/${id}/profiles`);\n" })
      .call(
        "src/api.ts",
        "klaviyo.get(`/${kind}/${id}/profiles`)",
        ["get_profiles_for_list", "get_profiles_for_segment"],
        {
          unresolved: [["kind", "a parameter that no caller sets"]],
        },
      )
      .picture();
    expect(findingsOf(rule, picture)).toContain("only `profiles:read` is sure to be needed");
  });

  it("counts many candidates", () => {
    const ids = ["get_lists", "get_segments", "get_tags", "get_profiles"];
    const picture = project({ "src/api.ts": "klaviyo.get(`/${path}`);\n" })
      .call("src/api.ts", "klaviyo.get(`/${path}`)", ids, { unresolved: UNKNOWN })
      .picture();
    expect(findingsOf(rule, picture)).toContain("can be any of 4 operations");
  });

  it("is silent about calls that are resolved, and those that need not be", () => {
    const picture = project({ "src/api.ts": 'get("/lists");\npost("/track");\nget(`/lists/${id}`);\n' })
      .call("src/api.ts", 'get("/lists")', "get_lists")
      .call("src/api.ts", 'post("/track")', [], { note: "legacy", method: "POST", path: "/api/track" })
      .call("src/api.ts", "get(`/lists/${id}`)", "get_list")
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });
});
