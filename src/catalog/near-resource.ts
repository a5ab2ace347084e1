/** Which resource of the catalog a word means. */
import type { Catalog } from "./index.js";
import { isTypo, joined, sameButNumber, singular } from "./near.js";

export interface NearResource {
  name: string;
  nearness: "exact" | "separator" | "number" | "typo" | "collection";
}

interface Vocabulary {
  resources: { name: string; word: string }[];
  /** Collections of the API's paths (`catalog-items`), by their joined singular, with the one resource they need. */
  collections: Map<string, string>;
}

const vocabularies = new WeakMap<Catalog, Vocabulary>();

/** The resource that `text` (of any case style) names or nearly names. Null where none, or several, could be meant. */
export function nearResource(text: string, catalog: Catalog): NearResource | null {
  const word = joined(wordsOf(text).join(""));
  if (word.length < 3) return null;
  const { resources, collections } = vocabularyOf(catalog);

  const same = resources.find((other) => other.word === word);
  if (same !== undefined) return { name: same.name, nearness: same.name === text ? "exact" : "separator" };
  const number = resources.find((other) => sameButNumber(other.word, word));
  if (number !== undefined) return { name: number.name, nearness: "number" };
  const collection = collections.get(singular(word));
  if (collection !== undefined) return { name: collection, nearness: "collection" };

  const typos = resources.filter(
    (other) => isTypo(word, other.word) || (word.length >= 4 && isTypo(`${word}s`, other.word)),
  );
  const [typo] = typos;
  return typos.length === 1 && typo !== undefined ? { name: typo.name, nearness: "typo" } : null;
}

/** Words of any case style and separator, without a leading `klaviyo`. */
export function wordsOf(text: string): string[] {
  const words = text.match(/[A-Z]?[a-z0-9]+|[A-Z0-9]+/g) ?? [];
  return words[0]?.toLowerCase() === "klaviyo" ? words.slice(1) : words;
}

function vocabularyOf(catalog: Catalog): Vocabulary {
  const known = vocabularies.get(catalog);
  if (known !== undefined) return known;
  const vocabulary = {
    resources: catalog.resources().map((name) => ({ name, word: joined(name) })),
    collections: collectionsOf(catalog),
  };
  vocabularies.set(catalog, vocabulary);
  return vocabulary;
}

function collectionsOf(catalog: Catalog): Map<string, string> {
  const needed = new Map<string, Set<string>>();
  for (const operation of catalog.operations()) {
    const [root, collection, , ...deeper] = operation.path.split("/").slice(1);
    if (root !== "api" || collection === undefined || deeper.length > 0) continue;
    const word = singular(joined(collection));
    const resources = needed.get(word) ?? new Set();
    for (const scope of operation.scopes) resources.add(scope.slice(0, scope.indexOf(":")));
    needed.set(word, resources);
  }
  const collections = new Map<string, string>();
  for (const [word, [resource, ...others]] of needed) {
    if (resource !== undefined && others.length === 0) collections.set(word, resource);
  }
  return collections;
}
