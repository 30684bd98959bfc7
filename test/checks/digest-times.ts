import { nextNightly } from "@regulars/core/nightly/nightly-hours";
import { digestDaysOf } from "@regulars/core/notifications/digest-days";
import { effectivePreferences } from "@regulars/core/notifications/effective";
import { noPreferences } from "@regulars/core/notifications/preferences";
import { routeDigest } from "@regulars/core/notifications/route";
import { addDays, instantOf } from "@regulars/core/platform/period";
import { type Day, day, toDay, toDayNumber, toInstant } from "@regulars/core/platform/values";
import { zoneClock } from "@regulars/core/platform/zone-clock";

const FIRST: number = toDayNumber(day("2024-01-01"));
const LAST: number = toDayNumber(day("2030-12-31"));
const FIRST_DAY = toDay(FIRST);
const SKEW_MS = 10 * 60_000;

/** Every digest time, "00:00" to "23:45". */
export const digestTimes: readonly string[] = Array.from(
  { length: 96 },
  (_, i) => `${String(Math.floor(i / 4)).padStart(2, "0")}:${String((i % 4) * 15).padStart(2, "0")}`,
);

interface TimeCase {
  readonly zone: string;
  readonly tenantZone: string;
  readonly digestAt: string;
}

export interface TimeReport {
  /** Local days that were looked at, each with one digest. */
  days: number;
  /** Digests whose local time was read a second way, by the platform's own calendar. */
  readAgain: number;
  /** What was found wrong, the first of it. */
  readonly faults: string[];
}

const MOST_FAULTS = 20;
/** When the nightly run begins, of the tenant. */
const NIGHTLY_AT = "02:00";

/**
 * Lets the nightly runs of seven years make the digests of one reader, and checks that each local day has exactly one,
 * at the digest time of that day as the clocks of the zone show it; also when the run's clock is ten minutes off.
 */
export function checkDigests({ zone, tenantZone, digestAt }: TimeCase, report: TimeReport): void {
  const tenant = { timeZone: tenantZone, locale: "en" };
  const preferences = effectivePreferences({ tenant, own: { ...noPreferences, choices: { zone, digestAt } } });
  const sentOn = new Map<Day, number>();
  const clock = localClock(zone);
  const tenantClock = localClock(tenantZone);
  const runs = runsOf(tenantZone);
  const isReadAgain = readAgainIn(zone);
  const fault = (text: string): void => {
    if (report.faults.length < MOST_FAULTS)
      report.faults.push(`${zone}, ${digestAt}, tenant in ${tenantZone}: ${text}`);
  };
  for (let on = FIRST - 4; on <= LAST; on += 1) {
    const asOf = toDay(on);
    const run = runs[on - FIRST + 4] ?? 0;
    for (const local of digestDaysOf(asOf, preferences, tenant)) {
      if (sentOn.has(local)) continue;
      const decision = routeDigest({ day: local }, preferences, run);
      const skewedRun = run + (on % 2 === 0 ? SKEW_MS : -SKEW_MS);
      const skewed = routeDigest({ day: local }, preferences, skewedRun);
      const at = decision.send === "hold" ? Date.parse(decision.until) : run;
      const skewedAt = skewed.send === "hold" ? Date.parse(skewed.until) : skewedRun;
      // At the very minute of the run "now" and "hold until now" are the same.
      if (decision.send === "nothing" || skewed.send === "nothing" || Math.abs(at - skewedAt) > SKEW_MS)
        fault(`${local} is decided in two ways`);
      sentOn.set(local, at);
      if (local < FIRST_DAY) continue;
      // The first runs find days whose time has passed; later ones never do: "now" is then the digest's own minute.
      const isNow = decision.send === "now";
      if (isNow ? on <= FIRST : !isReadAgain(on)) continue;
      report.readAgain += 1;
      const shown = clock(at);
      // A night whose hour is missing runs later, in one zone after digests of the early morning: then they follow it.
      if (isNow && !tenantClock(run).endsWith(NIGHTLY_AT)) continue;
      if (shown !== `${local} ${digestAt}` && !isSkipped(local, digestAt, clock, at))
        fault(`${local} is sent at ${toInstant(at)}, which is ${shown} there`);
    }
  }
  for (let on = FIRST; on <= LAST; on += 1) {
    if (sentOn.has(toDay(on))) report.days += 1;
    else fault(`${toDay(on)} has no digest`);
  }
}

/** The nightly run of a day: the first after it in the tenant's zone. */
const nightlyOf = (asOf: Day, timeZone: string): string =>
  nextNightly({ timeZone }, toInstant(Date.parse(instantOf(addDays(asOf, 1), "00:00", timeZone)) - 1));

/** The instants of a tenant's nightly runs, by day. */
function runsOf(tenantZone: string): readonly number[] {
  const known = runs.get(tenantZone);
  if (known !== undefined) return known;
  const made = Array.from({ length: LAST - FIRST + 5 }, (_, i) =>
    Date.parse(nightlyOf(toDay(FIRST - 4 + i), tenantZone)),
  );
  runs.set(tenantZone, made);
  return made;
}
const runs = new Map<string, readonly number[]>();

/** The days around each clock change, and every fiftieth of the others. */
function readAgainIn(zone: string): (on: number) => boolean {
  const { epochOf } = zoneClock(zone);
  const noon = (on: number): number => epochOf({ day: on, minute: 720 });
  const near = changes.get(zone) ?? new Set<number>();
  if (!changes.has(zone)) {
    for (let on = FIRST - 4; on <= LAST + 2; on += 1)
      if (noon(on + 1) - noon(on) !== 86_400_000) for (let by = -3; by <= 2; by += 1) near.add(on + by);
    changes.set(zone, near);
  }
  return (on) => near.has(on) || on % 50 === 0;
}
const changes = new Map<string, Set<number>>();

/** Whether the clocks skip the time: it is sent as much later as they skip, on the same day or the next. */
function isSkipped(local: Day, digestAt: string, clock: (at: number) => string, at: number): boolean {
  const wanted = `${local} ${digestAt}`;
  const around = Array.from({ length: 4 * 26 }, (_, i) => clock(at + (i - 2 * 26) * 15 * 60_000));
  return !around.includes(wanted) && clock(at) > wanted;
}

/** Local times of a zone by the platform's calendar: "2026-11-23 07:30". */
function localClock(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (at) => format.format(at);
}
