import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
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
];
