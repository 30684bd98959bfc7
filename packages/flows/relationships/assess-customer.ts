import type { Customer } from "@regulars/core/customers/customer";
import { closuresOf } from "@regulars/core/insights/evaluate";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { Day } from "@regulars/core/platform/values";
import { type PersonId, type UserId, toDayNumber } from "@regulars/core/platform/values";
import { type Breadth, breadthOf } from "@regulars/core/relationships/breadth";
import { type Health, HealthOfTimeline } from "@regulars/core/relationships/health";
import { type HealthSettings, healthSettingsOf } from "@regulars/core/relationships/health-settings";
import { timelinesOf, unionOf } from "@regulars/core/relationships/timeline";
import { CustomerWeaknesses, type Weakness } from "@regulars/core/relationships/weaknesses";
import { activityColumns } from "@regulars/core/snapshots/activity-columns";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import type { Tenant } from "@regulars/core/tenants/tenant";

/** One customer's relationship on a day. */
export interface AssessedCustomer {
  readonly customer: Customer;
  readonly settings: HealthSettings;
  /** `undefined` without enough data. */
  readonly health: Health | undefined;
  readonly weaknesses: readonly Weakness[];
  readonly breadth: Breadth;
  /** Net goods of the last year, in the tenant's base currency. */
  readonly turnoverMinor: number;
  /** Users who were in touch in the last year. */
  readonly knownBy: readonly UserId[];
}

/** A person at a customer. */
export interface AssessedPerson {
  readonly personId: PersonId;
  readonly health: Health | undefined;
}

const YEAR_DAYS = 365;

type Stored = Pick<Tenant, "relationships" | "closures">;

/** `undefined` while health is off for the customer. */
export function assessCustomer(snapshot: CustomerSnapshot, tenant: Stored, asOf: Day): AssessedCustomer | undefined {
  const { customer } = snapshot;
  const settings = healthSettingsOf(tenant.relationships, customer.category);
  if (!settings.health) return undefined;
  const context = { settings, closures: closuresOf(customer, tenant) };
  const activities = snapshot.activities();
  const day = toDayNumber(asOf);
  return {
    customer,
    settings,
    health: new HealthOfTimeline(unionOf(activities), context).on(asOf),
    weaknesses: new CustomerWeaknesses(snapshot.history.activities?.() ?? activityColumns(activities), context).on(
      asOf,
    ),
    breadth: breadthOf(activities, day),
    turnoverMinor: turnoverOf(snapshot, day),
    knownBy: [...new Set(activities.flatMap((one) => (one.day > day - YEAR_DAYS ? (one.userId ?? []) : [])))],
  };
}

/** The persons with whom there was contact, in the order of their ids. */
export function assessPersons(
  activities: readonly ActivityView[],
  customer: Customer,
  tenant: Stored,
  asOf: Day,
): readonly AssessedPerson[] {
  const settings = healthSettingsOf(tenant.relationships, customer.category);
  const context = { settings, closures: closuresOf(customer, tenant) };
  return [...timelinesOf(activities)]
    .map(([personId, timeline]) => ({ personId, health: new HealthOfTimeline(timeline, context).on(asOf) }))
    .toSorted((a, b) => (a.personId < b.personId ? -1 : 1));
}

/** Net goods of the 365 days up to a day; credits are negative. */
function turnoverOf({ history: { documents, itemOf } }: CustomerSnapshot, day: number): number {
  let sum = 0;
  for (let d = 0; d < documents.count; d += 1) {
    const on = documents.day[d] ?? 0;
    if (on <= day - YEAR_DAYS || on > day) continue;
    for (let l = documents.firstLine[d] ?? 0; l < (documents.firstLine[d + 1] ?? 0); l += 1) {
      const net = documents.netMinor[l] ?? Number.NaN;
      if (!Number.isNaN(net) && itemOf(documents.item[l] ?? -1).isGoods) sum += net;
    }
  }
  return sum;
}
