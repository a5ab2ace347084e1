/** A project of source texts, audited in a temporary folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { audit, type Report } from "../../src/api/index.js";

/** Writes the files, audits the folder and removes it. */
export async function auditFiles(files: Record<string, string>): Promise<Report> {
  const root = mkdtempSync(join(tmpdir(), "klaviyo-scopes-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = join(root, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return await audit({ root });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
