import { type CustomerLog, type LogSpan, gapBetween, openDaysBetween } from "../../../backtests/customer-log.ts";
import { type MbgNbd, mbgEmptyChance } from "../../../backtests/mbg-nbd.ts";
import type { TenantPast } from "../../../backtests/tenant-past.ts";
import { addMonthsTo } from "../../../platform/period.ts";
import { gammaTail, mean, median, sampleVariance } from "../../../platform/statistics.ts";
import { dayNumber } from "../../../platform/values.ts";
import { type Pace, type Rhythm, horizonOf, levelOf, noRecentGaps, paceOf, severityOf, withGap } from "./severity.ts";

const MIN_ORDERS = 5;
const MIN_MONTHS = 3;
const LAPSED_AFTER_DAYS = 180;
/** The latest day of a silence on which an alert counts: that of all compared rules, and a month more. */
export const ALERT_LIMIT_DAYS = 120;
const YEAR_DAYS = 365;
const DAYS_PER_MONTH = YEAR_DAYS / 12;

/** A time without orders of a customer whom the rule applies to, as known at its beginning. Days count from there. */
export interface Silence {
  readonly last: number;
  /**
   * The first day on which an alert is possible, the last one of the silence that is known, and the last that counts.
   */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  /** Days until the next order; `undefined` when none is known. */
  readonly next: number | undefined;
  readonly previousGapDays: number;
  readonly longestGapDays: number;
  readonly rhythm: Rhythm;
  readonly horizonDays: number;
  readonly lapsedAfterDays: number;
  readonly monthlyMinor: number;
  readonly orders: { readonly repeats: number; readonly last: number };
  /** Days of the silence on which an order could have come, up to one of its days, and up to the last known day. */
  readonly silentDaysOn: (day: number) => number;
  readonly knownDays: number;
}

/** Every silence of a customer from its fifth order on. As in the product, there is at most one alert in each. */
export function silencesOf(log: CustomerLog, { to, horizonDays }: LogSpan): Silence[] {
  const { orderDays } = log;
  const [first] = orderDays;
  if (first === undefined) return [];
  const tenured = addMonthsTo(dayNumber(first), MIN_MONTHS);
  const gaps: number[] = [];
  let recentGaps = noRecentGaps;
  const silences: Silence[] = [];
  for (const [i, last] of orderDays.entries()) {
    const gap = gapBetween(log, orderDays[i - 1] ?? last, last);
    if (i > 0) {
      gaps.push(gap);
      recentGaps = withGap(recentGaps, gap);
    }
    const next = orderDays[i + 1];
    const from = Math.max(1, tenured - last);
    const end = Math.min(next === undefined ? to : next - 1, to) - last;
    if (i < MIN_ORDERS - 1 || from > end) continue;
    const medianGapDays = median(gaps) ?? 1;
    const silentDaysOn = (day: number): number => openDaysBetween(log, last, last + day);
    silences.push({
      last,
      from,
      to: end,
      limit: limitOf(end, silentDaysOn),
      next: next === undefined ? undefined : next - last,
      previousGapDays: gap,
      longestGapDays: Math.max(...gaps),
      rhythm: {
        gapCount: gaps.length,
        meanGapDays: mean(gaps) ?? 1,
        gapVariance: sampleVariance(gaps) ?? 0,
        medianGapDays,
        recentGaps,
      },
      horizonDays: Math.min(horizonDays, horizonOf(medianGapDays)),
      lapsedAfterDays: Math.floor(Math.max(LAPSED_AFTER_DAYS, 6 * medianGapDays)),
      monthlyMinor: monthlyOf(log, i),
      orders: { repeats: i, last: last - first },
      silentDaysOn,
      knownDays: silentDaysOn(to - last),
    });
  }
  return silences;
}

/** The value of the year up to the nth order, per month. */
function monthlyOf({ orderDays, netMinor }: CustomerLog, nth: number): number {
  const last = orderDays[nth] ?? 0;
  let net = 0;
  for (let i = nth; i >= 0 && (orderDays[i] ?? 0) > last - YEAR_DAYS; i -= 1) net += netMinor[i] ?? 0;
  const days = last - Math.max(orderDays[0] ?? 0, last - YEAR_DAYS + 1) + 1;
  return Math.max(0, net) / Math.max(1, days / DAYS_PER_MONTH);
}

/** The last day of a silence on which an alert counts. */
function limitOf(end: number, silentDaysOn: Silence["silentDaysOn"]): number {
  let limit = Math.min(end, ALERT_LIMIT_DAYS);
  while (limit < end && silentDaysOn(limit + 1) <= ALERT_LIMIT_DAYS) limit += 1;
  return limit;
}

/** Whether nothing came in the days after a number of silent days, closed ones left out. */
const isEmptyFrom = ({ next, silentDaysOn }: Silence, silentDays: number, days: number): boolean =>
  next === undefined || silentDaysOn(next) > silentDays + days;

/** Whether an alert on a day of the silence was right: nothing came in the days after it. */
export const isEmptyAfter = (silence: Silence, on: number, days: number): boolean =>
  isEmptyFrom(silence, silence.silentDaysOn(on), days);

/** Whether it is known what came in the days after a day of the silence. */
export const isKnownAfter = ({ silentDaysOn, knownDays }: Silence, on: number, days: number): boolean =>
  silentDaysOn(on) + days <= knownDays;

/** A silence can be assessed when all of it is known: the last alert that counts, and the horizon after it. */
export const isAssessable = ({ knownDays, horizonDays }: Silence): boolean =>
  ALERT_LIMIT_DAYS + horizonDays <= knownDays;

/** What there is to find: silences that go on for longer than the last alert that counts and its horizon. */
export const isLoss = (silence: Silence): boolean => isEmptyFrom(silence, ALERT_LIMIT_DAYS, silence.horizonDays);

/** The pace on a day: the tenant's mean gap is that of its month. */
export class PaceByDay {
  readonly #silence: Silence;
  readonly #past: TenantPast;
  #meanGap: number | undefined;
  #pace: Pace | undefined;

  constructor(silence: Silence, past: TenantPast) {
    this.#silence = silence;
    this.#past = past;
  }

  on(day: number): Pace {
    const meanGap = this.#past.meanGapOn(this.#silence.last + day);
    if (this.#pace === undefined || meanGap !== this.#meanGap) {
      this.#meanGap = meanGap;
      this.#pace = paceOf(this.#silence.rhythm, meanGap);
    }
    return this.#pace;
  }
}

/** The first days on which the seed's rule holds and a level is reached, up to the last one that counts. */
export function levelDays(silence: Silence, past: TenantPast) {
  const paces = new PaceByDay(silence, past);
  let medium: number | undefined;
  for (let day = Math.max(silence.previousGapDays + 1, silence.from); day <= silence.limit; day += 1) {
    const silent = silence.silentDaysOn(day);
    if (!isListed(silence, silent)) continue;
    const level = levelOf(severityOf(paces.on(day), silent));
    if (level !== "watch") medium ??= day;
    if (level === "high") return { medium, high: day };
  }
  return { medium, high: undefined };
}

/** Whether the seed's rule lists a silence of so many open days, as one that may still end. */
export const isListed = (silence: Silence, silentDays: number): boolean =>
  silentDays > silence.previousGapDays && silentDays <= silence.lapsedAfterDays;

/** How long a silence is by the measures that other rules compare with a limit; none falls from day to day. */
export const degrees = ["days", "previous", "longest", "gamma", "model"] as const;
export type Degree = (typeof degrees)[number];

export function degreeAt(silence: Silence, model: MbgNbd | undefined, degree: Degree, day: number): number {
  switch (degree) {
    case "days":
      return day;
    case "previous":
      return silence.silentDaysOn(day) / silence.previousGapDays;
    case "longest":
      return silence.silentDaysOn(day) / silence.longestGapDays;
    case "gamma":
      return 1 - gammaRarity(silence.rhythm, silence.silentDaysOn(day));
    case "model":
      return model === undefined ? 0 : mbgEmptyChance(model, silence.orders, day, silence.horizonDays);
  }
}

/** How rare a silence is by a gamma curve through the customer's own gaps: what rated it before its chance did. */
function gammaRarity(rhythm: Rhythm, day: number): number {
  const { shape } = paceOf(rhythm, undefined);
  return gammaTail(day / (1 + 1 / rhythm.gapCount), shape, rhythm.meanGapDays / shape);
}
