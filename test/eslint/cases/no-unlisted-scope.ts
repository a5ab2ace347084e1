import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
  {
    files: {},
    code: 'const scope = "accounts:read loyalty:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
    output: null,
    errors: [
      {
        message:
          "`loyalty:read` is not in the catalog of Klaviyo's scopes (revision 2026-07-15). If it exists, add it to `scopes` in the config.",
        line: 1,
        column: 30,
        endLine: 1,
        endColumn: 42,
      },
    ],
  },
  {
    files: {},
    code: 'const scopes = ["accounts:read", "loyalty:write"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
    output: null,
    errors: [
      {
        message:
          "`loyalty:write` is not in the catalog of Klaviyo's scopes (revision 2026-07-15). If it exists, add it to `scopes` in the config.",
        line: 1,
        column: 35,
        endLine: 1,
        endColumn: 48,
      },
    ],
  },
];
