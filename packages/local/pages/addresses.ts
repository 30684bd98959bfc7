import type { Links } from "@regulars/core/messages/compose";
import type { TenantId } from "@regulars/core/values";

/** Where the pages are; `origin` makes whole addresses, without one they are paths. */
export const addresses = (origin = ""): Links => ({
  finding: ({ tenantId, findingId }) => `${origin}/findings/${tenantId}/${encodeURIComponent(findingId)}`,
  rep: (tenantId, userId) => `${origin}${teamPath(tenantId)}/${userId}`,
});

/** The page of all reps of a tenant. */
export const teamPath = (tenantId: TenantId): string => `/for-you/${tenantId}`;
