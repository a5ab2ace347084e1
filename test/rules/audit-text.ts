/** A project as path → text through the whole pipeline, from reading files to the report. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Report } from "../../src/report/types.js";

/** @param rules the rules to run besides those of `recommended`. */
export async function auditText(
  files: Readonly<Record<string, string>>,
  rules: readonly string[] = [],
): Promise<Report> {
  const { audit } = await import("../../src/api/index.js");
  const root = await mkdtemp(join(tmpdir(), "klaviyo-scopes-"));
  try {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    return await audit({ cwd: root, root, rules: Object.fromEntries(rules.map((name) => [name, "error"])) });
  } finally {
    await rm(root, { recursive: true });
  }
}
