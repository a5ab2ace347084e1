/**
 * A scope list as it goes out: its tokens with the place of every character, what is wrong with the way it is
 * written, and the edits that change it. Klaviyo wants one space-separated list
 * (https://developers.klaviyo.com/en/docs/set_up_oauth).
 */
import type { Delivery, Malformation, Place, RequestedToken, FoundRequest, Unresolved } from "./types.js";
import type { FileForm } from "../lower/form.js";
import { decodeChunks } from "../evaluate/percent.js";
import { outline } from "../evaluate/text.js";
import type { Chunk, Condition } from "../evaluate/values.js";
import { isPlain, itemsOfList, placeOfList, placeOfPieces } from "./list-place.js";
import { readWords, textOf, type Separator } from "./list-words.js";
import { malformationsOf } from "./malformations.js";
import { samePlace } from "./places.js";
import { insertionInto, removalOf } from "./list-edits.js";
import { withPlaceholders } from "./placeholders.js";

/** What a list of chunks says. */
export interface ReadList {
  place: Place;
  tokens: RequestedToken[];
  unresolved: Unresolved[];
  malformations: Malformation[];
  insertion: FoundRequest["insertion"];
}

export interface Reader {
  form(file: string): FileForm | undefined;
}

/** Reads a list; null where no text of it is written in the project and nothing is unknown. */
export function readList(
  chunks: readonly Chunk[],
  delivery: Delivery,
  context: { all: readonly Chunk[]; fallback: Place; reader: Reader; isSent: boolean },
): ReadList | null {
  const decodedTwice = delivery === "text" && /%(?:20|2B|3A)/i.test(outline(chunks));
  const written = withPlaceholders(decodedTwice ? decodeChunks(chunks) : chunks, context.fallback);
  const read = itemsOfList(written, context.all);
  const { words, separators } = readWords(read);
  const unresolved = words.flatMap((word): Unresolved[] =>
    word.unknown === null
      ? []
      : [{ file: word.unknown.file, range: word.unknown.range, reason: word.unknown.reason }],
  );
  const known = words.filter((word) => word.unknown === null && word.pieces.length > 0);
  const tokens: RequestedToken[] = [];
  for (const word of known) {
    const place = placeOfPieces(word.pieces);
    if (place === null) continue;
    const text = word.pieces.map(textOf).join("");
    tokens.push({
      name: text.toLowerCase(),
      text,
      place,
      optional: word.optional,
      removal: removalOf(word.pieces, place),
      replacement: isPlain(word.pieces) ? place : null,
    });
  }
  // What one text makes several tokens of cannot lose one of them.
  const shared = tokens.filter(
    ({ removal }) =>
      removal !== null &&
      tokens.filter((one) => one.removal !== null && samePlace(one.removal, removal)).length > 1,
  );
  for (const token of shared) token.removal = null;
  const place =
    placeOfList(known, read, context.all) ?? (unresolved[0] === undefined ? null : context.fallback);
  if (place === null) return null;
  return {
    place,
    tokens,
    unresolved,
    malformations: malformationsOf(tokens, separators, place, {
      decodedTwice,
      delivery,
      isSent: context.isSent,
    }),
    insertion: insertionInto(
      known[0]?.pieces[0]?.chunk ?? null,
      tokens,
      {
        separators,
        own: delivery === "commas" || !context.isSent ? markBetween(separators) : null,
      },
      context.reader,
    ),
  };
}

/** The mark that a list which is not sent as it is has between its tokens: `,` or `; `. */
function markBetween(separators: readonly Separator[]): string | null {
  const inner = separators.find(({ outer }) => !outer)?.text ?? "";
  return /^[,;|] ?$/.test(inner) ? inner : null;
}

/** The whole lists that a value can be: alternatives that stand for all of it are lists of their own. */
export function wholeLists(chunks: readonly Chunk[], when: readonly Condition[] = []): WholeList[] {
  // `"${SCOPES:-a b}"`: a template that is all default.
  const [only, ...more] = chunks.filter((chunk) => chunk.kind !== "text" || chunk.text !== "");
  if (only === undefined) return [];
  if (more.length === 0 && only.kind === "choice") {
    const filled = only.alternatives.filter((alternative) => alternative.chunks.length > 0);
    const [first] = filled;
    if (filled.length < only.alternatives.length && filled.length === 1 && first !== undefined)
      return [{ chunks: [...first.chunks], when: [...when, ...first.when] }];
    return filled.flatMap((alternative) => wholeLists(alternative.chunks, [...when, ...alternative.when]));
  }
  return [{ chunks: [...chunks], when }];
}

/** One of the lists that a value can be, and the branches in which it is. */
export interface WholeList {
  chunks: Chunk[];
  when: readonly Condition[];
}
