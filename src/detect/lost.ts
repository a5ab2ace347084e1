/** Places that could not be followed: what they lead to nests deeper than the stack goes, in spite of all budgets. */
import { NEVER_THE_SAME, note } from "../link/reads.js";
import type { Range } from "../lower/form.js";
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
    if (this.#places.some((one) => holds(one, place))) return;
    this.#places = [...this.#places.filter((one) => !holds(place, one)), place];
  }
}

function holds(outer: Place, inner: Place): boolean {
  return outer.file === inner.file && outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

function isOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes("call stack");
}
