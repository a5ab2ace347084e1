/** Which project a file belongs to, where no config says so. */
import path from "node:path";
import { expect, it } from "vitest";
import { rootOf } from "../../src/eslint/root-of.js";
import { project } from "./project.js";

const FILES = { "package.json": "{}", "src/auth.js": "export {};\n" };

it("takes ESLint's working directory", () => {
  const folder = project(FILES);
  expect(rootOf(path.join(folder, "src"), folder).root).toBe(folder);
});

it("takes the file's package where ESLint was started in the root of the disk, or elsewhere", () => {
  const folder = project(FILES);
  expect(rootOf(path.join(folder, "src"), path.parse(folder).root).root).toBe(folder);
  expect(rootOf(path.join(folder, "src"), project({})).root).toBe(folder);
});
