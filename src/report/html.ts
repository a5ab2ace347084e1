/** One self-contained page: no network, nothing of the analyzed code but as text, readable without its script. */
import { createHash } from "node:crypto";
import { SourceLines } from "./excerpt.js";
import { diagram } from "./html/diagram.js";
import { Markup, markup, sentence } from "./html/markup.js";
import { codeAt, matrixTable, placeMarkup } from "./html/matrix-table.js";
import { SCRIPT } from "./html/script.js";
import { STYLE } from "./html/style.js";
import { matrix, type MatrixRow } from "./matrix.js";
import { safeJson } from "./safe.js";
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
import { count, severityOf } from "./words.js";
import type { FormatContext } from "./context.js";
import type { Totals } from "./summary.js";
import type { Report, ReportApp, ReportFinding } from "./types.js";

export function html(given: Report, context: FormatContext): string {
  const report = audible(given, context);
  const lines = new SourceLines(context);
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Klaviyo scopes</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
<h1>Klaviyo scopes</h1>
${verdict(report, context)}
${nextSteps(report).map((step) => markup`<p>${sentence(step)}</p>`)}
${contents(report)}
</header>
<main>
${report.apps.map((app, index) => appSection(report, app, index, context, lines))}
${suppressed(report, context, lines)}
${skipped(report)}
</main>
<footer>
<p>${report.tool.name} ${report.tool.version}, catalog of Klaviyo’s API revision ${report.tool.catalogRevision}.
${count(report.stats.files, "file")} considered, ${report.stats.parsed} parsed.</p>
<button type="button" class="save" hidden>Save the data as JSON</button>
</footer>
<script type="application/json" id="report">${data(report)}</script>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
}

/** Nothing is loaded, and only our own script and style run: their hashes are the policy. */
function policy(): string {
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(SCRIPT)}`,
    `style-src ${hash(STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Inside a script element only `<` could end it or open a comment. */
function data(report: Report): Markup {
  return new Markup(safeJson(report).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e"));
}

function verdict(report: Report, context: FormatContext): Markup {
  const { failure } = context;
  if (failure !== undefined)
    return markup`<p class="verdict error">✗ The audit failed: ${sentence(failure)}</p>
<p class="soft">Nothing was judged, so that no finding is listed says nothing.</p>`;
  const totals = totalsOf(report);
  const where = `in ${count(report.apps.length, "app")}`;
  if (totals.errors + totals.warnings === 0)
    return markup`<p class="verdict good">✓ ${noFindings(context)} ${where}.</p>`;
  const color = totals.errors > 0 ? "error" : "warning";
  return markup`<p class="verdict ${color}">${count(totals.errors, "error")}, ${count(totals.warnings, "warning")} ${where}.</p>
${aside(totals)}`;
}

/** What else there is to say of the findings; nothing of what there is none. */
function aside({ lowConfidence, suppressed, fixable }: Totals): Markup {
  const parts = [
    ...(lowConfidence > 0 ? [`${String(lowConfidence)} of low confidence`] : []),
    ...(suppressed > 0 ? [`${String(suppressed)} suppressed`] : []),
    ...(fixable > 0 ? [`${String(fixable)} can be mended by a fix`] : []),
  ];
  return parts.length === 0 ? markup`` : markup`<p class="soft">${parts.join(", ")}.</p>`;
}

const appId = (index: number): string => `app-${String(index)}`;

function contents(report: Report): Markup {
  if (report.apps.length < 2) return markup``;
  const items = report.apps.map((app, index) => markup`<li><a href="#${appId(index)}">${app.name}</a></li>`);
  return markup`<nav aria-label="Apps"><ul>${items}</ul></nav>`;
}

function appSection(
  report: Report,
  app: ReportApp,
  index: number,
  context: FormatContext,
  lines: SourceLines,
): Markup {
  const rows = matrix(report, app, context);
  const positions = new Map(rows.map((row, position) => [row, position]));
  const anchor = (row: MatrixRow): string => `${appId(index)}-scope-${String(positions.get(row) ?? 0)}`;
  const findings = activeFindings(report).filter((finding) => finding.app === app.name);
  return markup`<section id="${appId(index)}" data-app="${app.name}" aria-labelledby="${appId(index)}-title">
<h2 id="${appId(index)}-title">${app.name} ${app.root === "." ? "" : markup`<span class="place">${app.root}</span>`}</h2>
${hasNoRequest(report, app) ? markup`<p class="banner loud">${NO_REQUEST}</p>` : ""}
${app.configured === null && !hasNoRequest(report, app) ? markup`<p class="soft">The configured set is not declared, so it could not be compared.</p>` : ""}
${app.note === null ? "" : markup`<p class="banner">Note: ${sentence(app.note)}</p>`}
${rows.length === 0 ? "" : matrixTable(rows, anchor, lines)}
${unresolved(report, app, lines)}
${picture(diagram(rows, anchor))}
${findings.length === 0 ? "" : markup`<h3>Findings</h3>${findings.map((finding) => findingBlock(finding, context, lines))}`}
</section>`;
}

function picture(svg: Markup): Markup {
  return svg.text === "" ? svg : markup`<h3>Requests → scopes ← operations</h3>${svg}`;
}

function unresolved(report: Report, app: ReportApp, lines: SourceLines): Markup {
  const { requests, calls } = unresolvedOf(report, app);
  const parts = [...requests, ...calls];
  if (parts.length === 0) return markup``;
  const what = [
    ...(requests.length > 0 ? [count(requests.length, "part of a request", "parts of requests")] : []),
    ...(calls.length > 0 ? [count(calls.length, "API call")] : []),
  ].join(" and ");
  return markup`<h3>Not resolved</h3><details><summary>${what} could not be resolved</summary><ul>${parts.map(
    (part) =>
      markup`<li>${placeMarkup(part)}: it is ${sentence(part.reason)}${codeAt(lines.wordAt(part), lines)}</li>`,
  )}</ul></details>`;
}

function findingBlock(finding: ReportFinding, context: FormatContext, lines: SourceLines): Markup {
  const url = context.ruleDocs(finding.rule)?.url ?? null;
  const isWeb = url !== null && /^https?:\/\//.test(url);
  const rule = markup`<code>${finding.rule}</code>`;
  const advice = [
    ...finding.related.map(
      (related) => markup`<li>${placeMarkup(related)}: ${sentence(related.message)}</li>`,
    ),
    ...(finding.fix === null ? [] : [markup`<li>Fix: <code>klaviyo-scope-audit --fix</code> mends it.</li>`]),
    ...finding.suggestions.map(
      (suggestion) => markup`<li>Suggestion: ${sentence(suggestion.description)}</li>`,
    ),
  ];
  return markup`<article class="finding ${finding.suppressed ? "suppressed" : ""}">
<header><span class="severity ${finding.severity}">${severityOf(finding)}</span>
${isWeb ? markup`<a href="${url}" rel="noreferrer">${rule}</a>` : rule} ${placeMarkup(finding)}</header>
<p>${sentence(finding.message)}</p>
${codeAt(finding, lines)}
${finding.suppressed ? markup`<p class="soft">Suppressed${finding.suppressionReason === null ? "" : markup`: ${finding.suppressionReason}`}.</p>` : ""}
${advice.length === 0 ? "" : markup`<ul>${advice}</ul>`}
</article>`;
}

function suppressed(report: Report, context: FormatContext, lines: SourceLines): Markup {
  const findings = report.findings.filter((finding) => finding.suppressed);
  if (findings.length === 0) return markup``;
  return markup`<section aria-labelledby="suppressed"><h2 id="suppressed">Suppressed</h2><details><summary>${count(findings.length, "suppressed finding")}</summary>
${findings.map((finding) => findingBlock(finding, context, lines))}</details></section>`;
}

function skipped(report: Report): Markup {
  if (report.skipped.length === 0) return markup``;
  return markup`<section aria-labelledby="skipped"><h2 id="skipped">Not audited</h2><ul>${report.skipped.map(
    ({ file, reason }) => markup`<li><span class="place">${file}</span>: ${sentence(reason)}</li>`,
  )}</ul></section>`;
}
