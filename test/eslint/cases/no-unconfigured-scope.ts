import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
  {
    files: { "klaviyo-scopes.json": '{ "configured": "accounts:read" }' },
    code: 'const scope = "accounts:read profiles:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
    output: null,
    errors: [
      {
        message:
          "`profiles:read` is requested but is not in the app's configured set, so Klaviyo ignores it silently. Add it to the app's Scopes field in Klaviyo, or do not request it. (the configured set: klaviyo-scopes.json:1)",
        line: 1,
        column: 30,
        endLine: 1,
        endColumn: 43,
        suggestions: [
          {
            desc: "Remove `profiles:read` from the request.",
            output:
              'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
          },
        ],
      },
    ],
  },
  {
    files: {
      "klaviyo-scopes.json": '{ "configured": { "file": ".env.example", "key": "CONFIGURED" } }',
      ".env.example": 'CONFIGURED="accounts:read"\n',
    },
    code: 'const scopes = ["accounts:read", "lists:write"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
    output: null,
    errors: [
      {
        message:
          "`lists:write` is requested but is not in the app's configured set, so Klaviyo ignores it silently. Add it to the app's Scopes field in Klaviyo, or do not request it. (the configured set: .env.example:1)",
        line: 1,
        column: 35,
        endLine: 1,
        endColumn: 46,
        suggestions: [
          {
            desc: "Remove `lists:write` from the request.",
            output:
              'const scopes = ["accounts:read"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
          },
        ],
      },
    ],
  },
];
