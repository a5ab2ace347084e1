/** A workspace package that the audited one uses, and that lies outside of its root. */
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/api/analyze.js";
import { temporaryFolder } from "./temporary.js";

const HELPER = "export const send = (path) => fetch(`https://a.klaviyo.com/api${path}`);\n";

function monorepo(files: Record<string, string>, links: Record<string, string> = {}): string {
  const root = temporaryFolder({ "package.json": '{ "workspaces": ["apps/*", "packages/*"] }', ...files });
  for (const [name, folder] of Object.entries(links)) {
    const link = path.join(root, "node_modules", name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(root, folder), link);
  }
  return root;
}

async function told(root: string, folder: string): Promise<string[]> {
  const { diagnostics } = await analyze({ root: path.join(root, folder) });
  return diagnostics.map(
    ({ file, line, column, message }) => `${file}:${String(line)}:${String(column)} ${message}`,
  );
}

const packaged = {
  "packages/klaviyo/package.json": '{ "name": "@mono/klaviyo", "main": "src/index.js" }',
  "packages/klaviyo/src/index.js": HELPER,
  "apps/loyalty/package.json": '{ "name": "loyalty", "dependencies": { "@mono/klaviyo": "*" } }',
};

describe("an import that leads out of the root", () => {
  it("is told of once, with what to do", async () => {
    const root = monorepo(
      {
        ...packaged,
        "apps/loyalty/a.js": 'import { send } from "@mono/klaviyo";\nsend("/lists");\n',
        "apps/loyalty/b.js": 'export { send } from "@mono/klaviyo";\n',
      },
      { "@mono/klaviyo": "packages/klaviyo" },
    );
    expect(await told(root, "apps/loyalty")).toEqual([
      "a.js:1:10 `@mono/klaviyo` is `../../packages/klaviyo/src/index.js`, outside the audited root, so its requests and API calls are not seen. Audit the repository's root, with a config there that names this folder under `apps`.",
    ]);
    expect(await told(root, ".")).toEqual([]);
  });

  it("may be relative, and to a file that says Klaviyo where its name does not", async () => {
    const root = monorepo({
      "packages/http/send.js": HELPER,
      "apps/loyalty/klaviyo.js": 'import { send } from "../../packages/http/send.js";\nsend("/lists");\n',
    });
    expect(await told(root, "apps/loyalty")).toEqual([
      expect.stringContaining("`../../packages/http/send.js`, outside the audited root"),
    ]);
  });

  it.each([
    ["of something else", 'import { sum } from "../../packages/sum/sum.js";\n// klaviyo\nsum();\n'],
    ["of types only", 'import type { Send } from "@mono/klaviyo";\nexport type S = Send;\n'],
    ["of what is not there", 'import { send } from "../../packages/klaviyo/nothing.js";\nsend("/lists");\n'],
    ["of what is installed", 'import { Client } from "klaviyo-client";\nnew Client();\n'],
  ])("%s is passed over", async (_, text) => {
    const root = monorepo(
      {
        ...packaged,
        "packages/sum/sum.js": "export const sum = () => 0;\n",
        "node_modules/klaviyo-client/package.json": '{ "name": "klaviyo-client", "main": "i.js" }',
        "node_modules/klaviyo-client/i.js": "export class Client {}\n",
        "apps/loyalty/a.ts": text,
      },
      { "@mono/klaviyo": "packages/klaviyo" },
    );
    expect(await told(root, "apps/loyalty")).toEqual([]);
  });
});
