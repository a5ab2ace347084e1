/** What a comparison says, for people (a document) and for programs (JSON). */
import { safeJson } from "../../report/safe.js";
import { code, codes, heading, list, paragraph, prose, strong } from "../document.js";
import type { Block, Inline } from "../document.js";
import type { AppChange, Comparison, SetChange, Snapshot } from "./compare.js";
import type { ReportFinding } from "../../report/types.js";

export function diffJson({ from, to, apps, newFindings, goneFindings }: Comparison): string {
  const side = ({ revision, commit }: Snapshot) => ({ revision, commit });
  const document = {
    schemaVersion: 1,
    tool: to.report.tool,
    from: side(from),
    to: side(to),
    apps,
    findings: { added: newFindings, removed: goneFindings },
  };
  return `${safeJson(document, 2)}\n`;
}

export function diffDocument({ from, to, apps, noScopes, newFindings, goneFindings }: Comparison): Block[] {
  const changed = apps.filter(hasChanged);
  const title = `Klaviyo scopes: ${nameOf(from)} → ${nameOf(to)}`;
  return [
    heading(1, title),
    ...(changed.length === 0 ? [paragraph("The requested, configured and needed sets are the same.")] : []),
    ...changed.flatMap((app) => appBlocks(app, noScopes, apps.length > 1)),
    ...findingBlocks("New findings", newFindings),
    ...findingBlocks("Findings that are gone", goneFindings),
  ];
}

function nameOf({ revision }: Snapshot): string {
  return revision ?? "working tree";
}

function hasChanged({ presence, requested, configured, needed }: AppChange): boolean {
  return (
    presence !== "both" ||
    [requested, configured, needed].some(({ added, removed }) => added.length + removed.length > 0)
  );
}

function appBlocks(app: AppChange, noScopes: ReadonlySet<string>, several: boolean): Block[] {
  const sets: [string, SetChange][] = [
    ["Requested", app.requested],
    ["Configured", app.configured],
    ["Needed", app.needed],
  ];
  const changes = sets.flatMap(([name, { added, removed }]): Inline[][] => [
    ...(added.length > 0 ? [[strong(`${name}, added:`), " ", ...codes(added)]] : []),
    ...(removed.length > 0 ? [[strong(`${name}, removed:`), " ", ...codes(removed)]] : []),
  ]);
  const means = meaning(app, noScopes);
  const presence = app.presence === "both" ? [] : [paragraph(`The app was ${app.presence}.`)];
  return [
    ...(several ? [heading(2, app.name)] : []),
    ...presence,
    ...(changes.length > 0 ? [list(changes)] : []),
    ...(means.length > 0 ? [heading(several ? 3 : 2, "What that means"), list(means)] : []),
    ...(app.complete
      ? []
      : [
          paragraph(
            "Some requests or API calls could not be resolved, so the sets may lack something. To see them: ",
            code("klaviyo-scope-audit --rule no-dynamic-scope=warn --rule no-dynamic-call=warn"),
          ),
        ]),
  ];
}

/** [docs: update_your_oauth_scopes, manage_your_app] */
function meaning(app: AppChange, noScopes: ReadonlySet<string>): Inline[][] {
  const exist = (scopes: readonly string[]) => scopes.filter((scope) => !noScopes.has(scope));
  const { added, removed } = { added: exist(app.requested.added), removed: exist(app.requested.removed) };
  const unconfigured = exist(app.unconfigured);
  const mistaken = app.requested.added.filter((scope) => noScopes.has(scope));
  const items: Inline[][] = [];
  if (app.reauthorize.length > 0) {
    items.push([
      "Everybody who installed the app before must authorize it again to grant ",
      ...codes(app.reauthorize.map(({ scope }) => scope)),
      ": existing installs keep the scopes they have.",
    ]);
    for (const { scope, operations } of app.reauthorize) {
      if (operations.length > 0) {
        items.push([
          "Until then ",
          ...codes(operations),
          operations.length === 1 ? " answers" : " answer",
          " 403 for them, for lack of ",
          code(scope),
          ".",
        ]);
      }
    }
  }
  if (mistaken.length > 0) {
    items.push([
      "Klaviyo has no scope ",
      ...codes(mistaken),
      mistaken.length === 1 ? ", so it cannot be granted." : ", so they cannot be granted.",
    ]);
  }
  if (added.length > 0) {
    items.push([
      "Add ",
      ...codes(added),
      " to the app's Scopes field (Manage apps) before the release: Klaviyo ignores what is not there. A published app needs no new review for it.",
    ]);
  }
  if (removed.length > 0) {
    const it = removed.length === 1 ? "it" : "them";
    items.push([
      ...codes(removed),
      `: new installs no longer grant ${it}; existing installs keep ${it} until they authorize again.`,
    ]);
  }
  if (unconfigured.length > 0) {
    items.push(["Requested but not configured, so ignored: ", ...codes(unconfigured), "."]);
  }
  if (app.missing.length > 0) {
    items.push(["Needed but not requested, so calls answer 403: ", ...codes(app.missing), "."]);
  }
  return items;
}

function findingBlocks(title: string, findings: readonly ReportFinding[]): Block[] {
  if (findings.length === 0) return [];
  const items = findings.map(({ file, line, severity, rule, message }): Inline[] => [
    code(`${file}:${String(line)}`),
    ` ${severity} `,
    code(rule),
    ": ",
    ...prose(message),
  ]);
  return [heading(2, `${title} (${String(findings.length)})`), list(items)];
}
