/** What ESLint processes share on the disk: it changes no finding, costs nothing when broken, and stays out of projects without `node_modules`. */
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { cachesFor, rememberedScans } from "../../src/eslint/caches.js";
import { ProjectIndex } from "../../src/eslint/project-index.js";
import * as read from "../../src/source/read.js";
import { lowerFile } from "../../src/lower/index.js";
import { project, write } from "./project.js";

const FILES = {
  "node_modules/x/package.json": "{}",
  "src/scopes.js": 'export const SCOPES = ["accounts:read", "lists:read"];\n',
  "src/auth.js":
    'import { SCOPES } from "./scopes.js";\nexport const url = (id) => `https://www.klaviyo.com/oauth/authorize?client_id=${id}&scope=${SCOPES.join(" ")}`;\n',
  "src/other.js": "export const nothing = 1;\n",
  ".env": "SECRET_TOKEN=abcdef\n",
};

/** Files that were written long ago. */
function aged(files: Readonly<Record<string, string>> = FILES): string {
  const root = project(files);
  for (const file of Object.keys(files)) utimesSync(path.join(root, file), 1_600_000_000, 1_600_000_000);
  return root;
}

function look(root: string): { apps: unknown; reads: number } {
  const spy = vi.spyOn(read, "readSource");
  const index = new ProjectIndex(root, null, cachesFor(root, true));
  const text = readFileSync(path.join(root, "src/auth.js"), "utf8");
  const view = index.viewOf({ file: "src/auth.js", text, lower: () => lowerFile("src/auth.js", text) }, null);
  const reads = spy.mock.calls.length;
  spy.mockRestore();
  return { apps: view?.picture.apps, reads };
}

it("spares the next process the reading of files that say nothing", () => {
  const root = aged();
  const first = look(root);
  const second = look(root);
  // Each file, and once more what only an import shows to matter.
  expect(first.reads).toBe(5);
  // What matters is read again: `src/auth.js`, what it imports, and the env file.
  expect(second.reads).toBe(3);
  expect(second.apps).toEqual(first.apps);
});

it("sees what has changed since", () => {
  const root = aged();
  look(root);
  write(root, "src/other.js", 'export { SCOPES as klaviyoScopes } from "./scopes.js";\n');
  write(root, "src/scopes.js", FILES["src/scopes.js"].replace("lists:read", "flows:read"));
  expect(look(root).apps).toEqual(
    look(aged({ ...FILES, "src/scopes.js": readFileSync(path.join(root, "src/scopes.js"), "utf8") })).apps,
  );
});

it.each(["", "{", "null", "[]", '{"version":1}'])("does without a file of %j", (text) => {
  const root = aged();
  const { apps } = look(root);
  const folder = cachesFor(root, true).folder ?? "";
  const [scans = ""] = readdirSync(folder).filter((name) => name.startsWith("scans-"));
  writeFileSync(path.join(folder, scans), text);
  expect(look(root).apps).toEqual(apps);
});

it("keeps no name and no value of an env file, and leaves nothing half written", () => {
  const root = aged();
  look(root);
  const folder = cachesFor(root, true).folder ?? "";
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(files.length).toBeGreaterThan(1);
  for (const { parentPath, name } of files) {
    expect(name).toMatch(/\.json$|^pruned$/);
    expect(readFileSync(path.join(parentPath, name), "utf8")).not.toMatch(/SECRET_TOKEN|abcdef/);
  }
});

it("trusts no file that was written this very moment", () => {
  const root = project(FILES);
  look(root);
  expect(look(root).reads).toBe(5);
});

it("keeps nothing where it is not wanted, or there is no folder for it", () => {
  const root = aged({ "src/a.js": "" });
  expect(cachesFor(root, true)).toEqual({ folder: null, forms: null });
  expect(cachesFor(aged(), false)).toEqual({ folder: null, forms: null });
  look(aged({ "src/auth.js": FILES["src/auth.js"] }));
  expect(existsSync(path.join(root, "node_modules"))).toBe(false);
});

it("asks again when the config's words are others", () => {
  const root = aged();
  const caches = cachesFor(root, true);
  const source = {
    file: "a.js",
    absolute: path.join(root, "a.js"),
    kind: "code" as const,
    size: 1,
    mtimeMs: 1,
  };
  const scan = {
    code: true,
    seed: false,
    specifiers: [],
    state: false,
    names: [],
    around: [],
    hands: false,
    takes: false,
    sets: false,
    said: null,
    offers: null,
    offered: [],
  };
  const store = rememberedScans(caches, root, { words: [], files: new Set() });
  store?.set(source, scan);
  store?.save();
  expect(rememberedScans(caches, root, { words: [], files: new Set() })?.get(source)).toEqual(scan);
  expect(rememberedScans(caches, root, { words: ["request"], files: new Set() })?.get(source)).toBeNull();
  expect(
    rememberedScans(caches, root, { words: [], files: new Set() })?.get({ ...source, size: 2 }),
  ).toBeNull();
});
