/** Where the calls of a table are placed that is handed over whole: `connector({ routes: [{ path: "/lists" }, …] })`. */
import type { FileIndex } from "../link/file-index.js";
import type { CallExpression } from "../lower/form.js";
import type { ApiPath } from "./api-path.js";
import type { Caller } from "./call-graph.js";
import type { Place } from "./types.js";

/** What a path may be written as; a list that is joined, or one of two branches, is no entry of its own. */
const PARTS: ReadonlySet<string> = new Set(["string", "template", "binary", "typed"]);

/**
 * The path of an entry, where the entry stands in a list or a table that a call is given. Of a call that is given one
 * path, or one of two, the call itself is the place.
 * @returns Null for any other path.
 */
export function placeInTable(index: FileIndex, { file, node }: Caller, { written }: ApiPath): Place | null {
  const [place] = written;
  if (place === undefined || !written.every((one) => one.file === file && isWithin(one, node))) return null;
  const text = index.texts.find(({ node: one }) => isWithin(place, one) && one.kind === "string")?.node;
  let entries = 0;
  for (let at: object | undefined = text; at !== undefined && at !== node; at = index.parent(at)) {
    const { kind } = at as { kind?: string };
    if (kind === "map" || kind === "list") entries += 1;
    else if (kind === undefined || !PARTS.has(kind)) return null;
  }
  return entries > 1 && text !== undefined ? { file, range: text.range } : null;
}

function isWithin({ range }: Place, around: Pick<CallExpression, "range">): boolean {
  return around.range[0] <= range[0] && range[1] <= around.range[1];
}
