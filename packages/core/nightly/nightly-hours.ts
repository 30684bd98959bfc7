import type { Zone } from "../tenants/tenant.ts";
import type { Day, Instant } from "../platform/values.ts";
import { addDays, instantOf, isZone, localDay } from "../platform/period.ts";
import type { User } from "../access/user.ts";

/** Local times of a tenant's nightly run and of a rep's digest (docs/reference/insights.md 8.6). */
const NIGHTLY_AT = "02:00";

const DIGEST_AT = "07:30";

/** The tenant's next nightly run after now. */
export function nextNightly({ timeZone }: Zone, now: Instant): Instant {
  const today = localDay(now, timeZone);
  const tonight = instantOf(today, NIGHTLY_AT, timeZone);
  return tonight > now ? tonight : instantOf(addDays(today, 1), NIGHTLY_AT, timeZone);
}

/** The morning after `asOf` in the rep's zone; now when it has passed. */
export function digestTime(asOf: Day, rep: Pick<User, "timeZone">, tenant: Zone, now: Instant): Instant {
  const zone = rep.timeZone !== undefined && isZone(rep.timeZone) ? rep.timeZone : tenant.timeZone;
  const morning = instantOf(addDays(asOf, 1), DIGEST_AT, zone);
  return morning < now ? now : morning;
}
