/** What the pattern of a `split` or a `replace` finds in a text. Patterns come from analyzed code. */
import { knownText } from "./text.js";
import type { Chunk, StringValue, Value } from "./values.js";

/** Index ranges in the text: of the whole match, then of each group; null for a group that took no part. */
export type Match = readonly [[start: number, end: number], ...([start: number, end: number] | null)[]];

/**
 * How long a text may be for as many parts that can match more or less: each multiplies the ways to try, and so does
 * the place where the match begins.
 */
const LONGEST = [5_000, 3_000, 600, 60];

/** A pattern that can be run. */
export interface Matcher {
  find: (text: string) => Match[];
  /** It finds all there are, not only the first. */
  all: boolean;
  /** It takes whatever stands there: `.*`, `[^/]+`. */
  sweeps: boolean;
  /** It finds single characters, whatever stands beside them, or runs of them; null for all else. */
  atom: "one" | "run" | null;
  /** Texts longer than this are not looked at. */
  longest: number;
}

/** A matcher for a pattern; null where it is not known or not safe to run. @param all Not only what is found first. */
export function matcher(values: readonly Value[], all: boolean): Matcher | null {
  const [pattern, ...more] = values;
  if (pattern === undefined || more.length > 0) return null;
  if (pattern.kind === "regex") return regexMatcher(pattern.source, pattern.flags, all);
  const text = knownText(pattern);
  if (text === null || text === "") return null;
  const find = (subject: string): Match[] => {
    const out: Match[] = [];
    for (let at = subject.indexOf(text); at >= 0; at = subject.indexOf(text, at + text.length)) {
      out.push([[at, at + text.length]]);
      if (!all) break;
    }
    return out;
  };
  return { find, all, sweeps: false, atom: text.length === 1 ? "one" : null, longest: Infinity };
}

function regexMatcher(source: string, flags: string, all: boolean): Matcher | null {
  const longest = longestFor(source);
  if (longest === null) return null;
  const isGlobal = all || flags.includes("g");
  let regex: RegExp;
  try {
    regex = new RegExp(source, `${flags.replace(/[dgy]/g, "")}dg`);
  } catch {
    return null;
  }
  const find = (text: string): Match[] => {
    const found = [...text.matchAll(regex)].flatMap(({ indices }): Match[] => {
      const [whole, ...groups] = indices ?? [];
      if (whole === undefined || whole[1] === whole[0]) return [];
      return [[whole, ...groups.map((group) => group ?? null)]];
    });
    return isGlobal ? found : found.slice(0, 1);
  };
  const sweeps = /(?<!\\)(?:\.|\[\^[^\]]*\])[*+]/.test(source);
  const [, repeats] = SINGLE.exec(source) ?? [];
  const atom = repeats === undefined ? null : repeats === "" ? "one" : "run";
  return { find, all: isGlobal, sweeps, atom, longest };
}

/** Whether a text, or a branch of it, is longer than the pattern may be run on: then nothing is known of it. */
export function isTooLong({ chunks }: StringValue, { longest }: Matcher): boolean {
  return longestRun(chunks) > longest;
}

function longestRun(chunks: readonly Chunk[]): number {
  const inner = chunks.flatMap((chunk) =>
    chunk.kind === "choice" ? chunk.alternatives.map((one) => longestRun(one.chunks)) : [],
  );
  const own = chunks.reduce((sum, chunk) => sum + (chunk.kind === "text" ? chunk.text.length : 1), 0);
  return Math.max(own, ...inner);
}

/**
 * For which texts a pattern is run: none with repeated groups or references; a group may be left out, which is one way
 * more. Null for one that never is.
 */
function longestFor(whole: string): number | null {
  const source = whole.replace(/(?<!\\)\(\?:/g, "(");
  if (source.length > 80 || /(?<!\\)\)[*+{]|\\[1-9k]|(?<!\\)\(\?/.test(source)) return null;
  let ways = 0;
  let isAfterRepeated = false;
  let hasNarrow = false;
  for (const [, atom = "", repeats = ""] of source.matchAll(ATOM)) {
    if (atom === "|") ways += 1;
    const isRepeated = repeats !== "";
    // A repeated blank or letter goes as far as it can; it multiplies only with what is repeated right before it.
    const isNarrow = /^(?:\\s|\\?[^.\\[\]])$/.test(atom) && !/^\\[a-rt-zA-Z]$/.test(atom);
    if (isRepeated && (!isNarrow || isAfterRepeated)) ways += 1;
    hasNarrow ||= isRepeated && isNarrow;
    isAfterRepeated = isRepeated;
  }
  return LONGEST[ways + (hasNarrow ? 1 : 0)] ?? null;
}

/** A pattern of one character, or of a run of them. */
const SINGLE = /^(?:\\[^bBkpPux1-9]|\[(?:\\.|[^\]\\])*\]|[^.^$|()[\\*+?{])(\+?)$/;

const ATOM = /(\\.|\[(?:\\.|[^\]\\])*\]|[^])([*+?]|\{\d+(?:,\d*)?\})?\??/g;
