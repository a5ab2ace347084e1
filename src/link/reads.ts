/**
 * What an answer was made from. While somebody records, every look at something that an edit may change is noted, also
 * where an answer that is remembered was made from it: an answer holds as long as all that it was made from is the same.
 */
import type { FileForm } from "../lower/form.js";
import type { ClassList } from "./classes.js";
import type { FilesWith, HasKind } from "./files-with.js";
import type { NameKind, Names } from "./names.js";

/** Something that was looked at. */
export interface Cell {
  /** The same thing in a later state of the project; null where it is not the same any more. */
  renew(now: Now): Cell | null;
}

/** A later state of the project. */
export interface Now {
  form(file: string): FileForm | undefined;
  classes(): ClassList;
  names(kind: NameKind): Names;
  filesWith(kind: HasKind): FilesWith;
  /** Who evaluates the program in that state. */
  readonly evaluator: object;
}

/** A set of cells. Equal sets of one recording are one object, so that to unite two is mostly to find them equal. */
export class Reads {
  readonly #plus = new Map<Cell, Reads>();
  readonly #united = new Map<Reads, Reads>();
  #list: readonly Cell[] | null = null;

  constructor(
    readonly recording: Recording,
    readonly cells: ReadonlySet<Cell>,
  ) {}

  /** The cells in the order in which they were first seen. The same array each time. */
  get list(): readonly Cell[] {
    return (this.#list ??= [...this.cells]);
  }

  plus(cell: Cell): Reads {
    if (this.cells.has(cell)) return this;
    let found = this.#plus.get(cell);
    if (found === undefined) {
      found = this.recording.set([...this.cells, cell]);
      this.#plus.set(cell, found);
    }
    return found;
  }

  union(other: Reads): Reads {
    if (other === this || other.cells.size === 0) return this;
    let found = this.#united.get(other);
    if (found === undefined) {
      found =
        this.cells.size === 0
          ? other
          : this.#hasAll(other)
            ? this
            : this.recording.set([...this.cells, ...other.cells]);
      this.#united.set(other, found);
    }
    return found;
  }

  #hasAll({ cells }: Reads): boolean {
    if (cells.size > this.cells.size) return false;
    for (const cell of cells) if (!this.cells.has(cell)) return false;
    return true;
  }
}

/** What the run itself read: nobody asks. */
class Unasked extends Reads {
  override plus(): Reads {
    return this;
  }

  override union(): Reads {
    return this;
  }
}

/** Sets of more cells are not looked for among those that there are. */
const MOST_SHARED = 100;

/** All sets of one run. */
class Recording {
  readonly #ids = new Map<Cell, number>();
  readonly #sets = new Map<string, Reads>();
  readonly none = this.set([]);

  set(cells: readonly Cell[]): Reads {
    const distinct = new Set(cells);
    // What reads so much (all callers of a helper) is hardly ever read by another question.
    if (distinct.size > MOST_SHARED) return new Reads(this, distinct);
    const key = [...distinct]
      .map((cell) => this.#idOf(cell))
      .sort((a, b) => a - b)
      .join();
    let found = this.#sets.get(key);
    if (found === undefined) {
      found = new Reads(this, distinct);
      this.#sets.set(key, found);
    }
    return found;
  }

  #idOf(cell: Cell): number {
    let id = this.#ids.get(cell);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(cell, id);
    }
    return id;
  }
}

/** What the running question has read so far; null while nobody records. One thread, so one question at a time. */
let current: Reads | null = null;

/** Records all that `run` does. Without it, nothing is noted and nothing costs. */
export function recording<T>(run: () => T): T {
  const outer = current;
  current = new Unasked(new Recording(), new Set());
  try {
    return run();
  } finally {
    current = outer;
  }
}

/** Notes that something was looked at. */
export function note(cell: Cell): void {
  if (current !== null) current = current.plus(cell);
}

/** Notes all that a remembered answer was made from. */
export function noteAll(reads: Reads | null): void {
  if (current !== null && reads !== null && reads !== current) current = current.union(reads);
}

/** Notes cells of an earlier run, as they are now. @returns What they are as a set. */
export function setOf(cells: readonly Cell[]): Reads | null {
  return current === null ? null : current.recording.set(cells);
}

/** Begins a question of its own. @returns What `endReads` wants. */
export function beginReads(): Reads | null {
  const outer = current;
  if (outer !== null) current = outer.recording.none;
  return outer;
}

/** Ends it: what it read counts for the question around it as well. @returns What it read. */
export function endReads(outer: Reads | null): Reads | null {
  const own = current;
  if (outer !== null && own !== null) current = outer.union(own);
  return own;
}

/** An answer, and what it was made from. */
export interface Recorded<T> {
  value: T;
  reads: Reads | null;
}

/** Asks a question of its own. */
export function recorded<T>(make: () => T): Recorded<T> {
  const outer = beginReads();
  const answer: Partial<Recorded<T>> = {};
  try {
    answer.value = make();
  } finally {
    answer.reads = endReads(outer);
  }
  return answer as Recorded<T>;
}

/** Asks a question whose answer the question around it looks at by other means: what it read does not count there. */
export function apart<T>(make: () => T): Recorded<T> {
  const outer = current;
  try {
    return recorded(make);
  } finally {
    current = outer;
  }
}

/** What is made once, at first use; whoever asks has read what it was made from. */
export function once<T>(make: () => T): () => T {
  let made: Recorded<T> | null = null;
  return () => {
    if (made === null) made = recorded(make);
    else noteAll(made.reads);
    return made.value;
  };
}

/** A collection that is filled at first use, and may be asked for while it is being filled. */
export class Filled<T> {
  #reads: Reads | null = null;
  #state: "empty" | "filling" | "full" = "empty";

  constructor(private readonly value: T) {}

  get(fill: (value: T) => void): T {
    if (this.#state === "empty") {
      this.#state = "filling";
      ({ reads: this.#reads } = recorded(() => {
        fill(this.value);
      }));
      this.#state = "full";
    } else if (this.#state === "full") noteAll(this.#reads);
    else note(NEVER_THE_SAME);
    return this.value;
  }
}

/** A collection for each of something (a program, an evaluator), filled at first use. */
export function filledPer<K extends object, T>(
  empty: () => T,
  fill: (value: T, key: K) => void,
): (key: K) => T {
  const known = new WeakMap<K, Filled<T>>();
  return (key) => {
    const filled = known.get(key) ?? new Filled(empty());
    known.set(key, filled);
    return filled.get((value) => {
      fill(value, key);
    });
  };
}

/** An answer that hung on the order in which things were asked, or on what was left of a budget: it is never the same. */
export const NEVER_THE_SAME: Cell = { renew: () => null };
