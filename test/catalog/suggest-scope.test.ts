import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/index.js";
import { classifyToken, knownResource, suggestScope } from "../../src/catalog/suggest.js";
import type { NearReason, TokenClass } from "../../src/catalog/suggest.js";

const catalog = loadCatalog();

describe("a mistaken scope", () => {
  it.each<[string, string, NearReason]>([
    ["list:read", "lists:read", "number"],
    ["list:write", "lists:write", "number"],
    ["template:write", "templates:write", "number"],
    ["template:read", "templates:read", "number"],
    ["catalog:read", "catalogs:read", "number"],
    ["coupon_code:write", "coupon-codes:write", "number"],
    ["account:read", "accounts:read", "number"],
    ["profile:read", "profiles:read", "number"],
    ["custom-object:write", "custom-objects:write", "number"],
    ["web-feed:read", "web-feeds:read", "number"],
    ["data_privacy:read", "data-privacy:read", "separator"],
    ["dataPrivacy:read", "data-privacy:read", "separator"],
    ["DataPrivacy:Write", "data-privacy:write", "separator"],
    ["web_feeds:read", "web-feeds:read", "separator"],
    ["customobjects:read", "custom-objects:read", "separator"],
    ["push tokens:read", "push-tokens:read", "separator"],
    ["push:tokens:read", "push-tokens:read", "separator"],
    ["web-hooks:write", "webhooks:write", "separator"],
    ["profiles.read", "profiles:read", "separator"],
    ["profiles_read", "profiles:read", "separator"],
    ["profiles-write", "profiles:write", "separator"],
    ["profiles/read", "profiles:read", "separator"],
    ["profiles::read", "profiles:read", "separator"],
    ["profilesRead", "profiles:read", "separator"],
    ["tracking_settings_write", "tracking-settings:write", "separator"],
    ["klaviyo:profiles:read", "profiles:read", "separator"],
    ["klaviyo.lists.write", "lists:write", "separator"],
    ["'profiles:read',", "profiles:read", "separator"],
    ["read:profiles", "profiles:read", "order"],
    ["write:lists", "lists:write", "order"],
    ["read_profiles", "profiles:read", "order"],
    ["write_lists", "lists:write", "order"],
    ["readEvents", "events:read", "order"],
    ["read:push_tokens", "push-tokens:read", "order"],
    ["read_list", "lists:read", "order"],
    ["view_profiles", "profiles:read", "order"],
    ["campains:read", "campaigns:read", "typo"],
    ["campaings:write", "campaigns:write", "typo"],
    ["profles:read", "profiles:read", "typo"],
    ["profle:read", "profiles:read", "typo"],
    ["porfiles:read", "profiles:read", "typo"],
    ["rofiles:read", "profiles:read", "typo"],
    ["accouts:read", "accounts:read", "typo"],
    ["acounts:read", "accounts:read", "typo"],
    ["evnets:write", "events:write", "typo"],
    ["metircs:read", "metrics:read", "typo"],
    ["segmnets:read", "segments:read", "typo"],
    ["tempaltes:read", "templates:read", "typo"],
    ["subscribtions:write", "subscriptions:write", "typo"],
    ["subcribtions:write", "subscriptions:write", "typo"],
    ["conversatoins:read", "conversations:read", "typo"],
    ["tgas:read", "tags:read", "typo"],
    ["profiles:raed", "profiles:read", "typo"],
    ["profiles:wirte", "profiles:write", "typo"],
    ["profiles:rea", "profiles:read", "typo"],
    ["profiles:reed", "profiles:read", "typo"],
    ["lists:writ", "lists:write", "typo"],
    ["profiles:edit", "profiles:write", "access"],
    ["profiles:update", "profiles:write", "access"],
    ["profiles:view", "profiles:read", "access"],
    ["profiles:readonly", "profiles:read", "access"],
    ["profiles:read-only", "profiles:read", "access"],
    ["profiles:r", "profiles:read", "access"],
    ["events:create", "events:write", "access"],
    ["data-privacy:delete", "data-privacy:write", "access"],
    ["catalog-items:read", "catalogs:read", "collection"],
    ["catalog_item:write", "catalogs:write", "collection"],
    ["campaign-messages:read", "campaigns:read", "collection"],
    ["tag-groups:write", "tags:write", "collection"],
    ["web_feeds", "web-feeds:read", "no-access"],
    ["customobjects", "custom-objects:read", "no-access"],
    ["profiles", "profiles:read", "no-access"],
    ["list", "lists:read", "no-access"],
    ["PROFILES:READ", "profiles:read", "case"],
    ["Lists:write", "lists:write", "case"],
  ])("%s is meant as %s (%s)", (token, name, reason) => {
    expect(suggestScope(token)).toEqual({ name, reason });
    expect(classifyToken(token)).toBe("near");
  });

  it("is found for every scope in the usual ways to get one wrong", () => {
    for (const { name, resource, access } of catalog.scopes()) {
      const camel = resource.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      const mistakes = [
        `${access}:${resource}`,
        `${access}_${resource.replaceAll("-", "_")}`,
        `${resource}.${access}`,
        `${resource.replaceAll("-", "_")}_${access}`,
        name.toUpperCase(),
        `${camel}${access === "read" ? "Read" : "Write"}`,
      ];
      if (resource.endsWith("s")) mistakes.push(`${resource.slice(0, -1)}:${access}`);
      if (resource.includes("-"))
        mistakes.push(name.replace("-", "_"), name.replace("-", ""), `${camel}:${access}`);
      for (const mistake of mistakes) expect([mistake, suggestScope(mistake)?.name]).toEqual([mistake, name]);
    }
  });

  it("is found through any two swapped letters of a resource", () => {
    for (const { name, resource } of catalog.scopes()) {
      for (let i = 0; i + 1 < resource.length; i++) {
        const swapped =
          resource.slice(0, i) + resource.charAt(i + 1) + resource.charAt(i) + resource.slice(i + 2);
        const mistake = swapped + name.slice(resource.length);
        if (catalog.scope(mistake) === undefined)
          expect([mistake, suggestScope(mistake)?.name]).toEqual([mistake, name]);
      }
    }
  });
});

describe("a token that is near no scope", () => {
  it.each<[string, TokenClass]>([
    ...[
      "loyalty",
      "users",
      "user",
      "orders",
      "contacts",
      "products",
      "transactions",
      "conversions",
      "pages",
    ].map((resource): [string, TokenClass] => [`${resource}:read`, "unlisted"]),
    ...["previews", "posts", "items", "messages", "files", "links", "rows", "grants", "subscribers"].map(
      (resource): [string, TokenClass] => [`${resource}:write`, "unlisted"],
    ),
    ...["customers", "channels", "chat", "tokens", "settings", "objects", "feeds", "reports", "returns"].map(
      (resource): [string, TokenClass] => [`${resource}:read`, "unlisted"],
    ),
    ...[
      "sites",
      "tasks",
      "teams",
      "themes",
      "tabs",
      "stats",
      "payments",
      "sessions",
      "branches",
      "assets",
    ].map((resource): [string, TokenClass] => [`${resource}:read`, "unlisted"]),
    ["gift-cards:write", "unlisted"],
    ["openid", "not-a-scope"],
    ["email", "not-a-scope"],
    ["profile", "not-a-scope"],
    ["address", "not-a-scope"],
    ["offline_access", "not-a-scope"],
    ["read_orders", "not-a-scope"],
    ["write_products", "not-a-scope"],
    ["read_customers", "not-a-scope"],
    ["pages_read_engagement", "not-a-scope"],
    ["instagram_manage_messages", "not-a-scope"],
    ["ads_management", "not-a-scope"],
    ["crm.objects.contacts.read", "not-a-scope"],
    ["User.Read", "not-a-scope"],
    ["Mail.ReadWrite", "not-a-scope"],
    ["https://www.googleapis.com/auth/userinfo.email", "not-a-scope"],
    ["repo", "not-a-scope"],
    ["read:user", "not-a-scope"],
    ["user:email", "not-a-scope"],
    ["admin", "not-a-scope"],
    ["read", "not-a-scope"],
    ["write", "not-a-scope"],
    ["read write", "not-a-scope"],
    ["all", "not-a-scope"],
    ["*", "not-a-scope"],
    [":", "not-a-scope"],
    ["", "not-a-scope"],
    ["orders:full", "not-a-scope"],
    ["profiles:readlists:read", "known-resource-unknown-access"],
    ["constructor:read", "unlisted"],
    ["__proto__", "not-a-scope"],
    ["profiles:full", "known-resource-unknown-access"],
    ["profiles:*", "known-resource-unknown-access"],
    ["profiles:all", "known-resource-unknown-access"],
    ["profiles:manage", "known-resource-unknown-access"],
    ["profiles:readwrite", "known-resource-unknown-access"],
    ["profiles:read:write", "known-resource-unknown-access"],
    ["profiles:__proto__", "known-resource-unknown-access"],
    ["lists:full", "known-resource-unknown-access"],
    ["list:full", "known-resource-unknown-access"],
    ["accounts:write", "known-resource-unknown-access"],
    ["account:write", "known-resource-unknown-access"],
    ["usage:write", "known-resource-unknown-access"],
  ])("%s: silent, %s", (token, kind) => {
    expect(suggestScope(token)).toBeNull();
    expect(classifyToken(token)).toBe(kind);
  });

  it("is not any scope of the catalog", () => {
    for (const { name } of catalog.scopes()) {
      expect(suggestScope(name)).toBeNull();
      expect(classifyToken(name)).toBe("known");
      expect(classifyToken(` ${name} `)).toBe("known");
    }
  });

  it("names the resource that it does know", () => {
    expect(knownResource("list:full")).toBe("lists");
    expect(knownResource("accounts:write")).toBe("accounts");
    expect(knownResource("orders:full")).toBeNull();
    expect(knownResource("lists")).toBeNull();
  });

  it("may be anything at all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (token) => {
        const suggestion = suggestScope(token);
        if (suggestion !== null) expect(catalog.scope(suggestion.name)).toBeDefined();
        expect(classifyToken(token) === "near").toBe(suggestion !== null);
      }),
    );
    expect(classifyToken("profiles:".repeat(100_000))).toBe("not-a-scope");
  });
});
