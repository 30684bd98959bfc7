import { type TenantMeasures, monthOf } from "@regulars/core/insights/tenant-measures";
import { lastRunOf } from "@regulars/core/nightly/nightly-store";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";
import { LANES } from "./night-in-parts.ts";
import { type NightHelper, NightShare, type ShareLeft } from "./night-share.ts";
import { NightResults } from "./night-results.ts";
import { type NightlyInput, openNight } from "./open-night.ts";
import { type NightlySummary, publishNight, releaseHeld, summaryOf } from "./publish-night.ts";

export type { NightlyInput } from "./open-night.ts";
export type { NightlySummary } from "./publish-night.ts";

/**
 * One tenant's nightly run. Reads every customer's snapshot once, evaluates every kind, compares with the stored
 * findings and writes only changes. The nightly run of a day is idempotent: repeated, it finds everything stored and
 * queued. An interrupted run is completed by the next one, of the same day or a later one. Helpers work at some of its
 * shards; what is stored is the same. The first fault of any of them stops all.
 */
export async function runNightly(given: NightlyInput, helpers: readonly NightHelper[] = []): Promise<NightlySummary> {
  const { store, asOf } = given;
  const last = await store.lastNightly();
  const lastRun = lastRunOf(last);
  const night = await openNight(given, lastRun);
  const results = new NightResults(night);
  if (night.isRefused) return { ...summaryOf(night, results, 0), laterRunOn: last?.asOf };
  const released = await releaseHeld(night);
  const kept = await store.measuresOf(monthOf(asOf));
  const stopping = new AbortController();
  const own = new NightShare(night, kept, stopping.signal);
  const together: Together = {
    own,
    helpers,
    stopped: stopping.signal,
    orStop: async (work) => {
      try {
        return await work();
      } catch (fault) {
        stopping.abort();
        for (const helper of helpers) helper.stop();
        throw fault;
      }
    },
  };
  await readTogether(together, { ...lastRun, measures: kept }, store.shards);
  const { measures, left } = await endTogether(together, store);
  const byShard = new Map([own.results(), ...left.map((one) => one.results)].flatMap((some) => [...some]));
  for (const shard of store.shards) {
    const ofShard = byShard.get(shard);
    if (ofShard !== undefined) results.join(ofShard);
  }
  for (const { watch, listed, callList } of left) {
    night.watch?.join(watch);
    if (listed !== undefined) night.findingLists?.join(listed);
    if (callList !== undefined) own.callList?.joinPacked(callList);
  }
  await night.watch?.end();
  const queued = await publishNight(night, results, async () => ({
    ...(own.callList === undefined ? {} : { callList: await own.callList.keep(store, last?.callList) }),
    ...(await night.findingLists?.keep(store, { measures, customers: results.counts.customers })),
  }));
  await store.callList.forgetChanges([...store.callList.takeChanges(), ...left.flatMap(({ seen }) => seen)]);
  return summaryOf(night, results, released + queued);
}

/** The share of the thread that runs the night, and its helpers. */
interface Together {
  readonly own: NightShare;
  readonly helpers: readonly NightHelper[];
  readonly stopped: AbortSignal;
  /** Does a piece of work; if it fails, nobody begins anything more. */
  readonly orStop: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Each takes the next shard when it has ended one, a few side by side. A helper has one to itself; of the others none
 * waits for a helper to begin.
 */
async function readTogether(
  { own, helpers, stopped, orStop }: Together,
  known: Parameters<NightHelper["open"]>[0],
  shards: readonly number[],
): Promise<void> {
  const waiting = [...shards];
  const kept = waiting.splice(waiting.length - helpers.length);
  const lanes = Math.ceil(LANES / (1 + helpers.length));
  const next = (): number | undefined => (stopped.aborted ? undefined : waiting.shift());
  const takeShards = async (one: Pick<NightHelper, "read">, first = next()): Promise<void> => {
    for (let shard = first; shard !== undefined; shard = next()) {
      const taken = shard;
      await orStop(() => one.read(taken));
    }
  };
  const inLanes = (one: Pick<NightHelper, "read">, firsts: readonly number[] = []): Promise<void> =>
    allOrFirstFault(Array.from({ length: lanes }, (_, lane) => takeShards(one, firsts[lane])));
  await allOrFirstFault([
    inLanes(own),
    ...helpers.map(async (helper, i) => {
      await orStop(() => helper.open(known));
      if (!stopped.aborted) await inLanes(helper, kept.slice(i, i + 1));
    }),
  ]);
}

interface Ended {
  readonly measures: TenantMeasures | undefined;
  readonly left: readonly ShareLeft[];
}

/** Counts all customers, and evaluates and saves with these counts those that have waited for them. */
async function endTogether({ own, helpers, orStop }: Together, store: NightlyInput["store"]): Promise<Ended> {
  const counted = helpers.map((helper) => helper.counted());
  await allOrFirstFault(counted);
  for (const counts of await Promise.all(counted)) own.counts.join(counts);
  const measures = await own.counts.measures(store);
  const ended = helpers.map((helper) => orStop(() => helper.end({ counts: own.counts.state(), measures })));
  await allOrFirstFault([orStop(() => own.end(own.counts, measures)), ...ended]);
  return { measures, left: await Promise.all(ended) };
}
