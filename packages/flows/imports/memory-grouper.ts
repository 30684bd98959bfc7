import type { RecordGrouper, StagedRecord } from "@regulars/core/imports/import-store";

/** Groups records in memory: for small input, as a request's batch or the demo tenant. */
export function memoryGrouper<Staged = StagedRecord>(): RecordGrouper<Staged> {
  const byKey = new Map<string, Staged[]>();
  return {
    add: (key, staged) => {
      const group = byKey.get(key);
      if (group === undefined) byKey.set(key, [staged]);
      else group.push(staged);
      return undefined;
    },
    batches: async function* () {
      yield await Promise.resolve([...byKey.values()]);
    },
    another: <Other>() => memoryGrouper<Other>(),
  };
}
