/**
 * What a walk from a place out to its callers has found, and what is left of its budgets. A stretch of it, from one
 * caller on, can be repeated without looking again where the budgets would let it run as it did.
 */
import type { PlacePatience } from "./patience.js";

const MAX_DEPTH = 8;
const MAX_CONTEXTS = 600;

/** A stretch of a walk: what was found on it, and what it took. */
export interface Stretch<R> {
  found: R[];
  contexts: number;
  looks: number;
  /** How much patience it took at the place itself. */
  patience: number;
  /** Whether something had been found before, after which patience does not count. */
  hadFound: boolean;
  hasFound: boolean;
  /** How many contexts it had taken when it was last asked whether to go on; null if it never was. */
  asked: number | null;
  /** It ended because a budget did. */
  isCut: boolean;
}

export class Walk<R> {
  #found: R[] = [];
  #contexts = 0;
  #looks = 0;
  #asked: number | null = null;
  #isCut = false;

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

  /** Goes a stretch. @returns What it found and took, which has been counted. */
  stretch(go: () => void): Stretch<R> {
    const outer = { found: this.#found, asked: this.#asked, isCut: this.#isCut };
    const before = { contexts: this.#contexts, looks: this.#looks };
    const { left, hasFound: hadFound } = this.patience;
    this.#found = [];
    this.#asked = null;
    this.#isCut = false;
    go();
    const stretch: Stretch<R> = {
      found: this.#found,
      contexts: this.#contexts - before.contexts,
      looks: this.#looks - before.looks,
      patience: left - this.patience.left,
      hadFound,
      hasFound: this.patience.hasFound,
      asked: this.#asked === null ? null : this.#asked - before.contexts,
      isCut: this.#isCut,
    };
    this.#found = outer.found;
    this.#asked = this.#asked ?? outer.asked;
    this.#isCut ||= outer.isCut;
    this.add(stretch.found);
    return stretch;
  }

  /** Whether a stretch would now run as it did. */
  mayRepeat({ isCut, asked, hadFound, patience }: Stretch<unknown>): boolean {
    if (isCut || hadFound !== this.patience.hasFound) return false;
    if (asked === null) return true;
    return this.#contexts + asked < MAX_CONTEXTS && (hadFound || this.patience.left > patience);
  }

  /** Counts a stretch that was gone in an earlier run. */
  repeat({ found, contexts, looks, patience, hasFound, asked }: Stretch<R>): void {
    if (asked !== null) this.#asked = this.#contexts + asked;
    this.#contexts += contexts;
    this.#looks += looks;
    this.patience.repeat(patience, hasFound);
    this.add(found);
  }
}
