/** GitHub Actions: workflow commands for annotations. The job summary is `githubSummary`. */
import { inRepository } from "./context.js";
import { visible } from "./safe.js";
import { activeFindings, audible, hasNoRequest, NO_REQUEST } from "./summary.js";
import { andMore, count, place } from "./words.js";
import type { FormatContext } from "./context.js";
import type { Report, ReportFinding } from "./types.js";

// GitHub shows ten annotations of a kind for a step, so one annotation speaks for all places of one fault.
const MOST_PLACES = 8;

export function github(given: Report, context: FormatContext): string {
  const report = audible(given, context);
  const groups = groupByScope(activeFindings(report));
  const commands = [
    ...groups.filter(([first]) => first.severity === "error").map((group) => annotation(group, context)),
    ...report.apps
      .filter((app) => hasNoRequest(report, app))
      .map((app) => command("warning", { title: `Klaviyo scopes: ${app.name}` }, [NO_REQUEST])),
    ...groups.filter(([first]) => first.severity === "warning").map((group) => annotation(group, context)),
    ...report.skipped.map(({ file, reason }) =>
      command("notice", { file: inRepository(file, context), title: "Not audited" }, [reason]),
    ),
  ];
  return commands.map((line) => `${line}\n`).join("");
}

type Group = [ReportFinding, ...ReportFinding[]];

/** Findings of one app, rule and scope together; groups of one scope side by side, in order of first appearance. */
function groupByScope(findings: readonly ReportFinding[]): Group[] {
  const scopes = new Map<string, Map<string, Group>>();
  for (const finding of findings) {
    const { app, rule, scope, severity, message } = finding;
    const groups = scopes.get(scope ?? "") ?? new Map<string, Group>();
    scopes.set(scope ?? "", groups);
    const key = JSON.stringify([app, rule, severity, scope ?? message]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...scopes.values()].flatMap((groups) => [...groups.values()]);
}

function annotation([first, ...others]: Group, context: FormatContext): string {
  const oneLine = first.line === first.endLine;
  const properties = {
    file: inRepository(first.file, context),
    line: String(first.line),
    endLine: String(first.endLine),
    // GitHub takes columns only within one line.
    ...(oneLine && { col: String(first.column), endColumn: String(first.endColumn) }),
    title: first.rule,
  };
  const places = others.slice(0, MOST_PLACES).map(place);
  const hidden = others.length - places.length;
  return command(first.severity, properties, [
    first.confidence === "low" ? `${first.message} (low confidence)` : first.message,
    ...(others.length > 0 ? [`Also at ${count(others.length, "other place")}:`] : []),
    ...places,
    ...(hidden > 0 ? [`… ${andMore(hidden)}`] : []),
  ]);
}

/** `::error file=…::message`, escaped as the runner's toolkit does it. */
function command(name: string, properties: Record<string, string>, lines: readonly string[]): string {
  const written = Object.entries(properties).map(
    ([key, value]) => `${key}=${escapeProperty(visible(value))}`,
  );
  return `::${name} ${written.join(",")}::${escapeData(lines.map(visible).join("\n"))}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
