import { execFileSync } from "node:child_process";
import { lstatSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { writeWhole } from "../../src/api/write-file.js";
import { temporaryFolder } from "./temporary.js";

describe("writing a file", () => {
  it("makes the folders above it, and leaves nothing else behind", () => {
    const root = temporaryFolder();
    writeWhole(`${root}/a/b/c.json`, "{}");
    expect(readFileSync(`${root}/a/b/c.json`, "utf8")).toBe("{}");
    expect(readdirSync(`${root}/a/b`)).toEqual(["c.json"]);
  });

  it("writes through a link", () => {
    const root = temporaryFolder({ "real.json": "old" });
    symlinkSync("real.json", `${root}/link.json`);
    writeWhole(`${root}/link.json`, "new");
    expect(readFileSync(`${root}/real.json`, "utf8")).toBe("new");
    expect(lstatSync(`${root}/link.json`).isSymbolicLink()).toBe(true);
  });

  it.runIf(process.platform === "linux")(
    "writes to what is no file: /dev/stdout, behind which is a pipe",
    () => {
      const code = 'import("./src/api/write-file.ts").then((m) => m.writeWhole("/dev/stdout", "through"))';
      const written = execFileSync("sh", ["-c", '"$0" --import tsx -e "$1" | cat', process.execPath, code]);
      expect(written.toString()).toBe("through");
    },
  );

  it.each(["/dev/null/a.json", "/proc/nowhere/a.json"])("says why it cannot: %s", (file) => {
    expect(() => {
      writeWhole(file, "");
    }).toThrow(/^Cannot write .*: .+/u);
  });
});
