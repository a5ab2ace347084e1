import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
  {
    files: {},
    code: 'const scope = "accounts:read profiles:read lists:write";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const send = (token) =>\n  fetch("https://a.klaviyo.com/api/profiles", { method: "GET", headers: { Authorization: `Bearer ${token}` } });\n',
    output: null,
    errors: [
      {
        message:
          "`lists:write` is requested, but no API call of the app needs it. Klaviyo's review rejects apps that ask for more than they use.",
        line: 1,
        column: 44,
        endLine: 1,
        endColumn: 55,
        suggestions: [
          {
            desc: "Remove `lists:write` from the request.",
            output:
              'const scope = "accounts:read profiles:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const send = (token) =>\n  fetch("https://a.klaviyo.com/api/profiles", { method: "GET", headers: { Authorization: `Bearer ${token}` } });\n',
          },
        ],
      },
    ],
  },
  {
    files: {},
    code: 'const scopes = ["accounts:read", "profiles:write"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\nexport const send = (token) =>\n  fetch("https://a.klaviyo.com/api/profiles", { headers: { Authorization: `Bearer ${token}` } });\n',
    output: null,
    errors: [
      {
        message:
          "`profiles:write` is requested, but the app's calls of that resource (`GET /api/profiles`) only need `profiles:read`. Klaviyo's review rejects apps that ask for more than they use. (`GET /api/profiles` needs `profiles:read`: app.js:4)",
        line: 1,
        column: 35,
        endLine: 1,
        endColumn: 49,
        suggestions: [
          {
            desc: "Replace with `profiles:read`.",
            output:
              'const scopes = ["accounts:read", "profiles:read"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\nexport const send = (token) =>\n  fetch("https://a.klaviyo.com/api/profiles", { headers: { Authorization: `Bearer ${token}` } });\n',
          },
        ],
      },
    ],
  },
];
