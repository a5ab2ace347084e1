/** What a function of the platform or of a package answers. */
import type { CallExpression } from "../lower/form.js";
import type { Evaluator } from "./evaluator.js";
import type { Reading } from "./members.js";
import type { ListItem, ListValue, Thunk, Value } from "./values.js";

/** @returns Null where only that it was called is known. */
export type Builtin = (
  evaluator: Evaluator,
  args: readonly Thunk[],
  at: Reading,
  node: CallExpression,
) => Value[] | null;

/** Functions by name. */
export type Builtins = Readonly<Record<string, Builtin>>;

/** What the first argument can be; nothing where there is none. */
export const first = (args: readonly Thunk[]): Value[] => args[0]?.() ?? [];

/** A function that answers with what it is given. */
export const same: Builtin = (_evaluator, args) => first(args);

/** A list that no literal spells. */
export const list = (items: ListItem[], at: Reading, set = false): ListValue => ({
  kind: "list",
  items,
  node: null,
  file: at.file,
  set,
});
