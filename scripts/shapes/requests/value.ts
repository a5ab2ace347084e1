/** What a list is while it travels: an expression that can be read in one file. */
import type { Project, SourceFile } from "../project.js";

export interface Value {
  file: SourceFile;
  /** An expression; with `await` in it, it can only be read in an async function. */
  code: string;
  type: "list" | "text";
}

/** One request of the known answer: how it is found. */
export interface Expectation {
  /** Null: as the sink has it. */
  kind: "env" | "config" | null;
  complete: boolean;
}

/** What the parts of a project share while it is composed. */
export interface Composition {
  project: Project;
  /** The scopes of the requests, in the order they go out. */
  scopes: readonly string[];
  /** By number; a definition adds what it writes. */
  requests: Map<number, Expectation>;
}

/** A `.` can follow. */
export function closed(code: string): string {
  return /^[\w$.#]+(?:\([^()]*\))?$/.test(code) || /^\[[^\][]*\]$/.test(code) ? code : `(${code})`;
}

/** As one space-separated text. */
export function asText({ code, type }: Value): string {
  return type === "text" ? code : `${closed(code)}.join(" ")`;
}

/** As a list. */
export function asList({ code, type }: Value): string {
  return type === "list" ? code : `${closed(code)}.split(" ")`;
}
