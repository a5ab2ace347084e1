import { expect, it } from "vitest";

import { languageOf, lowerFile } from "../../src/lower/index.js";

it.each([
  ["src/a.ts", "export const a = 1;", "js"],
  ["src/a.cjs", "module.exports = 1;", "js"],
  ["src/A.vue", "<script>a</script>", "js"],
  ["config.json", '{ "klaviyo": { "scopes": "accounts:read" } }', "json"],
  ["config.yaml", "klaviyo:\n  scopes: accounts:read\n", "yaml"],
  [".env.example", "KLAVIYO_SCOPES=accounts:read\n", "env"],
])("%s is read by its name", (file, text, language) => {
  expect(languageOf(file)).toBe(language);
  const form = lowerFile(file, text);
  expect(form).toMatchObject({ file, language, problems: [] });
  expect(form.data === null).toBe(language === "js");
  expect(JSON.parse(JSON.stringify(form))).toStrictEqual(form);
});

it("files that are not read have no language", () => {
  expect(["README.md", "a.png", "a.sh"].map(languageOf)).toEqual([null, null, null]);
});
