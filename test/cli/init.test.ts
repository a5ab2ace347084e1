import { describe, expect, it } from "vitest";
import { configText, proposeApps } from "../../src/cli/init/propose.js";
import { nextSteps } from "../../src/cli/init/snippets.js";
import { detectStack } from "../../src/cli/init/stack.js";
import { appOf, pictureOf, requestAt } from "../api/picture.js";
import { temporaryFolder } from "../api/temporary.js";

function pictureWith(files: Record<string, string>) {
  const requests = Object.entries(files).map(([file, text]) =>
    requestAt({ file, range: [0, text.length] }, text.split(" "), files),
  );
  return pictureOf(files, [appOf(requests, [])]);
}

describe("the proposed config", () => {
  it("is one app with the scopes that exist", () => {
    const root = temporaryFolder({ "package.json": "{}" });
    const apps = proposeApps(pictureWith({ "src/auth.ts": "tags:read list:read accounts:read" }), root);
    expect(apps).toEqual([{ name: "app", root: ".", requested: ["accounts:read", "tags:read"] }]);
    const text = configText(apps.map((app) => ({ ...app, configured: app.requested })));
    expect(JSON.parse(text)).toEqual({
      $schema: "./node_modules/eslint-plugin-klaviyo-scopes/schema/config.json",
      configured: "accounts:read tags:read",
    });
  });

  it("is one app a package in a monorepo, with names of their own", () => {
    const files = {
      "apps/loyalty/src/a.ts": "tags:read",
      "apps/reviews/a.ts": "lists:read",
      "legacy/reviews/a.ts": "lists:read",
    };
    const root = temporaryFolder({
      "package.json": "{}",
      "apps/loyalty/package.json": "{}",
      "apps/reviews/package.json": "{}",
      "legacy/reviews/package.json": "{}",
    });
    expect(proposeApps(pictureWith(files), root).map(({ name, root: folder }) => [name, folder])).toEqual([
      ["loyalty", "apps/loyalty"],
      ["reviews", "apps/reviews"],
      ["legacy-reviews", "legacy/reviews"],
    ]);
  });

  it("leaves the configured set out where it is not known", () => {
    expect(JSON.parse(configText([{ name: "app", root: ".", configured: null }]))).not.toHaveProperty(
      "configured",
    );
  });
});

describe("the stack", () => {
  it("is seen from the files there are", () => {
    const root = temporaryFolder({
      "pnpm-lock.yaml": "",
      "package.json": '{ "devDependencies": { "eslint": "^10" } }',
      ".gitlab-ci.yml": "",
    });
    const stack = detectStack(root);
    expect(stack).toEqual({ packageManager: "pnpm", eslint: true, eslintConfig: null, ci: "gitlab" });
    const steps = nextSteps(stack);
    for (const part of [
      "pnpm add",
      "eslint.config.js",
      "klaviyoScopes.configs.recommended",
      ".gitlab-ci.yml",
    ]) {
      expect(steps).toContain(part);
    }
  });

  it("does not mind a broken package.json", () => {
    expect(detectStack(temporaryFolder({ "package.json": "{" }))).toMatchObject({ eslint: false });
  });
});
