/** The files of a program in which something of a kind is written: a look at them is no look at the others. */
import type { FileForm } from "../lower/form.js";
import type { FileIndex } from "./file-index.js";
import type { Cell, Now } from "./reads.js";

/** Whether a file has something of the kind, by its syntax alone. The kind is the function itself. */
export type HasKind = (index: FileIndex) => boolean;

export class FilesWith implements Cell {
  readonly files: readonly string[];

  constructor(
    readonly kind: HasKind,
    forms: Iterable<FileForm>,
    index: (form: FileForm) => FileIndex,
  ) {
    this.files = [...forms]
      .filter((form) => kind(index(form)))
      .map(({ file }) => file)
      .sort();
  }

  renew(now: Now): Cell | null {
    const other = now.filesWith(this.kind);
    const same =
      other.files.length === this.files.length && this.files.every((file, at) => file === other.files[at]);
    return same ? other : null;
  }
}
