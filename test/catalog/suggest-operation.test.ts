import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/index.js";
import { suggestOperation, suggestPath, suggestSdkMethod } from "../../src/catalog/suggest.js";

const catalog = loadCatalog();

describe("a mistaken operation id", () => {
  it.each([
    ["get_profle", "get_profile"],
    ["getProfils", "get_profiles"],
    ["createEvnt", "create_event"],
    ["list_profiles", "get_profiles"],
    ["fetchLists", "get_lists"],
    ["addEvent", "create_event"],
    ["removeList", "delete_list"],
    ["get_list_profils", "get_profiles_for_list"],
  ])("%s is meant as %s", (name, id) => {
    expect(suggestOperation(name)?.id).toBe(id);
  });

  it.each([
    "getUsers",
    "foo",
    "",
    "get",
    "getOrders",
    "__proto__",
    "get_profiles",
    "getListProfiles",
    "x".repeat(100_000),
  ])("nothing for %.30s", (name) => {
    expect(suggestOperation(name)).toBeNull();
  });
});

describe("a mistaken path", () => {
  it.each([
    ["GET", "/api/list/{id}", "/api/lists/{id}", "/api/lists/{id}", "get_list"],
    ["GET", "/api/list/123?x=y", "/api/lists/{id}", "/api/lists/123", "get_list"],
    [
      "patch",
      "https://a.klaviyo.com/api/profile/{}",
      "/api/profiles/{id}",
      "/api/profiles/{}",
      "update_profile",
    ],
    ["POST", "/profile", "/api/profiles", "/api/profiles", "create_profile"],
    [
      "POST",
      "/api/list/7/relationship/profile",
      "/api/lists/{id}/relationships/profiles",
      "/api/lists/7/relationships/profiles",
      "add_profiles_to_list",
    ],
    ["GET", "/api/catalog_items", "/api/catalog-items", "/api/catalog-items", "get_catalog_items"],
    [
      "GET",
      "/api/campaigns/1/messages",
      "/api/campaigns/{id}/campaign-messages",
      "/api/campaigns/1/campaign-messages",
      "get_messages_for_campaign",
    ],
    ["GET", "/api/api/lists", "/api/lists", "/api/lists", "get_lists"],
    ["POST", "/client/event", "/client/events", "/client/events", "create_client_event"],
    ["GET", "/api/campains", "/api/campaigns", "/api/campaigns", "get_campaigns"],
  ])("%s %s is meant as %s", (method, path, template, filled, id) => {
    expect(suggestPath(method, path)).toMatchObject({
      kind: "path",
      path: template,
      filled,
      operation: { id },
    });
  });

  it("says which segments to replace", () => {
    expect(suggestPath("GET", "/api/list/123/profile")).toMatchObject({
      replaced: [
        { index: 1, from: "list", to: "lists" },
        { index: 3, from: "profile", to: "profiles" },
      ],
    });
  });

  it("says which methods there are, where the path has another one", () => {
    expect(suggestPath("PUT", "/api/profiles/1")).toMatchObject({
      kind: "method",
      path: "/api/profiles/{id}",
      methods: ["GET", "PATCH"],
    });
    expect(suggestPath("DELETE", "/api/profiles")).toMatchObject({
      kind: "method",
      path: "/api/profiles",
      methods: ["GET", "POST"],
    });
    expect(suggestPath("PUT", "/api/list/1")).toMatchObject({
      kind: "path",
      path: "/api/lists/{id}",
      methods: ["DELETE", "GET", "PATCH"],
      operation: null,
    });
  });

  it("is found for every operation whose collection lost its plural", () => {
    for (const operation of catalog.operations()) {
      const mistaken = operation.path.replace(/^(\/\w+\/[a-z-]+)s(?=\/|$)/, "$1");
      if (catalog.operationsForPath(mistaken).length > 0) continue;
      const suggestion = suggestPath(operation.method, mistaken);
      expect([mistaken, suggestion?.path]).toEqual([mistaken, operation.path]);
    }
  });

  it.each([
    ["GET", "/api/profiles"],
    ["GET", "/api/lists/1/members"],
    ["GET", "/api/orders"],
    ["GET", "/api/{}"],
    ["GET", "/api/v1/lists"],
    ["GET", "/api/track"],
    ["GET", "https://example.com/api/list/1"],
    ["GET", "/"],
    ["GET", ""],
    ["GET", "/api/campaigns/1/send"],
    ["GET", "/list".repeat(50_000)],
  ])("nothing for %s %.40s", (method, path) => {
    expect(suggestPath(method, path)).toBeNull();
  });
});

describe("a method of the SDK", () => {
  it.each([
    ["ProfilesApi", "getProfils", "getProfiles"],
    ["ListsApi", "listLists", "getLists"],
    ["ListsApi", "addProfileToList", "addProfilesToList"],
    ["EventsApi", "createEvents", "createEvent"],
    ["DataPrivacyApi", "requestProfileDeletions", "requestProfileDeletion"],
    ["CatalogsApi", "getCatalogItms", "getCatalogItems"],
  ])("%s.%s means %s", (className, name, meant) => {
    expect(suggestSdkMethod(className, name)).toBe(meant);
  });

  it.each([
    ["ProfilesApi", "getProfiles"],
    ["ListsApi", "getListProfiles"],
    ["ProfilesApi", "getLists"],
    ["ProfilesApi", "getLsts"],
    ["ProfilesApi", "toString"],
    ["ProfilesApi", "setDefaultAuthentication"],
    ["LoyaltyApi", "getProfils"],
    ["ProfilesApi", "rankProfilesByValue"],
    ["ProfilesApi", "getProfils".repeat(1000)],
  ])("nothing for %s.%.40s", (className, name) => {
    expect(suggestSdkMethod(className, name)).toBeNull();
  });

  it("is found for every method that lost a letter in the middle", () => {
    for (const operation of catalog.operations()) {
      const name = operation.id.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      const slip = name.slice(0, 8) + name.slice(9);
      if (name.length < 14 || catalog.operation(slip) !== undefined) continue;
      const meant = suggestSdkMethod(`${operation.tag.replaceAll(" ", "")}Api`, slip);
      expect([slip, meant && catalog.operation(meant)?.tag]).toEqual([slip, operation.tag]);
    }
  });
});
