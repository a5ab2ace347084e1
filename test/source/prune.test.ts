import { existsSync, readdirSync, utimesSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { lowerFile } from "../../src/lower/index.js";
import { diskCache } from "../../src/source/form-cache.js";
import { prune } from "../../src/source/prune.js";
import { temporaryFolder } from "../api/temporary.js";

const DAY = 24 * 60 * 60 * 1000;
const NOW = 1_800_000_000_000;
const form = (name: string): string => `${name}/${name.repeat(19)}.json`;

/** A cache folder whose entries have these ages in days. */
function folderWith(ages: Readonly<Record<string, number>>): string {
  const folder = temporaryFolder(Object.fromEntries(Object.keys(ages).map((name) => [name, "{}"])));
  for (const [name, age] of Object.entries(ages)) {
    const time = (NOW - age * DAY) / 1000;
    utimesSync(path.join(folder, name), time, time);
  }
  return folder;
}

function left(folder: string, names: readonly string[]): string[] {
  return names.filter((name) => existsSync(path.join(folder, name)));
}

it("deletes entries that nobody read for a month, and what was never finished", () => {
  const scans = (digit: string): string => `scans-${digit.repeat(40)}.json`;
  const ages = {
    [form("aa")]: 31,
    [form("bb")]: 29,
    [`${form("bb")}.0123456789ab.tmp`]: 2,
    [`${form("cc")}.0123456789ab.tmp`]: 0,
    [scans("a")]: 31,
    [scans("b")]: 1,
    "notes.json": 400,
    "aa/readme.md": 400,
  };
  const folder = folderWith(ages);
  prune(folder, NOW);
  expect(left(folder, Object.keys(ages))).toEqual([
    form("bb"),
    `${form("cc")}.0123456789ab.tmp`,
    scans("b"),
    "notes.json",
    "aa/readme.md",
  ]);
});

it("looks through the folder once a day", () => {
  const folder = folderWith({ [form("aa")]: 29 });
  prune(folder, NOW);
  prune(folder, NOW + 0.9 * DAY);
  expect(left(folder, [form("aa")])).toHaveLength(1);
  prune(folder, NOW + 1.5 * DAY);
  expect(left(folder, [form("aa")])).toHaveLength(0);
});

it("keeps a cache's entries as long as they are read", () => {
  const folder = temporaryFolder();
  const lowered = lowerFile("a.ts", "export const a = 1;");
  const cache = diskCache(folder, "1");
  cache.set("a.ts", "a", lowered);
  cache.set("b.ts", "b", { ...lowered, file: "b.ts" });
  expect(existsSync(path.join(folder, "pruned"))).toBe(true);
  const old = (Date.now() - 40 * DAY) / 1000;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".json")) utimesSync(path.join(folder, name), old, old);
  expect(cache.get("a.ts", "a")).toEqual(lowered);
  prune(folder, Date.now() + 2 * DAY);
  expect(cache.get("a.ts", "a")).toEqual(lowered);
  expect(cache.get("b.ts", "b")).toBeNull();
});

it("says nothing of a folder that is not there", () => {
  expect(() => {
    prune(path.join(temporaryFolder({ file: "" }), "file/cache"));
  }).not.toThrow();
});
