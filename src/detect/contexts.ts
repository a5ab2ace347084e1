/**
 * Contexts: a place inside a function is looked at once for each way that callers lead to it, so that a path from one
 * caller never meets the method of another. Only as many calls are followed as the question needs.
 */
import type { CallExpression, Expression, Statement } from "../lower/form.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { nameOf } from "../evaluate/members.js";
import { iterated } from "../evaluate/variables.js";
import { makeFrame, type Frame } from "../evaluate/frames.js";
import type { InstanceValue, UnknownValue } from "../evaluate/values.js";
import { boundNames } from "../link/file-index.js";
import type { Caller, CallGraph } from "./call-graph.js";
import { saysText, withoutArguments, type Muted } from "./muted.js";
import { hasSubclasses, instanceRoots, isOverriddenSomewhere } from "./instances.js";
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

/** Methods of lists that hand each item to their callback. */
const EACH = /^(?:forEach|map|each|flatMap|filter|some|every|find)$/;
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
    const around = (settled: number | null): boolean => {
      const enclosing = lifted(evaluator, root, start);
      const own =
        uncalled ??
        (settled === null && isMethodOfMade(graph, root) ? { ...root, calls: chain.length } : null);
      if (enclosing !== null) {
        visit({ file: root.file, fn: enclosing.fn }, enclosing, chain, settled, own);
        return true;
      }
      const others = root.fn < 0 || start.args !== null ? [] : instanceRoots(graph, root, start);
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
      const { answer, open, settled: now, narrow } = lookAt(frame);
      const settled = before ?? (now === true ? firstDepth((one) => one.settled === true) : null);
      if (
        !open &&
        narrow === true &&
        chain.length < NARROW_DEPTH &&
        walk.goesOn(chain) &&
        !isLent(graph, root)
      ) {
        const seen = walk.looks;
        // Callers whose calls cannot be entered tell nothing.
        if (outwards(settled) && (walk.looks > seen || isEntered(root))) return;
      }
      if (!open && chain.length === 0 && isOverriddenSomewhere(graph, root) && around(settled)) return;
      if (open && walk.goesOn(chain) && (outwards(settled) || around(settled))) return;
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

/** A function that is called where we cannot see it: by a call that was not resolved, or by whom it is handed to. */
function isLent(graph: CallGraph, { file, fn }: { file: string; fn: number }): boolean {
  const { program } = graph.evaluator;
  const form = program.form(file).functions[fn];
  if (form === undefined || graph.isPerhapsCalled(form.name)) return true;
  const index = program.index(file);
  const holder = index.functionNode(fn);
  const statement = holder === undefined ? undefined : index.parent(holder);
  if (statement === undefined || !("kind" in statement) || statement.kind !== "let") return false;
  const { target } = statement as Extract<Statement, { kind: "let" }>;
  if (target.kind !== "bind") return false;
  return index.names.some((name) => {
    const user = name.binding === target.binding ? index.parent(name) : undefined;
    return user !== undefined && "kind" in user && (user as CallExpression).callee !== name;
  });
}

/**
 * Whether a function is a method that nobody is seen to call, and no call that could not be resolved has its name: of a
 * class, or of an object that its function returns. What is handed to a framework has other holders.
 */
function isMethodOfMade(graph: CallGraph, { file, fn }: { file: string; fn: number }): boolean {
  if (fn < 0 || graph.callers(file, fn).length > 0) return false;
  const { program } = graph.evaluator;
  const form = program.form(file).functions[fn];
  if (form === undefined || form.name === "" || graph.isPerhapsCalled(form.name)) return false;
  if (program.names("handed").has(form.name)) return false;
  if (form.style === "method" && form.cls >= 0) return true;
  const index = program.index(file);
  const map = index.parent(index.functionNode(fn) ?? {}) as Expression | undefined;
  const returned = map?.kind === "map" ? (index.parent(map) as { kind?: string } | undefined) : undefined;
  return returned?.kind === "return";
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

/** The function whose own parameter a value is, where nobody calls it and no call we could not resolve has its name. */
export function uncalledOwner(
  graph: CallGraph,
  { parameter, name }: UnknownValue,
): { file: string; fn: number } | null {
  const { evaluator } = graph;
  if (parameter === null || graph.callers(parameter.file, parameter.fn).length > 0) return null;
  const form = evaluator.program.form(parameter.file);
  const fn = form.functions[parameter.fn];
  if (fn === undefined || callWith(evaluator, parameter) !== null) return null;
  const own = [...fn.params, ...(fn.rest === null ? [] : [fn.rest])].flatMap((pattern) =>
    boundNames(pattern),
  );
  const isOwn = own.some(({ binding }) => form.bindings[binding]?.name === name);
  return isOwn && !graph.isPerhapsCalled(fn.name) ? parameter : null;
}

/** Whether the instance that a method is looked at for is of the class itself, and of none below. */
function isOfClass({ self }: Frame, { file, fn }: { file: string; fn: number }, graph: CallGraph): boolean {
  const cls = graph.evaluator.program.form(file).functions[fn]?.cls;
  return self?.kind === "instance" && self.file === file && self.cls === cls;
}

/**
 * The frames of the place's function when the chain of calls runs from `start`. The first calls may hand on only what is
 * not muted: whether that is enough tells where something was settled.
 */
function descend(
  graph: CallGraph,
  start: Frame,
  chain: Caller[],
  place: { file: string; fn: number },
  silent: { calls: number; muted: Muted } | null = null,
): Frame[] {
  let frames = nested(graph, start, chain[0]?.fn ?? place.fn);
  chain.forEach((caller, position) => {
    const next = chain[position + 1];
    const target = next === undefined ? place : { file: next.file, fn: next.fn };
    frames = frames
      .slice(0, 8)
      .flatMap((frame) =>
        entered(
          graph,
          caller,
          frame,
          target,
          silent !== null && position < silent.calls ? silent.muted : null,
        ),
      );
  });
  return frames;
}

/** The frames of a function when a call runs: of that function, or of one inside the function that is called. */
function entered(
  graph: CallGraph,
  caller: Caller,
  frame: Frame,
  target: { file: string; fn: number },
  muted: Muted | null,
): Frame[] {
  const { functions } = graph.evaluator.program.form(target.file);
  for (let at = target.fn; at >= 0; at = functions[at]?.parent ?? -1) {
    const frames = graph.enter(caller, frame, target.file, at, muted);
    if (frames.length > 0) return frames.flatMap((outer) => nested(graph, outer, target.fn));
  }
  return [];
}

/** The frames of a function inside the one that `outer` is an activation of. */
function nested(graph: CallGraph, outer: Frame, fn: number): Frame[] {
  const { evaluator } = graph;
  const { functions } = evaluator.program.form(outer.file);
  const path: number[] = [];
  for (let at = fn; at !== outer.fn; at = functions[at]?.parent ?? -1) {
    if (at < 0) return [];
    path.unshift(at);
  }
  let frames = [outer];
  for (const inner of path) {
    frames = frames.slice(0, 8).flatMap((parent) => {
      const each = callbackFrames(evaluator, inner, parent);
      return each.length > 0
        ? each
        : [makeFrame({ ...evaluator.rootFrame(outer.file, inner), parent, depth: parent.depth })];
    });
  }
  return frames;
}

/** The frame around a function that nobody is known to call by itself; null for one that stands alone. */
function lifted(evaluator: Evaluator, root: { file: string; fn: number }, start: Frame): Frame | null {
  if (root.fn < 0 || start.args !== null) return null;
  const fn = evaluator.program.form(root.file).functions[root.fn];
  if (fn === undefined || fn.cls >= 0) return null;
  if (fn.parent >= 0) return evaluator.rootFrame(root.file, fn.parent);
  return callWith(evaluator, root) === null ? null : evaluator.moduleFrame(root.file);
}

/** `lists.map((list) => …)`: the callback runs once for each item. */
function callbackFrames(evaluator: Evaluator, fn: number, parent: Frame): Frame[] {
  const call = callWith(evaluator, { file: parent.file, fn });
  if (call?.callee.kind !== "member" || call.args[0]?.kind !== "function") return [];
  const { object } = call.callee;
  if (!EACH.test(nameOf(call.callee))) return [];
  const reading = { file: parent.file, range: call.range, node: call, frame: parent };
  return evaluator.within(() =>
    iterated(evaluator, evaluator.evaluate(object, parent), false, reading)
      .slice(0, 40)
      .map((item) => {
        const root = evaluator.rootFrame(parent.file, fn);
        return makeFrame({ ...root, parent, args: [item.values], depth: parent.depth });
      }),
  );
}

/** The call that a function is handed to where it is written. */
export function callWith(
  evaluator: Evaluator,
  { file, fn }: { file: string; fn: number },
): CallExpression | null {
  const index = evaluator.program.index(file);
  const holder = index.functionNode(fn);
  const parent = holder === undefined ? undefined : index.parent(holder);
  return parent !== undefined && "kind" in parent && parent.kind === "call"
    ? (parent as CallExpression)
    : null;
}

/** A function that calls itself without a text of its own, for the next page or another try, adds nothing. */
function repeats(evaluator: Evaluator, caller: Caller, root: { file: string; fn: number }): boolean {
  const { functions } = evaluator.program.form(root.file);
  if (caller.file !== root.file) return false;
  for (let at = caller.fn; at >= 0; at = functions[at]?.parent ?? -1)
    if (at === root.fn) return !caller.node.args.some(isWritten);
  return false;
}

function isWritten(node: Expression): boolean {
  switch (node.kind) {
    case "string":
    case "template":
    case "map":
      return true;
    case "binary":
      return isWritten(node.left) || isWritten(node.right);
    case "logical":
      return isWritten(node.left) || isWritten(node.right);
    case "conditional":
      return isWritten(node.then) || isWritten(node.else);
    default:
      return false;
  }
}
