/** Functions that no file holds: what a framework hands over, which answers with what is known of it. */
import type { ExternalValue, Thunk } from "./values.js";

/** The module under whose name they are called. */
export const ANSWERING = "#answering";

export function answering(name: string, answer: Thunk): ExternalValue {
  return { kind: "external", module: ANSWERING, result: null, path: [name], bound: [answer] };
}
