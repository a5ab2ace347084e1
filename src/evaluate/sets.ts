/** What stands once however often it is put: a set's items. */
import { knownTexts } from "./text.js";
import { perhaps } from "./items.js";
import { conjoin, type ListItem } from "./values.js";

/**
 * An item that repeats an earlier one is not there a second time, though it is still written there. Of two that are
 * the same text the one that is surely there stands for both. Those of two branches never meet.
 */
export function withoutRepeats(items: readonly ListItem[]): ListItem[] {
  const out: ListItem[] = [];
  const places = new Map<string, number[]>();
  for (const item of items) {
    const text = item.rest ? null : onlyText(item);
    const known = text === null ? [] : (places.get(text) ?? []);
    const place = known.find((at) => mayMeet(out[at], item));
    const earlier = place === undefined ? undefined : out[place];
    if (text !== null && place === undefined) places.set(text, [...known, out.length]);
    if (place === undefined || earlier === undefined) {
      out.push(item);
      continue;
    }
    out[place] = { ...earlier, optional: earlier.optional && item.optional };
    out.push(perhaps(item));
  }
  return out;
}

function mayMeet(a: ListItem | undefined, b: ListItem): boolean {
  return conjoin(a?.branch?.when ?? [], b.branch?.when ?? []) !== null;
}

function onlyText(item: ListItem): string | null {
  const { texts, complete } = knownTexts(item.values());
  const [text, ...others] = texts;
  return complete && text !== undefined && others.length === 0 ? text : null;
}
