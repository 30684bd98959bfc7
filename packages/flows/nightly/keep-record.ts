import { type NightlyRecord, type NightlyStore, watchedUntil } from "@regulars/core/nightly/nightly-store";
import { isSameSetAside } from "./set-aside-list.ts";

/** Stores a nightly run's record if it differs from the stored one. `isWatched`: it has evaluated statuses. */
export async function keepRecord(
  store: Pick<NightlyStore, "lastNightly" | "saveNightly">,
  given: NightlyRecord,
  isWatched: boolean,
): Promise<void> {
  const last = await store.lastNightly();
  const isWatchKnown = last?.watchedOn !== undefined || last?.watchedWith !== undefined;
  const watchedOn = isWatched ? given.asOf : isWatchKnown ? watchedUntil(last) : undefined;
  const record = { ...given, ...(watchedOn === undefined ? {} : { watchedOn }) };
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
    a.watchedOn === b.watchedOn &&
    JSON.stringify(a.ahead) === JSON.stringify(b.ahead) &&
    kinds.length === Object.keys(a.kinds).length &&
    kinds.every(([kind, { eligible, found }]) => a.kinds[kind]?.eligible === eligible && a.kinds[kind].found === found)
  );
}
