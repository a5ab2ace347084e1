/** How places in files lie to each other. */
import type { Place } from "./types.js";

/** Whether a place lies within another one, or is it. */
export function standsIn(inner: Place, outer: Place): boolean {
  return inner.file === outer.file && inner.range[0] >= outer.range[0] && inner.range[1] <= outer.range[1];
}

export function samePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.range[0] === b.range[0] && a.range[1] === b.range[1];
}
