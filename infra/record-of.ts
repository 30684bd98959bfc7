/** A record with one value per key. */
export function recordOf<K extends string, V>(keys: readonly K[], valueOf: (key: K) => V): Readonly<Record<K, V>> {
  const record = Object.fromEntries(keys.map((key) => [key, valueOf(key)]));
  if (!hasAll(record, keys)) throw new Error(`a key is missing of ${keys.join(", ")}`);
  return record;
}

const hasAll = <K extends string, V>(
  record: Readonly<Record<string, V>>,
  keys: readonly K[],
): record is Readonly<Record<K, V>> => keys.every((key) => key in record);
