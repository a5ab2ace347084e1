/** What the pattern of a `split` or a `replace` finds in a text. Patterns come from analyzed code. */
import { knownText } from "./text.js";
import type { Value } from "./values.js";

/** Index ranges in the text: of the whole match, then of each group; null for a group that took no part. */
export type Match = readonly [[start: number, end: number], ...([start: number, end: number] | null)[]];

/** How long a text may be for as many quantifiers: the time it takes grows with the power of their number. */
const LONGEST = [5_000, 5_000, 5_000, 400];

/** A matcher for a pattern; null where it is not known or not safe to run. @param all Not only what is found first. */
export function matcher(values: readonly Value[], all: boolean): ((text: string) => Match[]) | null {
  const [pattern, ...more] = values;
  if (pattern === undefined || more.length > 0) return null;
  if (pattern.kind === "regex") return regexMatcher(pattern.source, pattern.flags, all);
  const text = knownText(pattern);
  if (text === null || text === "") return null;
  return (subject) => {
    const out: Match[] = [];
    for (let at = subject.indexOf(text); at >= 0; at = subject.indexOf(text, at + text.length)) {
      out.push([[at, at + text.length]]);
      if (!all) break;
    }
    return out;
  };
}

function regexMatcher(source: string, flags: string, all: boolean): ((text: string) => Match[]) | null {
  const longest = longestFor(source);
  if (longest === null) return null;
  const isGlobal = all || flags.includes("g");
  let regex: RegExp;
  try {
    regex = new RegExp(source, `${flags.replace(/[dgy]/g, "")}dg`);
  } catch {
    return null;
  }
  return (text) => {
    if (text.length > longest) return [];
    const found = [...text.matchAll(regex)].flatMap(({ indices }): Match[] => {
      const [whole, ...groups] = indices ?? [];
      if (whole === undefined || whole[1] === whole[0]) return [];
      return [[whole, ...groups.map((group) => group ?? null)]];
    });
    return isGlobal ? found : found.slice(0, 1);
  };
}

/** For which texts a pattern is run: none with repeated groups or references. Null for one that never is. */
function longestFor(source: string): number | null {
  // Escaped characters, and those in classes, repeat nothing.
  const bare = source.replace(/\\[^1-9k]/g, "_").replace(/\[[^\]]*\]/g, "_");
  if (source.length > 80 || /\)[*+{?]|\\|\(\?/.test(bare)) return null;
  return LONGEST[(bare.match(/[*+]|\{\d/g) ?? []).length] ?? null;
}
