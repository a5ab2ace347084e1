/** Words of the formats: counts, lists, operations, places. (Rules word their own messages.) */
import type { Position, ReportCall, ReportEdit, ReportFinding, ReportRequest } from "./types.js";

/** "1 error", "2 errors". */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${String(amount)} ${amount === 1 ? noun : plural}`;
}

/** "a, b and c"; with more than `most` items "a, b … and 3 more". */
export function list(items: readonly string[], most = 5): string {
  if (items.length > most) {
    return `${items.slice(0, most).join(", ")} … ${andMore(items.length - most)}`;
  }
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** What ends a list that was cut. */
export function andMore(amount: number): string {
  return `and ${String(amount)} more`;
}

/** `src/auth.ts:3:17` */
export function place(position: Position): string {
  return `${position.file}:${String(position.line)}:${String(position.column)}`;
}

/** `get_profiles`, else `GET /api/list/{}`, else that it is not known. */
export function operationOf(call: ReportCall): string {
  if (call.operation !== null) return call.operation;
  if (call.candidates.length > 0) return list(call.candidates, 3);
  if (call.path === null) return "an API call that could not be resolved";
  return `${call.method ?? "?"} ${call.path}`;
}

const KINDS: Record<ReportRequest["kind"], string> = {
  "authorize-url": "authorize URL",
  sdk: "SDK",
  provider: "provider object",
  env: "environment entry",
  config: "configuration entry",
};

/** "authorize URL", "SDK", … */
export function kindOf(request: ReportRequest): string {
  return KINDS[request.kind];
}

const AUTH: Record<ReportCall["auth"], string> = {
  oauth: "with OAuth",
  "private-key": "with a private key",
  public: "with the public key",
  unknown: "",
};

/** "with a private key"; empty where it is not known. */
export function authOf(call: ReportCall): string {
  return AUTH[call.auth];
}

/** "error", "warning (low confidence)" */
export function severityOf(finding: ReportFinding): string {
  return finding.confidence === "low" ? `${finding.severity} (low confidence)` : finding.severity;
}

/** What applying a finding's fix does, in a few words: "insert `accounts:read `". */
export function fixInWords(finding: ReportFinding, edits: readonly ReportEdit[]): string {
  const [edit, ...others] = edits;
  if (edit === undefined) return "nothing to change";
  const isReplaced = edits.every(({ range: [start, end] }) => start < end);
  if (others.length > 0) {
    const isSame = isReplaced && others.every(({ text }) => text === edit.text) && edit.text !== "";
    return isSame
      ? `${count(edits.length, "replacement")} with \`${edit.text}\``
      : count(edits.length, "edit");
  }
  if (edit.text === "") return isWithin(finding, edit) ? "remove it" : "remove what is too much";
  const text = edit.text.length > 48 ? `${edit.text.slice(0, 47)}…` : edit.text;
  return isReplaced ? `replace with \`${text}\`` : `insert \`${text}\``;
}

/** Whether the edit takes away all that the finding points at. */
function isWithin(finding: ReportFinding, { file, line, column, endLine, endColumn }: ReportEdit): boolean {
  return (
    file === finding.file &&
    (line < finding.line || (line === finding.line && column <= finding.column)) &&
    (endLine > finding.endLine || (endLine === finding.endLine && endColumn >= finding.endColumn))
  );
}
