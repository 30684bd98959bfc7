import type { Tenant } from "./tenant.ts";
import type { Instant, TenantId } from "../platform/values.ts";

/** Tenants, across all of them: for the platform's own jobs only. */
export interface TenantDirectory {
  readonly find: (tenantId: TenantId) => Promise<Tenant | undefined>;
  /** Makes the tenant unless it is there; the one that is there then. */
  readonly ensure: (tenant: Tenant, firstNightlyAt: Instant) => Promise<Tenant>;
  /** Changes settings of a tenant; what is not named stays. */
  readonly change: (tenantId: TenantId, changes: Partial<Omit<Tenant, "tenantId">>) => Promise<Tenant>;
  readonly list: () => Promise<readonly TenantId[]>;
  readonly dueBefore: (
    now: Instant,
  ) => Promise<readonly { readonly tenantId: TenantId; readonly nextNightlyAt: Instant }[]>;
  /** Moves the next nightly run from `from` to `to`; `false` when someone else has moved it. */
  readonly reschedule: (tenantId: TenantId, from: Instant, to: Instant) => Promise<boolean>;
  readonly scheduleNightly: (tenantId: TenantId, at: Instant) => Promise<void>;
  readonly hasDueNotifications: (tenantId: TenantId, now: Instant) => Promise<boolean>;
  /** Whose nightly run was due before a time and has not set its next one since: it waits, fails or got lost. */
  readonly unfinishedSince: (before: Instant) => Promise<readonly TenantId[]>;
}
