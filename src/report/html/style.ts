/** The page's style sheet. Colours are variables: light, dark and print differ only in them. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f6f7f9; --line: #d8dce2; --text: #1d2430; --soft: #5a6473;
  --link: #1f5fbf; --good: #1c6b3a; --alert: #9a4a00; --error: #b3261e; --mark: #ffe7b8;
  --alert-page: #fff5e6; --edge: #9aa5b4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181f; --panel: #1c222c; --line: #333c49; --text: #e4e8ee; --soft: #a3aebd;
    --link: #8ab8ff; --good: #7fd6a0; --alert: #ffbe6b; --error: #ff9a92; --mark: #5c4410;
    --alert-page: #2b2417; --edge: #5f6b7c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 70rem; margin: 0 auto; padding: 1rem 1.25rem; }
body > header { padding: 2rem 1.25rem 0; }
main { padding-top: 0; }
footer { color: var(--soft); font-size: 0.875rem; padding-bottom: 3rem; }
h1 { margin: 0 0 0.25rem; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.25rem; border-bottom: 1px solid var(--line); padding-bottom: 0.25rem; }
h3 { margin: 1.75rem 0 0.5rem; font-size: 1rem; }
p { margin: 0.5rem 0; }
a { color: var(--link); }
code, pre, .place { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.875em; }
code, .place, td, th, p, li, h1, h2, h3, summary { overflow-wrap: anywhere; }
.place { color: var(--soft); }
.soft { color: var(--soft); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.verdict { font-size: 1.125rem; font-weight: 600; }
.error { color: var(--error); } .warning { color: var(--alert); } .good { color: var(--good); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; list-style: none; }
.banner { border: 1px solid var(--line); border-left: 4px solid var(--alert); background: var(--alert-page);
  padding: 0.75rem 1rem; border-radius: 4px; margin: 0.75rem 0; }
.banner.loud { font-size: 1.125rem; font-weight: 600; }
.filters { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; margin: 0.75rem 0; }
.filters[hidden] { display: none; }
button, input { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--edge);
  border-radius: 4px; padding: 0.25rem 0.625rem; min-height: 2rem; }
button { cursor: pointer; }
button[aria-pressed="true"] { background: var(--text); color: var(--page); border-color: var(--text); }
input { min-width: 12rem; }
.matrix { width: 100%; border-collapse: collapse; table-layout: fixed; }
.matrix th, .matrix td { text-align: left; padding: 0.375rem 0.75rem 0.375rem 0; vertical-align: top; }
.matrix thead th { color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--line); }
.matrix tbody + tbody { border-top: 1px solid var(--line); }
.matrix thead th:first-child { width: 40%; }
.matrix tbody th { font-weight: 500; }
.matrix td, .matrix thead th { overflow-wrap: normal; }
.matrix .proof > td { overflow-wrap: anywhere; }
.matrix .proof > td { padding-top: 0; }
.matrix tbody:target { background: var(--panel); box-shadow: -4px 0 0 var(--link); }
.yes { color: var(--good); } .no, .unsure { color: var(--soft); } .attention { color: var(--alert); font-weight: 600; }
summary { cursor: pointer; color: var(--link); width: fit-content; }
details[open] > summary { margin-bottom: 0.375rem; }
.evidence { background: var(--panel); border-radius: 4px; padding: 0.25rem 1rem 0.5rem; margin-bottom: 0.5rem; }
.evidence h4 { margin: 0.625rem 0 0; font-size: 0.875rem; color: var(--soft); font-weight: 600; }
.evidence ul, .finding ul { margin: 0.25rem 0; padding-left: 1.25rem; }
pre { margin: 0.375rem 0; padding: 0.5rem 0.75rem; background: var(--panel); border: 1px solid var(--line);
  border-radius: 4px; overflow-x: auto; }
.evidence pre { background: var(--page); }
mark { background: var(--mark); color: inherit; border-radius: 2px; text-decoration: underline;
  text-decoration-thickness: 2px; text-underline-offset: 3px; }
.number { color: var(--soft); user-select: none; }
.finding { border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem 1rem; margin: 0.75rem 0; }
.finding.suppressed { border-style: dashed; }
.finding header { max-width: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; }
.severity { font-weight: 700; }
.diagram { margin: 0.75rem 0; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem; background: var(--page); }
.diagram svg { display: block; width: 100%; min-width: 44rem; height: auto; font: 13px system-ui, sans-serif; }
.diagram rect { fill: var(--panel); stroke: var(--edge); }
.diagram text { fill: var(--text); }
.diagram .title { fill: var(--soft); font-weight: 600; }
.diagram path { fill: none; stroke: var(--edge); stroke-width: 1.5; }
.diagram .alert rect { fill: var(--alert-page); stroke: var(--alert); stroke-width: 2; }
.diagram .alert text { fill: var(--alert); font-weight: 600; }
.diagram a { text-decoration: none; }
.diagram a:focus-visible rect { stroke: var(--link); stroke-width: 3; }
[hidden] { display: none !important; }
@media (max-width: 40rem) {
  .matrix th, .matrix td { padding-right: 0.25rem; font-size: 0.8125rem; }
  .matrix thead th { font-size: 0.6875rem; }
  .matrix thead th:first-child { width: 34%; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@page { margin: 1.5cm; }
@media print {
  :root { color-scheme: light; --page: #ffffff; --panel: #ffffff; --line: #bbbbbb; --text: #000000; --soft: #444444;
    --link: #000000; --good: #000000; --alert: #000000; --error: #000000; --mark: #eeeeee; --alert-page: #ffffff;
    --edge: #666666; }
  body { font-size: 10.5pt; }
  body > header, main, footer { max-width: none; padding: 0; }
  .filters, .save, [role="status"] { display: none; }
  details::details-content { content-visibility: visible; display: block; }
  .finding, .matrix tbody, .diagram, pre { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  pre { white-space: pre-wrap; }
  .diagram { overflow: visible; }
  .diagram svg { min-width: 0; }
}
`;
