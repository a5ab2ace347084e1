/** What one types: every state's findings are those of a fresh audit of that state, and other files follow. */
import { ESLint } from "eslint";
import { expect, it, vi } from "vitest";
import { analyze } from "../../src/api/analyze.js";
import * as readProject from "../../src/api/read-project.js";
import plugin from "../../src/eslint/index.js";
import { project, write } from "./project.js";

const FILES = {
  "klaviyo-scopes.json": "{}\n",
  "src/scopes.js": 'export const SCOPES = ["accounts:read", "lists:read", "events:write"];\n',
  "src/auth.js":
    'import { SCOPES } from "./scopes.js";\nexport const url = (id) => `https://www.klaviyo.com/oauth/authorize?client_id=${id}&redirect_uri=x&scope=${SCOPES.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
  "src/api.js":
    "export const klaviyo = (token, path, method) =>\n  fetch(`https://a.klaviyo.com/api${path}`, { method, headers: { Authorization: `Bearer ${token}` } });\n",
  "src/sync.js":
    'import { klaviyo } from "./api.js";\nexport const lists = (token) => klaviyo(token, "/lists");\nexport const send = (token) => klaviyo(token, "/events", "POST");\n',
};

function linter(cwd: string): ESLint {
  return new ESLint({ cwd, overrideConfigFile: true, overrideConfig: [plugin.configs.recommended] });
}

async function shown(eslint: ESLint, root: string, file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: `${root}/${file}` });
  return (result?.messages ?? [])
    .map(({ ruleId, line, column }) => `${String(line)}:${String(column)} ${ruleId ?? ""}`)
    .sort();
}

async function truth(root: string, file: string, text: string): Promise<string[]> {
  const { report } = await analyze({ root, overlay: new Map([[file, text]]) });
  return report.findings
    .filter((one) => one.file === file && !one.suppressed)
    .map(({ rule, line, column }) => `${String(line)}:${String(column)} klaviyo-scopes/${rule}`)
    .sort();
}

/** The same numbers each time, so that a failure can be seen again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

it("agrees with a fresh audit over 200 edits", async () => {
  const root = project(FILES);
  const eslint = linter(root);
  const next = random(7);
  const words = [
    "accounts:read",
    "lists:read",
    "profiles:write",
    "list:read",
    "events:write",
    "/lists",
    "/profiles",
    "POST",
    "PATCH",
  ];
  const texts = new Map(Object.entries(FILES).filter(([file]) => file.endsWith(".js")));
  const names = [...texts.keys()];
  let findings = 0;
  for (let edit = 0; edit < 200; edit++) {
    const file = names[next(names.length)] ?? "src/auth.js";
    let text = texts.get(file) ?? "";
    const from = words[next(words.length)] ?? "";
    const to = words[next(words.length)] ?? "";
    text = next(3) === 0 ? ((FILES as Record<string, string>)[file] ?? "") : text.replace(from, to);
    texts.set(file, text);
    const said = await shown(eslint, root, file, text);
    expect([edit, file, said]).toEqual([edit, file, await truth(root, file, text)]);
    findings += said.length;
  }
  expect(findings).toBeGreaterThan(20);
});

it("sees an edit of one file when another is linted next", async () => {
  const root = project(FILES);
  const eslint = linter(root);
  const auth = FILES["src/scopes.js"];
  expect(await shown(eslint, root, "src/sync.js", FILES["src/sync.js"])).toEqual([]);
  write(root, "src/scopes.js", auth.replace('"lists:read", ', ""));
  expect(await shown(eslint, root, "src/sync.js", FILES["src/sync.js"])).toEqual([
    "2:33 klaviyo-scopes/no-missing-scope",
  ]);
  write(root, "klaviyo-scopes.json", '{ "configured": "accounts:read" }\n');
  expect(await shown(eslint, root, "src/scopes.js", auth.replace('"lists:read", ', ""))).toEqual([
    "1:42 klaviyo-scopes/no-unconfigured-scope",
  ]);
});

it("scans the project once", async () => {
  const spy = vi.spyOn(readProject, "readFiles");
  const root = project(FILES);
  const eslint = linter(root);
  await eslint.lintFiles(["src/**/*.js"]);
  await shown(eslint, root, "src/sync.js", `${FILES["src/sync.js"]}// one more line\n`);
  write(
    root,
    "src/new.js",
    'import { klaviyo } from "./api.js";\nexport const more = (token) => klaviyo(token, "/profiles");\n',
  );
  await eslint.lintFiles(["src/new.js"]);
  expect(spy.mock.calls.filter(([one]) => one === root).length).toBeLessThanOrEqual(1);
});

it("says where a broken config is broken, and judges on", async () => {
  const root = project({ ...FILES, "klaviyo-scopes.json": '{ "configred": "accounts:read" }\n' });
  const [result] = await linter(root).lintFiles(["src/auth.js"]);
  expect(result?.messages.map(({ message }) => message).join("\n")).toContain("configured");
});
