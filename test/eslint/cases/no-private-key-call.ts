import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
  {
    files: {},
    code: 'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const send = (token) =>\n  fetch("https://a.klaviyo.com/api/profiles", { method: "GET", headers: { Authorization: `Klaviyo-API-Key ${token}` } });\n',
    output: null,
    errors: [
      {
        message:
          "This API call (`GET /api/profiles`) is made with a private key, though the app requests scopes. Klaviyo's review wants OAuth for every call: send the access token instead. (scopes are requested here: app.js:1)",
        line: 4,
        column: 3,
        endLine: 4,
        endColumn: 121,
      },
    ],
  },
  {
    files: {},
    code: 'import { ApiKeySession, ListsApi } from "klaviyo-api";\n\nconst scope = "accounts:read lists:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const lists = () => new ListsApi(new ApiKeySession(process.env.KLAVIYO_KEY)).getLists();\n',
    output: null,
    errors: [
      {
        message:
          "This API call (`GET /api/lists`) is made with a private key, though the app requests scopes. Klaviyo's review wants OAuth for every call: send the access token instead. (scopes are requested here: app.js:3)",
        line: 5,
        column: 28,
        endLine: 5,
        endColumn: 95,
      },
    ],
  },
];
