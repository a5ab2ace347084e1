import { safeJson } from "./safe.js";
import { audible } from "./summary.js";
import type { FormatContext } from "./context.js";
import type { Position, Report, ReportEdit, Span } from "./types.js";

/** The report itself (`schema/report.json`), its keys always in the same order. */
export function json(report: Report, context: FormatContext): string {
  return `${safeJson(ordered(audible(report, context)), 2)}\n`;
}

const position = ({ file, line, column }: Position): Position => ({ file, line, column });
const span = ({ file, line, column, endLine, endColumn }: Span): Span => ({
  file,
  line,
  column,
  endLine,
  endColumn,
});
const edit = (value: ReportEdit): ReportEdit => ({ ...span(value), range: value.range, text: value.text });
const step = (value: Position & { message: string }): Position & { message: string } => ({
  ...position(value),
  message: value.message,
});
const unresolved = (value: Position & { reason: string }): Position & { reason: string } => ({
  ...position(value),
  reason: value.reason,
});

function ordered(report: Report): Report {
  const { name, version, catalogRevision } = report.tool;
  return {
    schemaVersion: report.schemaVersion,
    tool: { name, version, catalogRevision },
    apps: report.apps.map((app) => ({
      name: app.name,
      root: app.root,
      configured: app.configured,
      requested: app.requested,
      needed: app.needed,
      unused: app.unused,
      missing: app.missing,
      requestsComplete: app.requestsComplete,
      callsComplete: app.callsComplete,
      note: app.note,
    })),
    requests: report.requests.map((request) => ({
      app: request.app,
      ...span(request),
      site: request.site && position(request.site),
      kind: request.kind,
      evidence: request.evidence,
      complete: request.complete,
      scopes: request.scopes.map((scope) => ({ name: scope.name, ...position(scope) })),
      unresolved: request.unresolved.map(unresolved),
      flow: request.flow.map(step),
    })),
    apiCalls: report.apiCalls.map((call) => ({
      app: call.app,
      ...span(call),
      operation: call.operation,
      method: call.method,
      path: call.path,
      scopes: call.scopes,
      via: call.via,
      auth: call.auth,
      candidates: call.candidates,
      note: call.note,
      unresolved: call.unresolved.map(unresolved),
    })),
    findings: report.findings.map((finding) => ({
      app: finding.app,
      rule: finding.rule,
      severity: finding.severity,
      confidence: finding.confidence,
      message: finding.message,
      ...span(finding),
      scope: finding.scope,
      operation: finding.operation,
      fix: finding.fix && finding.fix.map(edit),
      suggestions: finding.suggestions.map((suggestion) => ({
        description: suggestion.description,
        edits: suggestion.edits.map(edit),
      })),
      related: finding.related.map(step),
      suppressed: finding.suppressed,
      suppressionReason: finding.suppressionReason,
    })),
    skipped: report.skipped.map(({ file, reason }) => ({ file, reason })),
    stats: { files: report.stats.files, parsed: report.stats.parsed, bytes: report.stats.bytes },
  };
}
