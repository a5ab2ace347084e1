/** How deep YAML is nested, before the package composes it: that recurses, and V8 may end the process where its stack runs out. */
import type { CST } from "yaml";

/** Far more than anybody writes, and far less than the stack holds. */
const DEEPEST = 300;

/** Whether tokens as the package's own parser gives them, which does not recurse, are nested too deeply to be composed. */
export function isTooDeep(tokens: readonly CST.Token[]): boolean {
  const work = tokens.map((token) => ({ token, depth: 0 }));
  for (let one = work.pop(); one !== undefined; one = work.pop()) {
    const { token, depth } = one;
    if (depth > DEEPEST) return true;
    for (const inner of within(token)) work.push({ token: inner, depth: depth + 1 });
  }
  return false;
}

function within(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value];
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value]).filter((inner) => inner != null);
}
