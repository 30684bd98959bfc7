import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type NightHelper, nightHelper } from "@regulars/flows/nightly/night-share";
import type { Usage } from "@regulars/store/engine/table";
import type { Runtime } from "../runtime.ts";
import { type NightOfTenant, openNightOf } from "./night-of-tenant.ts";
import type { CountingHelper, HelpedNight } from "./night-threads.ts";

/** Does the work with helpers where they are worth it, and counts what they have read and written. */
export async function withHelpers<T>(
  night: HelpedNight,
  { runtime: { nightThreads, catalogOf }, store }: NightOfTenant,
  work: (helpers: readonly NightHelper[]) => Promise<T>,
): Promise<T> {
  // A catalog of the process's own is not known in threads.
  if (nightThreads === undefined || catalogOf !== undefined) return work([]);
  const threads = (await hasMoreCustomers(store.nightly, nightThreads.mostWithout)) ? nightThreads.start(night) : [];
  try {
    const done = await work(threads);
    for (const usage of await Promise.all(threads.map((thread) => thread.usage()))) add(store.usage, usage);
    return done;
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

/** Told by the last night's record, or else from a shard. */
async function hasMoreCustomers(store: NightlyStore, most: number): Promise<boolean> {
  if (most === 0) return true;
  const last = await store.lastNightly();
  return last === undefined ? store.hasMoreCustomers(most) : last.customers > most;
}

function add(sum: Usage, { readRequestUnits, writeRequestUnits, itemsRead, itemsWritten }: Usage): void {
  sum.readRequestUnits += readRequestUnits;
  sum.writeRequestUnits += writeRequestUnits;
  sum.itemsRead += itemsRead;
  sum.itemsWritten += itemsWritten;
}

/** The helper, as its thread makes it. */
export async function helperOf(night: HelpedNight, runtime: Runtime): Promise<CountingHelper> {
  const opened = await openNightOf(night.tenantId, runtime);
  const input = opened.inputOf(night.asOf, { at: night.now, isOfOneShard: true });
  return { ...nightHelper({ ...input, ...night }), usage: () => Promise.resolve(opened.store.usage) };
}
