/** The classes that an instance is of, from its own up to the first that is not ours, and those below a class. */
import type { ClassForm } from "../lower/form.js";
import { filledPer, noteAll, recorded, type Recorded } from "../link/reads.js";
import type { Evaluator } from "./evaluator.js";
import { makeFrame, type Frame } from "./frames.js";
import { callArguments } from "./functions.js";
import { type ClassValue, type InstanceValue, type Thunk, type Value } from "./values.js";
import { addTo } from "../source/multimap.js";

export function classForm(evaluator: Evaluator, value: { file: string; cls: number }): ClassForm | undefined {
  return evaluator.program.form(value.file).classes[value.cls];
}

/** One class of an instance's chain, with the frame of its constructor. */
export interface Ancestor {
  file: string;
  cls: number;
  form: ClassForm;
  /** Where the class was written. */
  outer: Frame;
  /** The constructor's activation; null where it has no constructor of its own. */
  constructor_: Frame | null;
}

/**
 * The classes of an instance from its own up; then what lies beyond the project, if anything, and the arguments that its
 * constructor is given, where they are known.
 */
export function ancestors(
  evaluator: Evaluator,
  instance: InstanceValue,
): { chain: Ancestor[]; beyond: Value[]; args: Thunk[] | null } {
  const chain: Ancestor[] = [];
  let file = instance.file;
  let cls = instance.cls;
  let outer = instance.frame;
  let args: Thunk[] | null = instance.args;
  for (let depth = 0; depth < 10; depth++) {
    const form = evaluator.program.form(file).classes[cls];
    if (form === undefined) return { chain, beyond: [], args: null };
    const frame = constructorFrame({ file, cls, form, outer }, args, instance);
    chain.push({ file, cls, form, outer, constructor_: frame });
    if (form.parent === null) return { chain, beyond: [], args: null };
    const parents = evaluator.evaluate(form.parent, outer);
    const parent = parents.find((value): value is ClassValue => value.kind === "class");
    if (frame !== null) args = superArguments(evaluator, file, frame);
    if (parent === undefined) return { chain, beyond: parents, args };
    ({ file, cls } = parent);
    outer = parent.frame;
  }
  return { chain, beyond: [], args: null };
}

const constructorFrames = new WeakMap<Frame, Map<string, { args: Thunk[] | null; frame: Frame }[]>>();

function constructorFrame(
  cls: { file: string; cls: number; form: ClassForm; outer: Frame },
  args: Thunk[] | null,
  self: InstanceValue,
): Frame | null {
  const member = cls.form.members.find((one) => one.kind === "constructor");
  if (member?.value?.kind !== "function") return null;
  const { fn } = member.value;
  const byFunction =
    constructorFrames.get(cls.outer) ?? new Map<string, { args: Thunk[] | null; frame: Frame }[]>();
  constructorFrames.set(cls.outer, byFunction);
  const key = `${cls.file}:${String(fn)}`;
  const known = byFunction.get(key) ?? [];
  byFunction.set(key, known);
  const found = known.find(
    (one) =>
      (one.args === args && (args !== null || isMadeLike(one.frame.self, self))) ||
      (one.args !== null && args !== null && one.args.length > 0 && one.args[0] === args[0]),
  );
  if (found !== undefined) return found.frame;
  const site = self.call;
  const frame = makeFrame({
    file: cls.file,
    fn,
    parent: cls.outer,
    args,
    self,
    site,
    depth: (site?.frame.depth ?? 0) + 1,
  });
  if (known.length < 200) known.push({ args, frame });
  return frame;
}

/** Whether two instances that nobody in particular made are of one class: its constructor sees the same `this` then. */
function isMadeLike(one: Value | null, other: InstanceValue): boolean {
  return (
    one?.kind === "instance" && one.file === other.file && one.cls === other.cls && one.frame === other.frame
  );
}

const superArgumentsOf = new WeakMap<Frame, Recorded<Thunk[] | null>>();

/** The arguments of `super(…)` in a constructor's activation. */
function superArguments(evaluator: Evaluator, file: string, frame: Frame): Thunk[] | null {
  let found = superArgumentsOf.get(frame);
  if (found === undefined) {
    found = recorded(() => {
      const call = evaluator.program
        .index(file)
        .calls.find((one) => one.fn === frame.fn && one.node.callee.kind === "super");
      return call === undefined ? null : callArguments(evaluator, call.node, frame);
    });
    superArgumentsOf.set(frame, found);
  } else noteAll(found.reads);
  return found.value;
}

type Subclasses = Map<string, { file: string; cls: number }[]>;

const subclassesOf = filledPer(
  (): Subclasses => new Map(),
  (filling, evaluator: Evaluator) => {
    for (const { form, ...own } of evaluator.program.classes().all) {
      if (form.parent === null) continue;
      for (const parent of evaluator.evaluate(form.parent, evaluator.rootFrame(own.file, form.fn))) {
        if (parent.kind !== "class") continue;
        const key = `${parent.file}#${String(parent.cls)}`;
        addTo(filling, key, own);
      }
    }
  },
);

/** The classes of the project that extend a class directly. */
export function subclasses(evaluator: Evaluator, file: string, cls: number): { file: string; cls: number }[] {
  return subclassesOf(evaluator).get(`${file}#${String(cls)}`) ?? [];
}

/** `new C(…)` of a class of the project. */
export function construct(value: ClassValue, args: Thunk[], call: InstanceValue["call"]): InstanceValue {
  return { kind: "instance", file: value.file, cls: value.cls, frame: value.frame, args, call };
}
