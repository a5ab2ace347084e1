/** Names that the files of a program say together: a look at them is no look at the files. */
import type { FileForm } from "../lower/form.js";
import type { FileIndex } from "./file-index.js";
import { handedMembers } from "./handed.js";
import type { Cell, Now } from "./reads.js";
import { registeredNames } from "./registrations.js";
import { setterNames } from "./setters.js";
import { usedNames } from "./used.js";

/**
 * `setters`: of functions that change what they are called on; `handed`: of members that are read and not called; `used`:
 * all that is imported or read of an object, save by generated code; `registered`: by which something is registered for others.
 */
export type NameKind = "setters" | "handed" | "used" | "registered";

const IN_FILE: Readonly<Record<NameKind, (index: FileIndex) => Iterable<string>>> = {
  setters: setterNames,
  handed: handedMembers,
  used: usedNames,
  registered: registeredNames,
};

export class Names implements Cell {
  readonly #all = new Set<string>();

  constructor(
    readonly kind: NameKind,
    forms: Iterable<FileForm>,
    index: (form: FileForm) => FileIndex,
  ) {
    for (const form of forms) for (const name of IN_FILE[kind](index(form))) this.#all.add(name);
  }

  has(name: string): boolean {
    return this.#all.has(name);
  }

  renew(now: Now): Cell | null {
    const other = now.names(this.kind);
    const same = other.#all.size === this.#all.size && [...this.#all].every((name) => other.has(name));
    return same ? other : null;
  }
}
