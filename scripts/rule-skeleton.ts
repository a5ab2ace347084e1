/** What a new rule starts from: files that pass every check, with `…` and `example:read` where the author's words go. */

/** As path → text, not yet formatted. @param name Of the rule, such as `no-unused-scope`. */
export function ruleSkeleton(name: string): Record<string, string> {
  return {
    [`rules/${name}.ts`]: ruleFile(name),
    [`test/rules/${name}.test.ts`]: testFile(name),
    [`test/eslint/cases/${name}.ts`]: casesFile(),
    [`docs/rules/${name}.md`]: page(),
  };
}

function ruleFile(name: string): string {
  return `import { allTokens, judge } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import { code } from "../src/audit/words.js";

/** Reports … */
export default defineRule({
  name: "${name}",
  meta: {
    type: "suggestion",
    description: "${name.startsWith("require-") ? "Require" : "Disallow"} …",
    recommended: "off",
    strict: "warn",
    fixable: false,
    hasSuggestions: false,
  },
  messages: {
    requested: "{{scope}} is requested, … .",
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    return allTokens(picture)
      .filter(({ token }) => token.name === "example:read")
      .map(({ app, token }) =>
        judge(app, token.place, {
          messageId: "requested",
          data: { scope: code(token.name) },
          scope: token.name,
        }),
      );
  },
});
`;
}

function testFile(name: string): string {
  return `import { describe, expect, it } from "vitest";
import rule from "../../rules/${name}.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

describe("${name}", () => {
  it("reports …", () => {
    const files = { "src/auth.ts": 'export const SCOPES = "accounts:read example:read";\\n' };
    const picture = project(files).request("src/auth.ts", '"accounts:read example:read"').picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(\`
      "src/auth.ts:1:38 (example:read)
        export const SCOPES = "accounts:read example:read";
                                             ~~~~~~~~~~~~
      \\\`example:read\\\` is requested, … ."
    \`);
  });

  it("is silent about …", () => {
    const files = { "src/auth.ts": 'export const SCOPES = "accounts:read lists:read";\\n' };
    const picture = project(files).request("src/auth.ts", '"accounts:read lists:read"').picture();
    expect(findingsOf(rule, picture)).toBe("");
  });
});
`;
}

function casesFile(): string {
  const url = "https://www.klaviyo.com/oauth/authorize?client_id=1&redirect_uri=x";
  return `import type { RuleCase } from "../rule-case.js";

const MESSAGE = "\`example:read\` is requested, … .";

export const cases: RuleCase[] = [
  {
    files: {},
    code: 'const scope = "accounts:read example:read";\\nexport const url = \`${url}&scope=\${scope}\`;\\n',
    output: null,
    errors: [{ message: MESSAGE, line: 1, column: 30, endLine: 1, endColumn: 42 }],
  },
  {
    files: { "src/scopes.js": "export const CONNECT = \`${url}\`;\\n" },
    code: 'import { CONNECT } from "./src/scopes.js";\\n\\nexport const url = CONNECT + "&scope=" + ["example:read"].join(" ");\\n',
    output: null,
    errors: [{ message: MESSAGE, line: 3, column: 44, endLine: 3, endColumn: 56 }],
  },
];
`;
}

function page(): string {
  const example = (scopes: string): string => `\`\`\`ts
// file: src/auth.ts
const SCOPES = ["accounts:read", ${scopes}];
export const url = (id: string) =>
  \`https://www.klaviyo.com/oauth/authorize?client_id=\${id}&scope=\${SCOPES.join(" ")}\`;
\`\`\``;
  return `## What happens at Klaviyo

…

## Incorrect

<!-- eslint: incorrect -->

${example('"example:read"')}

## Correct

<!-- eslint: correct -->

${example('"lists:read"')}

## Options

None.

## What it cannot see

…

## When not to use it

…
`;
}
