/** The ways to run ESLint: each gives what `eslint .` gives. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { ESLint } from "eslint";
import { describe, expect, inject, it } from "vitest";
import { run, runNode } from "./run.js";
import { temporary } from "./snippets.js";

const CONFIG = `import klaviyoScopes from "eslint-plugin-klaviyo-scopes";
export default [klaviyoScopes.configs.recommended, klaviyoScopes.configs.env];
`;
const URL =
  "https://www.klaviyo.com/oauth/authorize?code_challenge=x&code_challenge_method=S256&scope=${encodeURIComponent(SCOPES)}";
const call = (name: string, resource: string): string =>
  `import { klaviyo } from "./client.js";\n\nexport const ${name} = (token) => klaviyo(token, "/${resource}");\n`;

const FILES: Readonly<Record<string, string>> = {
  "eslint.config.mjs": CONFIG,
  "klaviyo-scopes.json": '{ "configured": "accounts:read lists:read tags:read" }\n',
  ".env": "KLAVIYO_SCOPES=accounts:read lists:read tags:write\n",
  "src/auth.js": `import { SCOPES } from "./scopes.js";\n\nexport const url = \`${URL}\`;\n`,
  "src/scopes.js": 'export const SCOPES = process.env.KLAVIYO_SCOPES ?? "lists:read tags:read";\n',
  "src/client.js":
    "export const klaviyo = (token, path) =>\n  fetch(`https://a.klaviyo.com/api${path}`, { headers: { Authorization: `Bearer ${token}` } });\n",
  "src/lists.js": call("lists", "lists"),
  "src/profiles.js": call("profiles", "profiles"),
  "src/events.js": call("events", "events"),
  "src/format.js": "export const price = (cents) => cents / 100;\n",
};

const EXPECTED = [
  ".env 1:41 no-unconfigured-scope",
  ".env 1:41 no-unused-scope",
  "src/events.js 3:34 no-missing-scope",
  "src/profiles.js 3:36 no-missing-scope",
  "src/scopes.js 1:53 no-conflicting-requests",
  "src/scopes.js 1:53 require-accounts-read",
  "src/scopes.js 1:65 no-unused-scope",
];

describe.each(["10", "9"] as const)("with ESLint %s", (version) => {
  const modules = (): string => {
    const { eslint10, eslint9 } = inject("installed");
    return join(version === "9" ? eslint9 : eslint10, "node_modules");
  };

  function app(files = FILES): string {
    const root = temporary("klaviyo-runs-");
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    symlinkSync(modules(), join(root, "node_modules"), "junction");
    return root;
  }

  const results = (stdout: string): ESLint.LintResult[] => JSON.parse(stdout) as ESLint.LintResult[];

  function said(root: string, stdout: string): string[] {
    return results(stdout)
      .flatMap(({ filePath, messages }) =>
        messages.map(({ line, column, ruleId, message }) => {
          const file = relative(root, filePath).split(sep).join("/");
          return `${file} ${String(line)}:${String(column)} ${ruleId?.replace("klaviyo-scopes/", "") ?? message}`;
        }),
      )
      .sort();
  }

  function eslint(root: string, args: readonly string[], cwd = root): string[] {
    const bin = join(modules(), "eslint/bin/eslint.js");
    // ESLint warns that several workers are too many for so few files.
    const { stdout, stderr } = runNode(["--no-warnings", bin, "--format", "json", ...args], cwd);
    expect(stderr).toBe("");
    return said(root, stdout);
  }

  it("the whole project", () => {
    expect(eslint(app(), ["."])).toEqual(EXPECTED);
  });

  it("in several workers", () => {
    expect(eslint(app(), [".", "--concurrency", "2"])).toEqual(EXPECTED);
  });

  it("some files by their absolute paths, as lint-staged does", () => {
    const root = app();
    const files = ["src/events.js", "src/format.js", "src/scopes.js"];
    expect(
      eslint(
        root,
        files.map((file) => join(root, file)),
      ),
    ).toEqual(EXPECTED.filter((one) => files.some((file) => one.startsWith(file))));
  });

  it("from a folder of the project", () => {
    const root = app();
    expect(eslint(root, ["."], join(root, "src"))).toEqual(EXPECTED.filter((one) => one.startsWith("src/")));
  });

  it("text on standard input, of a file that is there or is none yet", () => {
    const root = app();
    const stdin = (name: string, text: string): string[] => {
      const bin = join(modules(), "eslint/bin/eslint.js");
      const line = `printf %s "$1" | "$2" "$3" --format json --stdin --stdin-filename "$4"`;
      const { stdout, stderr } = run("bash", ["-c", line, "-", text, process.execPath, bin, name], root);
      expect(stderr).toBe("");
      return said(root, stdout);
    };
    expect(stdin("src/events.js", call("events", "lists"))).toEqual([]);
    expect(stdin("src/new.js", call("more", "segments"))).toEqual(["src/new.js 3:32 no-missing-scope"]);
    expect(stdin(".env", "KLAVIYO_SCOPES=lists:read\n")).toEqual([
      ".env 1:16 no-conflicting-requests",
      ".env 1:16 require-accounts-read",
    ]);
  });

  it("with fixes, written or not", () => {
    const root = app();
    const bin = join(modules(), "eslint/bin/eslint.js");
    const dry = runNode([bin, "--format", "json", "--fix-dry-run", "src/scopes.js"], root);
    const wanted =
      'export const SCOPES = process.env.KLAVIYO_SCOPES ?? "accounts:read lists:read tags:read";\n';
    expect(results(dry.stdout)[0]?.output).toBe(wanted);
    const rest = EXPECTED.filter((one) => !one.includes("require-accounts-read")).map((one) =>
      one.replace("1:65 no-unused", "1:79 no-unused"),
    );
    // Two lists of three: that of the environment differs from that of the code, and ESLint was past it by then.
    const others = rest.filter((one) => !one.includes("no-conflicting-requests"));
    expect(eslint(root, [".", "--fix"])).toEqual(others);
    expect(eslint(root, ["."])).toEqual([".env 1:16 no-conflicting-requests", ...others]);
  });

  it("with comments of ESLint's, which it tells of where they mute nothing", () => {
    const disable = (rule: string): string => `eslint-disable-next-line klaviyo-scopes/${rule} -- why`;
    const files = {
      ...FILES,
      "src/events.js": FILES["src/events.js"]?.replace("\n\n", `\n// ${disable("no-missing-scope")}\n`) ?? "",
      "src/lists.js": FILES["src/lists.js"]?.replace("\n\n", `\n// ${disable("no-missing-scope")}\n`) ?? "",
      ".env": `# ${disable("no-unconfigured-scope")}\n${FILES[".env"] ?? ""}# ${disable("no-unused-scope")}\n`,
    };
    const unused = (rule: string): string =>
      `Unused eslint-disable directive (no problems were reported from 'klaviyo-scopes/${rule}').`;
    expect(eslint(app(files), [".", "--report-unused-disable-directives"])).toEqual(
      [
        ".env 2:41 no-unused-scope",
        `.env 3:1 ${unused("no-unused-scope")}`,
        `src/lists.js 2:1 ${unused("no-missing-scope")}`,
        ...EXPECTED.filter((one) => /profiles|scopes\.js/.test(one)),
      ].sort(),
    );
  });
});
