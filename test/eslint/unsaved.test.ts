/** What one types: every state's findings are those of a fresh audit of that state, and other files follow. */
import { rmSync } from "node:fs";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { analyze } from "../../src/api/analyze.js";
import * as readProject from "../../src/api/read-project.js";
import { clock } from "./clock.js";
import { edited, FILES, random } from "./edits.js";
import { everyRule, linter, said } from "./languages.js";
import { project, write } from "./project.js";

const letTimePass = clock();

type Linter = ReturnType<typeof linter>;

async function shown(eslint: Linter, root: string, file: string, text: string): Promise<string[]> {
  letTimePass();
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
  return (result?.messages ?? []).map((message) => said(message, message.ruleId ?? message.message)).sort();
}

async function truth(root: string, file: string, text: string): Promise<string[]> {
  const { report } = await analyze({ root, overlay: new Map([[file, text]]), rules: everyRule });
  return report.findings
    .filter((one) => one.file === file && !one.suppressed)
    .map((one) => said(one, one.rule))
    .sort();
}

it("agrees with a fresh audit over 200 edits", { timeout: 120_000 }, async () => {
  const root = project(FILES);
  const eslint = linter(root);
  const next = random(7);
  const texts = new Map(Object.entries(FILES));
  const names = [...texts.keys()];
  const scans = vi.spyOn(readProject, "readFiles");
  let findings = 0;
  let parsed = 0;
  for (let edit = 0; edit < 200; edit++) {
    const file = names[next(names.length)] ?? "";
    const text = edited(texts.get(file) ?? "", file, next);
    let expected;
    try {
      expected = await truth(root, file, text);
    } catch {
      // No config can be read from this text: told elsewhere.
      continue;
    }
    texts.set(file, text);
    const got = await shown(eslint, root, file, text);
    if (got.some((one) => one.includes("Parsing error"))) {
      texts.set(file, FILES[file] ?? "");
      continue;
    }
    parsed++;
    expect([edit, file, text, got]).toEqual([edit, file, text, expected]);
    findings += got.length;
    // Now and then what was typed is saved, and another file is looked at.
    if (next(3) > 0) {
      texts.set(file, next(2) === 0 ? text : (FILES[file] ?? ""));
      write(root, file, texts.get(file) ?? "");
    }
    if (edit % 4 !== 0) continue;
    const other = names[next(names.length)] ?? "";
    const saved = texts.get(other) ?? "";
    expect([edit, other, await shown(eslint, root, other, saved)]).toEqual([
      edit,
      other,
      await truth(root, other, saved),
    ]);
  }
  expect(parsed).toBeGreaterThan(150);
  expect(findings).toBeGreaterThan(100);
  // Each audit scans; ESLint did so once.
  const byIndex = scans.mock.calls.filter(([, , options]) => options.keepTexts === true);
  expect(byIndex).toHaveLength(1);
});

it("sees an edit of one file when another is linted next", async () => {
  const root = project(FILES);
  const eslint = linter(root);
  const [sync, scopes] = ["src/sync.js", "src/scopes.ts"].map((file) => FILES[file] ?? "") as [
    string,
    string,
  ];
  expect(await shown(eslint, root, "src/sync.js", sync)).toEqual([]);
  write(root, "src/scopes.ts", scopes.replace('"lists:read", ', ""));
  write(root, ".env", "PORT=3000\n");
  expect(await shown(eslint, root, "src/sync.js", sync)).toEqual(["3:33-3:57 no-missing-scope"]);
  write(root, "klaviyo-scopes.json", '{ "configured": "accounts:read" }\n');
  expect(await shown(eslint, root, "src/scopes.ts", scopes)).toEqual([
    "1:42-1:52 no-unconfigured-scope",
    "1:56-1:68 no-unconfigured-scope",
  ]);
});

it("sees files come, go and move", async () => {
  const root = project(FILES);
  const eslint = linter(root);
  const agree = async (file: string): Promise<string[]> => {
    const text = FILES[file] ?? "";
    const got = await shown(eslint, root, file, text);
    expect(got).toEqual(await truth(root, file, text));
    return got;
  };
  const before = await agree("src/scopes.ts");
  // A call that needs what no request asked for, in a file that nobody lints.
  write(
    root,
    "src/jobs/coupons.ts",
    'import { klaviyo } from "../api.js";\nexport const coupons = (token: string) => klaviyo(token, "/coupons");\n',
  );
  const coupons = await shown(
    eslint,
    root,
    "src/jobs/coupons.ts",
    'import { klaviyo } from "../api.js";\nexport const coupons = (token: string) => klaviyo(token, "/coupons");\n',
  );
  expect(coupons.map((one) => one.split(" ")[1])).toContain("no-missing-scope");
  rmSync(path.join(root, "src/sync.js"));
  expect(await agree("src/scopes.ts")).not.toEqual(before);
  // Moved: the same words in another place.
  rmSync(path.join(root, "src/jobs/coupons.ts"));
  write(root, "src/work/sync.js", (FILES["src/sync.js"] ?? "").replace("./api.js", "../api.js"));
  expect(await agree("src/scopes.ts")).toEqual(before);
  write(root, ".env.example", "KLAVIYO_SCOPES=accounts:read\n");
  await agree(".env");
  rmSync(path.join(root, ".env.example"));
  await agree(".env");
});

it("judges a config by its unsaved text", async () => {
  const root = project(FILES);
  const eslint = linter(root);
  const file = "klaviyo-scopes.json";
  const text = '{\n  "configured": "accounts:read webhooks:write"\n}\n';
  const got = await shown(eslint, root, file, text);
  expect(got).toEqual(["2:32-2:46 no-unrequested-scope"]);
  expect(got).toEqual(await truth(root, file, text));
});

it("says where a broken config is broken, and judges on", async () => {
  const root = project({ ...FILES, "klaviyo-scopes.json": '{ "configred": "accounts:read" }\n' });
  const [result] = await linter(root).lintFiles(["src/auth.ts"]);
  expect(result?.messages.map(({ message }) => message).join("\n")).toContain("configured");
});

it("scans once, also for files that come later and configs that change", async () => {
  const spy = vi.spyOn(readProject, "readFiles");
  const root = project(FILES);
  const eslint = linter(root);
  await eslint.lintFiles(["src/**/*.{js,ts}"]);
  await shown(eslint, root, "src/sync.js", `${FILES["src/sync.js"] ?? ""}// one more line\n`);
  write(
    root,
    "src/new.js",
    'import { klaviyo } from "./api.js";\nexport const more = (t) => klaviyo(t, "/profiles");\n',
  );
  await eslint.lintFiles(["src/new.js"]);
  write(root, "klaviyo-scopes.json", '{ "configured": "accounts:read", "justify": { "lists:read": "x" } }\n');
  letTimePass();
  await eslint.lintFiles(["src/**/*.{js,ts}"]);
  expect(spy.mock.calls.filter(([one]) => one === root)).toHaveLength(1);
});

it("follows names that need no import", async () => {
  const link =
    "`https://www.klaviyo.com/oauth/authorize?client_id=1&redirect_uri=x&code_challenge=c&code_challenge_method=S256&scope=";
  const files = {
    "package.json": '{ "dependencies": { "nuxt": "^4.0.0" } }\n',
    "server/utils/crm.ts": `export const linkFor = (scopes: string[]) => ${link}\${scopes.join(" ")}\`;\n`,
    "server/api/connect.ts": "export default defineEventHandler(() => linkFor(WANTED));\n",
    "shared/utils/wanted.ts": 'export const WANTED = ["accounts:read", "list:read"];\n',
  };
  const root = project(files);
  const eslint = linter(root);
  const wanted = files["shared/utils/wanted.ts"];
  const connect = files["server/api/connect.ts"];
  const unknown = ["1:42-1:51 no-unknown-scope"];
  const agree = async (file: string, text: string): Promise<string[]> => {
    const got = await shown(eslint, root, file, text);
    expect(got).toEqual(await truth(root, file, text));
    return got;
  };
  expect(await agree("shared/utils/wanted.ts", wanted)).toEqual(unknown);
  expect(await agree("shared/utils/wanted.ts", `\n${wanted}`)).toEqual(["2:42-2:51 no-unknown-scope"]);
  // Another name is in scope nowhere.
  expect(await agree("shared/utils/wanted.ts", wanted.replace("WANTED", "WISHED"))).toEqual([]);
  const typed = connect.replace("WANTED", '["list:read", ...WANTED]');
  expect(await agree("server/api/connect.ts", typed)).toContain("1:51-1:60 no-unknown-scope");
  write(root, "package.json", '{ "dependencies": { "h3": "^1.0.0" } }\n');
  expect(await agree("shared/utils/wanted.ts", wanted)).toEqual([]);
  write(root, "package.json", files["package.json"]);
  expect(await agree("shared/utils/wanted.ts", wanted)).toEqual(unknown);
});

it("follows names that a config or a declaration file has come to put in scope", async () => {
  const files = {
    "package.json": '{ "dependencies": { "nuxt": "^4.0.0" } }\n',
    "nuxt.config.ts": "export default defineNuxtConfig({});\n",
    "lib/wanted.ts": 'export const WANTED = ["accounts:read", "list:read"];\n',
    "pages/connect.ts":
      'export const url = `https://www.klaviyo.com/oauth/authorize?client_id=1&redirect_uri=x&code_challenge=c&code_challenge_method=S256&scope=${WANTED.join(" ")}`;\n',
  };
  const root = project(files);
  const eslint = linter(root);
  const wanted = files["lib/wanted.ts"];
  const agree = async (): Promise<string[]> => {
    letTimePass();
    const got = await shown(eslint, root, "lib/wanted.ts", wanted);
    expect(got).toEqual(await truth(root, "lib/wanted.ts", wanted));
    return got;
  };
  const unknown = ["1:42-1:51 no-unknown-scope"];
  expect(await agree()).toEqual([]);
  write(root, "nuxt.config.ts", 'export default defineNuxtConfig({ imports: { dirs: ["lib"] } });\n');
  expect(await agree()).toEqual(unknown);
  write(root, "nuxt.config.ts", files["nuxt.config.ts"]);
  expect(await agree()).toEqual([]);
  write(
    root,
    "auto-imports.d.ts",
    "declare global {\n  const WANTED: typeof import('./lib/wanted')['WANTED'];\n}\n",
  );
  expect(await agree()).toEqual(unknown);
});
