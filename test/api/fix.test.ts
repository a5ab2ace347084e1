import { chmodSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { planFixes, writeChanges } from "../../src/api/fix.js";
import { buildReport } from "../../src/report/build.js";
import { appOf, pictureOf, placeIn, ruleOf } from "./picture.js";
import { temporaryFolder } from "./temporary.js";
import type { FixPass } from "../../src/api/fix.js";
import type { Report } from "../../src/report/types.js";

/** An audit whose one rule wants `wrong` to be `right`, one occurrence a pass. */
function auditFor(files: Readonly<Record<string, string>>, wrong: string, right: string) {
  const audit = (overlay: ReadonlyMap<string, string>): FixPass => {
    const texts = { ...files, ...Object.fromEntries(overlay) };
    const app = appOf([], []);
    const picture = pictureOf(texts, [app]);
    const rule = ruleOf("no-unknown-scope", () =>
      Object.entries(texts)
        .filter(([, text]) => text.includes(wrong))
        .map(([file]) => {
          const place = placeIn(texts, file, wrong);
          return { place, scope: wrong, fix: [{ ...place, text: right }] };
        }),
    );
    const judged = rule
      .check({ picture, options: {} })
      .map((judgement) => ({ rule, judgement, severity: "error" as const, suppression: null }));
    const stats = { files: 0, parsed: 0, bytes: 0 };
    return {
      report: buildReport({ picture, judged, skipped: [], stats, version: "0" }),
      text: (file) => picture.text(file),
    };
  };
  return {
    first: audit(new Map()),
    again: (overlay: ReadonlyMap<string, string>) => Promise.resolve(audit(overlay)),
  };
}

const all = (report: Report) => report;

describe("planFixes", () => {
  it("goes on until nothing is left to fix, over several files", async () => {
    const files = { "a.ts": "list:read list:read", "b.ts": "list:read" };
    const { first, again } = auditFor(files, "list:read", "lists:read");
    expect(await planFixes(first, again, all)).toEqual([
      { file: "a.ts", before: "list:read list:read", after: "lists:read lists:read" },
      { file: "b.ts", before: "list:read", after: "lists:read" },
    ]);
  });

  it("ends when fixes never end", async () => {
    const { first, again } = auditFor({ "a.ts": "x" }, "x", "xy");
    const [change] = await planFixes(first, again, all);
    expect(change?.after).toBe(`x${"y".repeat(10)}`);
  });

  it("leaves alone what is not shown or is suppressed", async () => {
    const { first, again } = auditFor({ "a.ts": "x", "b.ts": "x" }, "x", "z");
    const shown = (report: Report) => ({
      ...report,
      findings: report.findings.map((finding) => ({ ...finding, suppressed: finding.file === "a.ts" })),
    });
    expect((await planFixes(first, again, shown)).map(({ file }) => file)).toEqual(["b.ts"]);
  });
});

describe("writeChanges", () => {
  it("writes the file, keeps its mode, and leaves nothing else behind", () => {
    const root = temporaryFolder({ "src/a.ts": "before" });
    chmodSync(path.join(root, "src/a.ts"), 0o640);
    expect(writeChanges(root, [{ file: "src/a.ts", before: "before", after: "after" }])).toEqual([]);
    expect(readFileSync(path.join(root, "src/a.ts"), "utf8")).toBe("after");
    expect(statSync(path.join(root, "src/a.ts")).mode & 0o777).toBe(0o640);
    expect(readdirSync(path.join(root, "src"))).toEqual(["a.ts"]);
  });

  it("refuses a file that changed since it was read, and one that is gone", () => {
    const root = temporaryFolder({ "a.ts": "somebody else's" });
    const refused = writeChanges(root, [
      { file: "a.ts", before: "before", after: "after" },
      { file: "b.ts", before: "before", after: "after" },
    ]);
    expect(refused).toEqual([
      { file: "a.ts", reason: "it changed since it was read" },
      { file: "b.ts", reason: "there is no such file" },
    ]);
    expect(readFileSync(path.join(root, "a.ts"), "utf8")).toBe("somebody else's");
  });

  it("keeps a byte order mark and line ends, and refuses bytes that are no UTF-8", () => {
    const root = temporaryFolder({ "a.ts": "\uFEFFone\r\ntwo" });
    writeFileSync(path.join(root, "b.ts"), Buffer.from([0x61, 0xff]));
    const refused = writeChanges(root, [
      { file: "a.ts", before: "one\r\ntwo", after: "1\r\ntwo" },
      { file: "b.ts", before: "a\uFFFD", after: "b" },
    ]);
    expect(readFileSync(path.join(root, "a.ts"), "utf8")).toBe("\uFEFF1\r\ntwo");
    expect(refused.map(({ file }) => file)).toEqual(["b.ts"]);
  });

  it("follows a link inside the root, and none that leads out of it", () => {
    const outside = temporaryFolder({ "secret.ts": "before" });
    const root = temporaryFolder({ "real.ts": "before" });
    symlinkSync(path.join(root, "real.ts"), path.join(root, "inside.ts"));
    symlinkSync(path.join(outside, "secret.ts"), path.join(root, "outside.ts"));
    const refused = writeChanges(root, [
      { file: "inside.ts", before: "before", after: "after" },
      { file: "outside.ts", before: "before", after: "after" },
    ]);
    expect(readFileSync(path.join(root, "real.ts"), "utf8")).toBe("after");
    expect(readFileSync(path.join(outside, "secret.ts"), "utf8")).toBe("before");
    expect(refused).toEqual([
      { file: "outside.ts", reason: "a symbolic link leads out of the audited root" },
    ]);
  });
});
