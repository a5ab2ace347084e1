import { symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/index.js";
import { usedOperation } from "../../src/config/calls.js";
import { findConfig } from "../../src/config/find.js";
import { loadConfig, parseConfig } from "../../src/config/load.js";
import { temporaryFolder } from "../api/temporary.js";

const context = { ruleNames: ["no-unused-scope"], catalog: loadCatalog() };

function messagesOf(config: unknown, root = "/app"): string[] {
  const { errors } = parseConfig(`${root}/klaviyo-scopes.json`, JSON.stringify(config), context);
  return errors.map(({ message, help }) => (help === null ? message : `${message} ${help}`));
}

describe("places that file systems refuse", () => {
  it("are not there", () => {
    const root = temporaryFolder({ "a.txt": "" });
    symlinkSync("circle", `${root}/circle`);
    const config = {
      apps: ["n".repeat(5000), "circle", "a.txt/inner", "a\0b"].map((place, index) => ({
        name: String(index),
        root: place,
      })),
    };
    const messages = messagesOf(config, root);
    expect(messages).toHaveLength(4);
    expect(messages.slice(0, 3).every((message) => message.includes("does not exist"))).toBe(true);
    expect(messages[3]).toContain("leaves the config's folder");
    expect(messages.every((message) => message.length < 300)).toBe(true);
  });

  it("are no config", () => {
    const root = temporaryFolder({ "src/a.ts": "" });
    symlinkSync("klaviyo-scopes.json", `${root}/klaviyo-scopes.json`);
    expect(findConfig(`${root}/src`)).toBeNull();
  });
});

describe("an app's root that is a link", () => {
  function project(): string {
    const root = temporaryFolder({ "apps/web/a.ts": "" });
    symlinkSync("apps/web", `${root}/inside`);
    symlinkSync(temporaryFolder({ "a.ts": "" }), `${root}/outside`);
    return root;
  }

  it("may lead to another folder of the repository", () => {
    expect(messagesOf({ apps: [{ name: "web", root: "inside" }] }, project())).toEqual([]);
  });

  it("may not leave it", () => {
    expect(messagesOf({ apps: [{ name: "web", root: "outside" }] }, project())).toEqual([
      "The root `outside` is a link that leaves the config's folder.",
    ]);
  });
});

describe("a package.json", () => {
  it("is found and read behind a byte order mark", () => {
    const root = temporaryFolder({
      "package.json": '\uFEFF{ "klaviyoScopes": { "configured": "lists:read" } }',
    });
    expect(findConfig(root)).toBe(`${root}/package.json`);
    expect(loadConfig(`${root}/package.json`, context).config?.configured).toMatchObject({
      names: [{ name: "lists:read" }],
    });
  });
});

describe("a configured string", () => {
  it.each([
    ["accounts:read\u00a0lists:read", "a no-break space", [13, 14]],
    ["accounts:read\tlists:read", "a tab", [13, 15]],
    ["accounts:read%20lists:read", "`%20`", [13, 16]],
  ])("%j is told its separator, and where", (list, name, [from = 0, to = 0]) => {
    const text = JSON.stringify({ configured: list });
    const { errors } = parseConfig("/app/klaviyo-scopes.json", text, context);
    const start = text.indexOf("accounts");
    expect(errors).toMatchObject([
      { message: `Scopes are separated by spaces, not by ${name}.`, range: [start + from, start + to] },
    ]);
  });
});

describe("usedOperation", () => {
  it.each([
    ["get_lists", "get_lists"],
    ["GetLists", "get_lists"],
    ["GET /api/lists", "get_lists"],
    ["get lists/", "get_lists"],
    ["GET /api/lists/{id}", "get_list"],
    ["GET https://a.klaviyo.com/api/lists/abc?include=tags", "get_list"],
    ["GET https://api.example.com/api/lists", undefined],
    ["/api/lists", undefined],
  ])("reads %s", (use, id) => {
    expect(usedOperation(use, loadCatalog())?.id).toBe(id);
    expect(messagesOf({ uses: [use] }).length).toBe(id === undefined ? 1 : 0);
  });

  it("says of a long entry what is wrong in a short one", () => {
    const messages = messagesOf({ uses: [`GET ${"/".repeat(100_000)} x`, "a/".repeat(100_000)] });
    expect(messages).toHaveLength(2);
    expect(messages.every((message) => message.length < 400)).toBe(true);
  });
});

describe("many mistakes", () => {
  it("are named up to a limit", () => {
    expect(
      messagesOf(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`key${String(i)}`, 1]))),
    ).toHaveLength(50);
  });
});
