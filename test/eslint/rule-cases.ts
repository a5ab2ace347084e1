/** What each rule reports in one file; see rules.test.ts. */
import type { RuleTester } from "eslint";

export interface RuleCase {
  /** The linted file; `app.js` where it is not said. */
  file?: string;
  /** Other files of the project, by path. */
  files: Record<string, string>;
  code: string;
  /** After one pass of fixes; null where the rule has none. */
  output: string | null;
  errors: RuleTester.TestCaseError[];
}

export const cases: Readonly<Record<string, RuleCase[]>> = {
  "no-beta-scope": [
    {
      files: {},
      code: 'const scope = "accounts:read agents:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
      output: null,
      errors: [
        {
          message:
            "`agents:read` is only known to beta revisions of Klaviyo's API, which can change or go without notice. If the app takes part in the beta, add it to `scopes` in the config.",
          line: 1,
          column: 30,
          endLine: 1,
          endColumn: 41,
        },
      ],
    },
  ],
  "no-conflicting-requests": [
    {
      files: {},
      code: 'const scope = "accounts:read profiles:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nconst other = "accounts:read";\nexport const second = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${other}&code_challenge=x&code_challenge_method=S256`;\n',
      output: null,
      errors: [
        {
          message:
            "This list lacks `profiles:read`, which the one at app.js:1 asks for: which scopes an install grants depends on the one that is sent.",
          line: 3,
          column: 15,
          endLine: 3,
          endColumn: 30,
        },
      ],
    },
  ],
  "no-dynamic-call": [
    {
      files: {},
      code: 'const scope = "accounts:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\nexport const proxy = (req) => fetch(`https://a.klaviyo.com/api/${req.query.path}`);\n',
      output: null,
      errors: [
        {
          message:
            "Which operation this API call is cannot be resolved: `req` is given by callers. Write the path and the method where the call is made, describe the function in the config's `helpers`, or list the operations in `uses`. (given by callers: app.js:3)",
          line: 3,
          column: 31,
          endLine: 3,
          endColumn: 83,
        },
      ],
    },
  ],
  "no-dynamic-scope": [
    {
      files: {},
      code: "const scope = await loadScopes();\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n",
      output: null,
      errors: [
        {
          message:
            "This scope request cannot be checked in full: `loadScopes()` is answered at run time. Write its scopes as constants, or give what comes from outside a default or an entry in an env file of the repository.",
          line: 1,
          column: 21,
          endLine: 1,
          endColumn: 33,
        },
      ],
    },
  ],
  "no-malformed-scope-list": [
    {
      files: {},
      code: 'const scope = "accounts:read,profiles:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
      output:
        'const scope = "accounts:read profiles:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
      errors: [
        {
          message: "These scopes are separated by commas. Klaviyo wants one list separated by spaces.",
          line: 1,
          column: 15,
          endLine: 1,
          endColumn: 44,
        },
      ],
    },
  ],
  "no-missing-scope": [
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
  ],
  "no-over-broad-request": [
    {
      files: {},
      code: 'const scope = "accounts:read campaigns:read campaigns:write catalogs:read catalogs:write conversations:read conversations:write coupon-codes:read coupon-codes:write coupons:read coupons:write custom-objects:read custom-objects:write data-privacy:read data-privacy:write events:read events:write flows:read flows:write forms:read forms:write images:read images:write lists:read lists:write metrics:read metrics:write profiles:read profiles:write push-tokens:read push-tokens:write reviews:read reviews:write segments:read segments:write subscriptions:read subscriptions:write tags:read tags:write templates:read templates:write tracking-settings:read tracking-settings:write web-feeds:read web-feeds:write webhooks:read webhooks:write";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
      output: null,
      errors: [
        {
          message:
            "This list asks for every scope that Klaviyo has. Ask for those that the app needs: Klaviyo's review rejects apps that ask for more.",
          line: 1,
          column: 15,
          endLine: 1,
          endColumn: 735,
        },
      ],
    },
  ],
  "no-private-key-call": [
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
  ],
  "no-unconfigured-scope": [
    {
      files: {
        "klaviyo-scopes.json": '{ "configured": "accounts:read" }',
      },
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
  ],
  "no-unknown-operation": [
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
  ],
  "no-unknown-scope": [
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
  ],
  "no-unlisted-scope": [
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
  ],
  "no-unused-scope": [
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
  ],
  "require-accounts-read": [
    {
      files: {},
      code: 'const scope = "profiles:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
      output:
        'const scope = "accounts:read profiles:read";\nexport const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${scope}&code_challenge=x&code_challenge_method=S256`;\n',
      errors: [
        {
          message: "This scope request lacks `accounts:read`, which Klaviyo requires of every app.",
          line: 1,
          column: 15,
          endLine: 1,
          endColumn: 30,
        },
      ],
    },
  ],
  "require-justification": [
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
  ],
  "require-pkce": [
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
  ],
};
