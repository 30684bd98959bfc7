import type { TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type TenantId, toInstant } from "@regulars/core/platform/values";

/** The messages a tick sends: whose nightly run to run, whose notifications to sweep up. */
export interface TickMessages {
  readonly nightly: readonly { readonly tenantId: TenantId; readonly asOf: string }[];
  readonly outgoing: readonly { readonly tenantId: TenantId }[];
  /** Tenants whose nightly run has been due for so long that their reps' morning comes before it. */
  readonly late: readonly TenantId[];
}

/** Longer than a nightly run and its retries take, and short enough to be done by morning when a message got lost. */
const LEASE_MS = 4 * 60 * 60_000;
/** A nightly run is due at 02:00 where its tenant is: at six it is late. */
const LATE_MS = 4 * 60 * 60_000;

/**
 * Claims every tenant whose nightly run is due, by moving its next nightly run a lease ahead: the nightly run's own end moves it to
 * tomorrow, and a nightly run whose message got lost is due again when the lease is over. Notifications that a lost nudge
 * left behind, or whose time has come, are swept up.
 */
export async function startDueNightlyRuns(directory: TenantDirectory, clock: () => number): Promise<TickMessages> {
  const now = toInstant(clock());
  const nightly = [];
  for (const { tenantId, nextNightlyAt } of await directory.dueBefore(now)) {
    if (!(await directory.reschedule(tenantId, nextNightlyAt, toInstant(clock() + LEASE_MS)))) continue;
    const tenant = await directory.find(tenantId);
    if (tenant !== undefined) nightly.push({ tenantId, asOf: lastCompletedDay(now, tenant.timeZone) });
  }
  const outgoing = [];
  for (const tenantId of await directory.list())
    if (await directory.hasDueNotifications(tenantId, now)) outgoing.push({ tenantId });
  const late = await directory.unfinishedSince(toInstant(clock() - LATE_MS));
  return { nightly, outgoing, late };
}
