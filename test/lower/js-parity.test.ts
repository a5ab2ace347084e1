import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { globSync } from "tinyglobby";

import { lowered, loweredByEslint } from "./js-lowered.js";
import { JS_SNIPPETS, TSX_SNIPPETS, TS_SNIPPETS } from "./js-snippets.js";

const ALL = [
  ...Object.entries(JS_SNIPPETS).map(([name, text]) => ({ name, text, file: "src/app.jsx" })),
  ...Object.entries(TS_SNIPPETS).map(([name, text]) => ({ name, text, file: "src/app.ts" })),
  ...Object.entries(TSX_SNIPPETS).map(([name, text]) => ({ name, text, file: "src/app.tsx" })),
];

describe("every parser's tree is lowered to the same form", () => {
  it.each(ALL)("$name ($file), as typescript-eslint parses it", ({ text, file }) => {
    expect(loweredByEslint(text, file, "typescript")).toEqual(lowered(text, file));
  });

  it.each(ALL.filter(({ file }) => file.endsWith(".jsx")))("$name, as espree parses it", ({ text, file }) => {
    expect(loweredByEslint(text, file, "espree")).toEqual(lowered(text, file));
  });
});

it.each(ALL)("the form of $name ($file) survives JSON", ({ text, file }) => {
  const form = lowered(text, file);
  expect(JSON.parse(JSON.stringify(form))).toStrictEqual(form);
});

describe("real packages are lowered to the same form by every parser", () => {
  const files = (patterns: string[]): string[] =>
    globSync(patterns, { cwd: "node_modules", absolute: false }).sort();

  const modules = files([
    "@typescript-eslint/utils/dist/**/*.js",
    "klaviyo-api/dist/{api,*}.js",
    "klaviyo-api/dist/api/{profilesApi,eventsApi,oAuthApi}.js",
    "commander/**/*.js",
    "chalk/source/**/*.js",
    "yaml/browser/dist/**/*.js",
    "tinyglobby/dist/*.mjs",
  ]);
  const typed = files([
    "klaviyo-api/*.ts",
    "klaviyo-api/api/{profilesApi,eventsApi}.ts",
    "@isaacs/*/src/*.ts",
    "agent-base/src/*.ts",
  ]).filter((file) => !file.endsWith(".d.ts"));

  it("finds files to compare", () => {
    expect(modules.length).toBeGreaterThan(50);
    expect(typed.length).toBeGreaterThan(5);
  });

  it.each(modules)("%s", (file) => {
    const text = readFileSync(`node_modules/${file}`, "utf8");
    const form = lowered(text, file);
    expect(loweredByEslint(text, file, "espree")).toEqual(form);
    expect(JSON.parse(JSON.stringify(form))).toStrictEqual(form);
  });

  it.each(typed)("%s", (file) => {
    const text = readFileSync(`node_modules/${file}`, "utf8");
    expect(loweredByEslint(text, file, "typescript")).toEqual(lowered(text, file));
  });
});
