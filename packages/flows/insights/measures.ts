import {
  MeasuresCollector,
  type TenantMeasures,
  isMeasured,
  measuredUntil,
  monthOf,
} from "@regulars/core/insights/tenant-measures";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { canonical } from "@regulars/core/insights/diff";
import { type Day, day } from "@regulars/core/platform/values";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";

type MeasuresSource = Pick<NightlyStore, "measuresOf" | "shards" | "snapshots">;

/** The measures for a day's month: those that are kept, else from one pass over the customers that writes nothing. */
export async function measuresFor(store: MeasuresSource, asOf: Day): Promise<TenantMeasures> {
  return (await store.measuresOf(monthOf(asOf))) ?? measure(store, asOf);
}

/** Keeps measures unless the month has some already: those stay. */
export const keep = async (
  store: Pick<NightlyStore, "keepMeasures">,
  measures: TenantMeasures,
): Promise<TenantMeasures> => (isMeasured(measures) ? store.keepMeasures(measures) : measures);

/** Measures every kept month anew, for late orders and payments; returns how many differed. */
export async function remeasure(
  store: MeasuresSource,
  kept: {
    readonly months: () => Promise<readonly string[]>;
    readonly replace: (measures: TenantMeasures) => Promise<void>;
  },
): Promise<{ readonly months: number; readonly mended: number }> {
  const months = await kept.months();
  let mended = 0;
  for (const month of months) {
    const [before, now] = [await store.measuresOf(month), await measure(store, day(`${month}-01`))];
    if (before !== undefined && canonical(before) === canonical(now)) continue;
    await kept.replace(now);
    mended += 1;
  }
  return { months: months.length, mended };
}

/** A customer whose data cannot be read is left out, as by the nightly run. */
async function measure(store: MeasuresSource, on: Day): Promise<TenantMeasures> {
  const collector = new MeasuresCollector(on);
  const at = { asOf: measuredUntil(on) };
  await allOrFirstFault(
    store.shards.map(async (shard) => {
      for await (const { history } of store.snapshots(shard, at, { repair: false, onUnreadable: () => undefined }))
        collector.add(history);
    }),
  );
  return collector.measures();
}
