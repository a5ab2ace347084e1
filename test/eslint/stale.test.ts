/** What was found out before must not outlive what it hung on: in words and in what other files import. */
import path from "node:path";
import { expect, it, vi } from "vitest";
import { linter } from "./languages.js";
import { project, write } from "./project.js";

const AUTHORIZE = "https://www.klaviyo.com/oauth/authorize?client_id=1";

it("moves the lines that messages name along with an edit, whoever was linted first", async () => {
  const text = [
    `export const url = "${AUTHORIZE}&scope=accounts:read lists:read profiles:read";`,
    "export const go = (t) => fetch(`https://a.klaviyo.com/api/${process.argv[2]}`, { headers: { Authorization: `Bearer ${t}` } });",
    `export const other = "${AUTHORIZE}&scope=accounts:read lists:read";`,
    "",
  ].join("\n");
  const call =
    'export const c = (t) => fetch("https://a.klaviyo.com/api/lists", { headers: { Authorization: `Bearer ${t}` } });\n';
  const messages = async (first: readonly string[]) => {
    const root = project({ "src/a.js": call, "src/b.js": text });
    const eslint = linter(root);
    const lint = async (file: string, now: string) =>
      (await eslint.lintText(now, { filePath: path.join(root, file) }))[0]?.messages.map(
        ({ message }) => message,
      ) ?? [];
    for (const file of first) await lint(file, file === "src/a.js" ? call : text);
    return lint("src/b.js", `\n\n\n${text}`);
  };
  const fresh = await messages([]);
  expect(fresh.join("\n")).toContain("src/b.js:5");
  expect(await messages(["src/a.js", "src/b.js"])).toEqual(fresh);
});

it("knows what a file imports that was read between two looks at the disk", async () => {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (now += 0.001)); // So that a look at the disk costs something.
  const using = (list: string) => `export const url = "${AUTHORIZE}&scope=" + ${list}.join(" ");\n`;
  const files = {
    "src/hub.js": "export const names = [];\n",
    "src/deep.js": 'export const names = ["accounts:read", "segments:read"];\n',
    "src/auth.js": 'export const host = "https://www.klaviyo.com";\n',
    "src/calls.js":
      'export const c = (t) => fetch("https://a.klaviyo.com/api/lists", { headers: { Authorization: `Bearer ${t}` } });\n',
  };
  const importing = `import { names } from "./hub.js";\n${using("names")}`;
  const root = project(files);
  const eslint = linter(root);
  const rules = async (file: string, text: string) =>
    (await eslint.lintText(text, { filePath: path.join(root, file) }))[0]?.messages.map(
      ({ ruleId }) => ruleId,
    ) ?? [];
  await rules("src/auth.js", files["src/auth.js"]);
  write(root, "src/hub.js", 'export * from "./deep.js";\n');
  await rules("src/auth.js", importing);
  write(root, "src/auth.js", importing);
  now += 1_000_000;
  expect(await rules("src/calls.js", files["src/calls.js"])).toEqual(["klaviyo-scopes/no-missing-scope"]);
  vi.restoreAllMocks();
});
