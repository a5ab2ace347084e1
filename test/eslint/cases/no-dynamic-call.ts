import type { RuleCase } from "../rule-case.js";

export const cases: RuleCase[] = [
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
];
