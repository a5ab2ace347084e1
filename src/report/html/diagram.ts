/** The picture of one app: requests → scopes ← operations, as inline SVG. */
import { andMore, kindOf, operationOf, place } from "../words.js";
import { visible } from "../safe.js";
import type { Markup } from "./markup.js";
import { markup } from "./markup.js";
import type { MatrixRow } from "../matrix.js";

const ROW = 34;
const BOX = { height: 24, width: 250 };
const LEFT = [10, 355, 700];
const WIDTH = 960;
const TOP = 34;
const LONGEST_LABEL = 34;
// More boxes than this are no picture any more.
const MOST = 40;

interface Node {
  label: string;
  /** Shown whole in the tooltip. */
  full: string;
  alert: boolean;
  href: string | null;
}

type Edge = readonly [fromColumn: 0 | 2, from: number, scope: number];

/** `anchor` gives the id of a scope's row in the matrix. Empty where there is nothing to connect. */
export function diagram(rows: readonly MatrixRow[], anchor: (row: MatrixRow) => string): Markup {
  const shown = rows.slice(0, MOST);
  const requests = new Map<string, Node>();
  const operations = new Map<string, Node>();
  const edges: Edge[] = [];
  const connect = (
    column: 0 | 2,
    nodes: Map<string, Node>,
    key: string,
    label: string,
    scope: number,
  ): void => {
    if (!nodes.has(key)) nodes.set(key, { label, full: key, alert: false, href: null });
    const edge: Edge = [column, [...nodes.keys()].indexOf(key), scope];
    if (!edges.some((other) => other.every((part, index) => part === edge[index]))) edges.push(edge);
  };
  shown.forEach((row, index) => {
    for (const request of row.requests) {
      const where = `${request.file}:${String(request.line)}`;
      connect(0, requests, `${kindOf(request)} at ${place(request)}`, where, index);
    }
    for (const call of row.calls) connect(2, operations, operationOf(call), operationOf(call), index);
  });
  const scopes = shown.map((row): Node => ({
    label: row.scope,
    full: row.scope,
    alert: row.attention,
    href: `#${anchor(row)}`,
  }));
  const columns = [[...requests.values()], scopes, [...operations.values()]].map((nodes) =>
    nodes.slice(0, MOST),
  );
  const most = Math.max(...columns.map((nodes) => nodes.length));
  if (edges.length === 0) return markup``;
  const height = TOP + most * ROW + 8;
  const hidden = Math.max(rows.length, requests.size, operations.size) - MOST;
  const y = (index: number, column: readonly Node[]): number =>
    Math.round(TOP + ((index + 0.5) * most * ROW) / Math.max(1, column.length) - BOX.height / 2);
  return markup`<figure class="diagram" tabindex="0" role="group" aria-label="Diagram: requests, scopes and operations">
<svg viewBox="0 0 ${WIDTH} ${height}" role="group" aria-label="Lines lead from each request to the scopes it asks for, and from each operation to the scopes it needs.">
${["Requests", "Scopes", "Operations"].map((title, column) => markup`<text class="title" x="${LEFT[column] ?? 0}" y="18">${title}</text>`)}
${edges
  .filter(([column, from]) => columns[column]?.[from] !== undefined)
  .map(([column, from, scope]) => {
    const start = y(from, columns[column] ?? []) + BOX.height / 2;
    const end = y(scope, columns[1] ?? []) + BOX.height / 2;
    const [x1, x2] =
      column === 0 ? [(LEFT[0] ?? 0) + BOX.width, LEFT[1] ?? 0] : [LEFT[2] ?? 0, (LEFT[1] ?? 0) + BOX.width];
    const middle = (x1 + x2) / 2;
    return markup`<path d="M${x1} ${start}C${middle} ${start} ${middle} ${end} ${x2} ${end}"/>`;
  })}
${columns.map((nodes, column) => nodes.map((node, index) => box(node, LEFT[column] ?? 0, y(index, nodes))))}
</svg>
${hidden > 0 ? markup`<figcaption class="soft">… ${andMore(hidden)}, in the table above.</figcaption>` : ""}
</figure>`;
}

function box(node: Node, x: number, y: number): Markup {
  const full = visible(node.full);
  const label = visible(node.label);
  // The end of a path says more than its start.
  const short = label.length > LONGEST_LABEL ? `…${label.slice(1 - LONGEST_LABEL)}` : label;
  const inner = markup`<title>${full}${node.alert ? " needs attention" : ""}</title><rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4"/><text x="${x + 8}" y="${y + 16}">${node.alert ? "! " : ""}${short}</text>`;
  const group = markup`<g class="${node.alert ? "alert" : ""}">${inner}</g>`;
  return node.href === null ? group : markup`<a href="${node.href}">${group}</a>`;
}
