import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSource } from "../../src/source/read.js";
import { temporaryFolder } from "../api/temporary.js";

function read(content: string | Buffer): ReturnType<typeof readSource> {
  const root = temporaryFolder();
  writeFileSync(`${root}/a.ts`, content);
  return readSource(`${root}/a.ts`);
}

describe("readSource", () => {
  it("reads UTF-8, and the empty file", () => {
    expect(read("const é = '🛍';\r\n")).toEqual({ text: "const é = '🛍';\r\n" });
    expect(read("")).toEqual({ text: "" });
  });

  it("takes one byte order mark away, as ESLint does", () => {
    expect(read("\uFEFFa")).toEqual({ text: "a" });
    expect(read("\uFEFF\uFEFFa")).toEqual({ text: "\uFEFFa" });
    expect(read("a\uFEFF")).toEqual({ text: "a\uFEFF" });
  });

  it("says what is no UTF-8, and whether anybody misses it", () => {
    const utf16 = Buffer.from("\uFEFFconst klaviyo = 1;", "utf16le");
    expect(read(utf16)).toEqual({ skipped: "it is UTF-16: save it as UTF-8", matters: true });
    expect(read(Buffer.from(utf16).swap16())).toMatchObject({ skipped: "it is UTF-16: save it as UTF-8" });
    expect(read(Buffer.from("\uFEFFconst a = 1;", "utf16le"))).toMatchObject({ matters: false });
    expect(read(Buffer.from("// Klaviyo für alle", "latin1"))).toEqual({
      skipped: "it is not UTF-8: save it as UTF-8",
      matters: true,
    });
    expect(read("KLAVIYO\0")).toEqual({ skipped: "it is binary", matters: true });
    expect(read("\0\u0001G@")).toEqual({ skipped: "it is binary", matters: false });
  });

  it("does not read what nobody wrote by hand", () => {
    const large = "a".repeat(2_000_001);
    expect(read(large)).toEqual({ skipped: "it is larger than 2 MB", matters: false });
    expect(read(`${large}klaviyo`)).toEqual({ skipped: "it is larger than 2 MB", matters: true });
    expect(read("a".repeat(2_000_000))).toHaveProperty("text");
  });

  it("says why the file system refuses", () => {
    const root = temporaryFolder();
    mkdirSync(`${root}/folder.ts`);
    expect(readSource(`${root}/folder.ts`)).toEqual({ skipped: "it is no regular file", matters: true });
    expect(readSource(`${root}/none.ts`)).toEqual({ skipped: "it is gone", matters: true });
    expect(readSource(`${root}/${"n".repeat(300)}.ts`)).toMatchObject({ matters: true });
  });
});
