import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
  {
    files: {},
    code: 'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}`;\n',
    output: null,
    errors: [
      {
        message:
          "This authorization request has no `code_challenge`. Klaviyo requires PKCE with `S256` of every app, also of those with a client secret.",
        line: 2,
        column: 20,
        endLine: 2,
        endColumn: 122,
      },
    ],
  },
  {
    files: {},
    code: 'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=plain`;\n',
    output: null,
    errors: [
      {
        message: "Klaviyo requires PKCE with `S256`, not `plain`.",
        line: 2,
        column: 161,
        endLine: 2,
        endColumn: 166,
        suggestions: [
          {
            desc: "Replace with `S256`.",
            output:
              'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
          },
        ],
      },
    ],
  },
];
