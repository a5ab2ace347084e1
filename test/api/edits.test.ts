import { describe, expect, it } from "vitest";
import { applyEdits, chooseFixes, editsByFile } from "../../src/audit/edits.js";
import type { Edit } from "../../src/audit/picture.js";

const edit = (start: number, end: number, text: string, file = "a.ts"): Edit => ({
  file,
  range: [start, end],
  text,
});

describe("applyEdits", () => {
  it("makes all edits, whatever their order", () => {
    expect(applyEdits("one two three", [edit(8, 13, "3"), edit(0, 3, "1")])).toBe("1 two 3");
  });

  it("inserts before a replacement at the same place", () => {
    expect(applyEdits("ab", [edit(1, 2, "X"), edit(1, 1, "-")])).toBe("a-X");
  });

  it("refuses overlapping edits and edits outside the text", () => {
    expect(() => applyEdits("abcdef", [edit(0, 3, ""), edit(2, 4, "")])).toThrow(RangeError);
    expect(() => applyEdits("abc", [edit(2, 9, "")])).toThrow(RangeError);
  });
});

describe("chooseFixes", () => {
  it("leaves a fix that touches an earlier one for the next pass, whole", () => {
    const first = [edit(0, 3, "x")];
    const touching = [edit(3, 5, "y"), edit(20, 21, "z")];
    const apart = [edit(9, 10, "w")];
    expect(chooseFixes([first, touching, apart])).toEqual([first, apart]);
  });

  it("takes the same fix once", () => {
    expect(chooseFixes([[edit(4, 4, "accounts:read ")], [edit(4, 4, "accounts:read ")]])).toHaveLength(1);
  });

  it("takes fixes of the same offsets in different files", () => {
    expect(chooseFixes([[edit(0, 1, "x")], [edit(0, 1, "x", "b.ts")]])).toHaveLength(2);
  });

  it("drops a fix whose own edits overlap", () => {
    expect(chooseFixes([[edit(0, 4, "x"), edit(2, 6, "y")]])).toEqual([]);
  });

  it("gathers edits by file", () => {
    const byFile = editsByFile([[edit(0, 1, "x"), edit(0, 1, "x", "b.ts")], [edit(5, 6, "y")]]);
    expect([...byFile].map(([file, edits]) => [file, edits.length])).toEqual([
      ["a.ts", 2],
      ["b.ts", 1],
    ]);
  });
});
