/** Which level a rule has in which file: `recommended`, then the config's `rules`, its `overrides`, then the caller's. */
import picomatch from "picomatch";
import { didYouMean, quoted } from "../config/nearest.js";
import { UserError } from "./errors.js";
import type { Level, Config } from "../config/types.js";
import type { Rule } from "../audit/rule.js";

export type Levels = (rule: Rule, file: string) => Level;

/**
 * @param fromRoot how a path relative to the audited root reads from the config's folder, where its globs start.
 * @throws UserError for a rule that does not exist.
 */
export function levelsOf(
  rules: readonly Rule[],
  config: Config | null,
  asked: Readonly<Record<string, Level>>,
  fromRoot: (file: string) => string,
): Levels {
  const names = rules.map(({ name }) => name);
  const own = new Map<string, Level>();
  for (const [written, level] of Object.entries(asked)) {
    const name = ruleName(written);
    if (!names.includes(name)) {
      throw new UserError(`There is no rule ${quoted(written)}.`, didYouMean(name, names));
    }
    own.set(name, level);
  }
  const base = new Map(rules.map(({ name, meta }) => [name, meta.recommended]));
  for (const [name, level] of Object.entries(config?.rules ?? {})) base.set(ruleName(name), level);
  const overrides = (config?.overrides ?? []).map((override) => ({
    matches: picomatch(override.files, { dot: true }),
    rules: new Map(Object.entries(override.rules).map(([name, level]) => [ruleName(name), level])),
  }));

  return (rule, file) => {
    const asked = own.get(rule.name);
    if (asked) return asked;
    let level = base.get(rule.name) ?? "off";
    if (overrides.length === 0) return level;
    const path = fromRoot(file);
    for (const override of overrides) {
      const other = override.rules.get(rule.name);
      if (other && override.matches(path)) level = other;
    }
    return level;
  };
}

/** Whether the rule can report anywhere: one that cannot need not run. */
export function isOnSomewhere(rule: Rule, levels: Levels, config: Config | null): boolean {
  const overridden = (config?.overrides ?? []).some((override) =>
    Object.entries(override.rules).some(([name, level]) => ruleName(name) === rule.name && level !== "off"),
  );
  return overridden || levels(rule, "") !== "off";
}

/** A rule's name without the plugin's prefix, which people copy from ESLint's output. */
export function ruleName(written: string): string {
  return written.startsWith("klaviyo-scopes/") ? written.slice("klaviyo-scopes/".length) : written;
}
