import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
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
];
