import { hasForYou } from "@regulars/core/tenants/edition";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import pLimit from "p-limit";
import { CallListKeeper } from "../code-red/call-list.ts";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import {
  type EvaluatedCustomer,
  type ShardOfNight,
  evaluate,
  evaluateByMeasures,
  saveEvaluation,
} from "./evaluate-customer.ts";
import { NightCounts } from "./night-counts.ts";
import { LANES } from "./night-in-parts.ts";
import { NightResults } from "./night-results.ts";
import { type NightlyInput, openNight } from "./open-night.ts";
import { type NightlySummary, publishNight, releaseHeld, summaryOf } from "./publish-night.ts";

export type { NightlyInput } from "./open-night.ts";
export type { NightlySummary } from "./publish-night.ts";

/** A customer whose changes wait for the counts of all others, with the night of their shard. */
interface Waiting {
  readonly night: ShardOfNight;
  readonly customer: EvaluatedCustomer;
}

/**
 * One tenant's nightly run. Reads every customer's snapshot once, evaluates every kind, compares with the stored
 * findings and writes only changes. The nightly run of a day is idempotent: repeated, it finds everything stored and
 * queued. An interrupted run is completed by the next one, of the same day or a later one.
 */
export async function runNightly(given: NightlyInput): Promise<NightlySummary> {
  const { store, tenant, asOf } = given;
  const last = await store.lastNightly();
  const night = await openNight(given, last?.asOf);
  const results = new NightResults(night);
  if (night.isRefused) return { ...summaryOf(night, results, 0), laterRunOn: last?.asOf };
  const released = await releaseHeld(night);
  const counts = await NightCounts.open(store, asOf);
  const callList = hasForYou(tenant) ? new CallListKeeper(tenant, night.at) : undefined;
  const waiting: Waiting[] = [];
  const nights = store.shards.map((): ShardOfNight => ({ ...night, counts, results: new NightResults(night) }));
  const limit = pLimit(LANES);
  await allOrFirstFault(nights.map((one, i) => limit(runShard, one, store.shards[i] ?? 0, { waiting, callList })));
  const measures = await counts.measures(store);
  await mapConcurrent(waiting, ({ night: ofShard, customer }) => evaluateByMeasures(ofShard, customer, measures));
  await night.watch?.end();
  for (const one of nights) results.join(one.results.state());
  const queued = await publishNight(night, results, async () => ({
    ...(callList === undefined ? {} : { callList: await callList.keep(store, last?.callList) }),
    ...(await night.findingLists?.keep(store, { measures, customers: results.counts.customers })),
  }));
  await store.callList.forgetChanges(store.callList.takeChanges());
  return summaryOf(night, results, released + queued);
}

interface OfAllShards {
  readonly waiting: Waiting[];
  /** What the call list is read from; none without the For You page. */
  readonly callList: CallListKeeper | undefined;
}

async function runShard(night: ShardOfNight, shard: number, { waiting, callList }: OfAllShards): Promise<void> {
  const { store, at, results, counts } = night;
  const onUnreadable = (customer: SetAsideCustomer): void => {
    results.setAside.add(customer);
    callList?.unread(shard, customer.customerId);
  };
  for await (const snapshot of store.snapshots(shard, at, { repair: true, onUnreadable })) {
    counts.add(snapshot);
    callList?.add(shard, snapshot);
    const customer = await evaluate(night, snapshot);
    if (customer?.isWaiting === true) waiting.push({ night, customer });
    else if (customer !== undefined) await saveEvaluation(night, customer);
  }
  callList?.endShard(store, shard);
}
