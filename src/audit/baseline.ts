/**
 * The baseline: findings that a team has accepted for now. An entry is what a finding is about, not where it stands:
 * no line, so that moved code stays known, and no count, so that one finding cannot hide another of a different kind.
 */

/** What makes two findings the same one. */
export interface BaselineEntry {
  rule: string;
  app: string;
  file: string;
  scope: string | null;
  operation: string | null;
}

export interface Baseline {
  /** Whether an entry stands for the finding. Marks it as used. */
  has(finding: BaselineEntry): boolean;
  /** Entries that no finding has asked for so far. */
  unmatched(): BaselineEntry[];
}

export function openBaseline(entries: readonly BaselineEntry[]): Baseline {
  const open = new Map(entries.map((entry) => [keyOf(entry), { entry, used: false }]));
  return {
    has(finding) {
      const known = open.get(keyOf(finding));
      if (known) known.used = true;
      return known !== undefined;
    },
    unmatched: () => [...open.values()].filter(({ used }) => !used).map(({ entry }) => entry),
  };
}

/**
 * Reads a baseline file's text.
 * @throws SyntaxError when it is no JSON or none of ours; the message says which part.
 */
export function parseBaseline(text: string): BaselineEntry[] {
  const data: unknown = JSON.parse(text);
  if (!isRecord(data) || data["version"] !== 1) throw new SyntaxError('it has no `"version": 1`');
  const findings = data["findings"];
  if (!Array.isArray(findings)) throw new SyntaxError("its `findings` is no list");
  return findings.map((finding: unknown, index) => {
    const entry = isRecord(finding) ? finding : {};
    return {
      rule: requiredText(entry, "rule", index),
      app: requiredText(entry, "app", index),
      file: requiredText(entry, "file", index),
      scope: textOrNull(entry, "scope", index),
      operation: textOrNull(entry, "operation", index),
    };
  });
}

/** The file's text for some findings: each entry once, sorted, one a line so that merges stay simple. */
export function formatBaseline(findings: readonly BaselineEntry[]): string {
  const entries = new Map<string, string>();
  for (const { rule, app, file, scope, operation } of findings) {
    const entry = { rule, app, file, scope, operation };
    entries.set(keyOf(entry), JSON.stringify(entry));
  }
  const lines = [...entries.values()].sort().map((line) => `    ${line}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}

function keyOf({ rule, app, file, scope, operation }: BaselineEntry): string {
  return JSON.stringify([rule, app, file, scope, operation]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function requiredText(entry: Record<string, unknown>, key: string, index: number): string {
  const value = entry[key];
  if (typeof value !== "string") throw new SyntaxError(`entry ${String(index + 1)} has no \`${key}\``);
  return value;
}

function textOrNull(entry: Record<string, unknown>, key: string, index: number): string | null {
  return entry[key] === null || entry[key] === undefined ? null : requiredText(entry, key, index);
}
