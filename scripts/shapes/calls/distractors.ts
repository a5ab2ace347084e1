/** What looks like a call of Klaviyo's API and is none. */
import type { Project } from "../project.js";

export interface Distractor {
  name: string;
  add: (project: Project, path: string) => void;
}

export const distractors: readonly Distractor[] = [
  {
    name: "the app's own backend",
    add(project, path) {
      const file = project.file();
      const name = project.name("function");
      file.add(`const ${name} = () => fetch("${path}", { credentials: "include" });`);
      file.export(name);
    },
  },
  {
    name: "another host",
    add(project, path) {
      const file = project.file();
      const base = file.constant('"https://api.acme.example"');
      const name = project.name("function");
      file.add(
        `async function ${name}(token${project.typed("string")}) {\n  return fetch(\`\${${base}}${path}\`, { headers: { Authorization: \`Bearer \${token}\` } });\n}`,
      );
      file.export(name);
    },
  },
  {
    name: "routes",
    add(project, path) {
      const file = project.file();
      file.importFrom("express", { whole: "express" });
      const name = file.constant("express()");
      file.add(`${name}.get("${path}", (req, res) => res.json([]));`);
      file.export(name);
    },
  },
  {
    name: "commented-out call",
    add(project, path) {
      const file = project.file();
      file.add(`// fetch("https://a.klaviyo.com${path}");`);
      file.export(file.constant("1"));
    },
  },
  {
    name: "helper that nobody calls",
    add(project) {
      const file = project.file();
      const name = project.name("function");
      file.add(
        `function ${name}(path${project.typed("string")}) {\n  return fetch("https://a.klaviyo.com/api" + path);\n}`,
      );
      file.export(name);
    },
  },
  {
    name: "token endpoint",
    add(project) {
      const file = project.file();
      const name = project.name("function");
      file.add(
        `async function ${name}(body${project.typed("URLSearchParams")}) {\n  return fetch("https://a.klaviyo.com/oauth/token", { method: "POST", body });\n}`,
      );
      file.export(name);
    },
  },
  {
    name: "test",
    add(project, path) {
      project.write(
        `src/${project.name("file")}.test.${project.style.language}`,
        `it("calls", async () => {\n  await fetch("https://a.klaviyo.com${path}");\n});\n`,
      );
    },
  },
];
