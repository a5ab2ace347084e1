/** One app's matrix of scopes with the evidence of each row. */
import { andMore, authOf, count, kindOf, operationOf, place } from "../words.js";
import { markup, sentence, type Markup } from "./markup.js";
import type { SourceLines } from "../excerpt.js";
import type { Cell, Mark, MatrixRow } from "../matrix.js";
import type { Position, Span } from "../types.js";

const MARKS: Record<Mark, string> = { yes: "✓", no: "–", attention: "!", unsure: "?" };
const MOST = 20;
const CODE_COLUMNS = 140;

const FILTERS = [
  ["all", "All"],
  ["attention", "Needs attention"],
  ["requested", "Requested"],
  ["configured", "Configured"],
  ["needed", "Needed"],
] as const;

export function matrixTable(
  rows: readonly MatrixRow[],
  anchor: (row: MatrixRow) => string,
  lines: SourceLines,
): Markup {
  return markup`<h3>Scopes</h3>
<div class="filters" role="group" aria-label="Filter scopes" hidden>
${FILTERS.map(([value, label]) => markup`<button type="button" value="${value}" aria-pressed="${String(value === "all")}">${label}</button>`)}
<input type="search" aria-label="Scope contains" placeholder="Scope contains …">
</div>
<p class="soft" role="status"></p>
<table class="matrix">
<caption hidden>Scopes of the app: configured in Klaviyo, requested, and needed by API calls</caption>
<thead><tr><th scope="col">Scope</th><th scope="col">Configured</th><th scope="col">Requested</th><th scope="col">Needed</th></tr></thead>
${rows.map((row) => tableRow(row, anchor(row), lines))}
</table>`;
}

function tableRow(row: MatrixRow, id: string, lines: SourceLines): Markup {
  const tags = [
    ...(row.attention ? ["attention"] : []),
    ...(["configured", "requested", "needed"] as const).filter((column) => row[column].mark === "yes"),
  ];
  return markup`<tbody id="${id}" data-scope="${row.scope}" data-tags="${tags.join(" ")}">
<tr><th scope="row"><code>${row.scope}</code></th>${[row.configured, row.requested, row.needed].map(tableCell)}</tr>
${proof(row, lines)}
</tbody>`;
}

function tableCell({ mark, word }: Cell): Markup {
  return markup`<td class="${mark}"><span aria-hidden="true">${MARKS[mark]}</span> ${word}</td>`;
}

function proof(row: MatrixRow, lines: SourceLines): Markup {
  const total = row.requests.length + row.calls.length + row.findings.length;
  if (total === 0) return markup``;
  return markup`<tr class="proof"><td colspan="4"><details><summary>Evidence <span class="unseen">for ${row.scope}</span> (${count(total, "place")})</summary>
<div class="evidence">
${part("Findings", row.findings, (finding) => markup`${sentence(finding.message)}${codeAt(finding, lines)}`)}
${part("Requested", row.requests, (request) => {
  const token = request.scopes.find((scope) => scope.name === row.scope) ?? request;
  const span = { ...token, endLine: token.line, endColumn: token.column + row.scope.length };
  const site = request.site === null ? "" : markup`, goes to Klaviyo at ${placeMarkup(request.site)}`;
  return markup`${placeMarkup(token)} (${kindOf(request)}${site})${codeAt(span, lines)}`;
})}
${part("Needed by", row.calls, (call) => markup`<code>${operationOf(call)}</code> at ${placeMarkup(call)} ${authOf(call)}${codeAt(call, lines)}`)}
</div></details></td></tr>`;
}

function part<Item>(title: string, items: readonly Item[], show: (item: Item) => Markup): Markup {
  if (items.length === 0) return markup``;
  const hidden = items.length - MOST;
  return markup`<h4>${title}</h4><ul>${items.slice(0, MOST).map((item) => markup`<li>${show(item)}</li>`)}${
    hidden > 0 ? markup`<li>… ${andMore(hidden)}</li>` : ""
  }</ul>`;
}

export function placeMarkup(position: Position): Markup {
  return markup`<span class="place">${place(position)}</span>`;
}

/** The line of code with the token marked; nothing without source. */
export function codeAt(span: Span, lines: SourceLines): Markup {
  const excerpt = lines.excerpt(span, CODE_COLUMNS);
  if (excerpt === undefined) return markup``;
  const { line, before, token, after } = excerpt;
  return markup`<pre tabindex="0" role="group" aria-label="Line ${line}"><span class="number">${line} │ </span>${before}<mark>${token}</mark>${after}</pre>`;
}
