/** What is wrong with the way a list is written, and the edits that mend it. */
import type { Owner } from "../evaluate/values.js";
import { standsInWord } from "./list-edits.js";
import { placeOfPieces } from "./list-place.js";
import { textOf, type Separator } from "./list-words.js";
import { standsIn } from "./places.js";
import type { Delivery, Edit, Malformation, MalformationKind, Place, RequestedToken } from "./types.js";

/** @param how How the list goes out, and whether it is seen to. */
export function malformationsOf(
  tokens: readonly RequestedToken[],
  separators: readonly Separator[],
  place: Place,
  how: { decodedTwice: boolean; delivery: Delivery; isSent: boolean },
): Malformation[] {
  const out: Malformation[] = [];
  const space = tokens.some(isEncoded) ? "%20" : " ";
  const bySeparator: [MalformationKind, RegExp][] = [
    ["comma", /,/],
    ["semicolon", /;/],
    ["pipe", /\|/],
    ["newline", /[\n\r]/],
  ];
  for (const [kind, pattern] of bySeparator) {
    if (kind === "comma" && how.delivery === "commas") continue;
    const bad = separators.filter((separator) => pattern.test(separator.text));
    const [first] = bad;
    if (first === undefined) continue;
    // The line break that a block of YAML ends with: what reads the entry mostly trims it.
    if (kind === "newline" && !how.isSent && bad.every(({ outer }) => outer)) continue;
    out.push({
      kind,
      place: separatorPlace(bad, place),
      text: first.text,
      edits:
        kind === "newline" ? (foldedBlock(bad) ?? editsOf(bad, place, space)) : editsOf(bad, place, space),
    });
  }
  const stray = separators.filter(
    (separator) =>
      /^[^\S\n\r]+$/.test(separator.text) &&
      (separator.outer || separator.text.length > 1 || separator.text !== " "),
  );
  const [firstStray] = stray;
  if (how.delivery === "text" && firstStray !== undefined && !out.some((one) => one.kind === "newline")) {
    out.push({
      kind: "stray-space",
      place: separatorPlace(stray, place),
      text: firstStray.text,
      edits: editsOf(stray, place, space),
    });
  }
  if (how.decodedTwice) out.push({ kind: "double-encoding", place, text: "%2520", edits: [] });
  // In a URL as it is written `+` is a space and was read as one: this one goes out as `%2B`.
  const plus = separators.filter((separator) => separator.text.includes("+"));
  if (how.delivery === "text" && how.isSent && plus.length > 0)
    out.push({
      kind: "double-encoding",
      place: separatorPlace(plus, place),
      text: "%2B",
      edits: editsOf(plus, place, space),
    });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.text !== token.name) {
      out.push({
        kind: "upper-case",
        place: token.place,
        text: token.text,
        edits: token.replacement === null ? [] : [{ ...token.replacement, text: token.name }],
      });
    }
    if (seen.has(token.name) && !token.optional) {
      out.push({
        kind: "duplicate",
        place: token.place,
        text: token.name,
        edits: token.removal === null ? [] : [token.removal],
      });
    }
    seen.add(token.name);
  }
  out.push(...runTogether(tokens, separators, place));
  return out;
}

/** `accounts:readprofiles:read`: two tokens with nothing between them. */
function runTogether(
  tokens: readonly RequestedToken[],
  separators: readonly Separator[],
  list: Place,
): Malformation[] {
  if (separators.some((separator) => separator.text === ""))
    return [{ kind: "no-separator", place: list, text: "", edits: [] }];
  return tokens.flatMap((token): Malformation[] => {
    const match = /^[a-z-]+:(?:read|write)(?=[a-z-]+:(?:read|write))/.exec(token.name);
    if (match === null) return [];
    return [{ kind: "no-separator", place: token.place, text: token.text, edits: [] }];
  });
}

/** A separator written apart from the list (`join(",")`) is where the fault is; otherwise the list. */
function separatorPlace(separators: readonly Separator[], list: Place): Place {
  const places = separators.flatMap((separator) => placeOfPieces(separator.pieces) ?? []);
  const [first] = places;
  if (first === undefined) return list;
  const apart = places.every((one) => one.file === first.file && one.range[0] === first.range[0]);
  return apart && !standsIn(first, list) ? first : list;
}

/**
 * A block of YAML (`|`) whose lines are to be one: it is folded (`>-`). Those of Terraform's heredocs stay as they are. Null for
 * line breaks that stand elsewhere.
 */
function foldedBlock(separators: readonly Separator[]): Edit[] | null {
  const nodes = separators.flatMap(({ pieces }) =>
    pieces.map(({ chunk }) => chunk.owners.find(({ node }) => node.kind === "string") ?? null),
  );
  const isBlock = (owner: Owner | null): boolean =>
    owner?.node.kind === "string" && /^(?:[|>]|<<)$/.test(owner.node.quote);
  if (!nodes.some(isBlock)) return null;
  const [first] = nodes;
  const node = first?.node;
  if (first == null || node?.kind !== "string" || node.quote !== "|") return [];
  const isOne =
    nodes.every((owner) => owner?.node === node) && !/\n\s*\n|^\s|\n[ \t]/.test(node.value.trimEnd());
  // Without a line break at the end it says `|-` already.
  const sign = node.value.endsWith("\n") ? ">-" : ">";
  return isOne ? [{ file: first.file, range: [node.range[0], node.range[0] + 1], text: sign }] : [];
}

/** `accounts%3Aread`: what stands beside it in the URL is encoded as well. */
function isEncoded({ text, place: { range } }: RequestedToken): boolean {
  const colons = text.split(":").length - 1;
  return colons > 0 && range[1] - range[0] === text.length + 2 * colons;
}

/** A space, as the list writes it, for each, nothing for one at an end; no edit where one of them cannot be mended where it is written. */
function editsOf(separators: readonly Separator[], list: Place, space: string): Edit[] {
  const edits: Edit[] = [];
  for (const { pieces, outer } of separators) {
    const place = placeOfPieces(pieces);
    if (place === null) return [];
    // What joins the items also stands between those of other lists: without it they would run together.
    if (outer && !standsIn(place, list)) return [];
    if (!outer && pieces.some(({ chunk }) => standsInWord(chunk))) return [];
    const isEscaped = place.range[1] - place.range[0] === 3 * pieces.map(textOf).join("").length;
    edits.push({
      file: place.file,
      range: place.range,
      text: outer ? "" : isEscaped ? "%20" : space,
    });
  }
  return unique(edits);
}

function unique(edits: Edit[]): Edit[] {
  return edits.filter(
    (one, index) =>
      edits.findIndex((other) => other.file === one.file && other.range[0] === one.range[0]) === index,
  );
}
