/** The types of the rules' options say what their schemas say, or are not written. */
import { describe, expect, it } from "vitest";
import { optionsType } from "../../scripts/options-type.js";

describe("optionsType", () => {
  it("is an empty list for a rule without options", () => {
    expect(optionsType(null)).toBe("[]");
  });

  it("has each option with its description", () => {
    const type = optionsType({
      type: "object",
      additionalProperties: false,
      required: ["mode"],
      properties: {
        mode: { enum: ["all", "write"], description: "Which scopes count." },
        most: { type: "integer", minimum: 1, default: 3 },
        ignore: { type: "array", items: { type: "string" }, uniqueItems: true },
        where: { anyOf: [{ type: "boolean" }, { type: "string" }] },
      },
    });
    expect(type.replaceAll(/\s+/g, " ")).toBe(
      '[options?: { /** Which scopes count. */ "mode": "all" | "write"; "most"?: number; "ignore"?: readonly (string)[]; "where"?: (boolean) | (string); }]',
    );
  });

  it.each([
    [
      "a word it does not know",
      { type: "object", additionalProperties: false, properties: { a: { not: {} } } },
    ],
    ["options that may have any name", { type: "object", properties: {} }],
    ["a type it does not know", { type: ["string", "null"] }],
  ])("throws at %s", (_, schema) => {
    expect(() => optionsType(schema)).toThrow();
  });
});
