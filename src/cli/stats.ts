/** `--stats`: what was read and what was found, in numbers. */
import { kindOf } from "../report/words.js";
import type { Report } from "../report/types.js";
import type { Terminal } from "./terminal.js";

export function printStats(report: Report, terminal: Terminal): void {
  const { stats, apps, requests, apiCalls, findings } = report;
  const rows: [string, number][] = [
    ["files", stats.files],
    ["parsed", stats.parsed],
    ["bytes", stats.bytes],
    ["apps", apps.length],
    ["requests", requests.length],
    ...countBy("by kind", requests, kindOf),
    // What says that a list goes to Klaviyo: a URL or an SDK is proof, a name is a hint.
    ...countBy("by evidence", requests, ({ evidence }) => evidence),
    ["API calls", apiCalls.length],
    ...countBy("by way", apiCalls, ({ via }) => via),
    ...countBy("by authorization", apiCalls, ({ auth }) => auth),
    ["findings", findings.length],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows)
    terminal.stderr.write(`${name.padEnd(width)} ${String(value).padStart(10)}\n`);
}

/** `  by kind: SDK`, for each kind there is. */
function countBy<Item>(
  title: string,
  items: readonly Item[],
  keyOf: (item: Item) => string,
): [string, number][] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => [`  ${title}: ${key}`, count]);
}
