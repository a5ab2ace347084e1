/** Paths against the routes that a server answers. */
import { isKlaviyosPath, type RouteSegment } from "../link/routes.js";
import { knownChunks, sliceText } from "../evaluate/text.js";
import { isGiven, type Chunk } from "../evaluate/values.js";

export interface RouteMatch {
  params: { name: string; texts: Chunk[][]; isRest: boolean }[];
  /** How much it leaves open: the least is the one that answers. */
  width: number;
}

/** The pieces of a path. */
export function segmentsOf(chunks: readonly Chunk[]): Chunk[][] {
  const out: Chunk[][] = [[]];
  for (const chunk of chunks) {
    if (chunk.kind !== "text") {
      out.at(-1)?.push(chunk);
      continue;
    }
    let from = 0;
    for (let at = chunk.text.indexOf("/"); ; at = chunk.text.indexOf("/", from)) {
      const to = at < 0 ? chunk.text.length : at;
      if (to > from) out.at(-1)?.push(sliceText(chunk, from, to));
      if (at < 0) break;
      out.push([]);
      from = at + 1;
    }
  }
  return out.filter((segment) => segment.length > 0);
}

/** Where what callers give is glued to a known text that says Klaviyo: `/api/klaviyo${path}`, told "/tags". */
export function gluedAt(segment: readonly Chunk[]): number {
  const at = segment.findIndex((chunk) => chunk.kind === "unknown" && isGiven(chunk.value));
  return isKlaviyosPath(knownChunks(segment.slice(0, Math.max(at, 0))) ?? "") ? at : -1;
}

/** What stands for a route's parameters in a path; null where it is another's. */
export function matched(written: readonly Chunk[][], route: readonly RouteSegment[]): RouteMatch | null {
  const params: RouteMatch["params"] = [];
  let segments = written;
  let width = 0;
  for (const [position, { kind, text }] of route.entries()) {
    const glued = gluedAt(segments[position] ?? []);
    const next = route[position + 1];
    if (kind === "literal" && glued > 0 && next !== undefined && next.kind !== "literal")
      segments = segments.flatMap((one, index) =>
        index === position ? [one.slice(0, glued), one.slice(glued)] : [one],
      );
    const segment = segments[position];
    if (kind === "rest") {
      const texts = segments.slice(position);
      return { params: [...params, { name: text, texts, isRest: true }], width: width + 100 };
    }
    if (segment === undefined) return null;
    if (kind === "literal" && knownChunks(segment) !== text) return null;
    if (kind === "param") {
      params.push({ name: text, texts: [segment], isRest: false });
      width += 1;
    }
  }
  return segments.length > route.length ? null : { params, width };
}
