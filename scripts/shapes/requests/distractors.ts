/** What looks like a request to Klaviyo and is none. Its tokens are those of Klaviyo, so that only the context can tell. */
import type { SourceFile } from "../project.js";

export interface Distractor {
  name: string;
  /** Adds it to a file: one of its own, or one through which the list goes. */
  add: (file: SourceFile, scopes: readonly string[]) => void;
}

const quoted = (scopes: readonly string[]): string => scopes.map((scope) => `"${scope}"`).join(", ");

export const distractors: readonly Distractor[] = [
  {
    name: "another provider's URL",
    add(file, scopes) {
      const { project } = file;
      const list = file.constant(`[${quoted(scopes)}]`);
      const name = project.name("function");
      file.add(
        `function ${name}(clientId${project.typed("string")}) {\n  const url = new URL("https://auth.acme.example/oauth/authorize");\n  url.searchParams.set("client_id", clientId);\n  url.searchParams.set("scope", ${list}.join(" "));\n  return url.toString();\n}`,
      );
      file.export(name);
    },
  },
  {
    name: "another provider's object",
    add(file, scopes) {
      const { project } = file;
      const name = project.name("object");
      file.add(
        `const ${name} = {\n  authorizationUrl: "https://login.acme.example/oauth/authorize",\n  tokenUrl: "https://login.acme.example/oauth/token",\n  scopes: [${quoted(scopes)}],\n};`,
      );
      file.export(name);
    },
  },
  {
    name: "roles",
    add(file, scopes) {
      const { project } = file;
      const name = project.name("object");
      file.add(`const ${name} = {\n  admin: [${quoted(scopes)}],\n  viewer: ["profiles:read"],\n};`);
      file.export(name);
    },
  },
  {
    name: "permission checks",
    add(file, scopes) {
      const { project } = file;
      const name = project.name("function");
      file.add(
        `function ${name}(user${project.typed("{ permissions: string[] }")}) {\n  return [${quoted(scopes)}].every((one) => user.permissions.includes(one));\n}`,
      );
      file.export(name);
    },
  },
  {
    name: "commented-out list",
    add(file, scopes) {
      const { project } = file;
      const name = project.name("function");
      file.add(
        `// const SCOPES = [${quoted(scopes)}];`,
        `/* "https://www.klaviyo.com/oauth/authorize?scope=${scopes.join("+")}" */`,
        `function ${name}() {\n  return "https://www.klaviyo.com/dashboard";\n}`,
      );
      file.export(name);
    },
  },
  {
    name: "unused export",
    add(file, scopes) {
      const name = file.constant(`[${quoted(scopes)}]`);
      file.export(name);
    },
  },
  {
    name: "type union",
    add(file, scopes) {
      const { project } = file;
      if (!project.isTypeScript) return;
      const name = project.name("class");
      file.add(`type ${name} = ${scopes.map((scope) => `"${scope}"`).join(" | ")};`);
      file.add(`export type { ${name} };`);
    },
  },
  {
    name: "test",
    add({ project }, scopes) {
      project.write(
        `src/${project.name("file")}.test.${project.style.language}`,
        `it("asks", () => {\n  expect(url()).toBe("https://www.klaviyo.com/oauth/authorize?client_id=1&scope=${scopes.join("+")}");\n});\n`,
      );
    },
  },
  {
    name: "token's scopes",
    add(file, scopes) {
      const { project } = file;
      const name = project.name("function");
      file.add(
        `async function ${name}(token${project.typed("{ scope: string }")}) {\n  await fetch("https://a.klaviyo.com/oauth/token", { method: "POST", body: "grant_type=refresh_token" });\n  return token.scope.split(" ").includes("${scopes[0] ?? ""}");\n}`,
      );
      file.export(name);
    },
  },
  {
    name: "shared helper for another provider",
    add(file, scopes) {
      const { project } = file;
      const build = project.name("function");
      const use = project.name("function");
      file.add(
        `const ${build} = (base${project.typed("string")}, scopes${project.typed("string[]")}) => \`\${base}?scope=\${scopes.join(" ")}\`;`,
        `const ${use} = () => ${build}("https://slack.com/oauth/v2/authorize", [${quoted(scopes)}]);`,
      );
      file.export(use);
    },
  },
];
