/**
 * Java `.properties`, as one flat map.
 * Source of the grammar: https://docs.oracle.com/javase/8/docs/api/java/util/Properties.html#load-java.io.Reader-
 */
import type { ListExpression, MapEntry, MapExpression, Problem } from "../form.js";
import { addProblem, Budget, splitLines, TOO_MANY, type Comment, type Content, type Line } from "./content.js";
import { interpolate } from "./interpolation.js";
import { PlacedText, sliceString, stringNode, type Placed } from "./placed-text.js";

export function lowerProperties(text: string): Content {
  const problems: Problem[] = [];
  const comments: Comment[] = [];
  const map: MapExpression = { kind: "map", range: [0, text.length], entries: [] };
  const budget = new Budget();
  const lines = splitLines(text.replace(/^\uFEFF/, " "));
  let index = 0;
  while (index < lines.length && !budget.spent) {
    const line = lines[index];
    if (!line) break;
    const start = skipWhite(text, line.start + (line.start === 0 && text.startsWith("\uFEFF") ? 1 : 0), line.end);
    if (start === line.end) {
      index++;
      continue;
    }
    if (text[start] === "#" || text[start] === "!") {
      comments.push({ range: [start, line.end], text: text.slice(start, line.end) });
      index++;
      continue;
    }
    const logical = logicalLine(text, lines, index, start);
    index = logical.next;
    budget.take();
    const { key, value, keyRange, valueRange } = splitEntry(text, logical.at, logical.end);
    map.entries.push({
      kind: "value",
      range: [keyRange[0], Math.max(keyRange[1], valueRange[1])],
      key: stringNode(key, keyRange, ""),
      value: interpolate(stringNode(value, valueRange, ""), { inert: value.inert }),
    });
  }
  map.entries = withLists(map.entries);
  if (budget.spent) addProblem(problems, text, [0, text.length], `the file has ${TOO_MANY}`, "The rest was not read.");
  return { data: map, problems, comments };
}

/** `scopes[0]=a`, `scopes[1]=b`: one list `scopes`, as Spring and Quarkus bind it. */
function withLists(entries: readonly MapEntry[]): MapEntry[] {
  const out: MapEntry[] = [];
  const lists = new Map<string, ListExpression>();
  for (const entry of entries) {
    const key = entry.key?.kind === "string" ? entry.key : null;
    const name = key === null ? null : (/^(.*[^\]])\[\d+\]$/.exec(key.value)?.[1] ?? null);
    if (key === null || name === null) {
      out.push(entry);
      continue;
    }
    const known = lists.get(name);
    if (known !== undefined) {
      known.items.push(entry.value);
      known.range = [known.range[0], Math.max(known.range[1], entry.value.range[1])];
      continue;
    }
    const list: ListExpression = { kind: "list", range: entry.value.range, items: [entry.value], style: "apart" };
    lists.set(name, list);
    out.push({ ...entry, key: sliceString(key, 0, name.length), value: list });
  }
  return out;
}

/** Offsets of the characters of a line and its continuations: an odd number of backslashes at the end goes on. */
function logicalLine(
  text: string,
  lines: readonly Line[],
  first: number,
  from: number,
): { at: number[]; end: number; next: number } {
  const at: number[] = [];
  let end = from;
  for (let index = first; index < lines.length; index++) {
    const line = lines[index];
    if (!line) break;
    const start = index === first ? from : skipWhite(text, line.start, line.end);
    let backslashes = 0;
    while (line.end - backslashes > start && text[line.end - backslashes - 1] === "\\") backslashes++;
    const continued = backslashes % 2 === 1;
    end = continued ? line.end - 1 : line.end;
    for (let i = start; i < end; i++) at.push(i);
    if (!continued) return { at, end, next: index + 1 };
  }
  return { at, end, next: lines.length };
}

interface Entry {
  key: Placed;
  value: Placed;
  keyRange: [number, number];
  valueRange: [number, number];
}

function splitEntry(text: string, at: readonly number[], end: number): Entry {
  const charAt = (index: number): string => text.charAt(at[index] ?? end);
  let keyEnd = 0;
  while (keyEnd < at.length && !/[=: \t\f]/.test(charAt(keyEnd))) keyEnd += charAt(keyEnd) === "\\" ? 2 : 1;
  keyEnd = Math.min(keyEnd, at.length);
  let valueStart = keyEnd;
  while (valueStart < at.length && isWhite(charAt(valueStart))) valueStart++;
  if (valueStart < at.length && /[=:]/.test(charAt(valueStart))) {
    valueStart++;
    while (valueStart < at.length && isWhite(charAt(valueStart))) valueStart++;
  }
  const key = decode(text, at.slice(0, keyEnd), at[0] ?? end);
  const value = decode(text, at.slice(valueStart), end);
  const keyStop = (at[keyEnd - 1] ?? (at[0] ?? end) - 1) + 1;
  return {
    key,
    value,
    keyRange: [at[0] ?? end, keyStop],
    valueRange: [at[valueStart] ?? end, Math.max(at[valueStart] ?? end, (at.at(-1) ?? end - 1) + 1)],
  };
}

const SIMPLE = new Map([
  ["t", "\t"],
  ["n", "\n"],
  ["r", "\r"],
  ["f", "\f"],
]);

function decode(text: string, at: readonly number[], end: number): Placed {
  const placed = new PlacedText();
  for (let i = 0; i < at.length; i++) {
    const offset = at[i] ?? end;
    const character = text.charAt(offset);
    if (character !== "\\") {
      placed.add(character, offset);
      continue;
    }
    i++;
    const nextOffset = at[i];
    if (nextOffset === undefined) break;
    const letter = text.charAt(nextOffset);
    if (letter === "u") {
      const hex = at.slice(i + 1, i + 5).map((place) => text.charAt(place));
      if (hex.length === 4 && hex.every((digit) => /[0-9a-fA-F]/.test(digit))) {
        placed.add(String.fromCharCode(parseInt(hex.join(""), 16)), offset);
        i += 4;
        continue;
      }
    }
    placed.add(SIMPLE.get(letter) ?? letter, offset, letter === "$");
  }
  const last = at.at(-1);
  return placed.finish(last === undefined ? end : last + 1);
}

function isWhite(character: string): boolean {
  return character === " " || character === "\t" || character === "\f";
}

function skipWhite(text: string, from: number, end: number): number {
  let i = from;
  while (i < end && isWhite(text.charAt(i))) i++;
  return i;
}
