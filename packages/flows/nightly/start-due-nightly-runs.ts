import type { ScheduledTenant, TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type TenantId, toInstant } from "@regulars/core/platform/values";
import { mapConcurrent } from "../platform/map-concurrent.ts";

/** What a tick does for one tenant. */
interface Sending {
  readonly nightly: (message: { readonly tenantId: TenantId; readonly asOf: string }) => Promise<void>;
  readonly outgoing: (message: { readonly tenantId: TenantId }) => Promise<void>;
}

interface TickInput {
  readonly directory: TenantDirectory;
  readonly clock: () => number;
  readonly send: Sending;
  /** Whether there is time for one more tenant; the rest is the next tick's. Default: there always is. */
  readonly hasTime?: () => boolean;
}

/** What a tick has started. */
interface TickReport {
  readonly nightly: readonly { readonly tenantId: TenantId; readonly asOf: string }[];
  readonly outgoing: readonly TenantId[];
  /** Tenants with a nightly run so late that their reps' morning comes before it. */
  readonly late: readonly TenantId[];
  /** Tenants that could not be looked at, and why: all others were. */
  readonly failed: readonly { readonly tenantId: TenantId; readonly reason: unknown }[];
  /** Tenants that the next tick looks at, because the time was over. */
  readonly left: number;
  /** For how long the oldest notification is due that nobody has looked at; 0 without one. */
  readonly oldestDueMs: number;
}

/** Longer than a nightly run with its retries, and short enough to be done by morning after a lost message, ms. */
const LEASE_MS = 4 * 60 * 60_000;
/** A nightly run is due at 02:00 in the tenant's zone: four hours later, in ms, it is late. */
const LATE_MS = 4 * 60 * 60_000;
/** Tenants that are started side by side. Their claims change one partition of the index, which takes 500 a second. */
const TENANTS_AT_ONCE = 16;

/**
 * Starts every due nightly run: sends its message, then moves the next nightly run ahead by the lease, so that a tick
 * that ends early has claimed nothing that it did not send. A message that is sent twice is one nightly run. The run
 * moves the next one to tomorrow at its end; if the message was lost, the tenant is due again after the lease. Also
 * asks for the notifications that are due or that a lost message left. Two queries for all tenants tell which have
 * something to do: the others cost no call. The index they read may lag behind; the next tick sees it.
 */
export async function startDueNightlyRuns({
  directory,
  clock,
  send,
  hasTime = () => true,
}: TickInput): Promise<TickReport> {
  const now = toInstant(clock());
  const nightly: { tenantId: TenantId; asOf: string }[] = [];
  const outgoing: TenantId[] = [];
  const failed: { tenantId: TenantId; reason: unknown }[] = [];
  let left = 0;
  const each = async <T extends { readonly tenantId: TenantId }>(
    tenants: readonly T[],
    work: (tenant: T) => Promise<void>,
  ) =>
    mapConcurrent(
      tenants,
      async (tenant) => {
        if (!hasTime()) return void (left += 1);
        await work(tenant).catch((reason: unknown) => failed.push({ tenantId: tenant.tenantId, reason }));
      },
      TENANTS_AT_ONCE,
    );
  const schedules = await directory.schedules();
  await each(
    schedules.filter(({ timeZone }) => timeZone === undefined),
    async ({ tenantId }) => void (await directory.settleIn(tenantId)),
  );
  await each(
    schedules.filter(({ nextNightlyAt, timeZone }) => nextNightlyAt <= now && timeZone !== undefined),
    async ({ tenantId, nextNightlyAt, timeZone = "UTC" }) => {
      const message = { tenantId, asOf: lastCompletedDay(now, timeZone) };
      await send.nightly(message);
      nightly.push(message);
      await directory.claim(tenantId, nextNightlyAt, toInstant(clock() + LEASE_MS));
    },
  );
  const { tenants, since } = await directory.dueSince("outgoing", now);
  const due = tenants.map((tenantId) => ({ tenantId }));
  await each(due, async ({ tenantId }) => {
    await send.outgoing({ tenantId });
    outgoing.push(tenantId);
  });
  const isLate = ({ dueSince }: ScheduledTenant): boolean =>
    dueSince !== undefined && dueSince < toInstant(clock() - LATE_MS);
  const late = schedules.filter(isLate).map(({ tenantId }) => tenantId);
  const oldestDueMs = since === undefined ? 0 : Math.max(0, Date.parse(now) - Date.parse(since));
  return { nightly, outgoing, late, failed, left, oldestDueMs };
}
