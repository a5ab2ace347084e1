/** Adds to the values of a key. In place: to copy the list each time takes the square of its length. */
export function addTo<K, V>(map: Map<K, V[]>, key: K, ...values: readonly V[]): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [...values]);
  else known.push(...values);
}
