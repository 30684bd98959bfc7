import { addDays } from "../platform/period.ts";
import { type Day, day, toDayNumber } from "../platform/values.ts";
import { zoneClock } from "../platform/zone-clock.ts";
import type { Zone } from "../tenants/tenant.ts";
import type { EffectivePreferences } from "./effective.ts";
import { minuteOf } from "./quiet-time.ts";

/** When nightly runs begin in the tenant's zone, minutes since midnight (docs/reference/insights.md 8.6). */
const NIGHTLY_MINUTE = 2 * 60;
/** A nightly run has begun and ended by then, ms. */
const NIGHTLY_MS = 60 * 60_000;
/** The most days between the morning after a nightly run and the first digest time after it: zones are 26 hours apart. */
const MOST_DAYS = 2;
/** Days by which zones are compared: one of winter and one of summer, the same for all years. */
const COMPARED = [day("2025-01-15"), day("2025-07-15")].map(toDayNumber);

/**
 * The local days whose digests the nightly run of a day makes, the first one first: those that are queued already are
 * not queued again. It is the day after `asOf`, and where that day's digest time has passed when the tenant's nightly
 * run ends, further days up to the first whose time has not. How many only the zones and the digest time say, never the
 * season: so each local day has one run that makes its digest, clock changes or not.
 */
export function digestDaysOf(
  asOf: Day,
  { zone, digestAt }: Pick<EffectivePreferences, "zone" | "digestAt">,
  tenant: Zone,
): readonly Day[] {
  const further = furtherDays(zone.value, digestAt.value, tenant.timeZone);
  return Array.from({ length: further + 1 }, (_, index) => addDays(asOf, index + 1));
}

const counted = new Map<string, number>();

function furtherDays(zone: string, digestAt: string, tenantZone: string): number {
  const name = `${zone} ${digestAt} ${tenantZone}`;
  const known = counted.get(name) ?? countFurther(zone, digestAt, tenantZone);
  counted.set(name, known);
  return known;
}

function countFurther(zone: string, digestAt: string, tenantZone: string): number {
  const minute = minuteOf(digestAt);
  const isLate = (further: number): boolean =>
    COMPARED.some(
      (on) =>
        zoneClock(zone).epochOf({ day: on + further, minute }) <
        zoneClock(tenantZone).epochOf({ day: on, minute: NIGHTLY_MINUTE }) + NIGHTLY_MS,
    );
  let further = 0;
  while (further < MOST_DAYS && isLate(further)) further += 1;
  return further;
}
