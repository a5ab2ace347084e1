/** An API call as detection leaves it: everything of it but its app. */
import type { Program } from "../link/program.js";
import { samePlace } from "./places.js";
import type { CallNote, FoundCall, Unresolved } from "./types.js";
import { isClientOperation } from "../catalog/index.js";
import type { Operation } from "../catalog/types.js";

/** Settles what a call needs from what it can be and what it is made with. */
export function settle(
  call: Pick<
    FoundCall,
    "file" | "range" | "method" | "path" | "via" | "auth" | "methodPlace" | "pathPlace" | "flow"
  >,
  candidates: readonly Operation[],
  hidden: readonly Unresolved[],
  note: CallNote | null,
): FoundCall {
  const [first, ...more] = candidates;
  const client = first !== undefined && candidates.every(isClientOperation);
  const auth = client || note === "client" ? "public" : call.auth;
  const sameScopes = more.every((other) => other.scopes.join(" ") === first?.scopes.join(" "));
  const common =
    first === undefined
      ? []
      : first.scopes.filter((scope) => more.every((other) => other.scopes.includes(scope)));
  const isResolved = first !== undefined && (more.length === 0 || sameScopes);
  return {
    ...call,
    auth,
    operation: more.length === 0 ? (first ?? null) : null,
    candidates: [...candidates],
    scopes: auth === "private-key" || auth === "public" ? [] : common,
    note:
      note ??
      (client
        ? "client"
        : first === undefined
          ? hidden.length > 0
            ? "dynamic"
            : "unknown-operation"
          : null),
    unresolved: isResolved || note === "legacy" || note === "client" ? [] : distinct(hidden),
  };
}

/** A request whose path and method come with one value says so once. */
function distinct(hidden: readonly Unresolved[]): Unresolved[] {
  return hidden.filter(
    (one, index) =>
      hidden.findIndex((other) => samePlace(other, one) && other.reason === one.reason) === index,
  );
}

/** Whether two finds are the same call seen twice, with another id at most (`LIST ?? "Xy12"`). */
function sameCall(a: FoundCall, b: FoundCall): boolean {
  return (
    samePlace(a, b) &&
    a.method === b.method &&
    (a.path === b.path || a.candidates.length > 0) &&
    a.candidates.map((one) => one.id).join() === b.candidates.map((one) => one.id).join()
  );
}

/** The calls of a program, each once: a helper's callers meet the same call again and again. */
export class FoundCalls {
  readonly #byStart = new Map<string, FoundCall[]>();

  /** @param merge What a call is that was found twice. */
  constructor(private readonly merge: (known: FoundCall, again: FoundCall) => FoundCall) {}

  add(call: FoundCall): void {
    const start = `${call.file}:${String(call.range[0])}`;
    const here = this.#byStart.get(start) ?? [];
    this.#byStart.set(start, here);
    const index = here.findIndex((other) => sameCall(other, call));
    const known = here[index];
    if (known === undefined) here.push(call);
    else here[index] = this.merge(known, call);
  }

  /** All that count among those that begin at the same place. */
  all(counts: (call: FoundCall, here: readonly FoundCall[]) => boolean = () => true): FoundCall[] {
    return [...this.#byStart.values()].flatMap((here) => here.filter((call) => counts(call, here)));
  }
}

/** A function, to tell what it would send: nothing calls it. */
export function functionPlace(
  program: Program,
  { file, fn }: { file: string; fn: number },
): NonNullable<FoundCall["idle"]> {
  const form = program.form(file).functions[fn];
  return { file, range: form?.range ?? [0, 0], name: form?.name ?? "" };
}
