import { describe, expect, it } from "vitest";
import rule from "../../rules/no-unknown-operation.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

/** One call in `src/api.ts` that matches no operation. */
function calling(
  text: string,
  method: string | null,
  path: string,
  options: { methodText?: string; pathText?: string } = {},
) {
  return project({ "src/api.ts": `const answer = await ${text};\n` })
    .call("src/api.ts", text, [], { note: "unknown-operation", method, path, ...options })
    .picture();
}

describe("no-unknown-operation", () => {
  it("mends the mistaken segment", () => {
    const picture = calling("klaviyo.get(`/list/${id}`)", "GET", "/api/list/{}", { pathText: "list" });
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/api.ts:1:22
        const answer = await klaviyo.get(\`/list/\${id}\`);
                             ~~~~~~~~~~~~~~~~~~~~~~~~~~
      Klaviyo's API has no \`GET /api/list/{}\`: the call answers 404. Did you mean \`/api/lists/{id}\`?
      suggestion: Replace \`list\` with \`lists\`.
        const answer = await klaviyo.get(\`/lists/\${id}\`);"
    `);
  });

  it("puts in the missing /api", () => {
    const picture = calling("fetch('https://a.klaviyo.com/lists')", "GET", "/lists", { pathText: "/lists" });
    const findings = findingsOf(rule, picture);
    expect(findings).toContain("Did you mean `/api/lists`?");
    expect(findings).toContain("await fetch('https://a.klaviyo.com/api/lists');");
  });

  it("puts it in for HEAD, which asks for what GET answers", () => {
    const picture = calling("fetch('https://a.klaviyo.com/lists')", "HEAD", "/lists", { pathText: "/lists" });
    expect(findingsOf(rule, picture)).toContain("Did you mean `/api/lists`?");
  });

  it("finds the segment in a whole path", () => {
    const picture = calling("klaviyo.get('/api/profile/')", "GET", "/api/profile", {
      pathText: "'/api/profile/'",
    });
    expect(findingsOf(rule, picture)).toContain("await klaviyo.get('/api/profiles/');");
  });

  it("names the methods that a path has, and offers them", () => {
    const picture = calling("klaviyo.put(`/profiles/${id}`)", "PUT", "/api/profiles/{}", {
      methodText: "put",
    });
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/api.ts:1:22
        const answer = await klaviyo.put(\`/profiles/\${id}\`);
                             ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      Klaviyo's API has \`/api/profiles/{id}\`, but not with \`PUT\`: only \`GET\` and \`PATCH\`.
      suggestion: Replace \`PUT\` with \`GET\`.
        const answer = await klaviyo.get(\`/profiles/\${id}\`);
      suggestion: Replace \`PUT\` with \`PATCH\`.
        const answer = await klaviyo.patch(\`/profiles/\${id}\`);"
    `);
  });

  it("names the method of the SDK that is near", () => {
    const text = "profiles.getProfils()";
    const picture = project({ "src/api.ts": `const answer = await ${text};\n` })
      .call("src/api.ts", text, [], {
        via: "sdk",
        note: "unknown-operation",
        method: null,
        path: null,
        mistaken: ["ProfilesApi", "getProfils", "getProfiles"],
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/api.ts:1:22
        const answer = await profiles.getProfils();
                             ~~~~~~~~~~~~~~~~~~~~~
      \`ProfilesApi\` of \`klaviyo-api\` has no method \`getProfils\`: the call fails, and its scopes cannot be known. Did you mean \`getProfiles\`?
      suggestion: Replace \`getProfils\` with \`getProfiles\`.
        const answer = await profiles.getProfiles();"
    `);
  });

  it("says what follows where nothing is near", () => {
    const picture = calling("klaviyo.get('/warehouses')", "GET", "/api/warehouses");
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/api.ts:1:22
        const answer = await klaviyo.get('/warehouses');
                             ~~~~~~~~~~~~~~~~~~~~~~~~~~
      Klaviyo's API has no \`GET /api/warehouses\` (revision 2026-07-15): the call answers 404, and its scopes cannot be known."
    `);
  });

  it("offers nothing where the segment is not written once", () => {
    const picture = calling("klaviyo.get('/list/list')", "GET", "/api/list/list", {
      pathText: "'/list/list'",
    });
    expect(findingsOf(rule, picture)).not.toContain("suggestion:");
  });

  it("is silent about known operations, and about calls that are none", () => {
    const picture = project({
      "src/api.ts": 'get("/lists");\npost("/track");\npost("/client/events");\nget(path);\n',
    })
      .call("src/api.ts", 'get("/lists")', "get_lists")
      .call("src/api.ts", 'post("/track")', [], { note: "legacy", method: "POST", path: "/api/track" })
      .call("src/api.ts", 'post("/client/events")', [], {
        note: "client",
        auth: "public",
        path: "/client/events",
      })
      .call("src/api.ts", "get(path)", [], { note: "dynamic", unresolved: [["path", "unknown"]] })
      .picture();
    expect(findingsOf(rule, picture)).toBe("");
  });
});
