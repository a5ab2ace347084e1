import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parser } from "typescript-eslint";
import { RuleTester } from "eslint";
import { afterAll, describe, expect, it } from "vitest";
import oneWayImports from "../../eslint-rules/one-way-imports.js";
import { STAGES } from "../../eslint-rules/stages.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

RuleTester.describe = describe;
RuleTester.it = it;
Object.assign(RuleTester, { afterAll });

const ruleTester = new RuleTester({ languageOptions: { parser: parser } });

function at(file: string, code: string): { filename: string; code: string } {
  return { filename: root + file, code };
}

ruleTester.run("one-way-imports", oneWayImports, {
  valid: [
    at("src/lower/js/index.ts", 'import { parse } from "../../parse/js.js";'),
    at("src/lower/js/index.ts", 'import { scopeOf } from "./scope.js"; import * as oxc from "oxc-parser";'),
    at("src/config/types.ts", 'import type { Range } from "../lower/form.js";'),
    at("src/cli/main.ts", 'const api = import("../api/index.js");'),
    at("rules/no-unused-scope.ts", 'import { defineRule } from "../src/audit/rule.js";'),
    at("test/lower/x.test.ts", 'import "../../src/cli/main.js";'),
  ],
  invalid: [
    {
      ...at("src/lower/js/index.ts", 'import { link } from "../../link/project.js";'),
      errors: [
        { message: "`src/lower` comes before `src/link` in the pipeline and must not import from it." },
      ],
    },
    {
      ...at("src/config/load.ts", 'import { FORM_VERSION } from "../lower/form.js";'),
      errors: [{ messageId: "upward" }],
    },
    {
      ...at("src/config/load.ts", 'import type { Project } from "../link/project.js";'),
      errors: [{ messageId: "upward" }],
    },
    { ...at("src/audit/a.ts", 'export * from "../report/types.js";'), errors: [{ messageId: "upward" }] },
    {
      ...at("src/audit/a.ts", 'export { a } from "../../rules/index.js";'),
      errors: [{ messageId: "upward" }],
    },
    { ...at("src/audit/a.ts", 'const cli = import("../cli/main.js");'), errors: [{ messageId: "upward" }] },
    {
      ...at("src/audit/a.ts", 'type Rule = import("../cli/main.js").Main;'),
      errors: [{ messageId: "upward" }],
    },
    { ...at("src/audit/a.ts", 'import "../../scripts/update.js";'), errors: [{ messageId: "stageless" }] },
  ],
});

it("knows every folder of src as a stage", () => {
  const folders = readdirSync(`${root}src`).map((name) => `src/${name}`);
  expect(STAGES.filter((stage) => stage.startsWith("src/")).sort()).toEqual(folders.sort());
  expect(existsSync(`${root}rules`)).toBe(true);
});
