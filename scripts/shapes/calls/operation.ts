/** What the projects call, and how a call is written down in the known answer. */
import type { Operation } from "../../../src/catalog/types.js";
import type { Project, SourceFile } from "../project.js";

/** What the parts of a project share while it is composed. */
export interface Composition {
  project: Project;
  /** Operations that are called with the account's token. */
  operations: readonly Operation[];
  credential: Credential;
}

export interface Credential {
  auth: "oauth" | "private-key";
  /** The entries of a headers object; reads `token`. */
  headers: string;
}

export const CREDENTIALS: readonly Credential[] = [
  { auth: "oauth", headers: 'Authorization: `Bearer ${token}`, revision: "2026-07-15"' },
  { auth: "oauth", headers: 'Authorization: "Bearer " + token, Accept: "application/json"' },
  { auth: "oauth", headers: '"authorization": `Bearer ${token}`' },
  { auth: "private-key", headers: 'Authorization: `Klaviyo-API-Key ${token}`, revision: "2026-07-15"' },
];

/** Code that yields a path, and the operations it can be. */
export interface Path {
  /** Statements that stand before it in the same function. */
  before: string[];
  code: string;
  operations: Operation[];
  /** Wraps the statement that holds the call: a loop's head and end. */
  around?: (statement: string) => string;
}

/** Marks code as a call of operations. */
export function called({ project, credential }: Composition, path: Path, code: string): string {
  return path.operations.reduce(
    (marked, { id, method }) =>
      project.marks.around({ kind: "call", operation: id, method, auth: credential.auth }, marked),
    code,
  );
}

/** A function that makes one call. */
export function callingFunction(
  { project }: Composition,
  file: SourceFile,
  path: Path,
  call: string,
  parameters: readonly string[] = ["token"],
): string {
  const name = project.name("function");
  const typed = ["id", "other", "flag", ...parameters].map(
    (parameter) => `${parameter}${project.typed(parameter === "flag" ? "boolean" : "any")}`,
  );
  const statement = path.around === undefined ? `return ${call};` : path.around(`await ${call};`);
  file.add(
    `async function ${name}(${typed.join(", ")}) {\n${[...path.before, statement].map((line) => `  ${line}`).join("\n")}\n}`,
  );
  file.export(name);
  return name;
}
