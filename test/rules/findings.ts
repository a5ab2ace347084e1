/** A rule's findings as text: code, underline, message, what fixes and suggestions write, related places. */
import { applyEdits, editsByFile } from "../../src/audit/edits.js";
import { messageOf } from "../../src/audit/message.js";
import type { Edit, Picture, Place } from "../../src/audit/picture.js";
import type { Judgement, Rule } from "../../src/audit/rule.js";

/** "" where the rule is silent. */
export function findingsOf(rule: Rule, picture: Picture): string {
  return judge(rule, picture)
    .map((judgement) => show(rule, picture, judgement))
    .join("\n\n");
}

/** The places and scopes alone: "src/auth.ts:3 profiles:read (low)". */

export function judge(rule: Rule, picture: Picture): Judgement[] {
  return rule.check({ picture, options: rule.defaultOptions });
}

function show(rule: Rule, picture: Picture, judgement: Judgement): string {
  const { place, confidence, scope, operation, fix, suggestions, related } = judgement;
  const about = [scope, operation, confidence === "low" ? "low" : null].filter((word) => word !== null);
  return [
    `${position(picture, place)}${about.length === 0 ? "" : ` (${about.join(", ")})`}`,
    ...excerpt(picture, place),
    messageOf(rule, judgement),
    ...(fix === null ? [] : ["fix:", ...changes(picture, fix)]),
    ...suggestions.flatMap((one) => [`suggestion: ${messageOf(rule, one)}`, ...changes(picture, one.edits)]),
    ...related.map((one) => `related: ${position(picture, one)} ${one.message}`),
  ].join("\n");
}

function position(picture: Picture, { file, range }: Place): string {
  const { line, column } = picture.position(file, range[0]);
  return `${file}:${String(line)}:${String(column)}`;
}

/** The lines of the place, each with what is meant underlined. */
function excerpt(picture: Picture, { file, range }: Place): string[] {
  const text = textOf(picture, file);
  let at = 0;
  return text.split("\n").flatMap((line) => {
    const start = at;
    at += line.length + 1;
    const from = Math.max(range[0] - start, 0);
    const to = Math.min(range[1] - start, line.length);
    if (range[0] > start + line.length || range[1] < start || (to <= from && range[0] !== range[1]))
      return [];
    return [`  ${line}`, `  ${" ".repeat(from)}${"~".repeat(Math.max(to - from, 1))}`];
  });
}

/** The lines that the edits write in place of others, and a note of what they take away. */
function changes(picture: Picture, edits: readonly Edit[]): string[] {
  return [...editsByFile([edits])].flatMap(([file, own]) => {
    const before = textOf(picture, file).split("\n");
    const after = applyEdits(textOf(picture, file), own).split("\n");
    let head = 0;
    while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
    let tail = 0;
    const most = Math.min(before.length, after.length) - head;
    while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
    const written = after.slice(head, after.length - tail);
    return written.length === 0 ? ["  (the line goes)"] : written.map((line) => `  ${line}`);
  });
}

function textOf(picture: Picture, file: string): string {
  const text = picture.text(file);
  if (text === undefined) throw new Error(`A finding or an edit names ${file}, which is not in the project.`);
  return text;
}
