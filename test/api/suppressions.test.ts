import { describe, expect, it } from "vitest";
import { lineStarts } from "../../src/audit/lines.js";
import { readSuppressions } from "../../src/audit/suppressions.js";
import { lowerFile } from "../../src/lower/index.js";
import type { Place } from "../../src/audit/picture.js";
import type { Suppressions } from "../../src/audit/suppressions.js";

const RULES = new Set(["no-unused-scope", "no-unknown-scope"]);

/** Suppressions of a TypeScript file, and the place of a marker in it. */
function read(lines: string[], active = true): { suppressions: Suppressions; at: (marker: string) => Place } {
  const text = lines.join("\n");
  const form = lowerFile("src/auth.ts", text);
  const suppressions = readSuppressions([form], {
    ruleNames: RULES,
    active: () => active,
    suggest: (name) => (name === "no-unsued-scope" ? "no-unused-scope" : undefined),
  });
  return {
    suppressions,
    at(marker) {
      const start = text.indexOf(marker);
      expect(start, marker).toBeGreaterThanOrEqual(0);
      return { file: "src/auth.ts", range: [start, start + marker.length] };
    },
  };
}

const messages = (suppressions: Suppressions) => suppressions.problems().map(({ message }) => message);

describe("our own comments", () => {
  it("mute the named rule on the next line, with the reason", () => {
    const { suppressions, at } = read([
      "// klaviyo-scope-audit-ignore-next-line no-unused-scope -- kept for the beta -- until May",
      "const first = 'lists:write';",
      "const second = 'tags:write';",
    ]);
    expect(suppressions.match("no-unused-scope", at("lists:write"))).toEqual({
      reason: "kept for the beta -- until May",
    });
    expect(suppressions.match("no-unknown-scope", at("lists:write"))).toBeNull();
    expect(suppressions.match("no-unused-scope", at("tags:write"))).toBeNull();
    expect(messages(suppressions)).toEqual([]);
  });

  it("mute their own line, and several rules", () => {
    const { suppressions, at } = read([
      "const first = 'list:write'; // klaviyo-scope-audit-ignore-line no-unused-scope, klaviyo-scopes/no-unknown-scope",
      "const second = 'tags:write';",
    ]);
    expect(suppressions.match("no-unused-scope", at("list:write"))).toEqual({ reason: null });
    expect(suppressions.match("no-unknown-scope", at("list:write"))).toEqual({ reason: null });
    expect(suppressions.match("no-unused-scope", at("tags:write"))).toBeNull();
  });

  it("mute a whole file from anywhere in it, and the line after a comment of several lines", () => {
    const { suppressions, at } = read([
      "const first = 'lists:write';",
      "/* klaviyo-scope-audit-ignore-next-line no-unknown-scope",
      "   -- a long",
      "   story */",
      "const second = 'tag:write';",
      "// klaviyo-scope-audit-ignore-file no-unused-scope",
    ]);
    expect(suppressions.match("no-unused-scope", at("lists:write"))).toEqual({ reason: null });
    expect(suppressions.match("no-unknown-scope", at("tag:write"))).toEqual({ reason: "a long story" });
  });

  it("are reported when they name no rule, an unknown one, or no known place", () => {
    const { suppressions, at } = read([
      "// klaviyo-scope-audit-ignore-next-line -- because",
      "const first = 'lists:write';",
      "// klaviyo-scope-audit-ignore-next-line no-unsued-scope",
      "// klaviyo-scope-audit-ignore no-unused-scope",
      "// klaviyo-scope-audit-ignore-lines no-unused-scope",
    ]);
    expect(suppressions.match("no-unused-scope", at("lists:write"))).toBeNull();
    expect(messages(suppressions)).toEqual([
      expect.stringContaining("names no rule"),
      expect.stringContaining("Did you mean `no-unused-scope`?"),
      expect.stringContaining("`klaviyo-scope-audit-ignore` is no suppression"),
      expect.stringContaining("`klaviyo-scope-audit-ignore-lines` is no suppression"),
    ]);
  });

  it("are reported when they mute nothing, rule by rule", () => {
    const { suppressions, at } = read([
      "// klaviyo-scope-audit-ignore-next-line no-unused-scope, no-unknown-scope",
      "const first = 'lists:write';",
    ]);
    suppressions.match("no-unused-scope", at("lists:write"));
    expect(messages(suppressions)).toEqual([
      expect.stringContaining("`no-unknown-scope` finds nothing here"),
    ]);
  });

  it("are not called unused when their rule is off", () => {
    const { suppressions } = read(["// klaviyo-scope-audit-ignore-file no-unused-scope"], false);
    expect(messages(suppressions)).toEqual([]);
  });
});

describe("ESLint's comments", () => {
  it("mute our rules, under any name of the plugin", () => {
    const { suppressions, at } = read([
      "// eslint-disable-next-line klaviyo-scopes/no-unused-scope -- kept",
      "const first = 'lists:write';",
      "const second = 'tags:write'; // eslint-disable-line @shop/klaviyo/no-unused-scope",
    ]);
    expect(suppressions.match("no-unused-scope", at("lists:write"))).toEqual({ reason: "kept" });
    expect(suppressions.match("no-unused-scope", at("tags:write"))).toEqual({ reason: null });
  });

  it("mute everything when they name nothing, and nothing when they name others", () => {
    const { suppressions, at } = read([
      "// eslint-disable-next-line",
      "const first = 'lists:write';",
      "// eslint-disable-next-line no-console",
      "const second = 'tags:write';",
    ]);
    expect(suppressions.match("no-unused-scope", at("lists:write"))).toEqual({ reason: null });
    expect(suppressions.match("no-unused-scope", at("tags:write"))).toBeNull();
    expect(messages(suppressions)).toEqual([]);
  });

  it("mute from `eslint-disable` to the `eslint-enable` of the same rule", () => {
    const { suppressions, at } = read([
      "/* eslint-disable klaviyo-scopes/no-unused-scope, klaviyo-scopes/no-unknown-scope */",
      "const first = 'lists:write';",
      "/* eslint-enable klaviyo-scopes/no-unused-scope */",
      "const second = 'tags:write';",
    ]);
    expect(suppressions.match("no-unused-scope", at("lists:write"))).not.toBeNull();
    expect(suppressions.match("no-unused-scope", at("tags:write"))).toBeNull();
    expect(suppressions.match("no-unknown-scope", at("tags:write"))).not.toBeNull();
  });

  it("switch a rule off for the file", () => {
    const { suppressions, at } = read([
      'const first = "lists:write";',
      '/* eslint klaviyo-scopes/no-unused-scope: "off", klaviyo-scopes/no-unknown-scope: 2 */',
    ]);
    expect(suppressions.match("no-unused-scope", at("lists:write"))).not.toBeNull();
    expect(suppressions.match("no-unknown-scope", at("lists:write"))).toBeNull();
  });
});

describe("a rule that there is not, in ESLint's comments", () => {
  it.each([
    "// eslint-disable-next-line klaviyo-scopes/no-unsued-scope -- kept",
    "// eslint-disable-line no-console, klaviyo-scopes/no-unsued-scope",
    "/* eslint-disable klaviyo-scopes/no-unsued-scope */",
    "/* eslint-enable klaviyo-scopes/no-unsued-scope */",
    '/* eslint "klaviyo-scopes/no-unsued-scope": ["off"] */',
  ])("is told: %s", (comment) => {
    expect(messages(read([comment]).suppressions)).toEqual([
      "There is no rule `klaviyo-scopes/no-unsued-scope`, so naming it here does nothing. Did you mean `no-unused-scope`?",
    ]);
  });

  it("is somebody else's under any other name, and in the reason", () => {
    const { suppressions } = read([
      "// eslint-disable-next-line klaviyo/no-unsued-scope, @shop/klaviyo-scopes/no-such-rule",
      "// eslint-disable-next-line no-console -- as klaviyo-scopes/no-such-rule",
      "/* eslint klaviyo/no-such-rule: 0 */",
    ]);
    expect(messages(suppressions)).toEqual([]);
  });
});

it("counts lines as ESLint does", () => {
  expect(lineStarts("a\nb\r\nc\rd\u2028e\u2029f")).toEqual([0, 2, 5, 7, 9, 11]);
});
