/** The classes of a program, for questions about all of them: who extends this one, who implements that interface. */
import type { ClassForm, FileForm } from "../lower/form.js";
import type { Cell, Now } from "./reads.js";

/** A class of the program. */
export interface ClassPlace {
  file: string;
  cls: number;
  form: ClassForm;
}

export class ClassList implements Cell {
  readonly all: readonly ClassPlace[];

  constructor(forms: Iterable<FileForm>) {
    this.all = [...forms].flatMap(({ file, classes }) => classes.map((form, cls) => ({ file, cls, form })));
  }

  renew(now: Now): Cell | null {
    const { all } = now.classes();
    const same =
      all.length === this.all.length && all.every(({ form }, index) => form === this.all[index]?.form);
    return same ? now.classes() : null;
  }
}
