/** The picture and the judgements of the rules → the report: outer types, positions, order. */
import { messageOf } from "../audit/message.js";
import { isPrivateOnly, judgesNeed, PRIVATE_ONLY } from "../audit/need.js";
import type { ApiCall, App, Edit, Picture, Place, ScopeRequest, Unresolved } from "../audit/picture.js";
import type { Judgement, Rule } from "../audit/rule.js";
import type {
  Position,
  Report,
  ReportApp,
  ReportCall,
  ReportEdit,
  ReportFinding,
  ReportRequest,
  ReportUnresolved,
  Span,
} from "./types.js";

/** A judgement with what was decided about it outside its rule. */
export interface Judged {
  rule: Rule;
  judgement: Judgement;
  severity: "warning" | "error";
  /** The suppression that mutes it; null if none does. */
  suppression: { reason: string | null } | null;
}

export interface ReportInput {
  picture: Picture;
  judged: readonly Judged[];
  skipped: readonly { file: string; reason: string }[];
  stats: Report["stats"];
  version: string;
}

/** Builds the report. Every list is sorted, so that the same input gives the same text. */
export function buildReport({ picture, judged, skipped, stats, version }: ReportInput): Report {
  const outer = outerPlaces(picture);
  return {
    schemaVersion: 1,
    tool: { name: "klaviyo-scope-audit", version, catalogRevision: picture.catalog.revision },
    apps: picture.apps.map((app) => reportApp(app, picture)),
    requests: picture.apps
      .flatMap((app) => app.requests.map((request) => reportRequest(request, outer)))
      .sort(byPlace),
    apiCalls: picture.apps
      .flatMap((app) => app.calls.map((call) => reportCall(call, outer)))
      .sort((a, b) => byPlace(a, b) || compare(a.operation ?? "", b.operation ?? "")),
    findings: judged.map((one) => reportFinding(one, outer)).sort(compareFindings),
    skipped: [...skipped].sort((a, b) => compare(a.file, b.file) || compare(a.reason, b.reason)),
    stats,
  };
}

/** Report order of findings: place, then rule, scope and operation. */
export function compareFindings(a: ReportFinding, b: ReportFinding): number {
  return (
    byPlace(a, b) ||
    compare(a.rule, b.rule) ||
    compare(a.scope ?? "", b.scope ?? "") ||
    compare(a.operation ?? "", b.operation ?? "") ||
    compare(a.app, b.app) ||
    compare(a.message, b.message)
  );
}

interface OuterPlaces {
  position(place: Place): Position;
  span(place: Place): Span;
  edit(edit: Edit): ReportEdit;
}

function outerPlaces(picture: Picture): OuterPlaces {
  const position = ({ file, range }: Place): Position => ({ file, ...picture.position(file, range[0]) });
  const span = (place: Place): Span => {
    const end = picture.position(place.file, place.range[1]);
    return { ...position(place), endLine: end.line, endColumn: end.column };
  };
  return {
    position,
    span,
    edit: (edit) => ({ ...span(edit), range: [edit.range[0], edit.range[1]], text: edit.text }),
  };
}

function reportApp(app: App, picture: Picture): ReportApp {
  const configured = app.configured && sorted(app.configured.scopes.map(({ name }) => name));
  const needed = new Set(app.needed);
  // What a missing scope is missing from: the requests, else what the app declares; with neither we cannot say.
  const granted = app.requests.length > 0 ? app.requested : configured;
  const silent = !judgesNeed(app);
  return {
    name: app.name,
    root: app.root,
    configured,
    requested: sorted(app.requested),
    needed: sorted(app.needed),
    unused: silent
      ? []
      : sorted(
          app.requested.filter(
            (name) => name !== REQUIRED && picture.catalog.scope(name) !== undefined && !needed.has(name),
          ),
        ),
    missing: granted ? sorted(app.needed.filter((name) => name !== REQUIRED && !granted.includes(name))) : [],
    requestsComplete: app.requestsComplete,
    callsComplete: app.callsComplete,
    note: noteOf(app, silent),
  };
}

/** Has rules of its own (`require-accounts-read`): never missing, never unused. */
const REQUIRED = "accounts:read";

function noteOf(app: App, silent: boolean): string | null {
  if (app.requests.length === 0 && app.calls.length === 0) {
    return "No scope request and no API call was found.";
  }
  if (isPrivateOnly(app)) return PRIVATE_ONLY;
  if (app.requests.length === 0) return "No scope request was found.";
  if (!silent) return null;
  return app.calls.length === 0
    ? "No API call was found, so nothing is said of unused scopes. Declare the operations called from elsewhere in the config's `uses`."
    : "No API call is known to need a scope, so nothing is said of unused scopes.";
}

function reportRequest(request: ScopeRequest, outer: OuterPlaces): ReportRequest {
  return {
    app: request.app,
    ...outer.span(request),
    site: request.site && outer.position(request.site),
    kind: request.kind,
    evidence: request.evidence,
    complete: request.complete,
    scopes: request.tokens.map(({ name, place }) => ({ name, ...outer.position(place) })).sort(byPlace),
    unresolved: reportUnresolved(request.unresolved, outer),
    flow: request.flow.map((step) => ({ ...outer.position(step), message: step.message })),
  };
}

function reportCall(call: ApiCall, outer: OuterPlaces): ReportCall {
  return {
    app: call.app,
    ...outer.span(call),
    operation: call.operation?.id ?? null,
    method: call.method,
    path: call.path,
    scopes: sorted(call.scopes),
    via: call.via,
    auth: call.auth,
    candidates: sorted(call.candidates.map(({ id }) => id)),
    note: call.note,
    unresolved: reportUnresolved(call.unresolved, outer),
  };
}

function reportUnresolved(unresolved: readonly Unresolved[], outer: OuterPlaces): ReportUnresolved[] {
  return unresolved.map((one) => ({ ...outer.position(one), reason: one.reason })).sort(byPlace);
}

function reportFinding(
  { rule, judgement, severity, suppression }: Judged,
  outer: OuterPlaces,
): ReportFinding {
  return {
    app: judgement.app.name,
    rule: rule.name,
    severity,
    confidence: judgement.confidence,
    message: messageOf(rule, judgement),
    ...outer.span(judgement.place),
    scope: judgement.scope,
    operation: judgement.operation,
    fix: judgement.fix && judgement.fix.length > 0 ? judgement.fix.map((edit) => outer.edit(edit)) : null,
    suggestions: judgement.suggestions.map((suggestion) => ({
      description: messageOf(rule, suggestion),
      edits: suggestion.edits.map((edit) => outer.edit(edit)),
    })),
    related: judgement.related.map((place) => ({ ...outer.position(place), message: place.message })),
    suppressed: suppression !== null,
    suppressionReason: suppression?.reason ?? null,
  };
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** By code units: the same order on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byPlace(a: Position & Partial<Span>, b: Position & Partial<Span>): number {
  return (
    compare(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    (a.endLine ?? 0) - (b.endLine ?? 0) ||
    (a.endColumn ?? 0) - (b.endColumn ?? 0)
  );
}
