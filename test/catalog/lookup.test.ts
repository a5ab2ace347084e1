import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/index.js";
import type { Operation } from "../../src/catalog/types.js";

const catalog = loadCatalog();
const stable = catalog.operations().filter((operation) => !operation.beta);
const beta = catalog.operations().filter((operation) => operation.beta);

/** What a beta operation gives way to: the stable one with the same method and path. */
function winner(operation: Operation): Operation {
  return (
    stable.find((other) => other.method === operation.method && other.path === operation.path) ?? operation
  );
}

function fill(path: string): string {
  return path.replace(/\{\w+\}/g, "01HWWKAW4RHXQJCMW4R2KRYR4Z");
}

describe("the catalog", () => {
  it("holds all operations and scopes of its sources", () => {
    expect(stable).toHaveLength(345);
    expect(beta).toHaveLength(148);
    expect(catalog.revision).toBe("2026-07-15");
    const counts = { documented: 0, stable: 0, beta: 0, onlyBeta: 0 };
    for (const { provenance } of catalog.scopes()) {
      for (const source of provenance) counts[source] += 1;
      if (provenance.every((source) => source === "beta")) counts.onlyBeta += 1;
    }
    expect(counts).toEqual({ documented: 41, stable: 46, beta: 23, onlyBeta: 12 });
  });

  it("knows every scope by its parts", () => {
    for (const scope of catalog.scopes()) {
      expect(scope.name).toBe(`${scope.resource}:${scope.access}`);
      expect(catalog.scope(scope.name)).toBe(scope);
      expect(catalog.resources()).toContain(scope.resource);
    }
    expect(catalog.scope("data-privacy:read")?.provenance).toEqual(["documented"]);
    expect(catalog.scope("forms:write")?.provenance).toEqual(["stable"]);
    expect(catalog.scope("agents:write")?.provenance).toEqual(["beta"]);
    expect(catalog.scope("accounts:write")).toBeUndefined();
    expect(catalog.scope("__proto__")).toBeUndefined();
  });

  it("knows every scope that an operation needs", () => {
    for (const { scopes } of catalog.operations()) {
      for (const scope of scopes) expect(catalog.scope(scope)).toBeDefined();
      expect(scopes).toEqual([...scopes].sort());
    }
    expect(stable.filter(({ scopes }) => scopes.length > 1)).toHaveLength(68);
  });

  it("lists the operations that need a scope, public ones left out", () => {
    expect(catalog.operationsForScope("data-privacy:write").map(({ id }) => id)).toEqual([
      "request_profile_deletion",
    ]);
    expect(catalog.operationsForScope("data-privacy:read")).toEqual([]);
    const writers = catalog.operationsForScope("profiles:write").map(({ id }) => id);
    expect(writers).toContain("add_profiles_to_list");
    expect(writers.filter((id) => id.includes("client"))).toEqual([]);
  });
});

describe("an operation by method and concrete path", () => {
  it.each(catalog.operations().map((operation) => [operation.id, operation] as const))(
    "finds %s",
    (_, operation) => {
      const path = fill(operation.path);
      const expected = winner(operation);
      expect(catalog.match(operation.method, path)).toBe(expected);
      expect(
        catalog.match(operation.method.toLowerCase(), `https://a.klaviyo.com${path}/?include=x#top`),
      ).toBe(expected);
      expect(catalog.operationsForPath(path)).toContain(expected);
    },
  );

  it.each([
    "/api/profiles/01H/lists",
    "/api/profiles/01H/lists/",
    "api/profiles/01H/lists",
    "/profiles/01H/lists",
    "profiles/01H/lists?page[size]=20&filter=equals(name,'/a')",
    "https://a.klaviyo.com/api/profiles/01H/lists#x",
    "https://a.klaviyo.com:443/api//profiles/01H/lists",
    "HTTPS://A.KLAVIYO.COM/api/profiles/01H/lists",
    "a.klaviyo.com/api/profiles/01H/lists",
    "//a.klaviyo.com/api/profiles/01H/lists",
    "/api/profiles/{id}/lists",
    "/api/profiles/:profileId/lists",
    "/api/profiles/%7Bid%7D/lists",
    "/api/profiles/{}/lists",
  ])("takes %s", (path) => {
    expect(catalog.match("GET", path)?.id).toBe("get_lists_for_profile");
  });

  it.each([
    ["GET", "https://example.com/api/profiles"],
    ["GET", "https://notklaviyo.com/api/profiles"],
    ["GET", "http://localhost:3000/api/profiles"],
    ["GET", "/api/list/123"],
    ["GET", "/api/Profiles"],
    ["GET", "/api"],
    ["GET", "/"],
    ["GET", ""],
    ["DELETE", "/api/profiles"],
    ["HEAD", "/api/profile-import"],
    ["GET", "/api/v1/lists"],
    ["GET", "/client/profiles"],
    ["GET", "/profiles/".repeat(50_000)],
  ])("matches nothing: %s %.40s", (method, path) => {
    expect(catalog.match(method, path)).toBeUndefined();
  });

  it("takes HEAD for what GET would answer", () => {
    expect(catalog.match("HEAD", "/api/profiles")?.id).toBe("get_profiles");
  });

  it("tells apart the public operations from those with a token", () => {
    expect(catalog.match("POST", "/client/events")?.id).toBe("create_client_event");
    expect(catalog.match("POST", "/api/events")?.id).toBe("create_event");
    expect(catalog.match("POST", "/events")?.id).toBe("create_event");
  });
});

describe("an operation by name", () => {
  const styles: [string, (name: string) => string][] = [
    ["snake case", (name) => name],
    ["camel case", (name) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())],
    ["Pascal case", (name) => name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())],
    ["kebab case", (name) => name.replaceAll("_", "-")],
    ["upper case", (name) => name.toUpperCase()],
  ];

  it.each(styles)("in %s", (_, style) => {
    for (const operation of catalog.operations())
      expect(catalog.operation(style(operation.id))).toBe(operation);
    for (const operation of stable) {
      for (const alias of operation.aliases) {
        const owner = stable.find(({ id }) => id === alias) ?? operation;
        expect(catalog.operation(style(alias))).toBe(owner);
      }
    }
  });

  it.each([
    ["getListProfiles", "get_profiles_for_list"],
    ["get_profiles", "get_profiles"],
    ["get_profiles_beta", "get_profiles"],
    ["getCampaigns", "get_campaigns"],
    ["getCampaigns_beta", "get_campaigns_beta"],
    ["clone_campaign", "create_campaign_clone"],
    ["clone_campaign_beta", "clone_campaign_beta"],
    ["getAgentSecrets", "get_agent_secrets_beta"],
  ])("%s is %s", (name, id) => {
    expect(catalog.operation(name)?.id).toBe(id);
  });

  it.each([
    "",
    "beta",
    "_",
    "get",
    "getProfil",
    "get_profile_s",
    "get__profiles",
    "get-list_s",
    "constructor",
    "__proto__",
    "toString",
  ])("not %s", (name) => {
    expect(catalog.operation(name)).toBeUndefined();
  });
});
