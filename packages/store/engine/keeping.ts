/** The record with what is stored of the fields that its input knows nothing of. */
export function keeping<T extends object>(record: T, stored: T | undefined, keep: readonly string[]): T {
  if (stored === undefined || keep.length === 0) return record;
  return { ...record, ...Object.fromEntries(Object.entries(stored).filter(([name]) => keep.includes(name))) };
}
