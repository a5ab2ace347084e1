import type { FileForm } from "../lower/form.js";
import type { AutoImports } from "./auto-imports.js";

/** All forms of the audited tree, and how a file's import specifiers resolve among them. */
export interface Project {
  /** Absolute path of the audited root. */
  root: string;
  /** By path relative to the root, `/`-separated. */
  forms: ReadonlyMap<string, FileForm>;
  /** The project file that `specifier`, written in `from`, names; null for packages outside the project and for nothing. */
  resolve: (from: string, specifier: string) => string | null;
  /** Names that are in scope without an import. */
  autoImports: AutoImports;
}
