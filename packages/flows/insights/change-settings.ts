import { changedTemplates } from "@regulars/core/notifications/templates";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { ChangeStamp } from "@regulars/core/tenants/change-log";
import type { TenantChanges, TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { changedCodeRed } from "@regulars/core/code-red/tenant-settings";
import { changedMonitors } from "@regulars/core/monitors/tenant-settings";
import { changedRelationships } from "@regulars/core/relationships/tenant-settings";
import { changedWhoKnows } from "@regulars/core/relationships/who-knows-settings";
import { type SettingsChange, changedInsights } from "@regulars/core/insights/tenant-settings";

interface ChangeInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Pick<Tenant, "tenantId" | "currency">;
  readonly directory: Pick<TenantDirectory, "revise">;
  /** Only the operator may change the edition; the tenant may change the rest. */
  readonly change: SettingsChange & Partial<Pick<Tenant, "edition">>;
  /** What the tenant has amounts in its base currency of, such as "orders"; `undefined` for nothing. */
  readonly storedAmounts: () => Promise<string | undefined>;
  /** For the log of settings. */
  readonly stamp: ChangeStamp;
  /** Whether the stored settings are still those that the change was made for; else why not. */
  readonly isStill?: ((stored: Tenant) => Result<unknown>) | undefined;
  readonly companionOf?: (changed: Tenant) => CompanionWrites | undefined;
}

/** Changes the given settings only; they apply from the next nightly run and page on. */
export async function changeSettings(input: ChangeInput): Promise<Result<Tenant>> {
  const { tenant, directory, catalog, change, stamp, companionOf, storedAmounts } = input;
  if (change.currency !== undefined && change.currency !== tenant.currency) {
    const what = await storedAmounts();
    if (what !== undefined)
      return refuse(
        "currency-in-use",
        `the base currency of ${tenant.tenantId} stays ${tenant.currency}: amounts of its ${what} are stored in it. Another currency needs a new tenant`,
      );
  }
  const changes = changesOf(catalog, change);
  const still = (stored: Tenant): Result<TenantChanges> => {
    const stale = input.isStill?.(stored) ?? ok(undefined);
    return stale.ok ? changes(stored) : stale;
  };
  return directory.revise(tenant.tenantId, still, companionOf, stamp);
}

/** Stored settings after a change, or why it cannot be used; `undefined` for what has its usual value again. Pure. */
export function changesOf(
  catalog: InsightCatalog,
  change: ChangeInput["change"],
): (stored: Tenant) => Result<TenantChanges> {
  const { insights: named, codeRed, monitors, relationships, whoKnows, templates, ...plain } = change;
  const given = Object.fromEntries(
    Object.entries(plain).flatMap(([name, value]) => (value === undefined ? [] : [[name, value ?? undefined]])),
  );
  return (stored) => {
    const insights = named === undefined ? ok(stored.insights) : changedInsights(catalog, stored.insights, named);
    if (!insights.ok) return insights;
    const changed = codeRed === undefined ? ok(stored.codeRed) : changedCodeRed(stored, codeRed);
    if (!changed.ok) return changed;
    const counting = monitors === undefined ? ok(stored.monitors) : changedMonitors(stored, monitors);
    if (!counting.ok) return counting;
    const related =
      relationships === undefined ? ok(stored.relationships) : changedRelationships(stored, relationships);
    if (!related.ok) return related;
    const known = whoKnows === undefined ? ok(stored.whoKnows) : changedWhoKnows(stored, whoKnows);
    if (!known.ok) return known;
    const own = templates === undefined ? ok(stored.templates) : changedTemplates(catalog, stored.templates, templates);
    if (!own.ok) return own;
    return ok({
      ...given,
      insights: insights.value,
      codeRed: { ...changed.value },
      monitors: { ...counting.value },
      relationships: { ...related.value },
      whoKnows: known.value,
      templates: own.value,
    });
  };
}
