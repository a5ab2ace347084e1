import { describe, expect, it } from "vitest";
import rule from "../../rules/no-dynamic-scope.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

describe("no-dynamic-scope", () => {
  it("underlines the part that is unknown", () => {
    const picture = project({ "src/auth.ts": "login(`accounts:read ${process.env.EXTRA}`);\n" })
      .request("src/auth.ts", "`accounts:read ${process.env.EXTRA}`", {
        unresolved: [["process.env.EXTRA", "an environment variable that no file sets"]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:24
        login(\`accounts:read \${process.env.EXTRA}\`);
                               ~~~~~~~~~~~~~~~~~
      This scope request cannot be checked in full: \`process.env.EXTRA\` is an environment variable that no file sets. Write its scopes as constants, or give what comes from outside a default or an entry in an env file of the repository."
    `);
  });

  it("underlines the list where the parts are elsewhere, or several", () => {
    const picture = project({ "src/auth.ts": "login([...base, extra]);\nconst base = load();\n" })
      .request("src/auth.ts", "[...base, extra]", {
        unresolved: [
          ["load()", "a function of a package"],
          ["extra]", "a parameter that no caller sets"],
        ],
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:7
        login([...base, extra]);
              ~~~~~~~~~~~~~~~~
      This scope request cannot be checked in full: \`load()\` is a function of a package and \`extra]\` is a parameter that no caller sets. Write its scopes as constants, or give what comes from outside a default or an entry in an env file of the repository.
      related: src/auth.ts:2:14 a function of a package
      related: src/auth.ts:1:17 a parameter that no caller sets"
    `);
  });

  it("is silent about a list that is known in full", () => {
    const picture = project({ "src/auth.ts": 'login("accounts:read");\n' }).request(
      "src/auth.ts",
      '"accounts:read"',
    );
    expect(findingsOf(rule, picture.picture())).toBe("");
  });
});
