/** When two words are near enough that one is a mistake for the other. */
import { distance } from "fastest-levenshtein";

/** Lower case, without separators: `dataPrivacy`, `data_privacy` and `data-privacy` are one. */
export function joined(text: string): string {
  return text.replace(/[^a-z0-9]/gi, "").toLowerCase();
}

export function singular(word: string): string {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

export function sameButNumber(a: string, b: string): boolean {
  return singular(a) === singular(b);
}

/**
 * Whether `word` is `right` with a slip of the fingers: one letter too many, too few, changed, or two swapped; two in
 * words so long that no other word is as near. Short words allow none: `tabs` is no mistaken `tags`. The first letter
 * is rarely mistaken, and words that differ in it are other words (`previews`, `reviews`).
 */
export function isTypo(word: string, right: string): boolean {
  if (swapped(word, right)) return true;
  if (word[0] !== right[0]) return right.length >= 6 && word === right.slice(1);
  if (right.length < 5) return false;
  const slips = distance(word, right);
  // Two letters more or fewer make another word: `conversions`, `conversations`.
  return slips <= 1 || (slips === 2 && right.length >= 13 && Math.abs(word.length - right.length) <= 1);
}

function swapped(word: string, right: string): boolean {
  if (word.length !== right.length || right.length < 4) return false;
  for (let i = 0; i < word.length; i++) {
    if (word[i] === right[i]) continue;
    return word[i] === right[i + 1] && word[i + 1] === right[i] && word.slice(i + 2) === right.slice(i + 2);
  }
  return false;
}
