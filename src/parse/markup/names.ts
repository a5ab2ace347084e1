import type { Code, LocalName, Span } from "./types.js";

const IDENTIFIER = /[A-Za-z_$][\w$]*/g;
/** `plan`, `(plan, index)`, `plan, index (plan.id)`: the name of an item that is not taken apart. */
const ITEM = /^\s*\(?\s*([A-Za-z_$][\w$]*)\s*(?:[,()]|$)/;

/** A list longer than this, written in the markup itself, is not repeated wherever its items are used. */
const LONGEST_LIST = 1000;

/** The names that the open elements and blocks of the markup declare. */
export class Names {
  readonly #declared = new Map<string, LocalName[]>();

  constructor(readonly text: string) {}

  /**
   * Declares every name in a pattern. Answers them, to be taken back where the element or block ends.
   * @param list What the pattern stands for the items of, if it does.
   */
  declare([start, end]: Span, list: Code | null = null): string[] {
    const names: string[] = [];
    const pattern = this.text.slice(start, end);
    const isShort = list !== null && list.range[1] - list.range[0] <= LONGEST_LIST;
    const item = isShort ? ITEM.exec(pattern)?.[1] : undefined;
    for (const match of pattern.matchAll(IDENTIFIER)) {
      const [name] = match;
      const at = start + match.index;
      const local: LocalName = { name, range: [at, at + name.length], of: name === item ? list : null };
      const known = this.#declared.get(name);
      if (known === undefined) this.#declared.set(name, [local]);
      else known.push(local);
      names.push(name);
    }
    return names;
  }

  takeBack(names: readonly string[]): void {
    for (const name of names) {
      const known = this.#declared.get(name);
      known?.pop();
      if (known?.length === 0) this.#declared.delete(name);
    }
  }

  /** The declared names that stand in a piece of code. */
  usedIn([start, end]: Span): LocalName[] {
    if (this.#declared.size === 0) return [];
    return [...new Set(this.text.slice(start, end).match(IDENTIFIER))].flatMap((name) => {
      const local = this.#declared.get(name)?.at(-1);
      return local === undefined ? [] : [local];
    });
  }
}
