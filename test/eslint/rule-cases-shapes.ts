/** What each rule reports where a list is written in other ways, or lies in another file; see rules.test.ts. */
import type { RuleCase } from "./rule-cases.js";

export const otherShapes: Readonly<Record<string, RuleCase[]>> = {
  "no-beta-scope": [
    {
      files: {},
      code: 'const scopes = ["accounts:read", "agents:write"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
      output: null,
      errors: [
        {
          message:
            "`agents:write` is only known to beta revisions of Klaviyo's API, which can change or go without notice. If the app takes part in the beta, add it to `scopes` in the config.",
          line: 1,
          column: 35,
          endLine: 1,
          endColumn: 47,
        },
      ],
    },
  ],
  "no-conflicting-requests": [
    {
      files: {
        "src/settings.js":
          'export const SCOPES = "accounts:read profiles:read lists:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${SCOPES}&code_challenge=x&code_challenge_method=S256`;\n',
      },
      code: 'const scopes = ["accounts:read", "lists:read"];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
      output: null,
      errors: [
        {
          message:
            "This list lacks `profiles:read`, which the one at src/settings.js:1 asks for: which scopes an install grants depends on the one that is sent.",
          line: 1,
          column: 16,
          endLine: 1,
          endColumn: 47,
        },
      ],
    },
  ],
  "no-dynamic-call": [
    {
      files: {},
      code: 'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nconst path = await nextPath();\nexport const page = await fetch("https://a.klaviyo.com" + path, { headers: { Authorization: "Bearer x" } });\n',
      output: null,
      errors: [
        {
          message:
            "Which operation this API call is cannot be resolved: `nextPath()` is answered at run time. Write the path and the method where the call is made, describe the function in the config's `helpers`, or list the operations in `uses`. (answered at run time: app.js:3)",
          line: 4,
          column: 27,
          endLine: 4,
          endColumn: 108,
        },
      ],
    },
  ],
  "no-dynamic-scope": [
    {
      files: {},
      code: "export const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${process.env.KLAVIYO_SCOPES}&code_challenge=x&code_challenge_method=S256`;\n",
      output: null,
      errors: [
        {
          message:
            "This scope request cannot be checked in full: `process.env.KLAVIYO_SCOPES` is the environment variable `KLAVIYO_SCOPES`, set outside the repository. Write its scopes as constants, or give what comes from outside a default or an entry in an env file of the repository.",
          line: 1,
          column: 115,
          endLine: 1,
          endColumn: 141,
        },
      ],
    },
  ],
  "no-malformed-scope-list": [
    {
      files: {},
      code: 'const scope = "accounts:read  Profiles:Read accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
      output:
        'const scope = "accounts:read Profiles:Read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
      errors: [
        {
          message:
            "This list of scopes goes out with spaces that separate nothing. Klaviyo wants single spaces between scopes.",
          line: 1,
          column: 15,
          endLine: 1,
          endColumn: 59,
        },
        {
          message: "Klaviyo's scopes are lower case: `Profiles:Read` should be too.",
          line: 1,
          column: 31,
          endLine: 1,
          endColumn: 44,
        },
        {
          message: "This list asks for `accounts:read` more than once.",
          line: 1,
          column: 45,
          endLine: 1,
          endColumn: 58,
        },
      ],
    },
  ],
  "no-missing-scope": [
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
  ],
  "no-over-broad-request": [
    {
      files: {},
      code: 'const scopes = [\n  "accounts:read",\n  "agents:write",\n  "brands:write",\n  "campaigns:write",\n  "catalogs:write",\n  "conversations:write",\n  "coupon-codes:write",\n  "coupons:write",\n  "credentials:write",\n  "custom-objects:write",\n  "data-privacy:write",\n  "events:write",\n  "flows:write",\n  "forms:write",\n  "images:write",\n  "lists:write",\n  "metrics:write",\n  "profiles:write",\n  "push-tokens:write",\n  "reviews:write",\n  "segments:write",\n  "sender-config:write",\n  "subscriptions:write",\n  "tags:write",\n  "templates:write",\n  "tracking-settings:write",\n  "translations:write",\n  "web-feeds:write",\n  "webhooks:write",\n];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
      output: null,
      errors: [
        {
          message:
            "This list asks for every write scope that Klaviyo has. Ask for those that the app needs: Klaviyo's review rejects apps that ask for more.",
          line: 1,
          column: 16,
          endLine: 31,
          endColumn: 2,
        },
      ],
    },
  ],
  "no-private-key-call": [
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
  ],
  "no-unconfigured-scope": [
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
  ],
  "no-unknown-operation": [
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
  ],
  "no-unknown-scope": [
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
  ],
  "no-unlisted-scope": [
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
  ],
  "no-unrequested-scope": [
    {
      file: "klaviyo-scopes.json",
      files: {
        "app.js":
          'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
      },
      code: '{ "configured": "accounts:read lists:read" }\n',
      output: null,
      errors: [
        {
          message:
            "`lists:read` is in the configured set, but the app never requests it. Remove it from the app's Scopes field in Klaviyo, or request it. (requested here, without it: app.js:1)",
          line: 1,
          column: 32,
          endLine: 1,
          endColumn: 42,
          suggestions: [
            {
              desc: "Remove `lists:read` from the configured set.",
              output: '{ "configured": "accounts:read" }\n',
            },
          ],
        },
      ],
    },
    {
      file: "klaviyo-scopes.json",
      files: {
        "app.js":
          'const scope = "accounts:read profiles:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
      },
      code: '{\n  "configured": [\n    "accounts:read",\n    "profiles:read",\n    "segments:read"\n  ]\n}\n',
      output: null,
      errors: [
        {
          message:
            "`segments:read` is in the configured set, but the app never requests it. Remove it from the app's Scopes field in Klaviyo, or request it. (requested here, without it: app.js:1)",
          line: 5,
          column: 6,
          endLine: 5,
          endColumn: 19,
          suggestions: [
            {
              desc: "Remove `segments:read` from the configured set.",
              output: '{\n  "configured": [\n    "accounts:read",\n    "profiles:read"\n  ]\n}\n',
            },
          ],
        },
      ],
    },
  ],
  "no-unused-scope": [
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
  ],
  "require-accounts-read": [
    {
      files: {},
      code: 'const scopes = [\n  "lists:read",\n  "profiles:read",\n];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
      output:
        'const scopes = [\n  "accounts:read",\n  "lists:read",\n  "profiles:read",\n];\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scopes.join(" ")}&code_challenge=x&code_challenge_method=S256`;\n',
      errors: [
        {
          message: "This scope request lacks `accounts:read`, which Klaviyo requires of every app.",
          line: 1,
          column: 16,
          endLine: 4,
          endColumn: 2,
        },
      ],
    },
  ],
  "require-justification": [
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
  ],
  "require-pkce": [
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
  ],
};
