/** Which of a report's findings are shown: by place, by confidence, and without those a baseline knows. */
import type { Baseline } from "../audit/baseline.js";
import type { Confidence } from "../audit/rule.js";
import type { Report, ReportFinding } from "../report/types.js";

export interface Selection {
  /** By path relative to the root. */
  files: (file: string) => boolean;
  minConfidence: Confidence;
  baseline: Baseline | null;
}

/** Why a finding is muted that the baseline knows. */
export const IN_BASELINE = "known: in the baseline";

/** The report with the findings that are selected; those of the baseline stay in it as suppressed. */
export function selectFindings(report: Report, { files, minConfidence, baseline }: Selection): Report {
  // Asked for every finding, shown or not: an entry is only stale when nothing in the project matches it.
  const findings = report.findings.map((finding) => {
    if (finding.suppressed || baseline?.has(finding) !== true) return finding;
    return { ...finding, suppressed: true, suppressionReason: IN_BASELINE };
  });
  const shown = (finding: ReportFinding) =>
    files(finding.file) && (minConfidence === "low" || finding.confidence === "high");
  return { ...report, findings: findings.filter(shown) };
}
