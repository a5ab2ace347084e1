import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
  {
    files: {},
    code: 'const scope = "accounts:read list:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
    output: null,
    errors: [
      {
        message: "Klaviyo has no scope `list:read`. Did you mean `lists:read`?",
        line: 1,
        column: 30,
        endLine: 1,
        endColumn: 39,
        suggestions: [
          {
            desc: "Replace with `lists:read`.",
            output:
              'const scope = "accounts:read lists:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
          },
        ],
      },
    ],
  },
  {
    files: {},
    code: 'const scopes = ["accounts:read", "accounts:write", "openid"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
    output: null,
    errors: [
      {
        message: "Klaviyo has no scope `accounts:write`: for `accounts` there is only `accounts:read`.",
        line: 1,
        column: 35,
        endLine: 1,
        endColumn: 49,
        suggestions: [
          {
            desc: "Remove `accounts:write` from the request.",
            output:
              'const scopes = ["accounts:read", "openid"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
          },
        ],
      },
      {
        message:
          "`openid` is no scope of Klaviyo's, so it cannot be granted: those are written `resource:read` or `resource:write`.",
        line: 1,
        column: 53,
        endLine: 1,
        endColumn: 59,
        suggestions: [
          {
            desc: "Remove `openid` from the request.",
            output:
              'const scopes = ["accounts:read", "accounts:write"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
          },
        ],
      },
    ],
  },
];
