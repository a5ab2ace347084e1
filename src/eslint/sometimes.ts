/** Work that keeps something fresh, done only as often as it may cost. */

/** One part in so many of the time goes into looking whether something changed. */
const SHARE = 100;

/** And no pause is longer than a person waits, in milliseconds: a first scan, or a busy machine, says little of the next look. */
const LONGEST_PAUSE = 5_000;

/** The clock, in milliseconds. */
export type Now = () => number;

/**
 * Runs its work at most so often that it takes a small share of the time, however long it takes: a small project is
 * looked at before nearly every lint, a large one every few seconds.
 */
export class Sometimes {
  #next = 0;

  constructor(private readonly now: Now) {}

  /** @returns Whether it ran. */
  run(work: () => void): boolean {
    if (this.now() < this.#next) return false;
    this.always(work);
    return true;
  }

  /** Runs it whatever it costs, and counts the cost. */
  always<T>(work: () => T): T {
    const start = this.now();
    const result = work();
    const end = this.now();
    this.#next = end + Math.min((end - start) * SHARE, LONGEST_PAUSE);
    return result;
  }
}
