/** The report, schema version 1: the fixed outer contract (`schema/report.json`), apart from the inner types. */

export interface Position {
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based, UTF-16 units. */
  column: number;
}

export interface Span extends Position {
  endLine: number;
  endColumn: number;
}

export interface ReportEdit extends Span {
  /** Offsets into the file, UTF-16 units: [start, end). */
  range: [number, number];
  text: string;
}

export interface ReportApp {
  name: string;
  root: string;
  configured: string[] | null;
  requested: string[];
  needed: string[];
  unused: string[];
  missing: string[];
  requestsComplete: boolean;
  callsComplete: boolean;
  /** Why `unused` says nothing, e.g. no API call was found; null otherwise. */
  note: string | null;
}

export interface ReportUnresolved extends Position {
  reason: string;
}

export interface ReportRequest extends Span {
  app: string;
  site: Position | null;
  kind: "authorize-url" | "sdk" | "provider" | "env" | "config";
  evidence: "authorize-url" | "sdk" | "provider-url" | "provider-key" | "name";
  complete: boolean;
  scopes: (Position & { name: string })[];
  unresolved: ReportUnresolved[];
  /** The way from the list to its site. */
  flow: (Position & { message: string })[];
}

export interface ReportCall extends Span {
  app: string;
  operation: string | null;
  method: string | null;
  path: string | null;
  scopes: string[];
  via: "sdk" | "http" | "helper" | "config";
  auth: "oauth" | "private-key" | "public" | "unknown";
  /** All operations it can be, when ambiguous. */
  candidates: string[];
  note: string | null;
  unresolved: ReportUnresolved[];
}

export interface ReportSuggestion {
  description: string;
  edits: ReportEdit[];
}

export interface ReportFinding extends Span {
  app: string;
  rule: string;
  severity: "warning" | "error";
  confidence: "high" | "low";
  message: string;
  scope: string | null;
  operation: string | null;
  fix: ReportEdit[] | null;
  suggestions: ReportSuggestion[];
  related: (Position & { message: string })[];
  suppressed: boolean;
  /** The words after `--` in the suppression; null if none. */
  suppressionReason: string | null;
}

export interface Report {
  schemaVersion: 1;
  tool: { name: "klaviyo-scope-audit"; version: string; catalogRevision: string };
  apps: ReportApp[];
  requests: ReportRequest[];
  apiCalls: ReportCall[];
  findings: ReportFinding[];
  skipped: { file: string; reason: string }[];
  stats: { files: number; parsed: number; bytes: number };
}
