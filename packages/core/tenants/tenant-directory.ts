import type { CompanionWrites } from "../platform/idempotency.ts";
import type { Result } from "../platform/result.ts";
import type { ChangeStamp } from "./settings-log.ts";
import type { Tenant } from "./tenant.ts";
import type { Instant, TenantId } from "../platform/values.ts";

export type TenantChanges = Partial<Omit<Tenant, "tenantId">>;

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
  readonly dueBefore: (
    now: Instant,
  ) => Promise<readonly { readonly tenantId: TenantId; readonly nextNightlyAt: Instant }[]>;
  /** Moves the next nightly run from `from` to `to`; `false` when somebody else has moved it. */
  readonly reschedule: (tenantId: TenantId, from: Instant, to: Instant) => Promise<boolean>;
  readonly scheduleNightly: (tenantId: TenantId, at: Instant) => Promise<void>;
  readonly hasDueNotifications: (tenantId: TenantId, now: Instant) => Promise<boolean>;
  /**
   * Tenants with a nightly run that was due before a time and has not been rescheduled since: it is waiting, failing or
   * lost.
   */
  readonly unfinishedSince: (before: Instant) => Promise<readonly TenantId[]>;
}
