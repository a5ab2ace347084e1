/** One URL seen twice: where it is put together, and again in a text that holds it or that was made from it. */
import type { Owner, TextChunk } from "../evaluate/values.js";
import { textsIn } from "../evaluate/text.js";
import { withPlaceholders } from "./placeholders.js";
import type { RawRequest } from "./raw.js";
import { addTo } from "../source/multimap.js";

/** Leaves each URL at the place where it is put together, with what the later text adds to the request. */
export function onePerUrl(raws: readonly RawRequest[]): RawRequest[] {
  const bySite = new Map<string, RawRequest[]>();
  for (const raw of raws) {
    const key = siteKey(raw);
    addTo(bySite, key, raw);
  }
  const dropped = new Set<RawRequest>(raws.filter((raw) => isFilledElsewhere(raw, raws)));
  const replaced = new Map<RawRequest, RawRequest>();
  for (const raw of raws) {
    const inner = assembledAt(raw)
      .flatMap((owner) => bySite.get(keyOf(owner)) ?? [])
      .find((other) => other !== raw && !dropped.has(other) && sameList(other, raw));
    if (inner === undefined || dropped.has(raw)) continue;
    dropped.add(raw);
    // `url + "&code_challenge=…"`: the later text is the request that goes out.
    if (inner.authorization?.pkce === "missing" && raw.authorization?.pkce !== "missing")
      replaced.set(inner, { ...inner, all: raw.all, authorization: raw.authorization });
  }
  return raws.flatMap((raw) => (dropped.has(raw) ? [] : [replaced.get(raw) ?? raw]));
}

/** A template, of whose scopes nothing is written, that is seen to be filled in. */
function isFilledElsewhere(raw: RawRequest, raws: readonly RawRequest[]): boolean {
  if (saysScopes(raw)) return false;
  const [template] = textsIn(raw.chunks).flatMap(({ owners }) => owners.filter(isLiteral));
  if (template === undefined) return false;
  const isMadeFrom = ({ all }: RawRequest): boolean =>
    textsIn(all ?? []).some(({ owners }) => owners.some((owner) => keyOf(owner) === keyOf(template)));
  return raws.some((other) => other !== raw && saysScopes(other) && isMadeFrom(other));
}

function isLiteral({ kind }: Owner): boolean {
  return kind === "literal";
}

function saysScopes({ chunks, site }: RawRequest): boolean {
  const written = withPlaceholders(chunks, site ?? { file: "", range: [0, 0] });
  return textsIn(written).some(({ text }) => text.trim() !== "");
}

/** The expressions inside the site that hold the URL's beginning and the list alike. */
function assembledAt(raw: RawRequest): Owner[] {
  const head = textsIn(raw.all ?? []).find(({ text }) => text !== "");
  if (head === undefined) return [];
  const inList = new Set(textsIn(raw.chunks).flatMap((chunk) => chunk.owners.map((owner) => keyOf(owner))));
  const site = siteKey(raw);
  return head.owners.filter((owner) => keyOf(owner) !== site && inList.has(keyOf(owner)));
}

function sameList(a: RawRequest, b: RawRequest): boolean {
  const [first, other] = [a, b].map(({ chunks }) => textsIn(chunks).find(({ text }) => text !== ""));
  return first !== undefined && other !== undefined && startOf(first) === startOf(other);
}

function startOf(chunk: TextChunk): string {
  return `${chunk.file}:${String(typeof chunk.at === "number" ? chunk.at : chunk.at?.[0])}`;
}

function keyOf({ file, range }: Pick<Owner, "file" | "range">): string {
  return `${file}:${String(range[0])}-${String(range[1])}`;
}

function siteKey(raw: RawRequest): string {
  return raw.site === null ? "" : keyOf(raw.site);
}
