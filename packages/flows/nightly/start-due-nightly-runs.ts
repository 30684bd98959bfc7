import type { TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type TenantId, toInstant } from "@regulars/core/platform/values";

/** The messages that a tick sends: nightly runs to start, and tenants with due notifications. */
export interface TickMessages {
  readonly nightly: readonly { readonly tenantId: TenantId; readonly asOf: string }[];
  readonly outgoing: readonly { readonly tenantId: TenantId }[];
  /** Tenants with a nightly run so late that their reps' morning comes before it. */
  readonly late: readonly TenantId[];
}

/** Longer than a nightly run with its retries, and short enough to be done by morning after a lost message, ms. */
const LEASE_MS = 4 * 60 * 60_000;
/** A nightly run is due at 02:00 in the tenant's zone: four hours later, in ms, it is late. */
const LATE_MS = 4 * 60 * 60_000;

/**
 * Claims every tenant with a due nightly run by moving its next nightly run ahead by the lease. The nightly run moves
 * it to tomorrow at its end; if the message was lost, the tenant is due again after the lease. Also finds tenants with
 * notifications that are due or that a lost message left.
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
