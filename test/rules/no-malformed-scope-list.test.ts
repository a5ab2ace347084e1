import { describe, expect, it } from "vitest";
import rule from "../../rules/no-malformed-scope-list.js";
import { findingsOf } from "./findings.js";
import { project } from "./picture-builder.js";

describe("no-malformed-scope-list", () => {
  it("reports commas once, and mends them all", () => {
    const list = '"accounts:read,profiles:read"';
    const picture = project({ "src/auth.ts": `export const SCOPES = ${list};\n` })
      .request("src/auth.ts", list, { site: "SCOPES", malformed: [["comma", ",", " "]] })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:37
        export const SCOPES = "accounts:read,profiles:read";
                                            ~
      These scopes are separated by commas. Klaviyo wants one list separated by spaces.
      fix:
        export const SCOPES = "accounts:read profiles:read";"
    `);
  });

  it("is unsure of commas that something out of sight may split, and leaves them", () => {
    const picture = project({ ".env": "KLAVIYO_SCOPES=accounts:read,profiles:read\n" })
      .request(".env", "accounts:read,profiles:read", {
        kind: "env",
        site: null,
        malformed: [["comma", ",", " "]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      ".env:1:29 (low)
        KLAVIYO_SCOPES=accounts:read,profiles:read
                                    ~
      These scopes are separated by commas. Klaviyo wants one list separated by spaces."
    `);
  });

  it("underlines the list where several places are at fault", () => {
    const list = '"accounts:read;profiles:read; lists:read"';
    const picture = project({ "src/auth.ts": `export const SCOPES = ${list};\n` })
      .request("src/auth.ts", list, {
        site: "SCOPES",
        malformed: [
          ["semicolon", "; ", " "],
          ["semicolon", ";profiles", " profiles"],
        ],
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:23
        export const SCOPES = "accounts:read;profiles:read; lists:read";
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      These scopes are separated by semicolons. Klaviyo wants one list separated by spaces.
      fix:
        export const SCOPES = "accounts:read profiles:read lists:read";
      related: src/auth.ts:1:37 here
      related: src/auth.ts:1:51 here"
    `);
  });

  it("names tokens that are there twice or in upper case, one finding for each kind", () => {
    const list = '["accounts:read", "Lists:Read", "accounts:read"]';
    const picture = project({ "src/auth.ts": `export const SCOPES = ${list};\n` })
      .request("src/auth.ts", list, {
        malformed: [
          ["duplicate", ', "accounts:read"', ""],
          ["upper-case", "Lists:Read", "lists:read"],
        ],
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:53 (, "accounts:read")
        export const SCOPES = ["accounts:read", "Lists:Read", "accounts:read"];
                                                            ~~~~~~~~~~~~~~~~~
      This list asks for \`, "accounts:read"\` more than once.
      fix:
        export const SCOPES = ["accounts:read", "Lists:Read"];

      src/auth.ts:1:42 (lists:read)
        export const SCOPES = ["accounts:read", "Lists:Read", "accounts:read"];
                                                 ~~~~~~~~~~
      Klaviyo's scopes are lower case: \`Lists:Read\` should be too.
      fix:
        export const SCOPES = ["accounts:read", "lists:read", "accounts:read"];"
    `);
  });

  it("has no fix where one of the faults needs a person", () => {
    const list = '"accounts:readlists:read profiles:readevents:read"';
    const picture = project({ "src/auth.ts": `export const SCOPES = ${list};\n` })
      .request("src/auth.ts", list, {
        malformed: [
          ["no-separator", "accounts:readlists:read", "accounts:read lists:read"],
          ["no-separator", "profiles:readevents:read", null],
        ],
      })
      .picture();
    const text = findingsOf(rule, picture);
    expect(text).toContain("run together");
    expect(text).not.toContain("fix:");
  });

  it("reports what only one of two sites does to the list", () => {
    const picture = project({
      "src/auth.ts": 'const S = "accounts:read|lists:read";\ninstall(S);\nlogin(S.replace("|", " "));\n',
    })
      .request("src/auth.ts", '"accounts:read|lists:read"', {
        site: "install(",
        malformed: [["pipe", "|", " "]],
      })
      .request("src/auth.ts", '"accounts:read|lists:read"', { site: "login(" })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:25
        const S = "accounts:read|lists:read";
                                ~
      These scopes are separated by pipes. Klaviyo wants one list separated by spaces.
      fix:
        const S = "accounts:read lists:read";"
    `);
  });

  it("says the same of a list once that two sites send", () => {
    const picture = project({
      "src/auth.ts": 'const S = "accounts:read\\nlists:read";\ninstall(S);\nlogin(S);\n',
    })
      .request("src/auth.ts", '"accounts:read\\nlists:read"', {
        site: "install(",
        malformed: [["newline", "\\n", " "]],
      })
      .request("src/auth.ts", '"accounts:read\\nlists:read"', {
        site: "login(",
        malformed: [["newline", "\\n", " "]],
      })
      .picture();
    expect(findingsOf(rule, picture)).toMatchInlineSnapshot(`
      "src/auth.ts:1:25
        const S = "accounts:read\\nlists:read";
                                ~~
      This list of scopes goes out with line breaks in it. Klaviyo wants one list separated by spaces.
      fix:
        const S = "accounts:read lists:read";"
    `);
  });

  it.each(["stray-space", "double-encoding", "semicolon", "pipe", "newline", "no-separator"] as const)(
    "has words for %s",
    (kind) => {
      const picture = project({ "src/auth.ts": 'login("lists:read");\n' })
        .request("src/auth.ts", '"lists:read"', { malformed: [[kind, "lists", null]] })
        .picture();
      expect(findingsOf(rule, picture)).toMatch(/scopes.*\.$/m);
    },
  );

  it.each(['"accounts:read lists:read"', '["accounts:read", "lists:read"]', '""'])(
    "is silent about %s",
    (list) => {
      const picture = project({ "src/auth.ts": `login(${list});\n` })
        .request("src/auth.ts", list)
        .picture();
      expect(findingsOf(rule, picture)).toBe("");
    },
  );
});
