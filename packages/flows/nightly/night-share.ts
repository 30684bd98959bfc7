import type { SeenChange } from "@regulars/core/code-red/call-list";
import type { ListsLeft } from "@regulars/core/insights/finding-lists";
import type { TenantMeasures } from "@regulars/core/insights/tenant-measures";
import type { LastRun, NightRun } from "@regulars/core/nightly/night-parts";
import type { WatchState } from "@regulars/core/nightly/night-watch";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import { hasForYou } from "@regulars/core/tenants/edition";
import { CallListKeeper, type PackedCallList } from "../code-red/call-list.ts";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import {
  type EvaluatedCustomer,
  type ShardOfNight,
  evaluate,
  evaluateByMeasures,
  saveEvaluation,
} from "./evaluate-customer.ts";
import { NightCounts, type NightCountsState } from "./night-counts.ts";
import type { CountsOfAll } from "./night-in-parts.ts";
import { NightResults, type NightResultsState } from "./night-results.ts";
import { type Night, type NightlyInput, openNight } from "./open-night.ts";

/** A customer whose changes wait for the counts of all others, with the night of their shard. */
interface Waiting {
  readonly night: ShardOfNight;
  readonly customer: EvaluatedCustomer;
}

/** The shards of a night that one thread works at, and what it makes of them. */
export class NightShare {
  /** Of the customers of these shards. */
  readonly counts: NightCounts;
  /** What the call list is read from; none without the For You page. */
  readonly callList: CallListKeeper | undefined;
  readonly #night: Night;
  /** Of the fault after which nothing more is begun. */
  readonly #stopped: AbortSignal;
  readonly #shards = new Map<number, ShardOfNight>();
  readonly #waiting: Waiting[] = [];

  constructor(night: Night, measures: TenantMeasures | undefined, stopped: AbortSignal) {
    this.#night = night;
    this.#stopped = stopped;
    this.counts = new NightCounts(night.asOf, measures);
    this.callList = hasForYou(night.tenant) ? new CallListKeeper(night.tenant, night.at) : undefined;
  }

  /**
   * Reads the customers of a shard, evaluates them, and saves those that need not wait for the counts of all. Once
   * stopped, it saves nothing more.
   */
  async read(shard: number): Promise<void> {
    const { counts, callList } = this;
    const results = new NightResults(this.#night);
    const night: ShardOfNight = { ...this.#night, counts, results };
    this.#shards.set(shard, night);
    const onUnreadable = (customer: SetAsideCustomer): void => {
      results.setAside.add(customer);
      callList?.unread(shard, customer.customerId);
    };
    for await (const snapshot of night.store.snapshots(shard, night.at, { repair: true, onUnreadable })) {
      if (this.#stopped.aborted) return;
      counts.add(snapshot);
      callList?.add(shard, snapshot);
      const customer = await evaluate(night, snapshot);
      if (this.#stopped.aborted) return;
      if (customer?.isWaiting === true) this.#waiting.push({ night, customer });
      else if (customer !== undefined) await saveEvaluation(night, customer);
    }
    callList?.endShard(night.store, shard);
  }

  /** Evaluates and saves those that have waited. */
  async end(counts: NightCounts, measures: TenantMeasures | undefined): Promise<void> {
    await mapConcurrent(this.#waiting, async ({ night, customer }) => {
      if (!this.#stopped.aborted) await evaluateByMeasures({ ...night, counts }, customer, measures);
    });
  }

  /** By shard: sums of fractions are the same when they are joined in the order of shards. */
  results(): Map<number, NightResultsState> {
    return new Map([...this.#shards].map(([shard, { results }]) => [shard, results.state()]));
  }
}

/** What a helper leaves of its shards for whoever publishes the night. */
export interface ShareLeft {
  readonly results: ReadonlyMap<number, NightResultsState>;
  readonly watch: WatchState | undefined;
  readonly seen: readonly SeenChange[];
  readonly listed: ListsLeft | undefined;
  readonly callList: PackedCallList | undefined;
}

/** Who works at shards of a night side by side with the run that publishes it, in a thread of their own. */
export interface NightHelper {
  readonly open: (known: LastRun & Pick<NightRun, "measures">) => Promise<void>;
  readonly read: (shard: number) => Promise<void>;
  /** What was counted of all the customers that it has read. */
  readonly counted: () => Promise<NightCountsState>;
  /** Ends with the counts of everybody's customers. */
  readonly end: (ofAll: CountsOfAll) => Promise<ShareLeft>;
  /** Another has failed: it begins nothing more, and what it is asked for ends soon. */
  readonly stop: () => void;
}

/** A helper with a store and a watch of its own, which reads only the agendas of its shards. */
export function nightHelper(input: NightlyInput): NightHelper {
  const { store, asOf } = input;
  const stopping = new AbortController();
  let opened: { readonly night: Night; readonly share: NightShare; readonly kept: NightRun["measures"] } | undefined;
  const whenOpen = () => {
    if (opened === undefined) throw new Error("a helper is opened before it reads");
    return opened;
  };
  return {
    open: async ({ measures, ...last }) => {
      const night = await openNight(input, last);
      opened = { night, share: new NightShare(night, measures, stopping.signal), kept: measures };
    },
    read: (shard) => whenOpen().share.read(shard),
    counted: () => Promise.resolve(whenOpen().share.counts.state()),
    end: async ({ counts, measures }) => {
      const { night, share, kept } = whenOpen();
      const ofAll = new NightCounts(asOf, kept);
      ofAll.join(counts);
      await share.end(ofAll, measures);
      const results = share.results();
      for (const shard of results.keys()) await night.watch?.endShard(shard);
      return {
        results,
        watch: night.watch?.state(0),
        seen: store.callList.takeChanges(),
        listed: night.findingLists?.state(store.findingLists),
        callList: await share.callList?.packed(store),
      };
    },
    stop: () => stopping.abort(),
  };
}
