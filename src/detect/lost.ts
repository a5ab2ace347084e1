/** Places that could not be followed: what they lead to nests deeper than the stack goes, in spite of all budgets. */
import { NEVER_THE_SAME, note } from "../link/reads.js";
import type { Range } from "../lower/form.js";
import { standsIn } from "./places.js";
import type { Place } from "./types.js";

export class Lost {
  #places: Place[] = [];

  get places(): readonly Place[] {
    return this.#places;
  }

  /** Asks a question about a place. @returns `otherwise` where the stack overflows; then the place is among those lost. */
  attempt<T>(file: string, { range }: { range: Range }, ask: () => T, otherwise: T): T {
    try {
      return ask();
    } catch (error) {
      if (!isOverflow(error)) throw error;
      note(NEVER_THE_SAME);
      this.#add({ file, range });
      return otherwise;
    }
  }

  /** Questions about a call and about its parts lose the same: the outermost place is told. */
  #add(place: Place): void {
    if (this.#places.some((one) => standsIn(place, one))) return;
    this.#places = [...this.#places.filter((one) => !standsIn(one, place)), place];
  }
}

function isOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes("call stack");
}
