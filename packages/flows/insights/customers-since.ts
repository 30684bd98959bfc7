import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { CustomerId, Day } from "@regulars/core/platform/values";

/** What a changed customer's text says of orders: the years with changes since the last nightly run. */
const ordersChanged = (markers: string, day: Day): boolean => markers.includes(`#D#${day.slice(0, 4)} `);

/**
 * The customers that may have placed sales of a day after the last nightly run's: those that it has named, and those of
 * whom orders of the year were saved since. `undefined` for an earlier day, and where the run does not know.
 */
export async function customersSince(
  store: Pick<NightlyStore, "lastNightly" | "callList">,
  day: Day,
): Promise<ReadonlySet<CustomerId> | undefined> {
  // Before the record: a later nightly run forgets changes only after it has replaced the record.
  const changed = await store.callList.changed();
  const nightly = await store.lastNightly();
  // Of customers that could not be read nothing is known.
  if (nightly?.ahead === undefined || nightly.setAside !== undefined || day <= nightly.asOf) return undefined;
  const since = new Set(nightly.ahead);
  for (const [customerId, markers] of changed) if (ordersChanged(markers, day)) since.add(customerId);
  return since;
}
