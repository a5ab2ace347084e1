/**
 * A call with something left out: whether its function says the same without it tells where something was settled, in
 * the function, or by who calls it.
 */
import { makeFrame, type Frame } from "../evaluate/frames.js";
import {
  HOLE,
  lazy,
  unknown,
  type FunctionValue,
  type Thunk,
  type UnknownValue,
  type Value,
} from "../evaluate/values.js";

/** Which values are left to the callers. */
export type Muted = (value: Value) => boolean;

type Parameter = NonNullable<UnknownValue["parameter"]>;

/** Texts and what they are made of, as opposed to functions and what holds them. */
export function saysText({ kind }: Value): boolean {
  return kind === "string" || kind === "list" || kind === "url" || kind === "params";
}

/** An argument without what is muted. */
function mute(argument: Thunk, muted: Muted, parameter: Parameter): Thunk {
  return lazy(() =>
    argument().map((value): Value => {
      if (value.kind === "object")
        return {
          ...value,
          layers: value.layers.map((one) => ({ ...one, get: mute(one.get, muted, parameter) })),
        };
      // JSON text, and what answers with what it was given.
      if (value.kind === "unknown" && value.holds !== undefined)
        return { ...value, holds: mute(value.holds, muted, parameter) };
      if (value.kind === "external" && value.bound !== undefined)
        return {
          ...value,
          bound: value.bound.map((one) => (one === HOLE ? one : mute(one, muted, parameter))),
        };
      return muted(value)
        ? unknown("given by callers", { file: parameter.file, range: [0, 0] }, { parameter })
        : value;
    }),
  );
}

/** A function's arguments without what is muted. */
export function muteAll(
  args: readonly Thunk[],
  muted: Muted,
  { file, fn }: { file: string; fn: number },
): Thunk[] {
  return args.map((argument, index) => mute(argument, muted, { file, fn, index }));
}

/** A function that was made by a call, or is a method of what was made by one, without what that call was given. */
export function withoutMemory(target: FunctionValue, muted: Muted): FunctionValue {
  const { self } = target;
  return {
    ...target,
    frame: quietFrame(target.frame, muted),
    bound: muteAll(target.bound, muted, target).map((one, index) =>
      target.bound[index] === HOLE ? HOLE : one,
    ),
    self: self === null ? null : quietSelf(self, muted, target),
  };
}

function quietSelf(self: Value, muted: Muted, method: { file: string; fn: number }): Value {
  const history = { ran: [], whole: false };
  if (self.kind === "instance")
    return { ...self, history, args: self.args === null ? null : muteAll(self.args, muted, method) };
  return self.kind === "object" && self.history !== undefined ? { ...self, history } : self;
}

/** A method's activation, without the texts that its instance was made with. */
export function withoutArguments(frame: Frame): Frame {
  const { self } = frame;
  return makeFrame({ ...frame, self: self === null ? null : quietSelf(self, saysText, frame) });
}

const quietFrames = new WeakMap<Muted, WeakMap<Frame, Frame>>();

/** The activation around a function, its arguments muted; the same frame where it has none. */
function quietFrame(frame: Frame, muted: Muted): Frame {
  const parent = frame.parent === null ? null : quietFrame(frame.parent, muted);
  if (parent === frame.parent && (frame.args === null || frame.args.length === 0)) return frame;
  const known = quietFrames.get(muted) ?? new WeakMap<Frame, Frame>();
  quietFrames.set(muted, known);
  const args = frame.args === null ? null : muteAll(frame.args, muted, frame);
  const made = known.get(frame) ?? { ...makeFrame({ ...frame, parent, args }), overrides: frame.overrides };
  known.set(frame, made);
  return made;
}
