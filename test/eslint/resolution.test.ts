/** Where imports lead is looked up again once the files that say it have changed. */
import path from "node:path";
import { expect, it } from "vitest";
import { clock } from "./clock.js";
import { linter } from "./languages.js";
import { project, write } from "./project.js";

const letTimePass = clock();

const paths = (target: string): string =>
  JSON.stringify({ compilerOptions: { paths: { "@lib/*": [`./${target}/*`] } } });

it.each([
  ["tsconfig.json", paths("old"), paths("lib"), "@lib/scopes"],
  [
    "package.json",
    JSON.stringify({ name: "x", imports: { "#scopes": "./old/scopes.ts" } }),
    JSON.stringify({ name: "x", imports: { "#scopes": "./lib/scopes.ts" } }),
    "#scopes",
  ],
])("follows an edit of %s", async (file, before, after, specifier) => {
  const text = `import { SCOPES } from "${specifier}";\nexport const url = (id: string) => \`https://www.klaviyo.com/oauth/authorize?response_type=code&client_id=\${id}&redirect_uri=x&code_challenge=x&code_challenge_method=S256&scope=\${SCOPES}\`;\n`;
  const root = project({
    [file]: before,
    "src/auth.ts": text,
    "lib/scopes.ts": 'export const SCOPES = "accounts:read list:read";\n',
  });
  const eslint = linter(root);
  const said = async (name: string): Promise<(string | null)[]> => {
    letTimePass();
    const [result] = await eslint.lintFiles([path.join(root, name)]);
    return (result?.messages ?? []).map(({ ruleId }) => ruleId);
  };
  expect(await said("lib/scopes.ts")).not.toContain("klaviyo-scopes/no-unknown-scope");
  write(root, file, `${after}\n`);
  expect(await said("lib/scopes.ts")).toContain("klaviyo-scopes/no-unknown-scope");
});
