import { describe, expect, it } from "vitest";
import { fillMessage, messageOf } from "../../src/audit/message.js";
import { code, count, list, placeWords, quoted } from "../../src/audit/words.js";
import rule from "../../rules/no-unlisted-scope.js";
import { project } from "./picture-builder.js";

describe("code", () => {
  it("keeps user text on one line, without backticks or control characters of its own", () => {
    expect(code("a\n  `b`\u001b[31m\u0000c")).toBe("`a 'b' [31m c`");
  });

  it("cuts what is long", () => {
    expect(code("x".repeat(100_000))).toHaveLength(62);
  });
});

describe("list", () => {
  it.each([
    [[], ""],
    [["a"], "a"],
    [["a", "b"], "a and b"],
    [["a", "b", "c", "d"], "a, b, c and d"],
    [["a", "b", "c", "d", "e", "f"], "a, b, c, d … and 2 more"],
  ])("joins %j", (items, joined) => {
    expect(list(items)).toBe(joined);
  });

  it("joins alternatives", () => {
    expect(list(["a", "b"], { join: "or" })).toBe("a or b");
  });
});

describe("count", () => {
  it("knows one from many", () => {
    expect([count(1, "API call"), count(2, "API call")]).toEqual(["1 API call", "2 API calls"]);
  });
});

describe("places", () => {
  const builder = project({ "src/auth.ts": "\nlogin(  scopes);\n" });

  it("are named by file and line", () => {
    expect(placeWords(builder.picture(), builder.at("src/auth.ts", "login"))).toBe("src/auth.ts:2");
  });

  it("are quoted where the text is at hand", () => {
    const { file, range } = builder.at("src/auth.ts", "  scopes");
    expect(quoted(builder.picture(), { file, range })).toBe("`scopes`");
    expect(quoted(builder.picture(), { file: "src/gone.ts", range })).toBeNull();
  });
});

describe("messages", () => {
  it("fill each name once, whatever the data says", () => {
    const data = { scope: "{{revision}}", revision: "2026-07-15" };
    expect(fillMessage("{{scope}} {{revision}} {{other}} {{constructor}}", data)).toBe(
      "{{revision}} 2026-07-15 {{other}} {{constructor}}",
    );
  });

  it("must exist", () => {
    expect(() => messageOf(rule, { messageId: "gone", data: {} })).toThrow(
      "no-unlisted-scope has no message gone.",
    );
  });
});
