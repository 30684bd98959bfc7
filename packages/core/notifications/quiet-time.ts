import { type LocalTime, zoneClock } from "../platform/zone-clock.ts";
import type { EffectivePreferences } from "./effective.ts";

export const quietRules = ["quiet-hours", "weekend"] as const;
type QuietRule = (typeof quietRules)[number];

/** When somebody's quiet time ends, ms, and what made it quiet last. */
interface QuietTime {
  readonly until: number;
  readonly rule: QuietRule;
}

type QuietPreferences = Pick<
  EffectivePreferences,
  "hasQuietHours" | "quietFrom" | "quietUntil" | "workWeekends" | "zone"
>;

const SATURDAY = 5;

/** Minutes since midnight of "07:30". */
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Monday is 0; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/**
 * The quiet time of an instant, ms: quiet hours, and days off, one after the other until something may be sent.
 * `undefined` outside of both.
 */
export function quietTime(preferences: QuietPreferences, now: number): QuietTime | undefined {
  let quiet: QuietTime | undefined;
  // A weekend and the nights around it are three in a row at most.
  for (let step = 0; step < 4; step += 1) {
    const next = quietAt(preferences, quiet?.until ?? now);
    if (next === undefined) return quiet;
    quiet = next;
  }
  return quiet;
}

function quietAt(preferences: QuietPreferences, now: number): QuietTime | undefined {
  const clock = zoneClock(preferences.zone.value);
  const { day } = clock.localTime(now);
  const weekday = weekdayOf(day);
  if (!preferences.workWeekends.value && weekday >= SATURDAY)
    return { until: clock.epochOf({ day: day + 7 - weekday, minute: 0 }), rule: "weekend" };
  const until = preferences.hasQuietHours.value ? endOfQuietHours(preferences, day, now) : undefined;
  return until === undefined ? undefined : { until, rule: "quiet-hours" };
}

/**
 * When the quiet hours that have begun end, ms. They begin and end at instants of local times, so that a clock change
 * in between makes them longer or shorter, and nobody is in them twice.
 */
function endOfQuietHours(
  { quietFrom, quietUntil, zone }: QuietPreferences,
  today: number,
  now: number,
): number | undefined {
  const { epochOf } = zoneClock(zone.value);
  const [from, until] = [minuteOf(quietFrom.value), minuteOf(quietUntil.value)];
  if (from === until) return undefined;
  const endOf = (day: number): LocalTime => ({ day: from < until ? day : day + 1, minute: until });
  for (const day of from < until ? [today] : [today, today - 1]) {
    if (now < epochOf({ day, minute: from })) continue;
    const end = epochOf(endOf(day));
    if (now < end) return end;
  }
  return undefined;
}

/** Whether a time of day is in the quiet hours, as clocks show it. */
export function isInQuietHours({ hasQuietHours, quietFrom, quietUntil }: QuietPreferences, minute: number): boolean {
  const [from, until] = [minuteOf(quietFrom.value), minuteOf(quietUntil.value)];
  if (!hasQuietHours.value || from === until) return false;
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}
