import type { User } from "@regulars/core/access/user";
import type { NightlyRecord } from "@regulars/core/nightly/nightly-store";
import type { Day, Instant, UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { SalesFigures } from "@regulars/core/sales-figures/figures";
import type { PreferencesOf } from "../notifications/readers.ts";
import { AheadList } from "./ahead-list.ts";
import { AlertBudget, type Selected } from "./alert-budget.ts";
import { DigestCollector, type DigestState } from "./digest-collector.ts";
import { RunCounts, type RunCountsState } from "./run-counts.ts";
import { SalesAccumulators } from "./sales-accumulators.ts";
import { SetAsideList } from "./set-aside-list.ts";
import { UntoldList } from "./untold-list.ts";

interface Given {
  readonly tenant: Pick<Tenant, "maxAlertsPerRepPerDay">;
  readonly kinds: readonly { readonly id: string }[];
  readonly users: ReadonlyMap<UserId, User>;
  readonly preferencesOf: PreferencesOf;
  readonly now: Instant;
}

/** The results as they are kept for the part that continues. */
export interface NightResultsState {
  readonly counts: RunCountsState;
  readonly setAside: ReturnType<SetAsideList["summary"]>;
  readonly untold: ReturnType<UntoldList["summary"]>;
  readonly ahead: ReturnType<AheadList["summary"]>;
  readonly reps: readonly (UserId | undefined)[];
  readonly digest: DigestState;
  readonly alerts: readonly Selected[];
  readonly sales: ReadonlyMap<string, SalesFigures>;
}

/**
 * What a nightly run makes of the customers it has seen, besides what it saves of each. Results of different customers
 * can be joined; sums of fractions are the same when each shard has one of its own and they are joined in their order.
 */
export class NightResults {
  readonly counts: RunCounts;
  readonly setAside = new SetAsideList();
  readonly untold = new UntoldList();
  readonly ahead = new AheadList();
  /** The users with findings. */
  readonly reps = new Set<UserId | undefined>();
  readonly digest: DigestCollector;
  readonly alerts: AlertBudget;
  readonly sales: SalesAccumulators;

  constructor({ tenant, kinds, users, preferencesOf, now }: Given) {
    const budget = tenant.maxAlertsPerRepPerDay;
    this.counts = new RunCounts(kinds);
    this.digest = new DigestCollector(users, { preferencesOf, now, budget });
    this.alerts = new AlertBudget(budget);
    this.sales = new SalesAccumulators(users);
  }

  state(): NightResultsState {
    return {
      counts: this.counts.state(),
      setAside: this.setAside.summary(),
      untold: this.untold.summary(),
      ahead: this.ahead.summary(),
      reps: [...this.reps],
      digest: this.digest.state(),
      alerts: this.alerts.selected(),
      sales: this.sales.figures(),
    };
  }

  /** Adds the results of other customers. */
  join({ counts, setAside, untold, ahead, reps, digest, alerts, sales }: NightResultsState): void {
    this.counts.join(counts);
    this.setAside.join(setAside);
    this.untold.join(untold);
    this.ahead.join(ahead);
    for (const userId of reps) this.reps.add(userId);
    this.digest.join(digest);
    for (const one of alerts) this.alerts.note(one);
    this.sales.join(sales);
  }

  /** The run's counts as they are kept. */
  record(asOf: Day): NightlyRecord {
    return {
      asOf,
      customers: this.counts.customers,
      kinds: Object.fromEntries(
        [...this.counts.kinds].map(([kind, { eligible, found }]) => [kind, { eligible, found }]),
      ),
      ...this.setAside.summary(),
      ...this.untold.summary(),
      ...this.ahead.summary(),
    };
  }
}
