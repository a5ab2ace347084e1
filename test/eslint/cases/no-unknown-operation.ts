import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
  {
    files: {},
    code: 'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const send = (token) =>\n  fetch("https://a.klaviyo.com/api/list", { method: "GET", headers: { Authorization: `Bearer ${token}` } });\n',
    output: null,
    errors: [
      {
        message: "Klaviyo's API has no `GET /api/list`: the call answers 404. Did you mean `/api/lists`?",
        line: 4,
        column: 3,
        endLine: 4,
        endColumn: 108,
        suggestions: [
          {
            desc: "Replace `list` with `lists`.",
            output:
              'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const send = (token) =>\n  fetch("https://a.klaviyo.com/api/lists", { method: "GET", headers: { Authorization: `Bearer ${token}` } });\n',
          },
        ],
      },
    ],
  },
  {
    files: {},
    code: 'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const remove = (token) =>\n  fetch("https://a.klaviyo.com/api/profiles", { method: "DELETE", headers: { Authorization: `Bearer ${token}` } });\n',
    output: null,
    errors: [
      {
        message: "Klaviyo's API has `/api/profiles`, but not with `DELETE`: only `GET` and `POST`.",
        line: 4,
        column: 3,
        endLine: 4,
        endColumn: 115,
        suggestions: [
          {
            desc: "Replace `DELETE` with `GET`.",
            output:
              'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const remove = (token) =>\n  fetch("https://a.klaviyo.com/api/profiles", { method: "GET", headers: { Authorization: `Bearer ${token}` } });\n',
          },
          {
            desc: "Replace `DELETE` with `POST`.",
            output:
              'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const remove = (token) =>\n  fetch("https://a.klaviyo.com/api/profiles", { method: "POST", headers: { Authorization: `Bearer ${token}` } });\n',
          },
        ],
      },
    ],
  },
];
