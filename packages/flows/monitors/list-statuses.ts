import { overdueText } from "@regulars/core/invoices/overdue";
import { evaluationDay } from "@regulars/core/monitors/evaluation-day";
import type { Scope } from "@regulars/core/customers/visible-customers";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import type { Picture } from "@regulars/core/monitors/picture";
import { type RegenerationProgress, progressOf } from "@regulars/core/monitors/regeneration";
import type { StatusMonitor } from "@regulars/core/monitors/status-monitor";
import type { StatusStore } from "@regulars/core/monitors/status-store";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { compareText } from "@regulars/core/platform/compare";
import { type Result, ok } from "@regulars/core/platform/result";
import type { CustomerId, Instant } from "@regulars/core/platform/values";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";
import { type ShownStatus, shownStatuses } from "./customer-statuses.ts";
import { ourContactAt } from "./our-contact.ts";

interface ListInput {
  readonly tenant: Tenant;
  readonly nightly: Pick<NightlyStore, "shards" | "snapshots" | "lastNightly" | "users">;
  readonly monitors: Pick<MonitorStore, "monitors">;
  readonly statuses: Pick<StatusStore, "regenerations">;
  /** Whose holders are listed and counted. */
  readonly scope: Pick<Scope, "canSee">;
  readonly now: Instant;
  /** Holders that are listed of each status, the newest first. */
  readonly most: number;
}

/** A status at a customer, with what its card shows. */
export interface StatusHolder extends Pick<ShownStatus, "owner" | "since" | "text"> {
  readonly customerId: CustomerId;
  readonly name: string;
  /** The picture of the customer's card: that of the first of all its statuses that gives one. */
  readonly picture: Picture | undefined;
}

/** A monitor that is not deleted, and who has its status. */
export interface ListedStatus {
  readonly monitor: StatusMonitor;
  /** How far its evaluation is; while it is pending, old values are shown. */
  readonly progress: RegenerationProgress;
  /** The customers that have it themselves, or by a person or a project of theirs. */
  readonly customers: number;
  /** Owners that have it; `holders` has the first of them. */
  readonly owners: number;
  readonly holders: readonly StatusHolder[];
}

export interface StatusList {
  /** By rank and id. */
  readonly listed: readonly ListedStatus[];
  readonly setAside: readonly SetAsideCustomer[];
}

/** A tenant's monitors with those who have their statuses, as they were settled last (docs/reference/monitors.md 4). */
export async function listStatuses(input: ListInput): Promise<Result<StatusList>> {
  const { tenant, nightly, scope, now, most } = input;
  const gated = statusesRefusal(tenant);
  if (gated !== undefined) return gated;
  const monitors = (await input.monitors.monitors()).filter(({ deletedAt }) => deletedAt === undefined);
  if (monitors.length === 0) return ok({ listed: [], setAside: [] });
  const [regenerations, users, lastNightly] = await Promise.all([
    input.statuses.regenerations(),
    nightly.users(),
    nightly.lastNightly(),
  ]);
  const known = { tenant, users: new Map(users.map((user) => [user.userId, user])) };
  const asOf = evaluationDay(lastNightly?.asOf, now, tenant);
  const found = new Map(monitors.map(({ statusId }) => [statusId, new Holders(most)]));
  const setAside: SetAsideCustomer[] = [];
  const onUnreadable = (customer: SetAsideCustomer): void => {
    setAside.push(customer);
  };
  await allOrFirstFault(
    nightly.shards.map(async (shard) => {
      for await (const { customer, history, statuses } of nightly.snapshots(
        shard,
        { asOf },
        { repair: false, onUnreadable },
      )) {
        if (!scope.canSee(customer)) continue;
        const held = statuses.values?.held ?? [];
        if (held.length === 0) continue;
        const overdue = overdueText(history.receivables, asOf);
        const contactName = ourContactAt(known, customer).name;
        const shown = shownStatuses(held, monitors, { customer, regenerations, contactName, asOf, overdue });
        const picture = cardPicture(shown);
        const { customerId, name = customerId } = customer;
        for (const { monitor, owner, since, text } of shown)
          found.get(monitor.statusId)?.add({ customerId, name, owner, since, text, picture });
      }
    }),
  );
  const listed = monitors.map((monitor): ListedStatus => ({
    monitor,
    progress: progressOf(monitor, regenerations.get(monitor.statusId)),
    customers: found.get(monitor.statusId)?.customers ?? 0,
    owners: found.get(monitor.statusId)?.owners ?? 0,
    holders: found.get(monitor.statusId)?.first() ?? [],
  }));
  return ok({ listed, setAside: setAside.toSorted((a, b) => compareText(a.customerId, b.customerId)) });
}

/** Of statuses in the order of their monitors, the first visual one with a picture gives it. */
const cardPicture = (shown: readonly ShownStatus[]): Picture | undefined =>
  shown.find(({ monitor }) => monitor.isVisual && monitor.picture !== undefined)?.monitor.picture;

/** Counts who has a status and keeps the newest; a customer's are added one after another. */
class Holders {
  customers = 0;
  owners = 0;
  readonly #most: number;
  readonly #seen = new Set<CustomerId>();
  #kept: StatusHolder[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(holder: StatusHolder): void {
    this.owners += 1;
    this.#seen.add(holder.customerId);
    this.customers = this.#seen.size;
    this.#kept.push(holder);
    if (this.#kept.length > 2 * this.#most) this.#kept = [...this.first()];
  }

  first(): readonly StatusHolder[] {
    return this.#kept.toSorted(newestFirst).slice(0, this.#most);
  }
}

const newestFirst = (a: StatusHolder, b: StatusHolder): number =>
  compareText(b.since, a.since) || compareText(a.customerId, b.customerId);
