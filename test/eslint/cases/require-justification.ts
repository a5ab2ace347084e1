import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
  {
    files: {},
    code: 'const scope = "accounts:read profiles:write";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
    output: null,
    errors: [
      {
        message:
          "`profiles:write` needs a reason in the config's `justify`: it changes, merges or suppresses personal data.",
        line: 1,
        column: 30,
        endLine: 1,
        endColumn: 44,
      },
    ],
  },
  {
    files: { "klaviyo-scopes.json": '{ "justify": { "profiles:read": "shown in the portal" } }' },
    code: 'const scopes = ["accounts:read", "profiles:read", "data-privacy:write"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
    output: null,
    errors: [
      {
        message:
          "`data-privacy:write` needs a reason in the config's `justify`: it deletes a person's data for good.",
        line: 1,
        column: 52,
        endLine: 1,
        endColumn: 70,
      },
    ],
  },
];
