import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  mergeBase,
  openRepository,
  resolveRevision,
  sharedFiles,
  withRevision,
} from "../../src/cli/diff/git.js";
import { temporaryFolder } from "../api/temporary.js";

function repository(): {
  folder: string;
  git: (...args: string[]) => string;
  commit: (files: Record<string, string>) => string;
} {
  const folder = temporaryFolder();
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  const git = (...args: string[]) =>
    execFileSync("git", [...identity, ...args], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  git("init", "-q", "-b", "main");
  return {
    folder,
    git,
    commit(files) {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        writeFileSync(path.join(folder, file), text);
      }
      git("add", "-A");
      git("commit", "-qm", "change", "--allow-empty");
      return git("rev-parse", "HEAD");
    },
  };
}

describe("reading a revision", () => {
  it("gives its files as they were, and leaves the working tree and no trace", async () => {
    const { folder, commit } = repository();
    const large = "x".repeat(300_000);
    commit({
      "src/auth.ts": "one\r\n",
      "a b/ü.ts": "äöü",
      "empty.ts": "",
      "large.ts": large,
      "node_modules/x/i.js": "no",
    });
    commit({ "src/auth.ts": "two" });
    const open = openRepository(path.join(folder, "src"));
    const kept = await withRevision(open, resolveRevision(open, "HEAD~1"), (there) => {
      expect(readFileSync(path.join(there, "src/auth.ts"), "utf8")).toBe("one\r\n");
      expect(readFileSync(path.join(there, "a b/ü.ts"), "utf8")).toBe("äöü");
      expect(readFileSync(path.join(there, "empty.ts"), "utf8")).toBe("");
      expect(readFileSync(path.join(there, "large.ts"), "utf8")).toBe(large);
      expect(readdirSync(there).sort()).toEqual(["a b", "empty.ts", "large.ts", "src"]);
      return Promise.resolve(there);
    });
    expect(existsSync(kept)).toBe(false);
    expect(readFileSync(path.join(folder, "src/auth.ts"), "utf8")).toBe("two");
  });

  it("removes what it wrote when the use of it fails", async () => {
    const { folder, commit } = repository();
    commit({ "a.ts": "" });
    const open = openRepository(folder);
    let seen = "";
    const use = (there: string) => {
      seen = there;
      return Promise.reject(new Error("no"));
    };
    await expect(withRevision(open, resolveRevision(open, "HEAD"), use)).rejects.toThrow("no");
    expect(existsSync(seen)).toBe(false);
  });

  it("finds where a branch left another", () => {
    const { folder, git, commit } = repository();
    const base = commit({ "a.ts": "1" });
    git("checkout", "-qb", "feature");
    commit({ "b.ts": "1" });
    git("checkout", "-q", "main");
    commit({ "c.ts": "1" });
    const open = openRepository(folder);
    expect(mergeBase(open, resolveRevision(open, "main"), resolveRevision(open, "feature")).commit).toBe(
      base,
    );
  });

  it("knows which files a clone would have", () => {
    const { folder, commit } = repository();
    commit({ ".gitignore": ".env\n", "a.ts": "" });
    writeFileSync(path.join(folder, ".env"), "");
    writeFileSync(path.join(folder, "new.ts"), "");
    expect([...sharedFiles(openRepository(folder))].sort()).toEqual([".gitignore", "a.ts", "new.ts"]);
  });

  it("refuses what is no revision or no repository", () => {
    const { folder, commit } = repository();
    commit({ "a.ts": "" });
    const open = openRepository(folder);
    expect(() => resolveRevision(open, "v9")).toThrow("There is no git revision `v9`.");
    expect(() => resolveRevision(open, "--help")).toThrow("There is no git revision");
    rmSync(path.join(folder, ".git"), { recursive: true });
    expect(() => openRepository(folder)).toThrow("is in no git repository");
  });
});
