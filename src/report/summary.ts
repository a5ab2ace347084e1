/** What is counted and said once for the whole report. */
import { list } from "./words.js";
import type { FormatContext } from "./context.js";
import type { Report, ReportApp, ReportFinding, ReportUnresolved } from "./types.js";
import { addTo } from "../source/multimap.js";

export interface Totals {
  errors: number;
  warnings: number;
  lowConfidence: number;
  suppressed: number;
  fixable: number;
}

/** The report as a format shows it: without the warnings when asked to be quiet. */
export function audible(report: Report, context: Pick<FormatContext, "quiet">): Report {
  if (context.quiet !== true) return report;
  return { ...report, findings: report.findings.filter((finding) => finding.severity === "error") };
}

/** The findings that count: all that nobody suppressed, in report order. */
export function activeFindings(report: Report): ReportFinding[] {
  return report.findings.filter((finding) => !finding.suppressed);
}

export function totalsOf(report: Report): Totals {
  const active = activeFindings(report);
  return {
    errors: active.filter((finding) => finding.severity === "error").length,
    warnings: active.filter((finding) => finding.severity === "warning").length,
    lowConfidence: active.filter((finding) => finding.confidence === "low").length,
    suppressed: report.findings.length - active.length,
    fixable: active.filter((finding) => finding.fix !== null).length,
  };
}

/** Nothing in the app asks Klaviyo for scopes. */
export function hasNoRequest(report: Report, app: ReportApp): boolean {
  return !report.requests.some((request) => request.app === app.name);
}

export const NO_REQUEST = "No request found: nothing here asks Klaviyo for scopes.";

/** The good news, no larger than it is. */
export function noFindings({ partial }: Pick<FormatContext, "partial">): string {
  return partial === true ? "No findings in the given paths" : "No findings";
}

/** The unresolved parts of the app's requests, and its API calls that have such parts: each call once, at the first. */
export function unresolvedOf(
  report: Report,
  app: ReportApp,
): { requests: ReportUnresolved[]; calls: ReportUnresolved[] } {
  const requests = report.requests.filter((request) => request.app === app.name);
  const calls = report.apiCalls.filter((call) => call.app === app.name);
  return {
    requests: requests.flatMap((request) => request.unresolved),
    calls: unresolvedCalls(calls),
  };
}

function unresolvedCalls(calls: Report["apiCalls"]): ReportUnresolved[] {
  const byCall = new Map<string, ReportUnresolved[]>();
  for (const { file, line, column, unresolved } of calls) {
    if (unresolved.length === 0) continue;
    const key = `${file}:${String(line)}:${String(column)}`;
    addTo(byCall, key, ...unresolved);
  }
  return [...byCall.values()].flatMap((parts) => {
    const reasons = new Set(parts.map(({ reason }) => reason));
    return parts.slice(0, 1).map((first) => ({ ...first, reason: [...reasons].join(" and ") }));
  });
}

/** What to do next, as sentences with commands in backticks; the most useful first. */
export function nextSteps(report: Report): string[] {
  const active = activeFindings(report);
  const { fixable } = totalsOf(report);
  if (fixable > 0) {
    const what = fixable === active.length ? "what was found" : `${String(fixable)} of them`;
    return [`Run \`klaviyo-scope-audit --fix\` to mend ${what}.`];
  }
  const worst = active.find((finding) => finding.severity === "error") ?? active[0];
  const rule = worst?.rule;
  if (rule !== undefined)
    return [`Run \`klaviyo-scope-audit explain ${rule}\` for what it means and what to do.`];
  const undeclared = report.apps.filter((app) => app.configured === null && !hasNoRequest(report, app));
  if (undeclared.length > 0) {
    return [
      `Declare \`configured\` for ${list(
        undeclared.map((app) => app.name),
        3,
      )} to compare with Manage apps as well: \`klaviyo-scope-audit init\`.`,
    ];
  }
  // Without a request or a Scopes field it is a private integration, which has no line to paste.
  const known = report.apps.filter((app) => app.configured !== null || !hasNoRequest(report, app));
  return known.some((app) => app.needed.length > 0 && app.callsComplete)
    ? ["Run `klaviyo-scope-audit scopes` for the line to paste into Manage apps."]
    : [];
}
