import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
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
  {
    files: {},
    code: "export const url = `https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=1&redirect_uri=x&scope=${process.env.KLAVIYO_SCOPES}&code_challenge=x&code_challenge_method=S256`;\n",
    output: null,
    errors: [
      {
        message:
          "This scope request cannot be checked in full: `process.env.KLAVIYO_SCOPES` is the environment variable `KLAVIYO_SCOPES`, which no file of the repository gives a value. Write its scopes as constants, or give what comes from outside a default or an entry in an env file of the repository.",
        line: 1,
        column: 115,
        endLine: 1,
        endColumn: 141,
      },
    ],
  },
];
