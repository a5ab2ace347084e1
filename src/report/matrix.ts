/** The table that all readable formats share: scope × configured / requested / needed, of one app. */
import { isToldByName } from "../audit/judge.js";
import { count } from "./words.js";
import type { FormatContext } from "./context.js";
import type { Report, ReportApp, ReportCall, ReportFinding, ReportRequest } from "./types.js";

/** yes ✓, no –, attention !, unsure ? */
export type Mark = "yes" | "no" | "attention" | "unsure";

export interface Cell {
  mark: Mark;
  /** The cell says it in words too, never by mark or colour alone. */
  word: string;
}

export interface MatrixRow {
  scope: string;
  configured: Cell;
  requested: Cell;
  needed: Cell;
  /** One of the cells asks for attention. */
  attention: boolean;
  requests: ReportRequest[];
  calls: ReportCall[];
  findings: ReportFinding[];
}

const ALWAYS_NEEDED = "accounts:read";
const yes = (word = "yes"): Cell => ({ mark: "yes", word });
const no = (word = "no"): Cell => ({ mark: "no", word });
const attention = (word: string): Cell => ({ mark: "attention", word });
const unsure = (word: string): Cell => ({ mark: "unsure", word });

interface Facts {
  app: ReportApp;
  hasRequest: boolean;
  hasCall: boolean;
}

/** The app's rows in the order of their scopes' names. Their cells do not depend on which findings the report shows. */
export function matrix(
  report: Report,
  app: ReportApp,
  { hasScope = () => true }: Pick<FormatContext, "hasScope"> = {},
): MatrixRow[] {
  const requests = report.requests.filter((request) => request.app === app.name);
  const calls = report.apiCalls.filter((call) => call.app === app.name);
  const findings = report.findings.filter((finding) => finding.app === app.name && !finding.suppressed);
  const facts = { app, hasRequest: requests.length > 0, hasCall: app.needed.length > 0 };
  const scopes = new Set([...(app.configured ?? []), ...app.requested, ...app.needed, ...app.missing]);
  return [...scopes].sort().map((scope) => {
    const about = findings.filter((finding) => finding.scope === scope);
    const row = {
      scope,
      requests: requests.filter((request) => request.scopes.some((token) => token.name === scope)),
      calls: calls.filter((call) => call.scopes.includes(scope)),
      findings: about,
    };
    const exists = hasScope(scope);
    const isNamedAlone =
      row.requests.length > 0 && row.requests.every((request) => isToldByName(requests, request));
    const cells = {
      configured: configuredCell(scope, facts, exists),
      requested: requestedCell(scope, facts, exists, isNamedAlone),
      needed: neededCell(scope, facts, row.calls.length, exists),
    };
    return { ...row, ...cells, attention: Object.values(cells).some((cell) => cell.mark === "attention") };
  });
}

function configuredCell(scope: string, { app, hasRequest }: Facts, exists: boolean): Cell {
  if (app.configured === null) return unsure("unknown");
  if (app.configured.includes(scope)) return yes();
  const wanted = app.requested.includes(scope) || (!hasRequest && app.missing.includes(scope));
  return wanted && exists ? attention("missing") : no();
}

/** `isNamedAlone`: of the app's requests only those without a site ask for it, and there are others. */
function requestedCell(
  scope: string,
  { app, hasRequest }: Facts,
  exists: boolean,
  isNamedAlone: boolean,
): Cell {
  if (app.requested.includes(scope)) {
    if (!exists) return attention("no such scope");
    return isNamedAlone ? unsure("by its name") : yes();
  }
  if (!hasRequest) return no("no request");
  if (!app.requestsComplete) return unsure("maybe not");
  return app.needed.includes(scope) || scope === ALWAYS_NEEDED ? attention("missing") : attention("never");
}

function neededCell(scope: string, { app, hasCall }: Facts, calls: number, exists: boolean): Cell {
  if (scope === ALWAYS_NEEDED) return yes("always");
  if (app.needed.includes(scope)) return yes(calls === 0 ? "yes" : count(calls, "call"));
  if (!exists) return no();
  if (!hasCall) return unsure("unknown");
  if (!app.callsComplete) return unsure("maybe not");
  return app.unused.includes(scope) ? attention("unused") : no();
}
