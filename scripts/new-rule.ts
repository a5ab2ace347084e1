/** `npm run new-rule <name>`: writes a rule, its test and its page to start from, then the files that follow from them. */
import { writeFile } from "node:fs/promises";
import { updateRules } from "./update-rules.js";

const root = new URL("../", import.meta.url);

const [name] = process.argv.slice(2);
if (name === undefined || !/^(?:no|require|prefer)(?:-[a-z]+)+$/.test(name)) {
  console.error("Usage: npm run new-rule <name>, such as no-unused-scope or require-pkce.");
  process.exit(2);
}

const rule = `import { allTokens, judge } from "../src/audit/judge.js";
import { defineRule } from "../src/audit/rule.js";
import { code } from "../src/audit/words.js";

/** Reports … */
export default defineRule({
  name: "${name}",
  meta: {
    type: "suggestion",
    description: "Disallow …",
    recommended: "off",
    strict: "warn",
    fixable: false,
    hasSuggestions: false,
  },
  messages: {
    wrong: "{{scope}} …",
  },
  schema: null,
  defaultOptions: {},
  check({ picture }) {
    return allTokens(picture)
      .filter(({ token }) => token.name === "…")
      .map(({ app, token }) =>
        judge(app, token.place, { messageId: "wrong", data: { scope: code(token.name) }, scope: token.name }),
      );
  },
});
`;

const test = `import { describe, expect, it } from "vitest";
import rule from "../../rules/${name}.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

const SCOPES = 'export const SCOPES = "accounts:read profiles:read";';

describe("${name}", () => {
  it("reports …", () => {
    const picture = project({ "src/auth.ts": SCOPES }).request("src/auth.ts", '"accounts:read profiles:read"').picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot();
  });

  it("is silent about …", () => {
    const picture = project({ "src/auth.ts": SCOPES }).request("src/auth.ts", '"accounts:read profiles:read"').picture();
    expect(findingsOf(rule, picture)).toBe("");
  });
});
`;

const page = `## What happens at Klaviyo

…

## Incorrect

<!-- eslint: incorrect -->

\`\`\`ts
// file: src/auth.ts
…
\`\`\`

## Correct

<!-- eslint: correct -->

\`\`\`ts
// file: src/auth.ts
…
\`\`\`

## Options

None.

## What it cannot see

…

## When not to use it

…
`;

const files = {
  [`rules/${name}.ts`]: rule,
  [`test/rules/${name}.test.ts`]: test,
  [`docs/rules/${name}.md`]: page,
};
for (const [file, text] of Object.entries(files)) {
  // "wx": never over a rule that exists.
  await writeFile(new URL(file, root), text, { flag: "wx" });
  console.log(`wrote ${file}`);
}
for (const file of await updateRules()) console.log(`wrote ${file}`);
