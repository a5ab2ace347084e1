import type { LocalName, Span } from "./types.js";

const IDENTIFIER = /[A-Za-z_$][\w$]*/g;

/** The names that the open elements and blocks of the markup declare. */
export class Names {
  readonly #declared = new Map<string, Span[]>();

  constructor(readonly text: string) {}

  /** Declares every name in a pattern. Answers them, to be taken back where the element or block ends. */
  declare([start, end]: Span): string[] {
    const names: string[] = [];
    for (const match of this.text.slice(start, end).matchAll(IDENTIFIER)) {
      const [name] = match;
      const at = start + match.index;
      const known = this.#declared.get(name);
      if (known === undefined) this.#declared.set(name, [[at, at + name.length]]);
      else known.push([at, at + name.length]);
      names.push(name);
    }
    return names;
  }

  takeBack(names: readonly string[]): void {
    for (const name of names) {
      const ranges = this.#declared.get(name);
      ranges?.pop();
      if (ranges?.length === 0) this.#declared.delete(name);
    }
  }

  /** The declared names that stand in a piece of code. */
  usedIn([start, end]: Span): LocalName[] {
    if (this.#declared.size === 0) return [];
    return [...new Set(this.text.slice(start, end).match(IDENTIFIER))].flatMap((name) => {
      const range = this.#declared.get(name)?.at(-1);
      return range === undefined ? [] : [{ name, range }];
    });
  }
}
