/** Comments that mute findings: ESLint's own are left to ESLint, which tells of unused ones; the neutral ones work as well. */
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/api/analyze.js";
import { everyLanguage, linter } from "./languages.js";
import { project } from "./project.js";

const RULE = "klaviyo-scopes/no-unknown-scope";

interface Language {
  file: string;
  /** A text with a comment on the line before the list, one at the end of its line, and one on the line after. */
  text: (scope: string, before: string, behind?: string, after?: string) => string;
}

const comment = (words: string, open: string, close = ""): string =>
  words === "" ? "" : `${open} ${words}${close}`;
const JS =
  "https://www.klaviyo.com/oauth/authorize?code_challenge=x&code_challenge_method=S256&scope=${scopes}";

const script: Language["text"] = (scope, before, behind = "", after = "") =>
  `${comment(before, "/*", " */")}\nconst scopes = "accounts:read ${scope}"; ${comment(behind, "//")}\n${comment(after, "/*", " */")}\nexport const url = \`${JS}\`;\n`;

const LANGUAGES: Language[] = [
  { file: "app.js", text: script },
  { file: "app.ts", text: script },
  { file: "App.vue", text: (...parts) => `<script>\n${script(...parts)}</script>\n` },
  { file: "App.svelte", text: (...parts) => `<script>\n${script(...parts)}</script>\n` },
  {
    file: "klaviyo.jsonc",
    text: (scope, before, behind = "", after = "") =>
      `{\n${comment(before, "/*", " */")}\n"scopes": ["accounts:read", "${scope}"] ${comment(behind, "//")}\n${comment(after, "/*", " */")}\n}\n`,
  },
  {
    file: "klaviyo.yaml",
    text: (scope, before, behind = "", after = "") =>
      `klaviyo:\n  ${comment(before, "#")}\n  scopes: accounts:read ${scope} ${comment(behind, "#")}\n  ${comment(after, "#")}\n  on: true\n`,
  },
  {
    file: "klaviyo.toml",
    text: (scope, before, behind = "", after = "") =>
      `[klaviyo]\n${comment(before, "#")}\nscopes = "accounts:read ${scope}" ${comment(behind, "#")}\n${comment(after, "#")}\non = true\n`,
  },
  {
    file: ".env",
    text: (scope, before, behind = "", after = "") =>
      `${comment(before, "#")}\nKLAVIYO_SCOPES="accounts:read ${scope}" ${comment(behind, "#")}\n${comment(after, "#")}\nON=1\n`,
  },
];

async function lint(
  file: string,
  text: string,
): Promise<{ said: string[]; muted: string[]; audit: string[] }> {
  const root = project({ "klaviyo-scopes.json": "{}", [file]: text });
  const eslint = linter(root, [
    ...everyLanguage,
    {
      linterOptions: { reportUnusedDisableDirectives: "error" },
      rules: { "klaviyo-scopes/no-unused-scope": "off" },
    },
  ]);
  const [result] = await eslint.lintFiles([file]);
  const { report, diagnostics } = await analyze({ root });
  return {
    said: (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message),
    muted: (result?.suppressedMessages ?? []).map(({ ruleId }) => ruleId ?? ""),
    audit: [
      ...report.findings.map(({ rule, suppressed }) => `${rule}${suppressed ? " muted" : ""}`),
      ...diagnostics.map(({ message }) => message),
    ],
  };
}

describe.each(LANGUAGES)("in $file", ({ file, text }) => {
  it("nothing is muted without a comment", async () => {
    expect(await lint(file, text("list:read", ""))).toEqual({
      said: [RULE],
      muted: [],
      audit: ["no-unknown-scope"],
    });
  });

  it.each([
    ["the next line", [`eslint-disable-next-line ${RULE} -- soon`]],
    ["its own line", ["", `eslint-disable-line ${RULE} -- soon`]],
    ["a stretch", [`eslint-disable ${RULE} -- soon`, "", `eslint-enable ${RULE}`]],
    ["a file", [`eslint-disable ${RULE}`]],
  ])("ESLint's comment mutes %s in both faces, and counts as used", async (_, words) => {
    const [before = "", behind, after] = words;
    expect(await lint(file, text("list:read", before, behind, after))).toEqual({
      said: [],
      muted: [RULE],
      audit: ["no-unknown-scope muted"],
    });
  });

  it.each([
    ["the next line", ["klaviyo-scope-audit-ignore-next-line no-unknown-scope -- soon"]],
    ["its own line", ["", "klaviyo-scope-audit-ignore-line no-unknown-scope -- soon"]],
    ["a file", ["", "", "klaviyo-scope-audit-ignore-file no-unknown-scope -- soon"]],
  ])("our own comment mutes %s in both faces", async (_, words) => {
    const [before = "", behind, after] = words;
    const { said, audit } = await lint(file, text("list:read", before, behind, after));
    expect({ said, audit }).toEqual({ said: [], audit: ["no-unknown-scope muted"] });
  });

  it("words that are no comment of ESLint's end nothing", async () => {
    for (const word of ["eslint-enable-line", "eslint-enable-next-line", "eslint-disabled"])
      expect((await lint(file, text("list:read", `${word} ${RULE}`))).said).toContain(RULE);
  });

  it("an unused comment is told by both", async () => {
    const { said, muted, audit } = await lint(file, text("lists:read", `eslint-disable-next-line ${RULE}`));
    expect({ said, muted, audit }).toEqual({
      said: [expect.stringContaining("Unused eslint-disable directive")],
      muted: [],
      audit: [expect.stringContaining("Nothing to suppress: `no-unknown-scope`")],
    });
  });

  it("a comment after `eslint-enable` is judged again", async () => {
    const { said, audit } = await lint(file, text("list:read", `eslint-enable ${RULE}`));
    expect(said).toContain(RULE);
    expect(audit).toContain("no-unknown-scope");
  });
});
