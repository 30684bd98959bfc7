import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type Result, refuse } from "@regulars/core/platform/result";
import type { Day, Instant } from "@regulars/core/platform/values";
import { categoriesOf, healthSettingsOf } from "@regulars/core/relationships/health-settings";
import { type AsOf, viewOfDay } from "@regulars/core/snapshots/as-of";
import type { Tenant } from "@regulars/core/tenants/tenant";

export interface HealthDayInput {
  readonly tenant: Tenant;
  readonly store: Pick<NightlyStore, "lastNightly">;
  readonly asOf?: Day | undefined;
  readonly now: Instant;
}

/** The day that is asked for, else that of the last nightly run, else the last completed one. Refused while health is off. */
export async function healthDayOf({ tenant, store, asOf, now }: HealthDayInput): Promise<Result<AsOf>> {
  const off = offFor(tenant);
  if (off !== undefined) return off;
  const on = asOf ?? (await store.lastNightly())?.asOf ?? lastCompletedDay(now, tenant.timeZone);
  return viewOfDay(on, tenant, now);
}

/** The refusal while no customer has health; of one category when it is named. */
export function offFor(
  { relationships }: Pick<Tenant, "relationships">,
  category?: { readonly name: string | undefined },
): Extract<Result<never>, { ok: false }> | undefined {
  const asked = category === undefined ? [undefined, ...categoriesOf(relationships)] : [category.name];
  if (asked.some((name) => healthSettingsOf(relationships, name).health)) return undefined;
  return refuse("health-off", "relationship health is off: the setting relationships.health turns it on");
}
