import { closedDays } from "@regulars/core/platform/closure";
import { type Day, dayNumber, toDayNumber } from "@regulars/core/platform/values";
import type { BookEntry } from "./customer-book.ts";
import type { Random } from "./random.ts";
import type { DemoPlan } from "./story.ts";

/** First and last day of a history, as day numbers, both included. */
export interface RhythmSpan {
  readonly from: number;
  readonly to: number;
}

// Day 0 was a Thursday.
const WEEKEND = { saturday: 2, sunday: 3 } as const;
const TUESDAY = 5;

/** The history of 18 months (548 days) that ends with the as-of day. */
export const historySpan = (asOf: Day): RhythmSpan => ({ from: toDayNumber(asOf) - 547, to: toDayNumber(asOf) });

/** The nearest Monday to Friday. */
export function nearestWorkday(day: number): number {
  const weekday = day % 7;
  if (weekday === WEEKEND.saturday) return day - 1;
  return weekday === WEEKEND.sunday ? day + 1 : day;
}

/** The first Monday to Friday on or after a day. */
export const workdayFrom = (day: number): number => {
  const nearest = nearestWorkday(day);
  return nearest < day ? day + 2 : nearest;
};

/** The days on which a customer orders, ascending day numbers. */
export function orderDaysOf(entry: BookEntry, plan: DemoPlan, span: RhythmSpan, random: Random): number[] {
  const days = usualDaysOf(entry, plan, span, random);
  if (plan.paused === undefined) return days;
  const back = span.to - plan.paused.untilDaysAgo;
  const away = back - plan.paused.days;
  return days.filter((day) => day <= away || day >= back);
}

function usualDaysOf({ everyDays }: BookEntry, plan: DemoPlan, span: RhythmSpan, random: Random): number[] {
  if (plan.closed !== undefined) return openDays(plan.closed, everyDays, span);
  if (everyDays === 0) return fewDays(span, random);
  if (plan.silentDays !== undefined) return steadyDays(everyDays, plan.silentDays, span, random);
  const isStory = plan.items !== undefined || plan.smallerPercent !== undefined || plan.unpaid !== undefined;
  return regularDays(everyDays, isStory, span, random);
}

/**
 * An order every `everyDays` open days, counted back from the latest Tuesday; days of the closed season are not
 * counted.
 */
function openDays(closed: { from: string; to: string }, everyDays: number, { from, to }: RhythmSpan): number[] {
  const all = Array.from({ length: to - from + 1 }, (_, back) => to - back);
  const open = all.filter((day) => closedDays(dayNumber(day - 1), dayNumber(day), [closed]) === 0);
  const latest = open.findIndex((day) => day % 7 === TUESDAY) % everyDays;
  return open.filter((_, back) => back % everyDays === latest).toReversed();
}

function fewDays({ from, to }: RhythmSpan, random: Random): number[] {
  const count = random.pick([1, 1, 2, 2, 3, 4]);
  return tidy(
    Array.from({ length: count }, () => random.int(from, to - 3)),
    { from, to },
  );
}

/** An almost exact rhythm, then silence. */
function steadyDays(everyDays: number, silentDays: number, span: RhythmSpan, random: Random): number[] {
  const days: number[] = [];
  const last = span.to - silentDays;
  const deviation = everyDays > 7 ? 0.08 * everyDays : 0;
  for (let slot = 0; last - slot * everyDays >= span.from; slot += 1)
    days.push(last - slot * everyDays + (slot === 0 ? 0 : deviation * random.bell()));
  return tidy(days, span);
}

/**
 * A realistic rhythm: orders some days early or late, occasional skipped orders, and some customers that began later.
 */
function regularDays(everyDays: number, isStory: boolean, span: RhythmSpan, random: Random): number[] {
  const days: number[] = [];
  const last = span.to - random.next() * everyDays;
  const deviation = everyDays * (everyDays <= 7 ? 0.25 : 0.7);
  const cameLater = !isStory && random.chance(0.25);
  const from = cameLater ? random.int(span.from, span.to - 240) : span.from;
  for (let slot = 0; last - slot * everyDays >= from; slot += 1) {
    const isSkipped = !isStory && slot > 2 && random.chance(0.04);
    if (!isSkipped) days.push(last - slot * everyDays + deviation * random.bell());
  }
  return tidy(days, { from, to: span.to });
}

/** Working days of the span, each once, ascending. */
function tidy(days: readonly number[], { from, to }: RhythmSpan): number[] {
  const batchResult = days.map((day) => nearestWorkday(Math.round(day))).filter((day) => day >= from && day <= to);
  return [...new Set(batchResult)].toSorted((a, b) => a - b);
}
