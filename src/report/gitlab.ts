/** GitLab's code quality report (a subset of Code Climate's format). */
import { inRepository } from "./context.js";
import { fingerprints } from "./fingerprint.js";
import { safeJson, visible, wellFormed } from "./safe.js";
import { activeFindings, audible } from "./summary.js";
import type { FormatContext } from "./context.js";
import type { Report, ReportFinding } from "./types.js";

interface CodeQualityIssue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: "info" | "minor" | "major" | "critical";
  location: { path: string; lines: { begin: number; end: number } };
}

export function gitlab(given: Report, context: FormatContext): string {
  const findings = activeFindings(audible(given, context));
  const prints = fingerprints(findings, context);
  const issues = findings.map((finding, index): CodeQualityIssue => ({
    description: visible(finding.message),
    check_name: finding.rule,
    fingerprint: prints[index] ?? "",
    severity: severityOf(finding),
    location: {
      path: wellFormed(inRepository(finding.file, context)),
      lines: { begin: finding.line, end: finding.endLine },
    },
  }));
  return `${safeJson(issues, 2)}\n`;
}

function severityOf({ severity, confidence }: ReportFinding): CodeQualityIssue["severity"] {
  if (severity === "error") return confidence === "high" ? "critical" : "major";
  return confidence === "high" ? "minor" : "info";
}
