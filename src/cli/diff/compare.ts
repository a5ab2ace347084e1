/** Two analyses of one project: what changed in the sets of each app, and in the findings. */
import type { ApiCall, App } from "../../audit/picture.js";
import type { Report, ReportFinding } from "../../report/types.js";

/** One side of the comparison: what is kept of an analysis. */
export interface Snapshot {
  /** As asked for; null for the files as they are. */
  revision: string | null;
  commit: string | null;
  apps: AppSets[];
  /** Those of the requested scopes that Klaviyo does not have. */
  noScopes: string[];
  report: Report;
}

export interface AppSets {
  name: string;
  requested: string[];
  /** Null when not declared. */
  configured: string[] | null;
  needed: string[];
  requestsComplete: boolean;
  callsComplete: boolean;
  /** Ids of the operations called, by the scope they need. */
  operations: Map<string, string[]>;
}

export interface SetChange {
  added: string[];
  removed: string[];
}

export interface AppChange {
  name: string;
  /** Present on one side only. */
  presence: "both" | "added" | "removed";
  requested: SetChange;
  configured: SetChange;
  needed: SetChange;
  complete: boolean;
  /** What users who installed before must grant anew, and the operations that answer 403 until then. */
  reauthorize: { scope: string; operations: string[] }[];
  /** Requested now, but not in the Scopes field as declared: Klaviyo ignores them. */
  unconfigured: string[];
  /** Needed now, but not requested. */
  missing: string[];
}

export interface Comparison {
  from: Snapshot;
  to: Snapshot;
  apps: AppChange[];
  /** Scopes that Klaviyo does not have: nobody can grant, keep or lose them. */
  noScopes: ReadonlySet<string>;
  newFindings: ReportFinding[];
  goneFindings: ReportFinding[];
}

export function setsOf(app: App): AppSets {
  return {
    name: app.name,
    requested: unique(app.requested),
    configured: app.configured && unique(app.configured.scopes.map(({ name }) => name)),
    needed: [...app.needed],
    requestsComplete: app.requestsComplete,
    callsComplete: app.callsComplete,
    operations: operationsByScope(app.calls),
  };
}

export function compare(from: Snapshot, to: Snapshot): Comparison {
  const names = unique([...from.apps, ...to.apps].map(({ name }) => name));
  const known = new Set(from.report.findings.map(identity));
  const still = new Set(to.report.findings.map(identity));
  const active = ({ suppressed }: ReportFinding) => !suppressed;
  const noScopes = new Set([...from.noScopes, ...to.noScopes]);
  const sides = (name: string) => [from.apps.find(named(name)), to.apps.find(named(name))] as const;
  return {
    from,
    to,
    apps: names.map((name) => compareApp(name, ...sides(name), noScopes)),
    noScopes,
    newFindings: to.report.findings.filter((finding) => active(finding) && !known.has(identity(finding))),
    goneFindings: from.report.findings.filter((finding) => active(finding) && !still.has(identity(finding))),
  };
}

function compareApp(
  name: string,
  from: AppSets | undefined,
  to: AppSets | undefined,
  noScopes: ReadonlySet<string>,
): AppChange {
  const requested = change(from?.requested, to?.requested);
  const now = to?.requested ?? [];
  const declared = to?.configured ?? null;
  return {
    name,
    presence: from && to ? "both" : to ? "added" : "removed",
    requested,
    configured: change(from?.configured ?? [], to?.configured ?? []),
    needed: change(from?.needed, to?.needed),
    complete: [from, to].every((side) => side === undefined || (side.requestsComplete && side.callsComplete)),
    // Nobody has installed an app that is new here.
    reauthorize:
      from && from.requested.length > 0
        ? requested.added
            .filter((scope) => !noScopes.has(scope))
            .map((scope) => ({ scope, operations: to?.operations.get(scope) ?? [] }))
        : [],
    unconfigured: declared ? now.filter((scope) => !declared.includes(scope)) : [],
    missing: now.length > 0 ? (to?.needed ?? []).filter((scope) => !now.includes(scope)) : [],
  };
}

function change(from: readonly string[] = [], to: readonly string[] = []): SetChange {
  return {
    added: to.filter((name) => !from.includes(name)),
    removed: from.filter((name) => !to.includes(name)),
  };
}

function operationsByScope(calls: readonly ApiCall[]): Map<string, string[]> {
  const byScope = new Map<string, string[]>();
  for (const { scopes, candidates } of calls) {
    for (const scope of scopes) {
      const ids = candidates.filter((operation) => operation.scopes.includes(scope)).map(({ id }) => id);
      byScope.set(scope, unique([...(byScope.get(scope) ?? []), ...ids]));
    }
  }
  return byScope;
}

/** As in a baseline: without the line, so that moved code is nothing new. */
function identity({ rule, app, file, scope, operation }: ReportFinding): string {
  return JSON.stringify([rule, app, file, scope, operation]);
}

function named(name: string): (app: { name: string }) => boolean {
  return (app) => app.name === name;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
