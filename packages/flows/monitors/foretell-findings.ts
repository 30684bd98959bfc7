import type { User } from "@regulars/core/access/user";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { ConfiguredKind } from "@regulars/core/insights/define";
import { evaluateCustomer } from "@regulars/core/insights/evaluate";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { TenantMeasures } from "@regulars/core/insights/tenant-measures";
import { kindsReadBy } from "@regulars/core/monitors/kinds-read";
import type { LevelsAhead } from "@regulars/core/monitors/levels-ahead";
import { levelsOf } from "@regulars/core/monitors/snapshot-facts";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { addDays } from "@regulars/core/platform/period";
import { type Day, type UserId, toDay, toDayNumber } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { measuresFor } from "../insights/measures.ts";
import type { PreparedCriteria } from "./prepare-criteria.ts";

/** What it takes to evaluate the days to come of any customer. */
export interface Foretelling {
  readonly kinds: readonly ConfiguredKind[];
  readonly measures: TenantMeasures;
  readonly users: { readonly has: (userId: UserId) => boolean };
  readonly asOf: Day;
  readonly until: Day;
  readonly snapshotOf: NightlyStore["snapshotOf"];
}

export interface ForetellingInput {
  readonly tenant: Tenant;
  readonly catalog: Pick<InsightCatalog, "configure">;
  readonly nightly: Pick<NightlyStore, "users" | "measuresOf" | "shards" | "snapshots" | "snapshotOf">;
}

/** `undefined` for criteria that read no findings: everything else foretells itself. */
export async function foretellingFor(
  { tenant, catalog, nightly }: ForetellingInput,
  { compiled, book, asOf }: Pick<PreparedCriteria, "compiled" | "book" | "asOf">,
  days: number,
): Promise<Foretelling | undefined> {
  const read = kindsReadBy(compiled, book);
  if (read.size === 0) return undefined;
  const users: readonly User[] = await nightly.users();
  return {
    kinds: catalog.configure(tenant).filter(({ id }) => read.has(id)),
    measures: await measuresFor(nightly, asOf),
    users: new Set(users.map(({ userId }) => userId)),
    asOf,
    until: addDays(asOf, days),
    snapshotOf: nightly.snapshotOf,
  };
}

/**
 * The findings of a customer on each day to come, if nothing happens: as a nightly run of that day would find them,
 * with the tenant's measures of now. Records of days to come are read for their day.
 */
export async function levelsAhead(
  { kinds, measures, users, asOf, until, snapshotOf }: Foretelling,
  snapshot: CustomerSnapshot,
): Promise<LevelsAhead> {
  const isQuiet = !hasRecordsAhead(snapshot, asOf);
  const days: LevelsAhead["days"][number][] = [];
  for (let on = addDays(asOf, 1); on <= until; on = addDays(on, 1)) {
    const then = isQuiet ? onDay(snapshot, on) : await snapshotOf(snapshot.customer.customerId, { asOf: on });
    const { findings } = evaluateCustomer(then ?? snapshot, kinds, on, (userId) => users.has(userId), measures);
    days.push(levelsOf(findings));
  }
  return { from: toDayNumber(asOf) + 1, days };
}

const onDay = (snapshot: CustomerSnapshot, on: Day): CustomerSnapshot => ({
  ...snapshot,
  history: { ...snapshot.history, asOf: toDayNumber(on) },
});

/** Whether records of days to come are stored, which a nightly run will see then. */
function hasRecordsAhead(snapshot: CustomerSnapshot, asOf: Day): boolean {
  const { activities, ordersAhead } = snapshot.records();
  return ordersAhead !== undefined || activities.some(({ day, completed }) => completed && toDay(day) > asOf);
}
