/**
 * How long places are looked at from further and further out while nothing is found there. A place that half the program
 * leads to, such as a library's own plumbing, would be looked at for each way into it; together such places get so much
 * and no more, and each still gets a little. Where something is found, nothing is cut short.
 */

/** Looks for all places of a program. */
const TOTAL = 8_000;
/** One place gets at most this part of what is left. */
const RATION = 1 / 16;
/** What every place gets. */
const FLOOR = 24;

export class Patience {
  #left = TOTAL;

  /** Whether much of it was spent: then answers hang on the order in which places are looked at. */
  get isShort(): boolean {
    return this.#left < TOTAL / 2;
  }

  /** Looks that found nothing, so far. */
  get spent(): number {
    return TOTAL - this.#left;
  }

  /** Counts looks of an earlier run, whose answer is kept. */
  charge(looks: number): void {
    this.#left = Math.max(0, this.#left - looks);
  }

  forPlace(): PlacePatience {
    return new PlacePatience(Math.max(FLOOR, Math.floor(this.#left * RATION)), () => {
      this.charge(1);
    });
  }
}

export class PlacePatience {
  #found = false;
  #left: number;

  constructor(
    left: number,
    private readonly charge: () => void,
  ) {
    this.#left = left;
  }

  get left(): number {
    return this.#left;
  }

  get hasFound(): boolean {
    return this.#found;
  }

  isLeft(): boolean {
    return this.#found || this.#left > 0;
  }

  spend(): void {
    if (this.#found) return;
    this.#left -= 1;
    this.charge();
  }

  /** Counts for the place what an earlier run spent; for the whole it is charged with the answer that was kept. */
  repeat(spent: number, found: boolean): void {
    this.#left -= spent;
    this.#found ||= found;
  }

  reward(): void {
    this.#found = true;
  }
}
