import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
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
];
