import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
  {
    files: {},
    code: 'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const send = (token) =>\n  fetch("https://a.klaviyo.com/api/profiles", { method: "GET", headers: { Authorization: `Bearer ${token}` } });\n',
    output: null,
    errors: [
      {
        message:
          "This API call (`GET /api/profiles`) needs `profiles:read`, which the app does not request: customers get a 403. (requested here, without it: app.js:1)",
        line: 4,
        column: 3,
        endLine: 4,
        endColumn: 112,
        suggestions: [
          {
            desc: "Add `profiles:read` to the request.",
            output:
              'const scope = "profiles:read accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const send = (token) =>\n  fetch("https://a.klaviyo.com/api/profiles", { method: "GET", headers: { Authorization: `Bearer ${token}` } });\n',
          },
        ],
      },
    ],
  },
  {
    files: {
      "src/settings.js":
        'export const SCOPES = ["accounts:read"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${SCOPES.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
    },
    code: 'import { ApiKeySession, OAuthSession, ListsApi } from "klaviyo-api";\n\nexport async function rename(tokens, id, name) {\n  const lists = new ListsApi(new OAuthSession("shop", tokens));\n  await lists.updateList(id, { data: { type: "list", id, attributes: { name } } });\n}\n',
    output: null,
    errors: [
      {
        message:
          "This API call (`PATCH /api/lists/{id}`) needs `lists:write`, which the app does not request: customers get a 403. (requested here, without it: src/settings.js:1)",
        line: 5,
        column: 9,
        endLine: 5,
        endColumn: 83,
      },
    ],
  },
];
