/** Fingerprints that stay the same when lines move, and tell equal findings of one file apart. */
import { createHash } from "node:crypto";
import { SourceLines } from "./excerpt.js";
import { safeJson } from "./safe.js";
import type { FormatContext } from "./context.js";
import type { ReportFinding } from "./types.js";

/** One fingerprint (SHA-256, hex) for each finding, unique among them: no line number goes into it. */
export function fingerprints(findings: readonly ReportFinding[], context: FormatContext): string[] {
  const lines = new SourceLines(context);
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const text = (lines.line(finding.file, finding.line) ?? "").trim().replace(/\s+/g, " ");
    const key = safeJson([finding.rule, finding.app, finding.file, finding.scope, finding.operation, text]);
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return createHash("sha256")
      .update(`${key}#${String(occurrence)}`)
      .digest("hex");
  });
}
