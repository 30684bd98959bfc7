/** The record, with the fields in `keep` taken from the stored one: the input does not have these fields. */
export function keeping<T extends object>(record: T, stored: T | undefined, keep: readonly string[]): T {
  if (stored === undefined || keep.length === 0) return record;
  return { ...record, ...Object.fromEntries(Object.entries(stored).filter(([name]) => keep.includes(name))) };
}
