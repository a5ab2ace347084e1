/**
 * Small things that are found out from much of the program, such as which routes there are. Who asks has read what was
 * found, not the files: after an edit it is found out anew, and what was made from it holds if it comes to the same.
 */
import { apart, NEVER_THE_SAME, note, type Cell, type Now, type Recorded } from "./reads.js";

/** Asks for what was found; of what it says, `aspect` alone counts as read. */
export type Summary<K extends object, T> = (evaluator: K, aspect: Aspect<T>) => T;

/** Something that is asked of a summary. */
export interface Aspect<T> {
  /** The same for the same question. */
  name: string;
  says: (found: T) => string;
}

/** @param find Finds it out by evaluating alone: it does not know who calls whom. */
export function summaryOf<K extends object, T>(find: (evaluator: K) => T): Summary<K, T> {
  const known = new WeakMap<object, Found<T>>();
  const foundBy = (evaluator: object): Found<T> => {
    const found = known.get(evaluator) ?? { ...apart(() => find(evaluator as K)), cells: new Map() };
    known.set(evaluator, found);
    return found;
  };
  const cellOf = (evaluator: object, aspect: Aspect<T>): SummaryCell => {
    const { value, reads, cells } = foundBy(evaluator);
    let cell = cells.get(aspect.name);
    if (cell === undefined) {
      cell = new SummaryCell(aspect.says(value), reads?.list ?? [], (later) => cellOf(later, aspect));
      cells.set(aspect.name, cell);
    }
    return cell;
  };
  return (evaluator, aspect) => {
    const { value, reads } = foundBy(evaluator);
    note(reads?.cells.has(NEVER_THE_SAME) === true ? NEVER_THE_SAME : cellOf(evaluator, aspect));
    return value;
  };
}

interface Found<T> extends Recorded<T> {
  cells: Map<string, SummaryCell>;
}

/** A look at what a summary says. */
class SummaryCell implements Cell {
  readonly #renewed = new WeakMap<object, Cell | null>();

  constructor(
    private readonly said: string,
    private readonly cells: readonly Cell[],
    private readonly laterCell: (evaluator: object) => SummaryCell,
  ) {}

  renew(now: Now): Cell | null {
    let cell = this.#renewed.get(now.evaluator);
    if (cell === undefined) {
      cell = this.#renew(now);
      this.#renewed.set(now.evaluator, cell);
    }
    return cell;
  }

  #renew(now: Now): Cell | null {
    // Made from what is as it was, it says what it said.
    if (this.cells.every((one) => one.renew(now) !== null)) return this;
    const later = this.laterCell(now.evaluator);
    return later.said === this.said ? later : null;
  }
}
