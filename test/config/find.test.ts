import { describe, expect, it } from "vitest";
import { findConfig } from "../../src/config/find.js";
import { temporaryFolder } from "../api/temporary.js";

const withKey = '{ "klaviyoScopes": {} }';

/** The config found from a folder of a project of these files, relative to the project. */
function found(files: Readonly<Record<string, string>>, from = ""): string | null {
  const root = temporaryFolder(files);
  return findConfig(`${root}/${from}`)?.replace(`${root}/`, "") ?? null;
}

describe("findConfig", () => {
  it("looks upward, and takes the nearest", () => {
    const files = {
      "klaviyo-scopes.json": "{}",
      "apps/web/src/a.ts": "",
      "apps/shop/package.json": withKey,
      "apps/shop/src/a.ts": "",
    };
    expect(found(files, "apps/web/src")).toBe("klaviyo-scopes.json");
    expect(found(files, "apps/shop/src")).toBe("apps/shop/package.json");
  });

  it("takes the file before the package's key", () => {
    expect(found({ "klaviyo-scopes.jsonc": "{}", "package.json": withKey })).toBe("klaviyo-scopes.jsonc");
    expect(found({ "klaviyo-scopes.jsonc": "{}", "klaviyo-scopes.json": "{}" })).toBe("klaviyo-scopes.json");
  });

  it("passes a package.json that only speaks of the key, and a folder of the config's name", () => {
    expect(
      found({ "package.json": '{ "keywords": ["klaviyoScopes"], "x": { "klaviyoScopes": {} } }' }),
    ).toBeNull();
    expect(found({ "klaviyo-scopes.json/a.ts": "" })).toBeNull();
  });

  it("takes a package.json that has the key and is broken, so that its mistake is said", () => {
    expect(found({ "package.json": '{ "klaviyoScopes": { "configured": [ }' })).toBe("package.json");
  });

  it("finds none where there is none", () => {
    expect(found({ "src/a.ts": "" }, "src")).toBeNull();
    expect(found({}, "folder/that/is/not/there")).toBeNull();
  });
});
