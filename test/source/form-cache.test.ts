import { readdirSync, writeFileSync, type Dirent } from "node:fs";
import { describe, expect, it } from "vitest";
import { lowerFile } from "../../src/lower/index.js";
import { diskCache } from "../../src/source/form-cache.js";
import { temporaryFolder } from "../api/temporary.js";

const text = "export const SCOPES = 'accounts:read';";
const form = lowerFile("a.ts", text);

function filesIn(folder: string): Dirent[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
}

describe("diskCache", () => {
  it("keeps a form for exactly this version, file and text", () => {
    const folder = `${temporaryFolder()}/deep/cache`;
    diskCache(folder, "1").set("a.ts", text, form);
    expect(diskCache(folder, "1").get("a.ts", text)).toEqual(form);
    expect(diskCache(folder, "1").get("a.ts", `${text} `)).toBeNull();
    expect(diskCache(folder, "1").get("b.ts", text)).toBeNull();
    expect(diskCache(folder, "2").get("a.ts", text)).toBeNull();
  });

  it("leaves no half-written file behind", () => {
    const folder = temporaryFolder();
    diskCache(folder, "1").set("a.ts", text, form);
    const names = filesIn(folder).filter(({ name }) => name !== "pruned");
    expect(names.map(({ name }) => /^[0-9a-f]{38}\.json$/.test(name))).toEqual([true]);
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    '"a"',
    "{}",
    '{"file":"a.ts"}',
    JSON.stringify({ ...form, body: {} }),
    JSON.stringify({ ...form, file: "b.ts" }),
  ])("takes a kept file of %j as not there", (broken) => {
    const folder = temporaryFolder();
    const cache = diskCache(folder, "1");
    cache.set("a.ts", text, form);
    const [file] = filesIn(folder).filter(({ name }) => name.endsWith(".json"));
    writeFileSync(`${file?.parentPath ?? ""}/${file?.name ?? ""}`, broken);
    expect(cache.get("a.ts", text)).toBeNull();
    cache.set("a.ts", text, form);
    expect(cache.get("a.ts", text)).toEqual(form);
  });

  it("does without a folder that cannot be written", () => {
    const root = temporaryFolder({ file: "" });
    const cache = diskCache(`${root}/file/cache`, "1");
    cache.set("a.ts", text, form);
    expect(cache.get("a.ts", text)).toBeNull();
  });
});
