import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import { monitorSettingsOf } from "@regulars/core/monitors/tenant-settings";
import { toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { CustomersAfter } from "./criteria-context.ts";
import type { CriteriaInput } from "./prepare-criteria.ts";
import { readGivenCriteria } from "./read-given-criteria.ts";
import { selectOwners } from "./select-owners.ts";
import type { SelectionContext } from "./selection-context.ts";

interface Sources {
  readonly tenant: Tenant;
  readonly catalog: Pick<InsightCatalog, "kinds">;
  readonly store: {
    readonly nightly: CriteriaInput["nightly"];
    readonly monitors: Pick<MonitorStore, "monitors">;
    readonly customersAfter: CustomersAfter;
  };
  readonly clock: () => number;
}

/** How dynamic selections read a tenant's owners: all of them, for the day of the last nightly run. */
export function selectingIn({
  tenant,
  catalog,
  store,
  clock,
}: Sources): Pick<SelectionContext, "select" | "checkCriteria"> {
  const { nightly, monitors, customersAfter } = store;
  return {
    select: (criteria, ownerType) =>
      selectOwners({
        tenant,
        nightly,
        monitors,
        fields: { ownerType, settings: monitorSettingsOf(tenant), kinds: catalog.kinds.map(({ id }) => id) },
        criteria,
        canSee: () => true,
        now: toInstant(clock()),
      }),
    checkCriteria: (criteria, ownerType) =>
      readGivenCriteria({ tenant, catalog, monitors, customersAfter }, criteria, { ownerType }),
  };
}
