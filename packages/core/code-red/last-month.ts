import type { Closure } from "../platform/closure.ts";
import { addDays, completeMonths } from "../platform/period.ts";
import { type Day, toDay } from "../platform/values.ts";
import { type ComparisonPlan, planComparisons } from "./plan.ts";
import type { CodeRedSettings } from "./settings.ts";

/** The last month that is compared on a day: complete months change only on the day from which one more counts. */
interface LastMonth {
  /** "2026-10". */
  readonly month: string;
  /** The first day on which it is the last one. */
  readonly from: Day;
}

/** The last month on a day; a month counts `delayDays` after its end. */
export function lastMonthOn(asOf: Day, delayDays: number): LastMonth {
  const end = toDay(completeMonths(addDays(asOf, -delayDays), 1, 1).to);
  return { month: end.slice(0, 7), from: addDays(end, delayDays) };
}

/**
 * The first of the consecutive days, up to the day, on which something of complete months held. What holds on a day
 * holds until one more month counts.
 */
export function heldSince(asOf: Day, delayDays: number, holdsOn: (on: Day) => boolean): Day {
  let since = lastMonthOn(asOf, delayDays).from;
  for (let before = addDays(since, -1); holdsOn(before); before = addDays(since, -1))
    since = lastMonthOn(before, delayDays).from;
  return since;
}

interface Kept {
  readonly closures: readonly Closure[];
  readonly byDay: Map<Day, ComparisonPlan>;
}

const plans = new WeakMap<CodeRedSettings, Kept>();

/**
 * The plan of a day's complete months, whichever mode the settings have. Most customers share a plan: those of the last
 * closures are kept.
 */
export function completePlan(asOf: Day, settings: CodeRedSettings, closures: readonly Closure[]): ComparisonPlan {
  let kept = plans.get(settings);
  if (kept === undefined || (kept.closures !== closures && kept.closures.length + closures.length > 0)) {
    kept = { closures, byDay: new Map() };
    plans.set(settings, kept);
  }
  let plan = kept.byDay.get(asOf);
  if (plan === undefined) {
    plan = planComparisons(asOf, { ...settings, mode: "completeMonths" }, closures);
    kept.byDay.set(asOf, plan);
  }
  return plan;
}
