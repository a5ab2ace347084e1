/**
 * What detection found out about single nodes, kept from one run to the next: after an edit only that is asked again
 * which hangs on what was edited. In an editor nearly all else stays as it was.
 */
import {
  NEVER_THE_SAME,
  noteAll,
  recorded,
  recording,
  setOf,
  type Cell,
  type Now,
  type Reads,
} from "../link/reads.js";
import type { Project } from "../link/project.js";
import { indexOf } from "../link/program.js";
import { envEntries } from "../lower/data/env-entries.js";
import type { FileForm } from "../lower/form.js";
import { envEntriesOfCode } from "./env-of-code.js";

interface Answer {
  value: unknown;
  cells: readonly Cell[];
  cost: Cost;
}

/** What questions take out of the budgets of a run. */
export interface Cost {
  /** Expressions evaluated. */
  nodes: number;
  /** Looks at places that found nothing. */
  looks: number;
}

/** The state of the project in which a kept answer may still hold. */
export interface State extends Now {
  /** Changes when something that a cell may be asked for does. */
  readonly version: number;
  /** What the run has cost so far. */
  spent(): Cost;
  /** Counts what a kept answer has cost, so that budgets end where they would end in a run that asks everything. */
  charge(cost: Cost): void;
}

/**
 * Asks about a node, or takes what was found out before. The answer is plain data: a thunk or a frame in it would go on
 * evaluating the program of the run that made it.
 * @param mayKeep Whether what was found out before may be taken, though all it was made from is the same.
 */
export type Ask = <T>(node: object, question: string, make: () => T, mayKeep?: (known: T) => boolean) => T;

/** Asks each time. */
export const askAnew: Ask = (_node, _question, make) => make();

/** What a run found, and how it got on with its budgets. */
export interface Outcome<T> {
  found: T;
  /** Much of what all questions share is spent: what they say hangs on their order. */
  isShort: boolean;
  /** Some question ran out of its own part. */
  gaveUp: boolean;
}

/** Runs without kept answers after one that came to its budgets: that may pass, as what one types does. */
const PAUSE = 8;

/** The answers of one project under one config. */
export class Answers {
  #byNode = new WeakMap<object, Map<string, Answer>>();
  #before: Project | null = null;
  #isEmpty = true;
  #pause = 0;

  /** Runs a detection with what earlier ones left; without, where budgets would decide what is found. */
  run<T>(project: Project, detect: (answers: Answers | null) => Outcome<T>): T {
    const before = this.#before;
    this.#before = project;
    if (before === null || !isComparable(before, project)) this.#forget();
    if (this.#pause > 0) {
      this.#pause -= 1;
      return detect(null).found;
    }
    const knewNothing = this.#isEmpty;
    this.#isEmpty = false;
    const { found, isShort, gaveUp } = recording(() => detect(this));
    if (!isShort && !gaveUp) return found;
    this.#pause = PAUSE;
    if (isShort) this.#forget();
    return knewNothing ? found : detect(null).found;
  }

  #forget(): void {
    this.#byNode = new WeakMap();
    this.#isEmpty = true;
  }

  /** How a run asks: in the state that it has got to. */
  asking(state: State): Ask {
    let version = state.version;
    let renewed = new Map<readonly Cell[], Reads | null>();
    const renew = (cells: readonly Cell[]): Reads | null => {
      if (state.version !== version) {
        version = state.version;
        renewed = new Map();
      }
      let reads = renewed.get(cells);
      if (reads === undefined) {
        reads = renewedSet(cells, state);
        renewed.set(cells, reads);
      }
      return reads;
    };
    return (node, question, make, mayKeep = () => true) => {
      const byQuestion = this.#byNode.get(node) ?? new Map<string, Answer>();
      this.#byNode.set(node, byQuestion);
      const known = byQuestion.get(question);
      const same = known === undefined ? null : renew(known.cells);
      if (known !== undefined && same !== null && mayKeep(known.value as ReturnType<typeof make>)) {
        known.cells = same.list;
        noteAll(same);
        state.charge(known.cost);
        return known.value as ReturnType<typeof make>;
      }
      const before = state.spent();
      const { value, reads } = recorded(make);
      const after = state.spent();
      const cost = { nodes: after.nodes - before.nodes, looks: after.looks - before.looks };
      if (reads === null || reads.cells.has(NEVER_THE_SAME)) byQuestion.delete(question);
      else byQuestion.set(question, { value, cells: reads.list, cost });
      return value;
    };
  }
}

/** The cells as they are now; null where one of them is not what it was. */
function renewedSet(cells: readonly Cell[], state: State): Reads | null {
  const now: Cell[] = [];
  for (const cell of cells) {
    const same = cell.renew(state);
    if (same === null) return null;
    now.push(same);
  }
  return setOf(now);
}

/** Whether only code has changed: imports lead where they led, and the environment is what it was. */
function isComparable(before: Project, after: Project): boolean {
  if (before.root !== after.root || before.resolve !== after.resolve) return false;
  if (before.forms.size !== after.forms.size) return false;
  for (const [file, form] of after.forms) {
    const old = before.forms.get(file);
    if (old === undefined) return false;
    if (old !== form && (setsVariables(old) || setsVariables(form))) return false;
  }
  return true;
}

function setsVariables(form: FileForm): boolean {
  return form.data === null ? envEntriesOfCode(indexOf(form)).length > 0 : envEntries(form).length > 0;
}
