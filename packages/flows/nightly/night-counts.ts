import type { ConfiguredKind } from "@regulars/core/insights/define";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import { type DemandState, ItemDemand } from "@regulars/core/insights/item-demand";
import {
  MeasuresCollector,
  type TenantMeasures,
  endsMonth,
  monthOf,
  withBooks,
} from "@regulars/core/insights/tenant-measures";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { addDays } from "@regulars/core/platform/period";
import { type CustomerId, type Day, toDayNumber } from "@regulars/core/platform/values";
import { keep, keepOwn } from "../insights/measures.ts";

/** Counts as they are kept for the part that continues. */
export interface NightCountsState {
  readonly demand: DemandState;
  readonly own: TenantMeasures | undefined;
  readonly next: TenantMeasures | undefined;
  readonly uncounted: ReadonlyMap<CustomerId, string>;
}

/**
 * What findings of one customer depend on of all the others: who orders each item, and the measures of a month that has
 * none yet. On the last day of a month those for the next one are collected too.
 */
export class NightCounts {
  readonly demand: ItemDemand;
  /** The measures that are kept for the month; `undefined` in its first nightly run. */
  readonly kept: TenantMeasures | undefined;
  /** Customers that cannot be counted, with the reason. */
  readonly #uncounted = new Map<CustomerId, string>();
  readonly #own: MeasuresCollector | undefined;
  readonly #next: MeasuresCollector | undefined;

  constructor(asOf: Day, kept: TenantMeasures | undefined) {
    this.kept = kept;
    this.demand = new ItemDemand(toDayNumber(asOf));
    this.#own = kept?.books === undefined ? new MeasuresCollector(asOf) : undefined;
    this.#next = endsMonth(asOf) ? new MeasuresCollector(addDays(asOf, 1)) : undefined;
  }

  static async open(store: Pick<NightlyStore, "measuresOf">, asOf: Day): Promise<NightCounts> {
    return new NightCounts(asOf, await store.measuresOf(monthOf(asOf)));
  }

  add({ customer, history }: Pick<CustomerSnapshot, "customer" | "history">): void {
    try {
      this.demand.add(history);
      this.#own?.add(history);
      this.#next?.add(history);
    } catch (error) {
      this.#uncounted.set(customer.customerId, String(error));
    }
  }

  /** Why a customer could not be counted. */
  faultOf(customerId: CustomerId): string | undefined {
    return this.#uncounted.get(customerId);
  }

  /**
   * Whether a finding is evaluated after the last customer is counted: any while there are no measures, else by books.
   */
  evaluatesLater({ needsBooks }: Pick<ConfiguredKind, "needsBooks">): boolean {
    const isCollecting = this.#own !== undefined || this.#next !== undefined;
    return this.kept === undefined || (isCollecting && needsBooks);
  }

  /** The measures after the last customer. Those that are new are kept. */
  async measures(store: Pick<NightlyStore, "keepMeasures" | "replaceMeasures">): Promise<TenantMeasures | undefined> {
    const own = this.#own === undefined ? this.kept : await keepOwn(store, this.kept, this.#own.measures());
    const next = this.#next?.measures();
    if (next !== undefined) await keep(store, next);
    return own === undefined || next === undefined ? own : withBooks(own, next);
  }

  state(): NightCountsState {
    return {
      demand: this.demand.state(),
      own: this.#own?.measures(),
      next: this.#next?.measures(),
      uncounted: this.#uncounted,
    };
  }

  /** Adds what was counted of other customers. */
  join({ demand, own, next, uncounted }: NightCountsState): void {
    this.demand.join(demand);
    if (own !== undefined) this.#own?.join(own);
    if (next !== undefined) this.#next?.join(next);
    for (const [customerId, reason] of uncounted) this.#uncounted.set(customerId, reason);
  }
}
