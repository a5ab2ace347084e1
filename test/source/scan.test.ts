import { describe, expect, it } from "vitest";
import { lowerFile } from "../../src/lower/index.js";
import { mentionsKlaviyo, namesSetIn, specifiersIn, upperNamesIn } from "../../src/source/scan.js";

describe("specifiersIn", () => {
  it("finds every way to name a module", () => {
    const text = `
      import a from "./a"; import type { B } from './b'
      import './c.js';import"./d";
      export * from "./e"; export { f } from 'pkg-f';
      const g = require("./g"), h = require( 'pkg-h' );
      await import(/* webpackChunkName: "i" */ "./i"); import(
        // why
        'pkg-j'
      );
      // don't
      import { k } from "@scope/k/sub path";
      const l = "@/l"; require.resolve('pkg-m'); import n = require("pkg-n"); createRequire(import.meta.url)("./o");
      import json from './p.json' with { type: 'json' }; import x from "#q"; import y from \`~/r\`;`;
    const wanted = [
      "./a",
      "./b",
      "./c.js",
      "./d",
      "./e",
      "pkg-f",
      "./g",
      "pkg-h",
      "./i",
      "pkg-j",
      "@scope/k/sub path",
    ];
    wanted.push("@/l", "pkg-m", "pkg-n", "./o", "./p.json", "#q", "~/r");
    expect(wanted.filter((specifier) => !specifiersIn(text).has(specifier))).toEqual([]);
    const form = lowerFile("a.ts", text);
    for (const { source } of form.imports) expect(specifiersIn(text)).toContain(source);
  });

  it("takes any text in linear time", () => {
    for (const part of ["from /*", "import(//", "'", "'.", "from ", "require(", '"@'.repeat(3)]) {
      expect(specifiersIn(part.repeat(100_000)).size).toBeLessThan(10);
    }
  });
});

describe("upperNamesIn", () => {
  it("finds whole names", () => {
    expect([
      ...upperNamesIn("process.env.CRM_URL ?? env['SCOPES'] notUPPER_CASE _X A AbC ID2_B x.PORT,"),
    ]).toEqual(["CRM_URL", "SCOPES", "ID2_B", "PORT"]);
  });

  it("takes any text in linear time", () => {
    expect(upperNamesIn("A_".repeat(200_000)).size).toBe(0);
    expect(upperNamesIn("A".repeat(400_000)).size).toBe(0);
  });
});

it("mentionsKlaviyo in any case", () => {
  expect(["KLAVIYO_KEY", "a.klaviyo.com", "myKlaviyoApp"].every(mentionsKlaviyo)).toBe(true);
  expect(mentionsKlaviyo("klavi yo")).toBe(false);
});

it("namesSetIn finds what a line of configuration sets", () => {
  const lines = [
    "CRM_URL=https://a.klaviyo.com",
    '  "CRM_URL": "x",',
    "export CRM_URL = 'x'",
    "- name: CRM_URL",
    'variable "CRM_URL" {',
    "CRM_URL:",
    "- CRM_URL=x",
    "key = 'CRM_URL'",
    "ENV CRM_URL x",
  ];
  expect(lines.map(namesSetIn)).toEqual(lines.map(() => ["CRM_URL"]));
  expect(namesSetIn('"license": "MIT", "description": "Klaviyo REST API"')).toEqual([]);
});
