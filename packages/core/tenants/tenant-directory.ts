import type { CompanionWrites } from "../platform/idempotency.ts";
import type { DueKind } from "./due-rows.ts";
import type { Result } from "../platform/result.ts";
import type { ChangeStamp } from "./change-log.ts";
import type { Tenant } from "./tenant.ts";
import type { Instant, TenantId } from "../platform/values.ts";

export type TenantChanges = Partial<Omit<Tenant, "tenantId">>;

/** A tenant's place in the list of all. */
export interface ScheduledTenant {
  readonly tenantId: TenantId;
  readonly nextNightlyAt: Instant;
  /** Since when a nightly run has been due that is not finished: it is waiting, failing or lost. */
  readonly dueSince?: Instant | undefined;
  /** Absent for a tenant whose schedule is to be settled in first. */
  readonly timeZone?: string | undefined;
}

/** What all tenants have due of a kind. */
export interface DueWork {
  readonly tenants: readonly TenantId[];
  /** When the oldest was due that no job has looked at; absent when each was looked at. */
  readonly since?: Instant | undefined;
}

/** All tenants: for the platform's own jobs only. */
export interface TenantDirectory {
  readonly find: (tenantId: TenantId) => Promise<Tenant | undefined>;
  /** Creates the tenant unless it exists; returns the stored one. */
  readonly ensure: (tenant: Tenant, firstNightlyAt: Instant) => Promise<Tenant>;
  /** Changes settings of a tenant; those that are not given stay. */
  readonly change: (tenantId: TenantId, changes: TenantChanges) => Promise<Tenant>;
  /**
   * Changes settings by what `changesOf` returns for the tenant as it is; called again when somebody else changes it
   * meanwhile. The companion write is in the same transaction, and with a stamp the entry of the log of settings.
   */
  readonly revise: (
    tenantId: TenantId,
    changesOf: (tenant: Tenant) => Result<TenantChanges>,
    companionOf?: (changed: Tenant) => CompanionWrites | undefined,
    stamp?: ChangeStamp,
  ) => Promise<Result<Tenant>>;
  readonly list: () => Promise<readonly TenantId[]>;
  readonly dueBefore: (now: Instant) => Promise<readonly ScheduledTenant[]>;
  /** Every tenant, in the order in which their nightly runs are due. */
  readonly schedules: () => Promise<readonly ScheduledTenant[]>;
  /** Moves the next nightly run from `from` to `to`, with the platform's own rights; `false` when somebody else has. */
  readonly claim: (tenantId: TenantId, from: Instant, to: Instant) => Promise<boolean>;
  readonly scheduleNightly: (tenantId: TenantId, at: Instant) => Promise<void>;
  /**
   * Moves the schedule of a tenant that was made before the platform could claim it; `false` when there is none to move.
   */
  readonly settleIn: (tenantId: TenantId) => Promise<boolean>;
  /** The tenants that have something of a kind due, or had lately. */
  readonly dueFor: (kind: DueKind, now: Instant) => Promise<readonly TenantId[]>;
  /** The same tenants, and since when the oldest of it is due that nobody has looked at. */
  readonly dueSince: (kind: DueKind, now: Instant) => Promise<DueWork>;
}
