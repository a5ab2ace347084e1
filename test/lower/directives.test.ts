import { describe, expect, it } from "vitest";

import { directiveOf } from "../../src/lower/directives.js";
import { lowered } from "./js-lowered.js";

describe("a comment is a directive", () => {
  it.each([
    [
      " klaviyo-scope-audit-ignore-next-line no-unused-scope -- reason ",
      "klaviyo-scope-audit-ignore-next-line no-unused-scope -- reason",
    ],
    ["# klaviyo-scope-audit-ignore-file no-unused-scope", "klaviyo-scope-audit-ignore-file no-unused-scope"],
    ["<!-- klaviyo-scope-audit-ignore-line a -->", "klaviyo-scope-audit-ignore-line a"],
    ["*\n * klaviyo-scope-audit-ignore-line a\n ", "klaviyo-scope-audit-ignore-line a"],
    [" eslint-disable ", "eslint-disable"],
    [" eslint-disable-next-line", "eslint-disable-next-line"],
    [" eslint-disable-line -- all of klaviyo", "eslint-disable-line -- all of klaviyo"],
    [" eslint-enable klaviyo-scopes/no-unused-scope", "eslint-enable klaviyo-scopes/no-unused-scope"],
    [
      " eslint-disable no-console, klaviyo-scopes/no-unused-scope -- why",
      "eslint-disable no-console, klaviyo-scopes/no-unused-scope -- why",
    ],
    [' eslint klaviyo-scopes/no-unused-scope: "off" ', 'eslint klaviyo-scopes/no-unused-scope: "off"'],
  ])("%j", (comment, text) => {
    expect(directiveOf(comment, [3, 9])).toEqual({ range: [3, 9], text });
  });

  it.each([
    "a comment",
    "see klaviyo-scope-audit-ignore",
    "eslint-disable no-console",
    "eslint-disable no-console -- klaviyo",
    "eslint-disabled",
    "eslint",
    "eslint no-console: 0",
    "eslint-env node",
  ])("not %j", (comment) => {
    expect(directiveOf(comment, [0, 1])).toBeNull();
  });
});

it("directives are found in code, with the whole comment's range", () => {
  const text = "a; // klaviyo-scope-audit-ignore-line x\n/* eslint-disable */ // nothing";
  expect(lowered(text).directives.map(({ range, text: words }) => [text.slice(...range), words])).toEqual([
    ["// klaviyo-scope-audit-ignore-line x", "klaviyo-scope-audit-ignore-line x"],
    ["/* eslint-disable */", "eslint-disable"],
  ]);
});
