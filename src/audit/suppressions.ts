/**
 * Comments that mute findings: our own words (`klaviyo-scope-audit-ignore-next-line no-unused-scope -- reason`) and
 * ESLint's (`eslint-disable-next-line klaviyo-scopes/no-unused-scope -- reason`), in any language's comments.
 */
import type { Directive, FileForm, Range } from "../lower/form.js";
import { lineOfOffset } from "./lines.js";
import type { Place } from "./picture.js";
import { firstWord, ruleOf, settingsIn, splitNames, splitReason } from "./suppression-text.js";

/** Why a finding is muted: the words after `--`, null if there are none. */
export interface Suppression {
  reason: string | null;
}

/** A comment that mutes nothing, or less than it says. */
export interface SuppressionProblem extends Place {
  message: string;
}

export interface Suppressions {
  /** The comment that mutes a finding of `rule` at `place`; null if none does. Marks it as used. */
  match(rule: string, place: Place): Suppression | null;
  /** Comments that name no rule, name an unknown one, or have muted nothing so far. In report order. */
  problems(): SuppressionProblem[];
}

export interface SuppressionContext {
  ruleNames: ReadonlySet<string>;
  /** Whether the rule is on in the file: a comment about a rule that is off is not called unused. */
  active(rule: string, file: string): boolean;
  /** The known name that a mistyped one stands near to; undefined if none is. */
  suggest(name: string): string | undefined;
}

/** What a comment mutes: rules (null: all) at lines `from` to `to` (1-based, inclusive) or offsets from a place on. */
interface Mute {
  rules: Map<string, { used: boolean }> | null;
  covers(offset: number, line: number): boolean;
  reason: string | null;
  range: Range;
}

const OURS = "klaviyo-scope-audit-ignore";

/** Under other names the plugin may be another one. */
const PLUGIN = "klaviyo-scopes/";

export function readSuppressions(forms: Iterable<FileForm>, context: SuppressionContext): Suppressions {
  const files = new Map<string, { form: FileForm; mutes: Mute[] }>();
  const malformed: SuppressionProblem[] = [];
  for (const form of forms) {
    if (form.directives.length === 0) continue;
    const mutes: Mute[] = [];
    const problem = (range: Range, message: string) => malformed.push({ file: form.file, range, message });
    for (const directive of form.directives) {
      if (directive.text.startsWith(OURS)) {
        mutes.push(...readOurs(directive, form, context, (message) => problem(directive.range, message)));
      } else {
        mutes.push(...readEslints(directive, form));
        for (const name of strangersIn(directive, context.ruleNames)) {
          problem(
            directive.range,
            `There is no rule \`${name}\`, so naming it here does nothing.${hintFor(name, context)}`,
          );
        }
      }
    }
    files.set(form.file, { form, mutes });
  }

  return {
    match(rule, place) {
      const file = files.get(place.file);
      if (!file) return null;
      const offset = place.range[0];
      const line = lineOfOffset(file.form.lines, offset);
      let found: Suppression | null = null;
      for (const mute of file.mutes) {
        if (!mute.covers(offset, line)) continue;
        const named = mute.rules?.get(rule);
        if (mute.rules && !named) continue;
        if (named) named.used = true;
        found ??= { reason: mute.reason };
      }
      return found;
    },
    problems() {
      const unused: SuppressionProblem[] = [];
      for (const [name, { mutes }] of files) {
        for (const { rules, range } of mutes) {
          for (const [rule, { used }] of rules ?? []) {
            if (used || !context.ruleNames.has(rule) || !context.active(rule, name)) continue;
            unused.push({
              file: name,
              range,
              message: `Nothing to suppress: \`${rule}\` finds nothing here. Remove the comment.`,
            });
          }
        }
      }
      return [...malformed, ...unused].sort(
        (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.range[0] - b.range[0],
      );
    },
  };
}

/** `ignore-next-line`, `ignore-line` or `ignore-file`, rule names, `-- reason`. */
function readOurs(
  { text, range }: Directive,
  form: FileForm,
  context: SuppressionContext,
  problem: (message: string) => void,
): Mute[] {
  const { head: whole, reason } = splitReason(text);
  const word = firstWord(whole).slice(OURS.length);
  const head = whole.slice(OURS.length);
  const where = word.slice(1);
  const from = lineOfOffset(form.lines, range[0]);
  const to = lineOfOffset(form.lines, Math.max(range[0], range[1] - 1));
  const covers = new Map<string, Mute["covers"]>([
    ["next-line", (_offset, line) => line === to + 1],
    ["line", (_offset, line) => line >= from && line <= to],
    ["file", () => true],
  ]).get(where);
  if (!covers || !word.startsWith("-")) {
    const known = `\`${OURS}-next-line\`, \`${OURS}-line\` or \`${OURS}-file\``;
    problem(`\`${OURS}${word}\` is no suppression. Write ${known}, and the rule.`);
    return [];
  }
  const names = splitNames(head.slice(word.length));
  if (names.length === 0) {
    problem(
      `This suppression names no rule, so it mutes nothing. Name one: \`${OURS}-${where} no-unused-scope -- reason\`.`,
    );
    return [];
  }
  const rules = new Map<string, { used: boolean }>();
  for (const name of names) {
    const rule = ruleOf(name) ?? name;
    if (context.ruleNames.has(rule)) {
      rules.set(rule, { used: false });
      continue;
    }
    problem(`There is no rule \`${name}\`, so this suppression mutes nothing.${hintFor(name, context)}`);
  }
  return [{ rules, covers, reason, range }];
}

function hintFor(name: string, context: SuppressionContext): string {
  const near = context.suggest(ruleOf(name) ?? name);
  return near === undefined ? "" : ` Did you mean \`${near}\`?`;
}

/** The rules under our own name that a comment of ESLint's names and that we do not have. */
function strangersIn({ text }: Directive, ruleNames: ReadonlySet<string>): string[] {
  const { head } = splitReason(text);
  const word = firstWord(head);
  const rest = head.slice(word.length);
  const names = word === "eslint" ? settingsIn(rest).map(([name]) => name) : splitNames(rest);
  return names.filter((name) => name.startsWith(PLUGIN) && !ruleNames.has(name.slice(PLUGIN.length)));
}

/** The comments ESLint itself knows; those that name only other plugins' rules are none of ours. */
function readEslints({ text, range }: Directive, form: FileForm): Mute[] {
  const { head, reason } = splitReason(text);
  const word = firstWord(head);
  const from = lineOfOffset(form.lines, range[0]);
  const to = lineOfOffset(form.lines, Math.max(range[0], range[1] - 1));
  if (word === "eslint") {
    const off = switchedOff(head.slice(word.length));
    return off.size === 0 ? [] : [{ rules: off, covers: () => true, reason, range }];
  }
  const names = splitNames(head.slice(word.length));
  const ours = names.map(ruleOf).filter((name) => name !== null);
  if (names.length > 0 && ours.length === 0) return [];
  const rules = names.length === 0 ? null : new Map(ours.map((name) => [name, { used: false }]));
  switch (word) {
    case "eslint-disable-next-line":
      return [{ rules, covers: (_offset, line) => line === to + 1, reason, range }];
    case "eslint-disable-line":
      return [{ rules, covers: (_offset, line) => line >= from && line <= to, reason, range }];
    case "eslint-disable": {
      const enables = enabledAgain(form, range[1]);
      // Each rule may be enabled again at a place of its own.
      return (rules ? [...rules] : [null]).map((entry) => {
        const end =
          enables.find((enable) => !enable.rules || (entry && enable.rules.has(entry[0])))?.at ?? Infinity;
        return {
          rules: entry && new Map([entry]),
          covers: (offset) => offset >= range[0] && offset < end,
          reason,
          range,
        };
      });
    }
    default:
      return [];
  }
}

/** The `eslint-enable` comments after an offset, in order. */
function enabledAgain(form: FileForm, after: number): { at: number; rules: Set<string> | null }[] {
  return form.directives
    .filter(({ text, range }) => range[0] >= after && firstWord(text) === "eslint-enable")
    .map(({ text, range }) => {
      const names = splitNames(splitReason(text).head.slice("eslint-enable".length));
      const rules = names.length === 0 ? null : new Set(names.map(ruleOf).filter((name) => name !== null));
      return { at: range[0], rules };
    })
    .sort((a, b) => a.at - b.at);
}

/** The rules of ours that an `eslint klaviyo-scopes/x: off` comment turns off. */
function switchedOff(settings: string): Map<string, { used: boolean }> {
  const off = new Map<string, { used: boolean }>();
  for (const [name, level] of settingsIn(settings)) {
    const rule = ruleOf(name);
    if (rule !== null && (level === "off" || level === "0")) off.set(rule, { used: false });
  }
  return off;
}
