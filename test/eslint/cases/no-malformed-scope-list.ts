import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
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
];
