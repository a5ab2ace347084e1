import { describe, expect, it } from "vitest";
import { audit } from "../../src/api/audit.js";
import { temporaryFolder } from "./temporary.js";

const misused = audit as (options: unknown) => Promise<unknown>;

describe("the options of audit", () => {
  it.each([
    [{ rot: "." }, "`audit` has no option `rot`.", "Did you mean `root`?"],
    [{ confidence: "high" }, "`audit` has no option `confidence`.", "Did you mean `minConfidence`?"],
    [{ overlay: new Map() }, "`audit` has no option `overlay`.", "Its options are cwd, root"],
    [{ rules: { "no-unused": "off" } }, "There is no rule `no-unused`.", "Did you mean `no-unused-scope`?"],
    [{ rules: { "no-unused-scope": "of" } }, 'an object of rule names with "off", "warn" or "error"', ""],
    [{ paths: "src" }, "The option `paths` of `audit` must be an array of strings.", ""],
    [{ minConfidence: "hihg" }, 'must be "low" or "high"', ""],
    [{ cache: "yes" }, "must be true or false", ""],
    [null, "The options of `audit` must be an object.", ""],
    [[], "The options of `audit` must be an object.", ""],
  ])("are refused where they are mistaken: %j", async (options, message, help) => {
    const error: unknown = await misused(options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "UserError",
      message: expect.stringContaining(message) as string,
      ...(help !== "" && { help: expect.stringContaining(help) as string }),
    });
  });

  it("may all be given, and be undefined", async () => {
    const root = temporaryFolder({ "a.js": "" });
    await expect(
      misused({
        cwd: root,
        root,
        config: undefined,
        paths: ["a.js"],
        rules: { "klaviyo-scopes/no-unused-scope": "off" },
        minConfidence: "high",
        cache: false,
        facts: undefined,
      }),
    ).resolves.toMatchObject({ findings: [] });
  });
});
