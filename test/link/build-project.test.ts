import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { buildProject, type BuildOptions, type BuiltProject } from "../../src/link/build-project.js";
import { lowerFile } from "../../src/lower/index.js";
import { collectFiles } from "../../src/source/collect.js";
import { diskCache } from "../../src/source/form-cache.js";
import { temporaryFolder } from "../api/temporary.js";

type Files = Readonly<Record<string, string>>;

function build(root: string, options: Partial<BuildOptions> = {}): BuiltProject {
  return buildProject({ root, files: collectFiles(root).files, lower: lowerFile, ...options });
}

/** The files that are parsed in a project of these. */
function parsed(files: Files, options?: Partial<BuildOptions>): string[] {
  return [...build(temporaryFolder(files), options).project.forms.keys()];
}

describe("which files are parsed", () => {
  it("none in a project that does not speak of Klaviyo", () => {
    expect(parsed({ "a.ts": "import './b'", "b.ts": "", "c.json": "{}" })).toEqual([]);
  });

  it("those that say Klaviyo, in their text or path, in any case", () => {
    const files = {
      "a.ts": "// KLAVIYO",
      "src/klaviyo/b.ts": "",
      "c.yaml": "x: https://a.klaviyo.com",
      "d.ts": "",
    };
    expect(parsed(files)).toEqual(["a.ts", "c.yaml", "src/klaviyo/b.ts"]);
  });

  it("what they import, however far, and data as well", () => {
    const files = {
      "klaviyo.ts": "import { X } from './a.js'; const j = require('./d.json')",
      "a.ts": "export * from './b/index'",
      "b/index.ts": "export const X = await import('../c')",
      "c.mts": "",
      "d.json": "{}",
      "e.ts": "import './c.mjs'",
    };
    expect(parsed(files)).toEqual(["a.ts", "b/index.ts", "c.mts", "d.json", "klaviyo.ts"]);
  });

  it("who imports them, however far, with what those import; not who imports their imports", () => {
    const files = {
      "lib/client.ts":
        "import { log } from './log'; export const call = (path) => fetch('https://a.klaviyo.com' + path, log)",
      "lib/index.ts": "export { call } from './client'",
      "lib/log.ts": "",
      "sync.ts":
        "import { call } from './lib'; import { PATH } from './paths'; export const sync = () => call(PATH)",
      "paths.ts": "export const PATH = '/api/lists'",
      "job.ts": "import { sync } from './sync'; sync()",
      "other.ts": "import { log } from './lib/log'; import { PATH } from './paths'",
    };
    expect(parsed(files)).toEqual([
      "job.ts",
      "lib/client.ts",
      "lib/index.ts",
      "lib/log.ts",
      "paths.ts",
      "sync.ts",
    ]);
  });

  it("who imports them by an alias or the name of a package", () => {
    const files = {
      "packages/crm/package.json": '{ "name": "@shop/crm", "main": "dist/index.js" }',
      "packages/crm/src/index.ts": "export const BASE = 'https://a.klaviyo.com'",
      "apps/web/tsconfig.json":
        '{ "compilerOptions": { "paths": { "~crm": ["../../packages/crm/src/index.ts"] } } }',
      "apps/web/a.ts": "import { BASE } from '@shop/crm'",
      "apps/web/b.ts": "import { BASE } from '~crm'",
      "apps/web/c.ts": "import { BASE } from '@shop/cart'",
    };
    expect(parsed(files)).toEqual(["apps/web/a.ts", "apps/web/b.ts", "packages/crm/src/index.ts"]);
  });

  it("what sets the variables they read, and what reads the variables that are set to Klaviyo's", () => {
    const files = {
      "klaviyo.ts": "const scope = process.env.CRM_PERMISSIONS",
      "deploy/app.yaml": "env:\n  CRM_PERMISSIONS: a b",
      "deploy/other.yaml": "env:\n  THEME_COLOR: red",
      ".env": "CRM_HOST=https://a.klaviyo.com\nTHEME_COLOR=red",
      "k8s.yaml": "- name: CRM_HOST_K8S\n  value: https://a.klaviyo.com",
      "sync.ts": "fetch(process.env.CRM_HOST + '/api/lists')",
      "sync2.ts": "fetch(process.env.CRM_HOST_K8S + '/api/lists')",
      "theme.ts": "const color = process.env.THEME_COLOR",
    };
    expect(parsed(files)).toEqual([
      ".env",
      "deploy/app.yaml",
      "k8s.yaml",
      "klaviyo.ts",
      "sync.ts",
      "sync2.ts",
    ]);
  });

  it("what the config points to, and what calls its helpers", () => {
    const files = { "settings.toml": "a = 1", "a.ts": "crmRequest('GET', '/lists')", "b.ts": "" };
    expect(parsed(files, { always: ["settings.toml"], words: ["crmRequest"] })).toEqual([
      "a.ts",
      "settings.toml",
    ]);
  });

  it("all of them without the prefilter", () => {
    expect(parsed({ "a.ts": "", "b.json": "{}" }, { prefilter: false })).toEqual(["a.ts", "b.json"]);
  });
});

describe("what is told of them", () => {
  it("counts files and bytes", () => {
    const root = temporaryFolder({ "a.ts": "// klaviyo é", "b.ts": "let b" });
    expect(build(root).stats).toEqual({ files: 2, parsed: 1, bytes: 18 });
  });

  it("names what could not be read where it matters, with the line where it breaks", () => {
    const root = temporaryFolder({
      "broken.ts": "// klaviyo\nconst = ;",
      "broken.json": '{ "klaviyo": \n ]',
      "other.ts": "const = ;",
    });
    writeFileSync(`${root}/video.ts`, Buffer.from([0x47, 0, 0, 1]));
    writeFileSync(`${root}/wide.ts`, Buffer.from("\uFEFF// klaviyo", "utf16le"));
    const { skipped, project } = build(root);
    expect(skipped.map(({ file, reason }) => `${file} ${reason.replace(/:.*/s, "")}`)).toEqual([
      "broken.json line 2",
      "broken.ts line 2",
      "wide.ts it is UTF-16",
    ]);
    expect([...project.forms.keys()]).toEqual(["broken.json", "broken.ts"]);
  });

  it("gives their texts again, as they were analyzed", () => {
    const root = temporaryFolder({ "a.ts": "// klaviyo", "b.ts": "\uFEFF// klaviyo b" });
    const { text } = build(root, { overlay: new Map([["a.ts", "// klaviyo unsaved"]]) });
    expect([text("a.ts"), text("b.ts"), text("none.ts"), text("../a.ts")]).toEqual([
      "// klaviyo unsaved",
      "// klaviyo b",
      undefined,
      undefined,
    ]);
  });

  it("does not depend on the order of the files", () => {
    const root = temporaryFolder({
      "a.ts": "import './klaviyo'",
      "klaviyo.ts": "import './z'",
      "z.ts": "",
      ".env": "SCOPES=a",
    });
    const { files } = collectFiles(root);
    const [one, other] = [build(root), build(root, { files: [...files].reverse() })];
    expect(JSON.stringify([...other.project.forms])).toBe(JSON.stringify([...one.project.forms]));
    expect([...one.project.forms.keys()]).toEqual([".env", "a.ts", "klaviyo.ts", "z.ts"]);
  });

  it("says that a file is nested too deeply, and parses the others", () => {
    const root = temporaryFolder({ "a.ts": "// klaviyo", "deep.ts": "// klaviyo" });
    const lower = (file: string, text: string): ReturnType<typeof lowerFile> => {
      if (file === "deep.ts") throw new RangeError("Maximum call stack size exceeded");
      return lowerFile(file, text);
    };
    const { project, skipped } = build(root, { lower });
    expect([...project.forms.keys()]).toEqual(["a.ts"]);
    expect(skipped).toEqual([{ file: "deep.ts", reason: "it is nested too deeply" }]);
  });
});

describe("the cache", () => {
  it("spares the parsing of what did not change, and only that", () => {
    const root = temporaryFolder({ "a.ts": "// klaviyo a", "b.ts": "// klaviyo b" });
    const cache = diskCache(temporaryFolder(), "1");
    const lowered: string[] = [];
    const lower = (file: string, text: string): ReturnType<typeof lowerFile> => {
      lowered.push(file);
      return lowerFile(file, text);
    };
    const first = build(root, { cache, lower });
    const second = build(root, { cache, lower });
    expect([...lowered].sort()).toEqual(["a.ts", "b.ts"]);
    expect(second.project.forms).toEqual(first.project.forms);
    expect(second.stats).toEqual(first.stats);
    writeFileSync(`${root}/b.ts`, `${readFileSync(`${root}/b.ts`, "utf8")} changed`);
    build(root, { cache, lower });
    expect(lowered.slice(2)).toEqual(["b.ts"]);
  });
});
