import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../api/temporary.js";
import { runIn } from "./terminal.js";

function repository(files: Record<string, string>): string {
  const folder = temporaryFolder({ ".gitignore": ".env\n", ...files });
  execFileSync("git", ["init", "-q"], { cwd: folder });
  return folder;
}

describe("the review document", () => {
  it("says what a fresh clone says: nothing of files that git ignores", async () => {
    const folder = repository({
      ".env": "SECRET=1\nKLAVIYO_SCOPES=accounts:read images:read\n",
      ".env.example": "KLAVIYO_SCOPES=accounts:read lists:read\n",
    });
    const { stdout, stderr } = await runIn(folder, ["justify"]);
    expect(stdout).toContain("Requested at `.env.example:1`.");
    expect(stdout).not.toMatch(/\.env:|images:read/u);
    expect(stderr).toBe("warning: git ignores .env, so the document leaves it out.\n");
  });

  it("has them where nothing else asks for scopes, and says that it is another elsewhere", async () => {
    const folder = repository({ ".env": "KLAVIYO_SCOPES=accounts:read images:read\n" });
    const { stdout, stderr } = await runIn(folder, ["justify"]);
    expect(stdout).toContain("Requested at `.env:1`.");
    expect(stderr).toContain("nothing else asks for scopes");
  });

  it("shows what is stale in it", async () => {
    const folder = repository({ ".env.example": "KLAVIYO_SCOPES=accounts:read lists:read\n" });
    writeFileSync(path.join(folder, "SCOPES.md"), (await runIn(folder, ["justify"])).stdout);
    writeFileSync(path.join(folder, ".env.example"), "\nKLAVIYO_SCOPES=accounts:read tags:read\n");
    const { code, stdout, stderr } = await runIn(folder, ["justify", "--check", "SCOPES.md"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatchInlineSnapshot(`
      "error: SCOPES.md is stale.
        Write it anew: klaviyo-scope-audit justify > SCOPES.md
        -| \`lists:read\` | 0 | 0 |
        +| \`tags:read\` | 0 | 0 |
        -## \`lists:read\`
        +## \`tags:read\`
        -**Data:** reads lists and which profiles are in them.
        +**Data:** reads tags and tag groups.
      "
    `);
  });
});
