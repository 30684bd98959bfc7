import type { Customer } from "@regulars/core/customers/customer";
import type { InsightKind } from "@regulars/core/insights/define";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { CriteriaContext } from "@regulars/core/monitors/fields";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import type { OwnerType } from "@regulars/core/monitors/owner";
import { monitorSettingsOf } from "@regulars/core/monitors/tenant-settings";
import type { MonitorId } from "@regulars/core/platform/ids";
import type { CustomerId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { offFor } from "../relationships/health-day.ts";

/** A page of customers in the order of their ids. */
export type CustomersAfter = (after: CustomerId | undefined, limit: number) => Promise<readonly Customer[]>;

interface Known {
  readonly tenant: Tenant;
  readonly catalog: Pick<InsightCatalog, "kinds">;
  readonly monitors: Pick<MonitorStore, "monitors">;
  readonly customersAfter: CustomersAfter;
}

/**
 * What criteria are checked against. A status may name the others of its owner type, not itself. Categories are read
 * only for criteria that name one.
 */
export async function criteriaContextOf(
  { tenant, catalog, monitors, customersAfter }: Known,
  { ownerType, statusId }: { readonly ownerType: OwnerType; readonly statusId?: MonitorId | undefined },
  criteria: unknown,
): Promise<CriteriaContext> {
  const others = (await monitors.monitors()).filter(
    (one) => one.ownerType === ownerType && one.deletedAt === undefined && one.statusId !== statusId,
  );
  return {
    ownerType,
    settings: monitorSettingsOf(tenant),
    kinds: kindsForCriteria(catalog).map(({ id }) => id),
    categories: JSON.stringify(criteria ?? null).includes('"category"') ? await categoriesOf(customersAfter) : [],
    statusIds: others.map((one) => one.statusId),
    healthOff: offFor(tenant)?.message,
  };
}

/** The kinds whose findings a status may depend on: not those that tell statuses. */
export const kindsForCriteria = ({ kinds }: Pick<InsightCatalog, "kinds">): readonly InsightKind[] =>
  kinds.filter(({ readsStatuses }) => !readsStatuses);

const PAGE = 500;

/** The categories that the tenant's customers have. */
async function categoriesOf(customersAfter: CustomersAfter): Promise<readonly string[]> {
  const categories = new Set<string>();
  let after: CustomerId | undefined;
  for (;;) {
    const page = await customersAfter(after, PAGE);
    for (const { category } of page) if (category !== undefined) categories.add(category);
    after = page.at(-1)?.customerId;
    if (page.length < PAGE) return [...categories].toSorted();
  }
}
