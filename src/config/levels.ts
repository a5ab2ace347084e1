import type { Node } from "jsonc-parser";
import type { ConfigDocument } from "./document.js";
import { globsOf } from "./places.js";
import { didYouMean, nearest, quoted } from "./nearest.js";
import type { Level, RuleOverride } from "./types.js";

export const LEVELS: readonly Level[] = ["off", "warn", "error"];

/** ESLint's numbers, and words that people write. */
const OTHER_LEVELS: ReadonlyMap<string, Level> = new Map([
  ["0", "off"],
  ["1", "warn"],
  ["2", "error"],
  ["false", "off"],
  ["none", "off"],
  ["disabled", "off"],
  ["warning", "warn"],
  ["info", "warn"],
  ["true", "error"],
  ["on", "error"],
]);

/** The prefix that the rules have in ESLint; people copy it. */
const PREFIX = "klaviyo-scopes/";

/** `{ "no-unused-scope": "error" }`, without the prefix. Unknown rules and levels are reported. */
export function levelsOf(
  document: ConfigDocument,
  node: Node,
  what: string,
  ruleNames: readonly string[],
): Record<string, Level> {
  const levels: [string, Level][] = [];
  for (const [written, { key, value }] of document.object(node, what, null) ?? []) {
    const name = written.startsWith(PREFIX) ? written.slice(PREFIX.length) : written;
    if (!ruleNames.includes(name)) {
      document.error(key, `There is no rule ${quoted(written)}.`, didYouMean(name, ruleNames));
      continue;
    }
    const level = levelOf(document, value, name);
    if (level !== null) levels.push([name, level]);
  }
  return Object.fromEntries(levels);
}

function levelOf(document: ConfigDocument, node: Node, rule: string): Level | null {
  const level = LEVELS.find((known) => known === node.value);
  if (level !== undefined) return level;
  const written = String(node.value).trim().toLowerCase();
  const meant = OTHER_LEVELS.get(written) ?? nearest(written, LEVELS);
  const help = meant === null ? null : `Did you mean "${meant}"?`;
  document.wrongType(node, `The level of ${quoted(rule)}`, '"off", "warn" or "error"', help);
  return null;
}

/** `[{ "files": ["glob"], "rules": { … } }]` */
export function overridesOf(
  document: ConfigDocument,
  node: Node,
  ruleNames: readonly string[],
): RuleOverride[] {
  if (node.type !== "array") {
    document.wrongType(node, "`overrides`", "an array of objects with `files` and `rules`");
    return [];
  }
  return (node.children ?? []).flatMap((child) => {
    const fields = document.object(child, "An override", ["files", "rules"]);
    if (fields === null) return [];
    const files = fields.get("files");
    const rules = fields.get("rules");
    if (files === undefined || rules === undefined) {
      document.error(child, `An override needs \`${files === undefined ? "files" : "rules"}\`.`);
      return [];
    }
    const globs = globsOf(document, files.value, "`files`");
    return [{ files: globs, rules: levelsOf(document, rules.value, "`rules`", ruleNames) }];
  });
}
