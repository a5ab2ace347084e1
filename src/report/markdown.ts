/** Markdown for a pull request's comment and for GitHub's job summary. */
import { matrix, type Cell, type Mark } from "./matrix.js";
import { visible } from "./safe.js";
import {
  activeFindings,
  audible,
  hasNoRequest,
  nextSteps,
  noFindings,
  NO_REQUEST,
  totalsOf,
  unresolvedOf,
} from "./summary.js";
import { andMore, count, place, severityOf } from "./words.js";
import type { FormatContext } from "./context.js";
import type { Report, ReportApp, ReportFinding } from "./types.js";

/** What a GitHub comment can hold is 65,536 characters; a job summary a mebibyte. Both leave room for other text. */
const COMMENT = 60_000;
const JOB_SUMMARY = 900_000;

const MARKS: Record<Mark, string> = { yes: "✓", no: "–", attention: "❗", unsure: "?" };

/** A comment on a pull request: never longer than one may be. */
export function markdown(report: Report, context: FormatContext): string {
  return render(audible(report, context), context, COMMENT);
}

/** The job summary, for the file that `GITHUB_STEP_SUMMARY` names. */
export function githubSummary(report: Report, context: FormatContext): string {
  return render(audible(report, context), context, JOB_SUMMARY);
}

function render(report: Report, context: FormatContext, limit: number): string {
  const head = ["## Klaviyo scopes", verdict(report, context)];
  const foot = nextSteps(report).map(inline);
  let room = limit - [...head, ...foot].join("\n\n").length;
  const blocks: string[] = [];
  let cut = 0;
  for (const block of [
    ...report.apps.flatMap((app) => appBlocks(report, app, context)),
    ...skippedBlock(report),
  ]) {
    room -= block.length + 2;
    if (room > 200) blocks.push(block);
    else cut += 1;
  }
  const notice = cut > 0 ? [`_${count(cut, "part")} of the report left out: too long._`] : [];
  return `${[...head, ...blocks, ...notice, ...foot].join("\n\n")}\n`;
}

function verdict(report: Report, context: FormatContext): string {
  const { errors, warnings, suppressed, lowConfidence } = totalsOf(report);
  const aside = [
    ...(lowConfidence > 0 ? [`${String(lowConfidence)} of low confidence`] : []),
    ...(suppressed > 0 ? [`${String(suppressed)} suppressed`] : []),
  ];
  const where = ` in ${count(report.apps.length, "app")}, ${count(report.stats.files, "file")}`;
  const what =
    errors + warnings === 0
      ? noFindings(context)
      : `${count(errors, "error")}, ${count(warnings, "warning")}`;
  return `**${what}**${where}${aside.length > 0 ? ` (${aside.join(", ")})` : ""}.`;
}

function appBlocks(report: Report, app: ReportApp, context: FormatContext): string[] {
  const findings = activeFindings(report).filter((finding) => finding.app === app.name);
  const { requests, calls } = unresolvedOf(report, app);
  const unresolved = [...requests, ...calls];
  return [
    ...(report.apps.length > 1 ? [`### ${inline(app.name)}`] : []),
    ...(hasNoRequest(report, app) ? [`> ❗ **${NO_REQUEST}**`] : []),
    ...table(report, app, context),
    ...(app.note === null ? [] : [`Note: ${inline(app.note)}`]),
    ...details(
      `${count(unresolved.length, "part")} could not be resolved`,
      unresolved.map((part) => `- ${code(place(part))}: it is ${inline(part.reason)}`),
    ),
    ...findings.map(findingBlock),
  ];
}

function table(report: Report, app: ReportApp, context: FormatContext): string[] {
  const rows = matrix(report, app, context);
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    [
      line(["Scope", "Configured", "Requested", "Needed"]),
      line(["---", "---", "---", "---"]),
      ...rows.map((row) =>
        line([cellCode(row.scope), ...[row.configured, row.requested, row.needed].map(cellText)]),
      ),
    ].join("\n"),
  ];
}

const cellText = ({ mark, word }: Cell): string =>
  mark === "attention" ? `❗ **${word}**` : `${MARKS[mark]} ${word}`;

function findingBlock(finding: ReportFinding): string {
  const lines = [
    ...finding.related.map((related) => `- ${code(place(related))}: ${inline(related.message)}`),
    ...(finding.fix === null ? [] : ["- Fix: `klaviyo-scope-audit --fix` mends it."]),
    ...finding.suggestions.map((suggestion) => `- Suggestion: ${inline(suggestion.description)}`),
  ];
  const icon = finding.severity === "error" ? "❌" : "⚠️";
  const head = `${icon} **${severityOf(finding)}** ${code(finding.rule)} at ${code(place(finding))}`;
  return [`${head}<br>\n${inline(finding.message)}`, ...details("Where and what to do", lines)].join("\n\n");
}

function skippedBlock(report: Report): string[] {
  return details(
    `${count(report.skipped.length, "file was", "files were")} not audited`,
    report.skipped.map(({ file, reason }) => `- ${code(file)}: ${inline(reason)}`),
  );
}

/** A folded part; nothing where there are no lines. */
function details(summary: string, lines: readonly string[], most = 30): string[] {
  if (lines.length === 0) return [];
  const hidden = lines.length - most;
  const shown = hidden > 0 ? [...lines.slice(0, most), `- … ${andMore(hidden)}`] : lines;
  return [`<details><summary>${summary}</summary>\n\n${shown.join("\n")}\n\n</details>`];
}

/** A code span that holds anything: its fence is longer than any run of backticks within. */
function code(text: string): string {
  const content = visible(text);
  const longest = (content.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = "`".repeat(longest + 1);
  const padding = content.startsWith("`") || content.endsWith("`") || content.trim() !== content ? " " : "";
  return `${fence}${padding}${content}${padding}${fence}`;
}

/** A code span in a table's cell, where only the pipe needs a backslash more (GFM 4.10). */
const cellCode = (text: string): string => code(text).replaceAll("|", "\\|");

/** Our sentences, in which backticks mark code; everything else in them is literal text. */
function inline(sentence: string): string {
  return visible(sentence)
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 && part.length > 2 ? code(part.slice(1, -1)) : literal(part)))
    .join("")
    .replace(/^(\s*\d*)([-+=.)])/, "$1\\$2"); // No list and no heading.
}

function literal(text: string): string {
  return text
    .split(" ")
    .map((word) =>
      // What GitHub would turn into a mention, a reference or a link is shown as code instead.
      /@|#\d|:\/\/|^www\./i.test(word) ? code(word) : word.replace(/[\\`*_[\]<>|~&#!]/g, "\\$&"),
    )
    .join(" ");
}
