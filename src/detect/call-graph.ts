/** Who calls what: every call of the program with the functions it may reach, found by evaluating callees. */
import type { CallExpression, FileForm } from "../lower/form.js";
import type { ClassList } from "../link/classes.js";
import type { FilesWith, HasKind } from "../link/files-with.js";
import type { NameKind, Names } from "../link/names.js";
import {
  NEVER_THE_SAME,
  note,
  noteAll,
  recorded,
  type Cell,
  type Now,
  type Recorded,
} from "../link/reads.js";
import { askAnew, type Answers, type Ask, type Cost, type State } from "./answers.js";
import { calleesOf } from "../evaluate/calls.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { makeFrame, type Frame } from "../evaluate/frames.js";
import { nameOf } from "../evaluate/members.js";
import { frameForCall } from "../evaluate/functions.js";
import { argumentsFor, targetsOf } from "./call-targets.js";
import { instanceRoots } from "./instances.js";
import { Lost } from "./lost.js";
import { mayReachRoute } from "./own-routes.js";
import { Patience } from "./patience.js";
import { conditionsAt } from "../evaluate/reached.js";
import { argumentsUnder } from "../evaluate/restrict.js";
import { muteAll, withoutMemory, type Muted } from "./muted.js";
import { conjoin, isGiven } from "../evaluate/values.js";

/** A call that may reach a function of the program. */
export interface Caller {
  file: string;
  /** The function in which the call stands; -1 for the module. */
  fn: number;
  node: CallExpression;
  /** Which of the file's calls it is. */
  at: number;
}

/** Expressions to evaluate for one callee: every call of the program is asked for its own, and most take five. */
const CALLEE_NODES = 800;

/** Ways into a function that are tried to learn what one of its calls reaches. */
const MAX_FRAMES = 40;

/** What a look at a call's callee tells. */
interface Callee {
  /** The functions that it may enter. */
  targets: readonly { file: string; fn: number }[];
  /** None, though it may be one of ours. */
  isUnresolved: boolean;
  /** None, and callers may know more. */
  isOpen: boolean;
}

/** Of a call that could not be followed. */
const UNSEEN: Callee = { targets: [], isUnresolved: true, isOpen: false };

export class CallGraph implements State {
  readonly #callers = new Map<string, CallersCell>();
  /** Names of calls that may reach a function of ours though we could not see which. */
  readonly #unresolved = new Set<string>();
  readonly #unresolvedCells = new Map<string, UnresolvedCell>();
  /** Calls whose callee hangs on a parameter, to be looked at once callers are known. */
  #open: Caller[] = [];
  /** Answers that hold as long as no further caller is found. */
  readonly #remembered = new Map<string, Recorded<unknown> | null>();
  /** Asks about a node of the program. */
  readonly about: Ask;
  version = 0;
  readonly patience = new Patience();
  readonly lost = new Lost();

  /** @param answers What earlier runs found out, to go on with. */
  constructor(
    readonly evaluator: Evaluator,
    answers: Answers | null = null,
  ) {
    const { program } = evaluator;
    this.about = answers?.asking(this) ?? askAnew;
    for (const file of program.files()) {
      const { calls } = program.index(file);
      const looks = this.about(program.form(file), "callees", () =>
        calls.map(({ node, fn }) =>
          this.about(node, "callee", () => this.#look(node, evaluator.rootFrame(file, fn))),
        ),
      );
      calls.forEach(({ node, fn }, index) => {
        const callee = looks[index];
        const caller: Caller = { file, fn, node, at: index };
        if (callee === undefined) return;
        this.#enter(caller, callee);
        if (callee.isUnresolved) this.#unresolved.add(nameOf(node.callee));
        if (fn >= 0 && callee.isOpen) this.#open.push(caller);
      });
    }
    // Receivers that callers pass in: two rounds reach a client handed through two functions.
    for (let round = 0; round < 3 && this.#open.length > 0; round++) {
      const open = this.#open;
      this.#open = [];
      let found = false;
      for (const caller of open) {
        const looks = this.about(caller.node, `callee, round ${String(round)}`, () =>
          this.lost
            .attempt(caller.file, caller.node, () => this.framesOf(caller.file, caller.fn, 2), [])
            .slice(0, MAX_FRAMES)
            .map((frame) => this.#look(caller.node, frame)),
        );
        for (const callee of looks) found = this.#enter(caller, callee) || found;
      }
      if (!found) break;
      this.#open = open;
    }
  }

  spent(): Cost {
    return { nodes: this.evaluator.spent, looks: this.patience.spent };
  }

  charge({ nodes, looks }: Cost): void {
    this.evaluator.charge(nodes);
    this.patience.charge(looks);
  }

  form(file: string): FileForm | undefined {
    return this.evaluator.program.project.forms.get(file);
  }

  classes(): ClassList {
    return this.evaluator.program.classes();
  }

  names(kind: NameKind): Names {
    return this.evaluator.program.names(kind);
  }

  filesWith(kind: HasKind): FilesWith {
    return this.evaluator.program.filesWith(kind);
  }

  callers(file: string, fn: number): readonly Caller[] {
    const cell = this.callersCell(`${file}#${String(fn)}`);
    note(cell);
    return cell.callers;
  }

  callersCell(key: string): CallersCell {
    let cell = this.#callers.get(key);
    if (cell === undefined) {
      cell = new CallersCell(key, []);
      this.#callers.set(key, cell);
    }
    return cell;
  }

  /** Whether a call that could not be resolved has this name. */
  isPerhapsCalled(name: string): boolean {
    const is = this.isUnresolved(name);
    const cell = this.#unresolvedCells.get(name) ?? new UnresolvedCell(name, is);
    this.#unresolvedCells.set(name, cell);
    note(cell);
    return is;
  }

  isUnresolved(name: string): boolean {
    return name !== "" && this.#unresolved.has(name);
  }

  /** Answers a question about callers once; a question that leads to itself gets `meanwhile`. */
  remember<T>(key: string, meanwhile: T, make: () => T): T {
    const known = this.#remembered.get(key) as Recorded<T> | null | undefined;
    if (known === null) {
      note(NEVER_THE_SAME);
      return meanwhile;
    }
    if (known !== undefined) {
      noteAll(known.reads);
      return known.value;
    }
    this.#remembered.set(key, null);
    let answer: Recorded<T> | undefined;
    try {
      answer = recorded(make);
      return answer.value;
    } finally {
      if (answer === undefined) this.#remembered.delete(key);
      else this.#remembered.set(key, answer);
    }
  }

  /** The activations of a function by its known callers, up to `depth` calls away; the root frame where there are none. */
  framesOf(file: string, fn: number, depth: number): Frame[] {
    const root = this.evaluator.rootFrame(file, fn);
    if (fn < 0 || depth === 0) return [root];
    return this.remember(`frames ${file}#${String(fn)}/${String(depth)}`, [root], () =>
      this.#framesOf(file, fn, depth, root),
    );
  }

  #framesOf(file: string, fn: number, depth: number, root: Frame): Frame[] {
    const out: Frame[] = [];
    for (const caller of this.callers(file, fn).slice(0, 24)) {
      for (const frame of this.framesOf(caller.file, caller.fn, depth - 1).slice(0, 12)) {
        out.push(...this.enter(caller, frame, file, fn));
      }
    }
    if (out.length > 0) return out;
    // A function that nobody calls by itself, such as a method of a returned object: its enclosing function is called.
    const parent = this.evaluator.program.form(file).functions[fn]?.parent ?? -1;
    if (parent < 0) return [...instanceRoots(this, { file, fn }, root).slice(0, 12), root];
    return this.framesOf(file, parent, depth)
      .filter((frame) => frame.args !== null)
      .slice(0, 12)
      .map((frame) => makeFrame({ ...root, parent: frame }))
      .concat(root);
  }

  /**
   * The frames of `fn` when `caller`'s call runs in `frame`. With `muted`, what it says is left to the callers, in the
   * arguments and in what the function remembers of how it or its object was made.
   */
  enter(caller: Caller, frame: Frame, file: string, fn: number, muted: Muted | null = null): Frame[] {
    const { evaluator } = this;
    return evaluator.within(() => {
      const here = conditionsAt(evaluator, caller.node, frame);
      if (here === null) return [];
      return targetsOf(evaluator, caller.node, frame)
        .filter((target) => target.file === file && target.fn === fn)
        .flatMap((target) => {
          const when = conjoin(here, target.when ?? []);
          if (when === null) return [];
          const args = argumentsUnder(argumentsFor(evaluator, caller.node, frame, target), when);
          const place = { node: caller.node, frame };
          if (muted === null) return frameForCall(evaluator, target, args, place) ?? [];
          const given = muteAll(args, muted, { file, fn });
          return frameForCall(evaluator, withoutMemory(target, muted), given, place) ?? [];
        });
    });
  }

  #look(node: CallExpression, frame: Frame): Callee {
    return this.lost.attempt(frame.file, node, () => this.#lookAt(node, frame), UNSEEN);
  }

  #lookAt(node: CallExpression, frame: Frame): Callee {
    const { evaluator } = this;
    return evaluator.within(() => {
      const targets = targetsOf(evaluator, node, frame).map(({ file, fn }) => ({ file, fn }));
      if (targets.length > 0) return { targets, isUnresolved: false, isOpen: false };
      const callees = calleesOf(evaluator, node, frame);
      return {
        targets,
        isUnresolved: callees.some(({ callee, receiver }) => (callee ?? receiver)?.kind === "unknown"),
        isOpen:
          callees.some(({ callee, receiver }) => isGiven(callee) || isGiven(receiver)) ||
          mayReachRoute(evaluator, node, frame, callees),
      };
    }, CALLEE_NODES);
  }

  /** Notes who calls. @returns Whether that is news. */
  #enter(caller: Caller, { targets }: Callee): boolean {
    let found = false;
    for (const { file, fn } of targets) {
      const key = `${file}#${String(fn)}`;
      const { callers } = this.callersCell(key);
      if (callers.some((one) => one.node === caller.node)) continue;
      this.#callers.set(key, new CallersCell(key, [...callers, caller]));
      this.#remembered.clear();
      this.version += 1;
      found = true;
    }
    return found;
  }
}

/** A look at who calls a function. */
class CallersCell implements Cell {
  constructor(
    private readonly key: string,
    readonly callers: readonly Caller[],
  ) {}

  renew(now: Now): Cell | null {
    if (!(now instanceof CallGraph)) return null;
    const cell = now.callersCell(this.key);
    const same =
      cell.callers.length === this.callers.length &&
      cell.callers.every(({ node }, index) => node === this.callers[index]?.node);
    return same ? cell : null;
  }
}

/** A look at whether a call of some name could not be resolved. */
class UnresolvedCell implements Cell {
  constructor(
    private readonly name: string,
    private readonly is: boolean,
  ) {}

  renew(now: Now): Cell | null {
    return now instanceof CallGraph && now.isUnresolved(this.name) === this.is ? this : null;
  }
}
