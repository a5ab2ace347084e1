/** The request helpers that the config names, among the calls of a program. */
import type { HelperConfig } from "../config/types.js";
import type { Expression } from "../lower/form.js";
import type { Program } from "../link/program.js";

/** `klaviyoRequest`, `client.request`: the config's callee matches the last parts of the written one. */
export function isNamed(callee: Expression, wanted: string): boolean {
  const parts: string[] = [];
  for (let at: Expression | null = callee; at !== null;) {
    if (at.kind === "member") {
      parts.unshift(at.property.kind === "string" ? at.property.value : "?");
      at = at.object;
    } else {
      parts.unshift(at.kind === "name" ? at.name : at.kind === "this" ? "this" : "?");
      at = null;
    }
  }
  const written = parts.join(".");
  return written === wanted || written.endsWith(`.${wanted}`);
}

/** Whether some call of the program calls a helper by its name. */
export function isCalled(program: Program, { callee }: HelperConfig): boolean {
  return program
    .files()
    .some((file) => program.index(file).calls.some(({ node }) => isNamed(node.callee, callee)));
}
