import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/index.js";
import { loadConfig, parseConfig } from "../../src/config/load.js";
import type { Config } from "../../src/config/types.js";
import { temporaryFolder } from "../api/temporary.js";

const context = { ruleNames: ["no-missing-scope", "no-unused-scope"], catalog: loadCatalog() };

/** What is wrong with a config: `line:column message help`, one a line. */
function errorsOf(
  text: string,
  files: Readonly<Record<string, string>> = {},
  name = "klaviyo-scopes.json",
): string {
  const root = temporaryFolder({ ...files, [name]: text });
  const { config, errors } = loadConfig(`${root}/${name}`, context);
  expect(config === null).toBe(errors.length > 0);
  return errors
    .map((error) => {
      expect(error.file).toBe(`${root}/${name}`);
      return `${String(error.line)}:${String(error.column)} ${error.message} ${error.help ?? "–"}`;
    })
    .join("\n");
}

function configOf(text: string, files: Readonly<Record<string, string>> = {}): Config {
  const root = temporaryFolder({ ...files, "klaviyo-scopes.json": text });
  const { config, errors } = loadConfig(`${root}/klaviyo-scopes.json`, context);
  expect(errors).toEqual([]);
  if (config === null) throw new Error("no config");
  return config;
}

describe("a config without mistakes", () => {
  it("is read whole", () => {
    const text = `// for the loyalty app
    {
      "$schema": "./schema.json",
      "configured": "accounts:read profiles:read",
      "include": ["./src/**"], "ignore": ["legacy/**"],
      "rules": { "no-unused-scope": "error", "klaviyo-scopes/no-missing-scope": "off" },
      "overrides": [{ "files": ["scripts/**"], "rules": { "no-unused-scope": "off" } }],
      "justify": { "data-privacy:write": "GDPR deletions", "profiles:read": "" },
      "scopes": ["loyalty:read"],
      "uses": ["GET /api/profiles", "create_event", "getListProfiles", "delete https://a.klaviyo.com/api/lists/1/"],
      "helpers": [{ "callee": "this.#request", "method": "post", "path": 0 }, { "callee": "klaviyo", "method": 0, "path": 1 }, { "callee": "get", "path": 0 }],
      "apps": [{ "name": "loyalty", "root": "./apps/loyalty/", "configured": ["loyalty:read"] }, { "name": "rest" }], /* end */
    }`;
    const config = configOf(text, { "apps/loyalty/a.ts": "" });
    expect(config).toMatchObject({
      include: ["src/**"],
      ignore: ["legacy/**"],
      rules: { "no-unused-scope": "error", "no-missing-scope": "off" },
      overrides: [{ files: ["scripts/**"], rules: { "no-unused-scope": "off" } }],
      justify: { "data-privacy:write": { reason: "GDPR deletions" }, "profiles:read": { reason: "" } },
      scopes: ["loyalty:read"],
      helpers: [
        { callee: "this.#request", method: "POST", path: 0 },
        { callee: "klaviyo", method: 0, path: 1 },
        { callee: "get", method: null, path: 0 },
      ],
      apps: [
        { name: "loyalty", root: "apps/loyalty", configured: { kind: "list", style: "array" } },
        { name: "rest", root: ".", configured: null },
      ],
    });
    expect(config.uses.map(({ range }) => text.slice(...range))).toEqual([
      "GET /api/profiles",
      "create_event",
      "getListProfiles",
      "delete https://a.klaviyo.com/api/lists/1/",
    ]);
  });

  it("may be empty", () => {
    expect(configOf("{}")).toMatchObject({
      configured: null,
      include: ["**/*"],
      ignore: [],
      rules: {},
      overrides: [],
      justify: {},
      scopes: [],
      uses: [],
      helpers: [],
      apps: [],
    });
  });

  it("stands in package.json as well, where places are those of that file", () => {
    const text = `{\n  "name": "loyalty",\n  "klaviyoScopes": { "configured": "accounts:read" }\n}\n`;
    const { config } = parseConfig("/app/package.json", text, context);
    expect(config?.root).toBe("/app");
    expect(config?.configured).toMatchObject({ names: [{ name: "accounts:read" }] });
    expect(errorsOf('{\n  "klaviyoScopes": { "confgured": "" } }', {}, "package.json")).toBe(
      "2:22 The config has no key `confgured`. Did you mean `configured`?",
    );
    expect(errorsOf("{}", {}, "package.json")).toBe("1:1 This package.json has no key `klaviyoScopes`. –");
  });

  it("may point to the place that holds the scopes", () => {
    const config = configOf('{ "configured": { "file": "./.env.example", "key": "KLAVIYO_SCOPES" } }', {
      ".env.example": "KLAVIYO_SCOPES=accounts:read",
    });
    expect(config.configured).toEqual({
      kind: "file",
      file: ".env.example",
      key: "KLAVIYO_SCOPES",
      range: [16, 69],
    });
  });
});

describe("the places of configured scopes", () => {
  const placesIn = (text: string): string[] => {
    const { config, errors } = parseConfig("/app/klaviyo-scopes.json", text, context);
    expect(errors).toEqual([]);
    return config?.configured?.kind === "list"
      ? config.configured.names.map(({ name, range }) => `${name} ← ${text.slice(...range)}`)
      : [];
  };

  it("are exact in a string and in an array", () => {
    expect(placesIn('{ "configured": "  accounts:read   lists:read " }')).toEqual([
      "accounts:read ← accounts:read",
      "lists:read ← lists:read",
    ]);
    expect(placesIn('{ "configured": [\n  "accounts:read", // needed\n  "lists:read" ] }')).toEqual([
      "accounts:read ← accounts:read",
      "lists:read ← lists:read",
    ]);
  });

  it("are exact after escapes and characters of two units", () => {
    expect(
      placesIn(String.raw`{ /* 🛍 é */ "configured": "accounts\u003aread li\u0073ts:read tags:read" }`),
    ).toEqual([
      String.raw`accounts:read ← accounts\u003aread`,
      String.raw`lists:read ← li\u0073ts:read`,
      "tags:read ← tags:read",
    ]);
  });

  it("count from after a byte order mark", () => {
    const { config } = parseConfig("/app/klaviyo-scopes.json", '\uFEFF{"configured":"lists:read"}', context);
    expect(config?.configured).toMatchObject({ names: [{ range: [15, 25] }] });
  });
});

describe("mistakes", () => {
  it("in keys, types and levels are named with their place and what was likely meant", () => {
    const text = `{
  "configurd": "accounts:read",
  "include": "src/**",
  "ignore": ["!src/**", "/abs/**", "../up/**", 3, ""],
  "rules": { "no-unsed-scope": "warn", "no-missing-scope": "warning", "no-unused-scope": 2 },
  "overrides": [{ "files": ["a/**"] }, { "rules": {} }, 7],
  "uses": {},
  "helpers": true,
  "apps": "a",
  "justify": [],
  "scopes": ["Loyalty:read", "loyalty", "loyalty:raed"],
  "scopes": []
}`;
    expect(errorsOf(text)).toMatchInlineSnapshot(`
      "2:3 The config has no key \`configurd\`. Did you mean \`configured\`?
      3:14 \`include\` must be an array of strings, not the string \`src/**\`. Write ["src/**"].
      4:14 \`ignore\` takes no exclusions such as \`!src/**\`. –
      4:25 The glob \`/abs/**\` leaves the config's folder. Write \`abs/**\`.
      4:36 The glob \`../up/**\` leaves the config's folder. –
      4:48 Each entry of \`ignore\` must be a string, not \`3\`. –
      4:51 Each entry of \`ignore\` must not be empty. –
      5:14 There is no rule \`no-unsed-scope\`. Did you mean \`no-unused-scope\`?
      5:60 The level of \`no-missing-scope\` must be "off", "warn" or "error", not the string \`warning\`. Did you mean "warn"?
      5:90 The level of \`no-unused-scope\` must be "off", "warn" or "error", not \`2\`. Did you mean "error"?
      6:17 An override needs \`rules\`. –
      6:40 An override needs \`files\`. –
      6:57 An override must be an object, not \`7\`. –
      7:11 \`uses\` must be an array of strings, not an object. –
      8:14 \`helpers\` must be an array of objects with \`callee\`, \`method\` and \`path\`, not \`true\`. –
      9:11 \`apps\` must be an array of objects with \`name\` and \`root\`, not the string \`a\`. –
      10:14 \`justify\` must be an object, not an array. –
      11:14 \`Loyalty:read\` is not of the form of a scope. A scope is a resource and an access, lower case: \`loyalty:read\` or \`loyalty:write\`.
      11:30 \`loyalty\` is not of the form of a scope. A scope is a resource and an access, lower case: \`loyalty:read\` or \`loyalty:write\`.
      11:41 \`loyalty:raed\` is not of the form of a scope. A scope is a resource and an access, lower case: \`loyalty:read\` or \`loyalty:write\`.
      12:3 The key \`scopes\` stands here twice. –"
    `);
  });

  it("in scopes are named with their place", () => {
    expect(
      errorsOf(`{
  "configured": "accounts:read list:read loyalty:read points:read openid",
  "scopes": ["loyalty:read"],
  "justify": { "profile:read": "to show them" }
}`),
    ).toMatchInlineSnapshot(`
      "2:32 Klaviyo has no scope \`list:read\`. Did you mean \`lists:read\`?
      2:55 Klaviyo has no scope \`points:read\`. If it is newer than our catalog (2026-07-15), add it to \`scopes\`.
      2:67 Klaviyo has no scope \`openid\`. A scope is a resource and an access: \`profiles:read\`.
      4:16 Klaviyo has no scope \`profile:read\`. Did you mean \`profiles:read\`?"
    `);
  });

  it.each([
    "accounts:read,lists:read",
    "accounts:read; lists:read",
    "accounts:read|lists:read",
    "accounts:read+lists:read",
    String.raw`accounts:read\nlists:read`,
    "accounts:read%20lists:read",
  ])("in the separator of %s are named with the list as it should be", (list) => {
    expect(errorsOf(`{ "configured": "${list}" }`)).toMatch(
      /^1:\d+ Scopes are separated by spaces, not by .+\. Write `accounts:read lists:read`\.$/,
    );
  });

  it("in an array's entries are named", () => {
    expect(errorsOf('{ "configured": ["accounts:read lists:read", 5, "list:read"] }')).toMatchInlineSnapshot(`
      "1:18 An array has one scope in each entry, and \`accounts:read lists:read\` is more than a name. Write "accounts:read", "lists:read".
      1:46 Each entry of \`configured\` must be a string, not \`5\`. –
      1:50 Klaviyo has no scope \`list:read\`. Did you mean \`lists:read\`?"
    `);
  });

  it("in a pointer to the configured scopes are named", () => {
    const files = { ".env.example": "" };
    expect(errorsOf('{ "configured": { "file": ".env.exmple", "key": "KLAVIYO_SCOPES" } }', files)).toBe(
      "1:27 The file `.env.exmple` does not exist. Did you mean `.env.example`?",
    );
    expect(errorsOf('{ "configured": { "file": ".env.example" } }', files)).toContain("needs `key` as well");
    expect(errorsOf('{ "configured": { "file": "../.env", "key": "A" } }', files)).toContain(
      "leaves the config's folder",
    );
    expect(errorsOf('{ "configured": { "flie": ".env.example", "key": "A" } }', files)).toContain(
      "Did you mean `file`?",
    );
    expect(errorsOf('{ "configured": 1 }')).toContain("must be a string, an array, or");
  });

  it("in operations are named with the near one", () => {
    expect(
      errorsOf(`{ "uses": [
  "get_profile_s", "create_events", "frobnicate",
  "GET /api/profile", "PUT /api/lists", "/api/lists", "FETCH /api/lists", "GTE /api/lists"
] }`),
    ).toMatchInlineSnapshot(`
      "2:3 Klaviyo's API has no operation \`get_profile_s\`. Did you mean \`get_profiles\`?
      2:20 Klaviyo's API has no operation \`create_events\`. Did you mean \`create_event\`?
      2:37 Klaviyo's API has no operation \`frobnicate\`. Write an operation id or a method and a path: \`GET /api/profiles\`.
      3:3 Klaviyo's API has no operation \`GET /api/profile\`. Did you mean \`GET /api/profiles\`?
      3:23 Klaviyo's API has no operation \`PUT /api/lists\`. That path has \`GET\`, \`POST\`.
      3:41 \`/api/lists\` lacks the method. Write \`GET /api/lists\`.
      3:55 \`FETCH\` is no method of Klaviyo's API. Its methods are GET, POST, PATCH, PUT, DELETE.
      3:75 \`GTE\` is no method of Klaviyo's API. Did you mean \`GET /api/lists\`?"
    `);
  });

  it("in helpers are named", () => {
    expect(
      errorsOf(`{ "helpers": [
  { "callee": "request()", "path": 0 },
  { "callee": "request", "path": "0" },
  { "callee": "request", "path": 1.5 },
  { "callee": "request", "pth": 1 },
  { "callee": "request", "method": "FETCH", "path": 1 },
  { "callee": "request", "method": 1, "path": 1 },
  { "path": 1 }, "request"
] }`),
    ).toMatchInlineSnapshot(`
      "2:15 \`request()\` is no name of a function. Write \`request\`.
      3:34 \`path\` must be the index of an argument, not the string \`0\`. The first argument is 0.
      4:34 \`path\` must be the index of an argument, not \`1.5\`. The first argument is 0.
      5:3 A helper needs \`path\`. Such as { "callee": "klaviyoRequest", "method": 0, "path": 1 }.
      5:26 A helper has no key \`pth\`. Did you mean \`path\`?
      6:36 \`FETCH\` is no method of Klaviyo's API. Write the index of the argument, or one of GET, POST, PATCH, PUT, DELETE.
      7:47 \`method\` and \`path\` cannot be the same argument. –
      8:3 A helper needs \`callee\`. Such as { "callee": "klaviyoRequest", "method": 0, "path": 1 }.
      8:18 A helper must be an object, not the string \`request\`. –"
    `);
  });

  it("in apps are named", () => {
    expect(
      errorsOf(
        `{ "apps": [
  { "name": "web", "root": "aps/web" },
  { "name": "api", "root": ".." },
  { "name": "cli", "root": "/tmp" },
  { "name": "file", "root": "a.txt" },
  { "root": "apps/web" },
  { "name": "one", "root": "apps/web" },
  { "name": "one", "root": "apps" },
  { "name": "two", "root": "./apps/web/" },
  { "name": "" , "color": "red" }
] }`,
        { "apps/web/a.ts": "", "a.txt": "" },
      ),
    ).toMatchInlineSnapshot(`
      "2:28 The root \`aps/web\` does not exist. Did you mean \`apps/web\`?
      3:28 The root \`..\` leaves the config's folder. Paths start in that folder.
      4:28 The root \`/tmp\` leaves the config's folder. Paths start in that folder.
      5:29 The root \`a.txt\` is a file, not a folder. –
      6:3 An app needs \`name\`. –
      8:13 Two apps are named \`one\`. Give each a name of its own.
      9:28 The apps \`one\` and \`two\` have the same root \`apps/web\`. Give each the folder that holds its code.
      10:13 \`name\` must not be empty. –
      10:18 An app has no key \`color\`. Known are \`name\`, \`root\`, \`configured\`."
    `);
  });

  it("in globs as Windows writes paths are named; a sign taken for itself is none", () => {
    const globs = String.raw`{ "include": ["src\\lib\\**", "C:/app/**"], "ignore": ["out\\**"] }`;
    expect(errorsOf(globs).split("\n")).toEqual(
      [
        String.raw`1:15 Globs have !/! between folders, and !src\lib\**! has !\!. Write !src/lib/**!.`,
        "1:31 The glob !C:/app/**! leaves the config's folder. –",
        String.raw`1:56 Globs have !/! between folders, and !out\**! has !\!. Write !out/**!.`,
      ].map((line) => line.replaceAll("!", "`")),
    );
    expect(errorsOf(String.raw`{ "include": ["src/\\[id\\]/**", "src/\\(shop\\)/*.ts"] }`)).toBe("");
  });

  it("in the syntax are named where it breaks", () => {
    expect(
      [
        "",
        "{",
        '{ "configured": "a',
        "{ configured: [] }",
        "{ 'configured': [] }",
        '{ "rules": {}\n  "uses": [] }',
        "[]",
        "{} {}",
        '{ "a" 1 }',
        "/* {}",
        "[".repeat(5000),
        "\0",
      ]
        .map((text) => errorsOf(text))
        .join("\n"),
    ).toMatchInlineSnapshot(`
      "1:1 The file is empty. The least config is \`{}\`.
      1:2 A closing \`}\` is expected here. –
      1:17 This string is never closed. –
      1:3 This is no JSON value. Names and strings stand in double quotes.
      1:3 This is no JSON value. Names and strings stand in double quotes.
      2:3 A comma is expected here. Put a comma between entries.
      1:1 The config must be an object, not an array. –
      1:4 The file should end here. It has more than one value.
      1:7 A colon is expected here, after the key. –
      1:1 This comment is never closed. –
      1:101 The file is nested more than 100 levels deep. –
      1:1 This is no JSON value. Names and strings stand in double quotes."
    `);
  });

  it("in the file itself are named", () => {
    const root = temporaryFolder({ "folder.json/a": "" });
    const messages = ["none.json", "folder.json"].map(
      (name) => loadConfig(`${root}/${name}`, context).errors[0]?.message,
    );
    expect(messages).toEqual([
      "The config cannot be read: there is no such file.",
      "The config cannot be read: it is a folder.",
    ]);
  });

  it("quote hostile text on one line", () => {
    const errors = errorsOf(
      JSON.stringify({ ["a\n\u001b[31m\u202e`b"]: 1, __proto__x: 1, ["k".repeat(500)]: 1 }),
    );
    expect(errors.split("\n")).toHaveLength(3);
    // eslint-disable-next-line no-control-regex
    expect(errors).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(errors.length).toBeLessThan(1000);
  });

  it("do not change what objects are", () => {
    expect(
      errorsOf(
        '{ "__proto__": { "x": 1 }, "rules": { "__proto__": "off", "constructor": "warn" }, "justify": { "__proto__": "a" } }',
      ).split("\n"),
    ).toHaveLength(4);
    expect({}).not.toHaveProperty("x");
  });
});
