/** URLs of the app's own server as those of Klaviyo that it hands them on to. */
import type { Evaluator } from "../evaluate/evaluator.js";
import { forwardedPaths, type Forwarded } from "../evaluate/forwarded.js";
import { choose, expand, plainText, sliceText } from "../evaluate/text.js";
import type { Chunk } from "../evaluate/values.js";
import { localHostLength, mayBeOwnAddress } from "./own-hosts.js";

/** As many alternatives of one URL are told apart. */
const MOST_URLS = 48;

/** A URL as it is when it arrives, and whether a private key is added on the way. */
export interface Arrived {
  url: Chunk[];
  keyed: boolean;
}

/** @param file Where the request is sent. */
export function whereSent(evaluator: Evaluator, url: Chunk[], file: string): Arrived {
  const known = forwardedPaths(evaluator, file);
  if (known.length === 0) return { url, keyed: false };
  const { expansions } = expand(url, MOST_URLS);
  const ways = expansions.map(({ chunks, when }) => ({ chunks, when, way: wayOf(chunks, known) }));
  if (ways.every(({ way }) => way === null)) return { url, keyed: false };
  return {
    url: choose(ways.map(({ chunks, when, way }) => ({ chunks: way?.chunks ?? chunks, when }))),
    keyed: ways.every(({ way }) => way?.keyed === true),
  };
}

function wayOf(chunks: Chunk[], known: readonly Forwarded[]): { chunks: Chunk[]; keyed: boolean } | null {
  const whole = chunks.filter((chunk) => chunk.kind !== "text" || chunk.text !== "");
  const [first] = whole;
  if (first?.kind === "unknown" && !mayBeOwnAddress(first.value.env)) return null;
  // `${import.meta.env.VITE_API}/api/klaviyo/lists`: who else would answer this path?
  const [head, ...behind] = first?.kind === "unknown" ? whole.slice(1) : whole;
  if (head?.kind !== "text") return null;
  // A path that several pieces spell.
  let { text } = head;
  let used = 0;
  for (const next of behind) {
    if (next.kind !== "text") break;
    text += next.text;
    used += 1;
  }
  const host = first === head ? localHostLength(text) : 0;
  const path = text.slice(host);
  const way = known
    .filter((one) => path === one.path || path.startsWith(`${one.path}/`) || path.startsWith(`${one.path}?`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (way === undefined) return null;
  const cut = host + way.path.length;
  const kept: Chunk[] = [];
  let from = 0;
  for (const chunk of [head, ...behind.slice(0, used)]) {
    if (chunk.kind !== "text") continue;
    const to = from + chunk.text.length;
    if (to > cut) kept.push(cut > from ? sliceText(chunk, cut - from, chunk.text.length) : chunk);
    from = to;
  }
  return { chunks: [plainText(way.to), ...kept, ...behind.slice(used)], keyed: way.keyed };
}
