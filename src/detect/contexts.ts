/**
 * Contexts: a place inside a function is looked at once for each way that callers lead to it, so that a path from one
 * caller never meets the method of another. Only as many calls are followed as the question needs.
 */
import { makeFrame, type Frame } from "../evaluate/frames.js";
import type { InstanceValue } from "../evaluate/values.js";
import { asksBuilt } from "./built.js";
import type { Caller, CallGraph } from "./call-graph.js";
import { descend, entered, lifted } from "./descent.js";
import { isLent, isMethodOfMade, repeats } from "./known-callers.js";
import { isRouteHandler } from "./served-routes.js";
import { saysText, withoutArguments, type Muted } from "./muted.js";
import { hasSubclasses, instanceRoots, isOverriddenSomewhere } from "./instances.js";
import { asksOverridden } from "./overridden.js";
import type { Place } from "./types.js";
import { Walk } from "./walk.js";

export interface Context {
  /** The frame of the function that holds the place. */
  frame: Frame;
  /** The calls that lead there, outermost first. */
  chain: Caller[];
  /**
   * The method on the way that nobody is seen to call, of an object that a call made (`new Resource("lists")`): what
   * that call was given decides what the method would do. `calls`: as many of the chain lead from it to the place.
   */
  uncalled: { file: string; fn: number; calls: number } | null;
  /** How many of those calls it took until the place was settled, see `Look.settled`; null if it never was. */
  settled: number | null;
}

/** One look at a place in a frame. */
export interface Look<T> {
  /** Null, or an empty list, where the place says nothing. */
  answer: T;
  /** Something hangs on what callers pass: look again from further out. */
  open: boolean;
  /** What decides the place is known, though other things may still hang on callers. */
  settled?: boolean;
  /** It says more than one thing, or says it in some cases only: callers may tell which of them there are. */
  narrow?: boolean;
}

/** An answer, with the context in which it was settled. */
export interface Found<T> {
  answer: T;
  context: Context;
  open: boolean;
  /**
   * How many calls of the chain, from the innermost on, it takes until an answer has what is looked for. The others
   * hand on what is not muted: functions and what holds them, unless told otherwise.
   */
  depthOf: (has: (answer: T) => boolean, muted?: Muted) => number;
}

/** How many calls away it is looked for which of several things a place says. */
const NARROW_DEPTH = 3;
/** What so few callers lead to is soon looked at again. */
const FEW_CALLERS = 4;

/** Where is looked, and what for. */
export interface Question<T, R> {
  file: string;
  fn: number;
  look: (frame: Frame) => Look<T>;
  /** What an answer comes to, as plain data: it may be kept for later runs. */
  settle: (found: Found<T>) => R[];
  /** Names the question in its file, for what each caller answers to be kept; absent where few are asked. */
  name?: string;
}

/**
 * Looks at a place in every context it needs: in its function alone where that settles it, else from each caller,
 * and so on outwards. Answers are settled with the context in which they were found.
 */
export function lookAround<T, R>(graph: CallGraph, question: Question<T, R>): R[] {
  const { evaluator } = graph;
  const { file, fn, look, settle } = question;
  const walk = new Walk<R>(graph.patience.forPlace());
  const lookAt = (frame: Frame): Look<T> => {
    const seen = evaluator.within(() => look(frame));
    walk.look(Array.isArray(seen.answer) ? seen.answer.length > 0 : seen.answer !== null);
    return seen;
  };
  const isEntered = (root: { file: string; fn: number }): boolean =>
    graph
      .callers(root.file, root.fn)
      .some(
        (caller) =>
          entered(graph, caller, evaluator.rootFrame(caller.file, caller.fn), root, null).length > 0,
      );

  const visit = (
    root: { file: string; fn: number },
    start: Frame,
    chain: Caller[],
    before: number | null,
    uncalled: Context["uncalled"],
  ): void => {
    walk.enter();
    const outwards = (settled: number | null): boolean => {
      const callers = graph
        .callers(root.file, root.fn)
        .filter((caller) => !chain.some((one) => one.node === caller.node))
        .filter((caller) => !repeats(evaluator, caller, root));
      if (root.fn < 0 || callers.length === 0) return false;
      const isKept = question.name !== undefined && callers.length > FEW_CALLERS && uncalled === null;
      for (const caller of callers) {
        const go = (): void => {
          const frame = evaluator.rootFrame(caller.file, caller.fn);
          visit({ file: caller.file, fn: caller.fn }, frame, [caller, ...chain], settled, uncalled);
        };
        if (isKept) goOrRepeat(graph, walk, caller, wayOf(question, chain, settled), go);
        else go();
      }
      return true;
    };
    // What hangs on a function that nobody calls by itself is known around it: where a callback is written, by whoever
    // calls the function that makes it, by the instances of its class.
    const around = (settled: number | null, withClass = false): boolean => {
      const enclosing = lifted(evaluator, root, start);
      const own =
        uncalled ??
        (settled === null && isMethodOfMade(graph, root) ? { ...root, calls: chain.length } : null);
      if (enclosing !== null) {
        visit({ file: root.file, fn: enclosing.fn }, enclosing, chain, settled, own);
        return true;
      }
      const others = root.fn < 0 || start.args !== null ? [] : instanceRoots(graph, root, start, withClass);
      for (const other of others) {
        // What the method does hangs on texts that its instance was made with, or on what a class below it says.
        const without = isOfClass(other, root, graph)
          ? withoutArguments(other)
          : ofClassAlone(graph, root, other);
        const isMade =
          own !== null &&
          !descend(graph, without, chain, { file, fn }).some((frame) => lookAt(frame).settled === true);
        for (const inner of descend(graph, other, chain, { file, fn })) {
          const { answer, open, settled: now } = lookAt(inner);
          const depth = settled ?? (now === true ? chain.length : null);
          const context = { frame: inner, chain, settled: depth, uncalled: isMade ? own : null };
          walk.add(settle({ answer, open, context, depthOf }));
        }
      }
      return others.length > 0;
    };
    // An inherited method that nobody calls, for what the classes below say: `list() { return this.get(this.path) }`.
    const hangsOnSubclasses = (): boolean =>
      start.args === null &&
      isMethodOfMade(graph, root) &&
      hasSubclasses(graph, root) &&
      !descend(graph, ofClassAlone(graph, root, start), chain, { file, fn }).some(
        (one) => lookAt(one).settled === true,
      );
    const firstDepth = (is: (look: Look<T>) => boolean, muted: Muted = saysText): number => {
      for (let depth = 0; depth < chain.length; depth++) {
        const inner = evaluator.within(() =>
          descend(graph, start, chain, { file, fn }, { calls: chain.length - depth, muted }),
        );
        if (inner.some((frame) => is(evaluator.within(() => look(frame))))) return depth;
      }
      return chain.length;
    };
    const depthOf: Found<T>["depthOf"] = (has, muted) => firstDepth(({ answer }) => has(answer), muted);
    const frames = descend(graph, start, chain, { file, fn });
    if (frames.length === 0 && walk.goesOn(chain)) {
      // The way in hangs on what this function is given: its own callers know.
      if (!outwards(before)) around(before);
    }
    for (const frame of frames) {
      const { answer, open: asks, settled: now, narrow } = lookAt(frame);
      // What a route sends whoever asks for it is said there.
      const open = asks && !(now === true && isRouteHandler(evaluator, root));
      const settled = before ?? (now === true ? firstDepth((one) => one.settled === true) : null);
      if (
        !open &&
        (narrow === true || (chain.length === 0 && asksBuilt(graph, root))) &&
        chain.length < NARROW_DEPTH &&
        walk.goesOn(chain) &&
        !isLent(graph, root)
      ) {
        const seen = walk.looks;
        // Callers whose calls cannot be entered tell nothing.
        if (outwards(settled) && (walk.looks > seen || isEntered(root))) return;
      }
      if (!open && chain.length === 0 && isOverriddenSomewhere(graph, root) && around(settled)) return;
      if (!open && chain.length === 0 && asksOverridden(graph, root) && around(settled, true)) return;
      // Others than the app may ask for a route: what it sends for them is not known.
      const isAskedByOthers = open && isRouteHandler(evaluator, root);
      if (open && walk.goesOn(chain) && (outwards(settled) || around(settled)) && !isAskedByOthers) return;
      const idle = uncalled ?? (!open && hangsOnSubclasses() ? { ...root, calls: chain.length } : null);
      walk.add(settle({ answer, open, context: { frame, chain, settled, uncalled: idle }, depthOf }));
    }
  };
  visit({ file, fn }, evaluator.rootFrame(file, fn), [], null, null);
  return walk.found;
}

/** The calls that lead to where an answer was found, outermost first. */
export function wayTo({ chain }: Context): Place[] {
  return chain.map(({ file, node }) => ({ file, range: node.range }));
}

/** Which stretch of a walk begins at a caller, as long as the files in which the way stands are what they are. */
function wayOf(
  { file, name = "" }: { file: string; name?: string },
  chain: readonly Caller[],
  settled: number | null,
): string {
  const way = chain.map((caller) => `${caller.file}#${String(caller.at)}`);
  return [`${name} of ${file}`, ...way, String(settled)].join(" < ");
}

/** From a caller on: most of the many callers of a helper answer what they answered before. */
function goOrRepeat<R>(graph: CallGraph, walk: Walk<R>, caller: Caller, way: string, go: () => void): void {
  const stretch = graph.about(
    caller.node,
    way,
    () => walk.stretch(go),
    (known) => walk.mayRepeat(known),
  );
  walk.count(stretch);
}

/** A method's activation on an object of which only the class itself is known. */
function ofClassAlone(
  { evaluator }: CallGraph,
  { file, fn }: { file: string; fn: number },
  frame: Frame,
): Frame {
  const { program } = evaluator;
  const cls = program.form(file).functions[fn]?.cls ?? -1;
  const outer = evaluator.rootFrame(file, program.form(file).classes[cls]?.fn ?? -1);
  const self: InstanceValue = {
    kind: "instance",
    file,
    cls,
    frame: outer,
    args: null,
    call: null,
    alone: true,
  };
  return makeFrame({ ...frame, self });
}

/** Whether the instance that a method is looked at for is of the class itself, and of none below. */
function isOfClass({ self }: Frame, { file, fn }: { file: string; fn: number }, graph: CallGraph): boolean {
  const cls = graph.evaluator.program.form(file).functions[fn]?.cls;
  return self?.kind === "instance" && self.file === file && self.cls === cls;
}
