/** What is shown and offered in an editor that runs ESLint's own language server. */
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ruleUrl } from "../../src/audit/rule-url.js";
import { CONFIG } from "./language-server/app.js";
import { same, Session, shown } from "./language-server/session.js";

const installed = inject("installed");

const FILES: Readonly<Record<string, string>> = {
  "klaviyo-scopes.json": '{ "configured": "accounts:read lists:read profiles:read" }\n',
  ".env": "KLAVIYO_SCOPES=accounts:read lists:Read\n",
  "src/auth.ts":
    'const SCOPES: string[] = ["list:read", "events:write"];\n\nexport const url = (id: string) =>\n  `https://www.klaviyo.com/oauth/authorize?client_id=${id}&scope=${SCOPES.join(" ")}&code_challenge=${id}&code_challenge_method=plain`;\n',
  "src/sync.js":
    'export const lists = (token) => fetch("https://a.klaviyo.com/api/list", { headers: { Authorization: `Bearer ${token}` } });\n',
};

/** Languages that VS Code's extension asks ESLint about only where the user names them. */
const UNASKED: Readonly<Record<string, string>> = {
  ".env": "KLAVIYO_SCOPES=accounts:read,lists:read\n",
  "k.yaml": "klaviyo:\n  auth_url: https://www.klaviyo.com/oauth/authorize\n  scopes: [list:read]\n",
  "k.toml": '[klaviyo]\nscopes = "accounts:read list:read"\n',
};

/** In which a change on the disk is seen. */
const MOMENT = 10_000;

function openAll(session: Session, files: Readonly<Record<string, string>>): string[] {
  for (const [file, text] of Object.entries(files)) session.open(file, text);
  return Object.keys(files);
}

/** Not what the server offers for every rule of every plugin. */
const isOurs = (title: string): boolean => !/^(?:Disable|Show documentation for|Fix all) /.test(title);

/** The lines that an action took away and wrote. */
function linesOf(before: string, after: string): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
}

describe.each([
  { version: "10", project: installed.eslint10 },
  { version: "9", project: installed.eslint9 },
])("with ESLint $version", ({ project }) => {
  let session: Session;
  let files: string[];
  beforeAll(async () => {
    session = await Session.start(project, FILES);
    files = openAll(session, FILES);
  });
  afterAll(async () => {
    await session.end();
  });

  /** Runs what the action does, gives the text, and takes it back. */
  async function tried(file: string, action: Parameters<Session["editor"]["apply"]>[0]): Promise<string> {
    const { editor } = session;
    const before = editor.textOf(file);
    await editor.apply(action);
    const after = editor.textOf(file);
    expect(after).not.toBe(before);
    const left = shown(await editor.diagnostics(file));
    expect([action.title, same(left, await session.truth(file, after))]).toEqual([action.title, true]);
    const gone = shown(action.diagnostics ?? [])[0];
    expect(left.map(({ message }) => message)).not.toContain(gone?.message);
    editor.type(file, before);
    await editor.diagnostics(file);
    return after;
  }

  it("says what is wrong in plain words, and links to the rule's page", async () => {
    const codes = new Set<string>();
    for (const file of files) {
      for (const { code = "", codeDescription, message } of await session.editor.diagnostics(file)) {
        expect(codeDescription?.href).toBe(ruleUrl(code.replace("klaviyo-scopes/", "")));
        expect(message).toMatch(/^[A-Z`].*[.?)]$/);
        codes.add(code);
      }
    }
    expect(codes.size).toBeGreaterThan(5);
  });

  it("mends what one chooses in the menu, and shows what is left", async () => {
    const log: string[] = [];
    for (const file of files) {
      const text = session.editor.textOf(file);
      for (const diagnostic of await session.editor.diagnostics(file)) {
        const actions = await session.editor.actions(file, diagnostic);
        for (const action of actions.filter(({ title }) => isOurs(title))) {
          const after = await tried(file, action);
          log.push([`${file}: ${action.title}`, ...linesOf(text, after)].join("\n"));
        }
      }
    }
    expect(log.join("\n\n")).toMatchInlineSnapshot(`
      "klaviyo-scopes.json: Remove \`profiles:read\` from the configured set. (klaviyo-scopes/no-unrequested-scope)
      - { "configured": "accounts:read lists:read profiles:read" }
      + { "configured": "accounts:read lists:read" }

      .env: Fix this klaviyo-scopes/no-malformed-scope-list problem
      - KLAVIYO_SCOPES=accounts:read lists:Read
      + KLAVIYO_SCOPES=accounts:read lists:read

      src/auth.ts: Fix this klaviyo-scopes/require-accounts-read problem
      - const SCOPES: string[] = ["list:read", "events:write"];
      + const SCOPES: string[] = ["accounts:read", "list:read", "events:write"];

      src/auth.ts: Replace with \`lists:read\`. (klaviyo-scopes/no-unknown-scope)
      - const SCOPES: string[] = ["list:read", "events:write"];
      + const SCOPES: string[] = ["lists:read", "events:write"];

      src/auth.ts: Remove \`events:write\` from the request. (klaviyo-scopes/no-unconfigured-scope)
      - const SCOPES: string[] = ["list:read", "events:write"];
      + const SCOPES: string[] = ["list:read"];

      src/auth.ts: Replace with \`S256\`. (klaviyo-scopes/require-pkce)
      -   \`https://www.klaviyo.com/oauth/authorize?client_id=\${id}&scope=\${SCOPES.join(" ")}&code_challenge=\${id}&code_challenge_method=plain\`;
      +   \`https://www.klaviyo.com/oauth/authorize?client_id=\${id}&scope=\${SCOPES.join(" ")}&code_challenge=\${id}&code_challenge_method=S256\`;

      src/sync.js: Replace \`list\` with \`lists\`. (klaviyo-scopes/no-unknown-operation)
      - export const lists = (token) => fetch("https://a.klaviyo.com/api/list", { headers: { Authorization: \`Bearer \${token}\` } });
      + export const lists = (token) => fetch("https://a.klaviyo.com/api/lists", { headers: { Authorization: \`Bearer \${token}\` } });"
    `);
  });

  it("mutes a line of code by the comment that the menu writes, as the audit reads it", async () => {
    for (const file of files.filter((name) => name.startsWith("src/"))) {
      for (const diagnostic of await session.editor.diagnostics(file)) {
        const actions = await session.editor.actions(file, diagnostic);
        const [disable] = actions.filter(({ title }) => /^Disable .* for this line$/.test(title));
        if (disable === undefined) throw new Error("There is no such action.");
        await tried(file, disable);
      }
    }
  });

  it("follows the ESLint config", async () => {
    const codes = async (): Promise<(string | undefined)[]> =>
      (await session.editor.diagnostics("src/sync.js")).map(({ code }) => code);
    expect(await codes()).toEqual(["klaviyo-scopes/no-unknown-operation"]);
    const off = '  { rules: { "klaviyo-scopes/no-unknown-operation": "off" } },\n];\n';
    session.save("eslint.config.js", CONFIG.replace("];\n", off));
    session.editor.configChanged("eslint.config.js");
    expect(await codes()).toEqual([]);
  });

  it("says at each look where the config is broken, until it is mended", async () => {
    const broken = await Session.start(project, { ...FILES, "klaviyo-scopes.json": '{ "configred": "" }\n' });
    broken.open("src/auth.ts", FILES["src/auth.ts"] ?? "");
    broken.open("klaviyo-scopes.json", '{ "configred": "" }\n');
    const mistakes = async (file: string): Promise<string[]> =>
      (await broken.editor.diagnostics(file))
        .filter(({ message }) => message.includes("configred"))
        .map(({ range: { start } }) => `${String(start.line)}:${String(start.character)}`);
    for (const text of ["", "// a word\n", "// two words\n"]) {
      broken.editor.type("src/auth.ts", text + (FILES["src/auth.ts"] ?? ""));
      expect(await mistakes("src/auth.ts")).toEqual(["0:0"]);
      expect(await mistakes("klaviyo-scopes.json")).toEqual(["0:2"]);
    }
    const mended = '{ "configured": "accounts:read" }\n';
    broken.editor.type("klaviyo-scopes.json", mended);
    expect(await mistakes("klaviyo-scopes.json")).toEqual([]);
    broken.save("klaviyo-scopes.json", mended);
    await expect.poll(() => mistakes("src/auth.ts"), { timeout: MOMENT }).toEqual([]);
    await broken.end();
  });

  it("judges the languages that VS Code asks about by default, and the others once they are named", async () => {
    const all = { ...FILES, ...UNASKED };
    const asked = await Session.start(project, all, { validate: "probe" });
    const judged: string[] = [];
    for (const file of openAll(asked, all)) {
      if ((await asked.editor.diagnostics(file)).length > 0) judged.push(file);
    }
    await asked.end();
    expect(judged).toEqual(["klaviyo-scopes.json", "src/auth.ts", "src/sync.js"]);
    // Validated, as `eslint.validate` has it.
    for (const file of openAll(session, UNASKED))
      expect([file, await session.editor.diagnostics(file)]).not.toEqual([file, []]);
  });
});
