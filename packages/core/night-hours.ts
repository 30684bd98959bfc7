import { addDays, instantOf, isZone, lastCompletedDay, localDay } from "./period.ts";
import type { User } from "./people.ts";
import type { AsOf } from "./night-ports.ts";
import { type Result, ok, refuse } from "./result.ts";
import type { Tenant } from "./tenant.ts";
import type { Day, Instant } from "./values.ts";

/** When a tenant's night is computed, and when a rep's digest is due (insights.md 8.6): local times. */
const NIGHT_AT = "02:00";
const DIGEST_AT = "07:30";

type Zone = Pick<Tenant, "timeZone">;

/** The tenant's next local night time after now. */
export function nextNight({ timeZone }: Zone, now: Instant): Instant {
  const today = localDay(now, timeZone);
  const tonight = instantOf(today, NIGHT_AT, timeZone);
  return tonight > now ? tonight : instantOf(addDays(today, 1), NIGHT_AT, timeZone);
}

/** The morning after `asOf` where the rep is; now when it is past. */
export function digestTime(asOf: Day, rep: Pick<User, "timeZone">, tenant: Zone, now: Instant): Instant {
  const zone = rep.timeZone !== undefined && isZone(rep.timeZone) ? rep.timeZone : tenant.timeZone;
  const morning = instantOf(addDays(asOf, 1), DIGEST_AT, zone);
  return morning < now ? now : morning;
}

/**
 * What a night of a day may see. When the day is the last completed one, today's events are seen too: they may clear
 * a finding, never raise one. A day that is not over cannot be looked back from (insights.md G2).
 */
export function viewOfDay(asOf: Day, tenant: Zone, now: Instant): Result<AsOf, "not-over"> {
  const last = lastCompletedDay(now, tenant.timeZone);
  if (asOf > last)
    return refuse("not-over", `${asOf} is not over yet in ${tenant.timeZone}: the last completed day is ${last}`);
  return ok(asOf === last ? { asOf, liveOn: addDays(asOf, 1) } : { asOf });
}
