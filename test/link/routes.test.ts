import { describe, expect, test } from "vitest";
import { routesOfFile, writtenPath, type RouteSegment } from "../../src/link/routes.js";

const shown = (path: readonly RouteSegment[]): string =>
  path
    .map(({ kind, text }) => (kind === "literal" ? text : `${kind === "param" ? ":" : "*"}${text}`))
    .join("/");

describe("routes of files", () => {
  test.each([
    ["app/api/klaviyo/[...path]/route.ts", "GET", "api/klaviyo/*path", "web"],
    ["src/app/(shop)/api/lists/[id]/route.ts", "POST", "api/lists/:id", "web"],
    ["src/pages/api/klaviyo/[[...slug]].ts", "default", "api/klaviyo/*slug", "node"],
    ["pages/api/klaviyo/index.ts", "default", "api/klaviyo", "node"],
    ["src/pages/api/[...rest].ts", "ALL", "api/*rest", "context"],
    ["api/klaviyo/[id].js", "default", "api/klaviyo/:id", "node"],
    ["src/routes/api/klaviyo/[...rest]/+server.ts", "PATCH", "api/klaviyo/*rest", "context"],
    ["server/api/klaviyo/[...].ts", "default", "api/klaviyo/*", "event"],
    ["server/routes/klaviyo/[id].delete.ts", "default", "klaviyo/:id", "event"],
    ["app/routes/api.klaviyo.$.tsx", "loader", "api/klaviyo/**", "context"],
    ["app/routes/_app.lists_.$id.tsx", "action", "lists/:id", "context"],
    ["netlify/functions/klaviyo.ts", "handler", ".netlify/functions/klaviyo/*splat", "lambda"],
    ["supabase/functions/klaviyo-proxy/index.ts", null, "functions/v1/klaviyo-proxy/*rest", "web"],
  ])("%s", (file, name, path, style) => {
    const route = routesOfFile(file).find((one) => one.name === name);
    expect(route).toBeDefined();
    expect(shown(route?.path ?? [])).toBe(path);
    expect(route?.style).toBe(style);
  });

  test("a method in the name of the file is the only one", () => {
    expect(routesOfFile("server/api/klaviyo.post.ts").map(({ methods }) => methods)).toEqual([["POST"]]);
  });

  test.each(["src/klaviyo.ts", "src/api/klaviyo.ts", "lib/server.ts", "app/api/klaviyo/page.tsx"])(
    "%s answers nothing",
    (file) => {
      expect(routesOfFile(file)).toEqual([]);
    },
  );
});

describe("written paths", () => {
  test.each([
    ["/klaviyo/lists/:id", "klaviyo/lists/:id"],
    ["/klaviyo/*", "klaviyo/*"],
    ["/klaviyo/*path", "klaviyo/*path"],
    ["/klaviyo/{*path}", "klaviyo/*path"],
    ["/klaviyo/:rest{.*}", "klaviyo/*rest"],
    ["/klaviyo/:rest(.*)", "klaviyo/*rest"],
    ["/klaviyo/:path*", "klaviyo/*path"],
    ["/klaviyo/(.*)", "klaviyo/*"],
  ])("%s", (written, path) => {
    expect(shown(writtenPath(written))).toBe(path);
  });
});
