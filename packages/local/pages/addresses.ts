import type { Links } from "@regulars/core/notifications/compose";
import type { DealId, PlanId } from "@regulars/core/platform/ids";
import type { TenantId } from "@regulars/core/platform/values";

/** Where the pages are; `origin` makes whole addresses, without one they are paths. */
export const addresses = (origin = ""): Links => ({
  finding: ({ tenantId, findingId }) => `${origin}/findings/${tenantId}/${encodeURIComponent(findingId)}`,
  rep: (tenantId, userId) => `${origin}${teamPath(tenantId)}/${userId}`,
});

/** Where a tenant's backtests are, and one of them. */
export const backtestsPath = (tenantId: TenantId, backtestId = ""): string =>
  `/backtests/${tenantId}${backtestId === "" ? "" : `/${backtestId}`}`;

/** The page of all reps of a tenant. */
export const teamPath = (tenantId: TenantId): string => `/for-you/${tenantId}`;

/** The board of a sales plan. */
export const planPath = (tenantId: TenantId, planId: PlanId): string => `/plans/${tenantId}/${planId}`;

export const dealPath = (tenantId: TenantId, planId: PlanId, dealId: DealId): string =>
  `${planPath(tenantId, planId)}/deals/${dealId}`;

/** Why a tenant's deals are lost. */
export const refusalsPath = (tenantId: TenantId): string => `/refusals/${tenantId}`;
