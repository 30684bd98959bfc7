import type { RateLimit } from "../access/rate-limit.ts";
import type { Tenant } from "./tenant.ts";

/**
 * What the callers of a tenant may ask for together, of each edition: 40, 100 and 200 requests a second, so that no
 * tenant takes more than a fifth of a stage's thousand.
 */
const ofEdition: Readonly<Record<Tenant["edition"], RateLimit>> = {
  basic: { requests: 200, windowSeconds: 5 },
  pro: { requests: 500, windowSeconds: 5 },
  enterprise: { requests: 1_000, windowSeconds: 5 },
};

/** The limit of a tenant, never less than that of one of its callers. */
export function tenantLimit({ edition }: Pick<Tenant, "edition">, ofCaller: RateLimit): RateLimit {
  const own = ofEdition[edition];
  return own.requests / own.windowSeconds < ofCaller.requests / ofCaller.windowSeconds ? ofCaller : own;
}
