import type { Zone } from "../tenants/tenant.ts";
import type { Instant } from "../platform/values.ts";
import { addDays, instantOf, localDay } from "../platform/period.ts";

/** The local time of a tenant's nightly run (docs/reference/insights.md 8.6). */
const NIGHTLY_AT = "02:00";

/** The tenant's next nightly run after now. */
export function nextNightly({ timeZone }: Zone, now: Instant): Instant {
  const today = localDay(now, timeZone);
  const tonight = instantOf(today, NIGHTLY_AT, timeZone);
  return tonight > now ? tonight : instantOf(addDays(today, 1), NIGHTLY_AT, timeZone);
}
