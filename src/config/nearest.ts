import { distance } from "fastest-levenshtein";

/** The candidate that a mistyped word most likely means: at most a third of its letters differ. Null if none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const lower = word.slice(0, 100).toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(lower.length / 3)) + 1;
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const away = isSwap(lower, other) ? 1 : distance(lower, other);
    if (away < least) {
      best = candidate;
      least = away;
    }
  }
  return best;
}

/** Whether two neighbouring letters changed places: one slip of the fingers, however it is counted. */
function isSwap(word: string, other: string): boolean {
  if (word.length !== other.length || word === other) return false;
  let at = 0;
  while (word[at] === other[at]) at++;
  return (
    word[at] === other[at + 1] && word[at + 1] === other[at] && word.slice(at + 2) === other.slice(at + 2)
  );
}

/** "Did you mean …?" for the nearest candidate, or else what is there to choose from. */
export function didYouMean(word: string, candidates: readonly string[]): string | null {
  const near = nearest(word, candidates);
  if (near !== null) return `Did you mean ${quoted(near)}?`;
  return candidates.length === 0 || candidates.length > 20
    ? null
    : `Known are ${candidates.map(quoted).join(", ")}.`;
}

const LONGEST_QUOTE = 80;

/** Somebody's text in backticks: one line, without control characters, not too long. */
export function quoted(text: string): string {
  const cut = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  const line = cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`]/gu, (character) =>
    character === "`" ? "'" : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
  return `\`${line}\``;
}
