import {
  MeasuresCollector,
  type TenantMeasures,
  endsMonth,
  isMeasured,
  measuredUntil,
  monthOf,
  withBooks,
} from "@regulars/core/insights/tenant-measures";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { canonical } from "@regulars/core/insights/diff";
import { addDays } from "@regulars/core/platform/period";
import { type Day, day } from "@regulars/core/platform/values";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";

type MeasuresSource = Pick<NightlyStore, "measuresOf" | "shards" | "snapshots">;

/**
 * The measures for a day: those that are kept for its month, else from one pass over the customers that writes nothing.
 * The last day of a month has the books of the next one too.
 */
export async function measuresFor(store: MeasuresSource, asOf: Day): Promise<TenantMeasures> {
  const own = await measuresOfMonth(store, asOf);
  return endsMonth(asOf) ? withBooks(own, await measuresOfMonth(store, addDays(asOf, 1))) : own;
}

/** Those of an earlier release have no books: they are measured, and the rest stays as it was kept. */
async function measuresOfMonth(store: MeasuresSource, on: Day): Promise<TenantMeasures> {
  const kept = await store.measuresOf(monthOf(on));
  if (kept?.books !== undefined) return kept;
  const measured = await measure(store, on);
  return kept === undefined ? measured : { ...kept, books: measured.books };
}

/** Keeps measures unless the month has some already: those stay. */
export const keep = async (
  store: Pick<NightlyStore, "keepMeasures">,
  measures: TenantMeasures,
): Promise<TenantMeasures> => (isMeasured(measures) ? store.keepMeasures(measures) : measures);

/** Keeps a month's measures; those of an earlier release, which have no books, get these. */
export async function keepOwn(
  store: Pick<NightlyStore, "keepMeasures" | "replaceMeasures">,
  kept: TenantMeasures | undefined,
  measured: TenantMeasures,
): Promise<TenantMeasures> {
  if (kept === undefined) return keep(store, measured);
  const completed = { ...kept, books: measured.books };
  await store.replaceMeasures(completed);
  return completed;
}

/** Measures every kept month again, for late orders and payments; returns how many differed. */
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
