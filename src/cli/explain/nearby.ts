/** A line of which the audit says nothing, and the lines around it of which it does. */
import { code, list, paragraph } from "../document.js";
import { sentBy } from "./project.js";
import type { Analysis } from "../../api/analyze.js";
import type { Place } from "../../audit/picture.js";
import type { Block, Inline } from "../document.js";

/** More would hide the one that is meant. */
const NEARBY = 3;

/** Who asks of a line inside of a function, or of an argument, finds the line that the audit speaks of. */
export function nearbyBlocks(file: string, line: number, { picture }: Analysis): Block[] {
  const seen = new Map<number, Inline[]>();
  const see = (place: Place, ...what: Inline[]): void => {
    if (place.file !== file) return;
    const at = picture.position(file, place.range[0]).line;
    if (!seen.has(at)) seen.set(at, [code(`${file}:${String(at)}`), ": ", ...what, "."]);
  };
  for (const { requests, calls } of picture.apps) {
    for (const request of requests) {
      see(request, "a scope list");
      if (request.site !== null) see(request.site, "a scope request");
    }
    for (const call of calls) see(call, "an API call, ", code(sentBy(call)));
    for (const { flow } of [...requests, ...calls])
      for (const step of flow) see(step, "on the way of another");
  }
  for (const call of picture.idle)
    see(call, "a helper that nothing calls, which would send ", code(sentBy(call)));
  const nearest = [...seen]
    .sort(([one], [other]) => Math.abs(one - line) - Math.abs(other - line) || one - other)
    .slice(0, NEARBY)
    .sort(([one], [other]) => one - other);
  return nearest.length === 0
    ? []
    : [paragraph("Nearest to it in this file:"), list(nearest.map(([, what]) => what))];
}
