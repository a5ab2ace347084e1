/** What is worked out for an object once, and hangs on nothing else. */

/** @param make Its answer is kept as long as the object is. */
export function perKey<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { answer: T }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { answer: make(key) };
      known.set(key, found);
    }
    return found.answer;
  };
}
