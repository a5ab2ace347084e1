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

/** What a word may mean: the one candidate that begins with it, the nearest, else the few that have it as a part of their own (`no-unused`). */
export function meant(word: string, candidates: Iterable<string>): string[] {
  const all = [...candidates];
  const begun = word.length < 4 ? [] : all.filter((one) => one.toLowerCase().startsWith(word.toLowerCase()));
  if (begun.length === 1) return begun;
  const near = nearest(word, all);
  if (near !== null) return [near];
  const lower = word.toLowerCase();
  const holding = lower.length < 4 ? [] : all.filter((one) => hasPart(one.toLowerCase(), lower));
  return holding.length <= MOST_MEANT ? holding : [];
}

const MOST_MEANT = 3;

/** Whether a name holds a word between its own borders: `pkce` in `require-pkce`. */
function hasPart(name: string, part: string): boolean {
  const at = name.indexOf(part);
  const isBorder = (index: number) => !/[a-z0-9]/.test(name[index] ?? "");
  return at >= 0 && isBorder(at - 1) && isBorder(at + part.length);
}

/** "Did you mean …?" for one of several; null where there is none. */
export function asQuestion(names: readonly string[]): string | null {
  const all = names.map(quoted);
  const last = all.pop();
  if (last === undefined) return null;
  return `Did you mean ${all.length === 0 ? last : `${all.join(", ")} or ${last}`}?`;
}

/** "Did you mean …?" for what a word may mean, or else what is there to choose from. */
export function didYouMean(word: string, candidates: readonly string[]): string | null {
  const question = asQuestion(meant(word, candidates));
  if (question !== null) return question;
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
