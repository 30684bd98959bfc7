import type { NightlyRecord, NightlyStore } from "@regulars/core/nightly/nightly-store";
import { isSameSetAside } from "./set-aside-list.ts";

/** Stores a nightly run's counts if they differ from the stored ones. */
export async function keepRecord(
  store: Pick<NightlyStore, "lastNightly" | "saveNightly">,
  record: NightlyRecord,
): Promise<void> {
  const last = await store.lastNightly();
  if (last === undefined || !isSameRecord(last, record)) await store.saveNightly(record);
}

function isSameRecord(a: NightlyRecord, b: NightlyRecord): boolean {
  const kinds = Object.entries(b.kinds);
  return (
    a.asOf === b.asOf &&
    a.customers === b.customers &&
    isSameSetAside(a.setAside, b.setAside) &&
    JSON.stringify(a.untold) === JSON.stringify(b.untold) &&
    JSON.stringify(a.callList) === JSON.stringify(b.callList) &&
    a.lists === b.lists &&
    a.watchedWith === b.watchedWith &&
    JSON.stringify(a.ahead) === JSON.stringify(b.ahead) &&
    kinds.length === Object.keys(a.kinds).length &&
    kinds.every(([kind, { eligible, found }]) => a.kinds[kind]?.eligible === eligible && a.kinds[kind].found === found)
  );
}
