/**
 * What a walk from a place out to its callers has found, and what is left of its budgets. A stretch of it, from one
 * caller on, can be repeated without looking again where the budgets would let it run as it did.
 */
import type { PlacePatience } from "./patience.js";

const MAX_DEPTH = 8;
const MAX_CONTEXTS = 600;

interface Noted<R> {
  found: R[];
  contexts: number;
  looks: number;
  /** How many contexts there were when it was last asked whether to go on; null if it never was. */
  asked: number | null;
  /** It was not gone on with because a budget was at its end. */
  isCut: boolean;
}

/** A stretch of a walk: what was found on it, and what it took. */
export interface Stretch<R> extends Noted<R> {
  /** How much patience it took at the place itself. */
  patience: number;
  /** Whether something had been found before, after which patience does not count. */
  hadFound: boolean;
  hasFound: boolean;
}

export class Walk<R> {
  #found: R[] = [];
  #contexts = 0;
  #looks = 0;
  #asked: number | null = null;
  #isCut = false;
  /** The one that was gone last. */
  #gone: Stretch<R> | null = null;

  constructor(private readonly patience: PlacePatience) {}

  get found(): R[] {
    return this.#found;
  }

  get looks(): number {
    return this.#looks;
  }

  /** Counts a context that is gone into. */
  enter(): void {
    this.#contexts += 1;
    this.patience.spend();
  }

  /** Counts a look. */
  look(foundSomething: boolean): void {
    this.#looks += 1;
    if (foundSomething) this.patience.reward();
  }

  add(found: readonly R[]): void {
    this.#found.push(...found);
  }

  /** Whether callers of the outermost call of a chain may be followed. */
  goesOn(chain: readonly unknown[]): boolean {
    if (chain.length >= MAX_DEPTH) return false;
    this.#asked = this.#contexts;
    const isLeft = this.#contexts < MAX_CONTEXTS && this.patience.isLeft();
    this.#isCut ||= !isLeft;
    return isLeft;
  }

  /** Goes a stretch. @returns What it found and took, which is counted as it goes. */
  stretch(go: () => void): Stretch<R> {
    const outer = this.#begin([], null, false);
    const { contexts, looks } = outer;
    const { left, hasFound: hadFound } = this.patience;
    go();
    const own = this.#begin(outer.found, outer.asked, outer.isCut);
    const stretch: Stretch<R> = {
      found: own.found,
      contexts: own.contexts - contexts,
      looks: own.looks - looks,
      patience: left - this.patience.left,
      hadFound,
      hasFound: this.patience.hasFound,
      asked: own.asked === null ? null : own.asked - contexts,
      isCut: own.isCut,
    };
    this.#asked = own.asked ?? outer.asked;
    this.#isCut ||= own.isCut;
    this.add(stretch.found);
    this.#gone = stretch;
    return stretch;
  }

  /** Begins to note anew. @returns What was noted until now. */
  #begin(found: R[], asked: number | null, isCut: boolean): Noted<R> {
    const noted = {
      found: this.#found,
      contexts: this.#contexts,
      looks: this.#looks,
      asked: this.#asked,
      isCut: this.#isCut,
    };
    this.#found = found;
    this.#asked = asked;
    this.#isCut = isCut;
    return noted;
  }

  /** Whether a stretch would now run as it did. */
  mayRepeat({ isCut, asked, hadFound, patience }: Stretch<unknown>): boolean {
    if (isCut || hadFound !== this.patience.hasFound) return false;
    if (asked === null) return true;
    return this.#contexts + asked < MAX_CONTEXTS && (hadFound || this.patience.left > patience);
  }

  /** Counts a stretch that was gone in an earlier run; nothing where it was gone just now. */
  count(stretch: Stretch<R>): void {
    if (stretch === this.#gone) return;
    const { found, contexts, looks, patience, hasFound, asked } = stretch;
    if (asked !== null) this.#asked = this.#contexts + asked;
    this.#contexts += contexts;
    this.#looks += looks;
    this.patience.repeat(patience, hasFound);
    this.add(found);
  }
}
