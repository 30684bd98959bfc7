import type { RecordGrouper, StagedRecord } from "@regulars/core/imports/import-store";

/** Groups records in memory: for small input, as a request's batch or the demo tenant. */
export function memoryGrouper(): RecordGrouper {
  const byKey = new Map<string, StagedRecord[]>();
  return {
    add: (key, staged) => {
      const group = byKey.get(key);
      if (group === undefined) byKey.set(key, [staged]);
      else group.push(staged);
      return Promise.resolve();
    },
    batches: async function* () {
      yield await Promise.resolve([...byKey.values()]);
    },
  };
}
