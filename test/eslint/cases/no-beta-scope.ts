import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
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
];
